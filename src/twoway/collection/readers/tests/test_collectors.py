"""Tables as collectors and tools for teams write them, invented but true in their headers.

Everywhere Ada asks and the museum answers; nothing is said of the columns.
"""

import json

import pytest

from twoway.collection.reader import Options
from twoway.collection.readers import table
from twoway.collection.records import Rejected, singly
from twoway.collection.source import Source
from twoway.core.posts import Post

ASKED, ANSWERED = "When do you open on Sunday, please?", "At nine in the morning, see you then!"
# 1 May 2023, 11:00 and 12:00 UTC
ELEVEN, TWELVE = 1_682_938_800_000_000, 1_682_942_400_000_000

# Header and two rows; Q and A stand for what they say. Then id, author and parent of each.
TABLES = {
    "Netvizz, comments of a page": (
        "position\tpost_id\tpost_by\tpost_text\tpost_published\tcomment_id\tcomment_by\tis_reply\tcomment_message\tcomment_published",
        "0_0\t7_1\t7\tOur boats are back\t2023-05-01T10:00:00+0000\t7_1_9\tada\t0\tQ\t2023-05-01T11:00:00+0000",
        "0_1\t7_1\t7\tOur boats are back\t2023-05-01T10:00:00+0000\t7_1_10\tfern\t1\tA\t2023-05-01T12:00:00+0000",
        ("7_1_9", "ada", "7_1"), ("7_1_10", "fern", "7_1"),
    ),
    "Meta's content library, comments": (
        "id,parent_id,post_id,creation_time,modified_time,text,comment_owner.id,comment_owner.name,statistics.like_count",
        "c1,,111,2023-05-01T11:00:00+00:00,2024-05-01T11:00:00+00:00,Q,5,Ada,1",
        "c2,c1,111,2023-05-01T12:00:00+00:00,2024-05-01T11:00:00+00:00,A,77,Fern Museum,1",
        ("c1", "5", "111"), ("c2", "77", "c1"),
    ),
    "Brandwatch, mentions": (
        "Query Id,Date,Title,Url,Author,Full Name,Full Text,Thread Author,Reply to,Resource Id,Engagement Type",
        "1,2023-05-01 11:00:00.0,When do you...,http://twitter.com/ada/statuses/900,ada,ada (Ada),Q,,,r1,",
        "1,2023-05-01 12:00:00.0,At nine in...,http://twitter.com/fern/statuses/901,fern,fern (Fern),A,ada,http://twitter.com/ada/statuses/900,r2,REPLY",
        ("900", "ada", None), ("901", "fern", "900"),
    ),
    "Hootsuite, inbox": (
        "Date (GMT),Message Type,Network,Profile,From,From ID,Message,Permalink,Message ID,In Reply To,Assigned To",
        "2023-05-01 11:00,Comment,Facebook,Fern,Ada,5,Q,https://www.facebook.com/7/posts/1?comment_id=9,9,7_1,",
        "2023-05-01 12:00,Reply,Facebook,Fern,Fern,77,A,https://www.facebook.com/7/posts/1?comment_id=10,10,9,Mara",
        ("9", "5", "7_1"), ("10", "77", "9"),
    ),
    "Meltwater, with the hour in a column of its own": (
        "Date,Time,Document ID,URL,Source Type,Opening Text,Author Name,Author Handle,Reach,Parent URL",
        "01-May-2023,11:00 AM,d1,https://twitter.com/ada/statuses/900,Social,Q,Ada,@ada,40,",
        "01-May-2023,12:00 PM,d2,https://twitter.com/fern/statuses/901,Social,A,Fern,@fern,90,https://twitter.com/ada/statuses/900",
        ("900", "ada", None), ("901", "fern", "900"),
    ),
    "Sprinklr": (
        "Universal Message Id,Message,Created Time,From User,From User Id,Message Type,Parent Universal Message Id,Conversation Id",
        "T_900,Q,2023-05-01 11:00:00,ada,5,Twitter Mention,,900",
        "T_901,A,2023-05-01 12:00:00,fern,77,Twitter Reply,T_900,900",
        ("T_900", "5", None), ("T_901", "77", "T_900"),
    ),
    "a forum's database": (
        "message_uid,conversation_uid,parent_uid,board_id,author_login,author_uid,post_time,subject,body,kudos",
        "1,1,,help,ada,5,2023-05-01T11:00:00Z,,Q,1",
        "2,1,1,help,fern,77,2023-05-01T12:00:00Z,,A,0",
        ("1", "5", None), ("2", "77", "1"),
    ),
    "Reddit by a script": (
        "comment_id,submission_id,parent_id,author,body,score,created,subreddit",
        "j1,p1,t3_p1,ada,Q,3,1682938800,fern",
        "j2,p1,t1_j1,fern,A,3,1682942400,fern",
        ("t1_j1", "ada", "t3_p1"), ("t1_j2", "fern", "t1_j1"),
    ),
    "VK, comments": (
        "id,from_id,owner_id,post_id,date,text,reply_to_user,reply_to_comment,likes.count",
        "11,5,-7,70,1682938800,Q,,,1",
        "12,-7,-7,70,1682942400,A,5,11,0",
        ("11", "5", "70"), ("12", "-7", "11"),
    ),
    "Mastodon's statuses as a table": (
        "id,created_at,in_reply_to_id,visibility,uri,url,content,account.id,account.acct",
        "110,2023-05-01T11:00:00.000Z,,public,https://s.example/users/ada/statuses/110,https://s.example/@ada/110,<p>Q</p>,5,ada",
        "111,2023-05-01T12:00:00.000Z,110,public,https://s.example/users/fern/statuses/111,https://s.example/@fern/111,<p>A</p>,77,fern",
        ("110", "5", None), ("111", "77", "110"),
    ),
    "comments of a page by a scraper": (
        "facebookUrl,commentUrl,id,date,text,profileName,profileId,likesCount,threadingDepth,replyToCommentId",
        "https://www.facebook.com/fern/posts/1,https://www.facebook.com/fern/posts/1?c=9,c9,2023-05-01T11:00:00.000Z,Q,Ada,5,1,0,",
        "https://www.facebook.com/fern/posts/1,https://www.facebook.com/fern/posts/1?c=10,c10,2023-05-01T12:00:00.000Z,A,Fern,77,1,1,c9",
        ("c9", "5", None), ("c10", "77", "c9"),
    ),
    "Threads": (
        "id,username,text,timestamp,replied_to.id,root_post.id,is_reply,media_type",
        "1,ada,Q,2023-05-01T11:00:00+0000,,,False,TEXT_POST",
        "2,fern,A,2023-05-01T12:00:00+0000,1,1,True,TEXT_POST",
        ("1", "ada", None), ("2", "fern", "1"),
    ),
    "German headers": (
        "Nr;Datum;Uhrzeit;Autor;Text;Antwort auf;Gefällt mir",
        "1;01.05.2023;11:00;ada;Q;;1",
        "2;01.05.2023;12:00;fern;A;1;0",
        ("1", "ada", None), ("2", "fern", "1"),
    ),
    "French headers": (
        "Identifiant;Date de publication;Auteur;Message;En réponse à",
        "1;2023-05-01 11:00;ada;Q;",
        "2;2023-05-01 12:00;fern;A;1",
        ("1", "ada", None), ("2", "fern", "1"),
    ),
    "Spanish headers": (
        "ID,Fecha,Usuario,Comentario,Respuesta a",
        "1,2023-05-01 11:00,ada,Q,",
        "2,2023-05-01 12:00,fern,A,1",
        ("1", "ada", None), ("2", "fern", "1"),
    ),
    "posts and comments in one row": (
        "Page Name,Post Text,Post Date,Comment,Commenter Name,Comment Date,Comment Likes",
        "Fern Museum,Our boats are back,2023-04-30 10:00,Q,Ada,2023-05-01 11:00,1",
        "Fern Museum,Our boats are back,2023-04-30 10:00,A,Fern Museum,2023-05-01 12:00,0",
        (None, "Ada", None), (None, "Fern Museum", None),
    ),
    "WordPress, where guests share a number": (
        "comment_ID,comment_post_ID,comment_author,comment_date,comment_date_gmt,comment_content,comment_parent,user_id",
        "1,70,Ada,2023-05-01 13:00:00,2023-05-01 11:00:00,Q,0,0",
        "2,70,Ben,2023-05-01 14:00:00,2023-05-01 12:00:00,A,1,0",
        ("1", "Ada", "70"), ("2", "Ben", "1"),
    ),
    "questions and answers": (
        "Id,PostTypeId,ParentId,CreationDate,Score,Body,OwnerUserId,OwnerDisplayName,LastEditDate",
        "1,1,,2023-05-01T11:00:00.000,1,Q,5,Ada,2023-06-01T11:00:00.000",
        "2,2,1,2023-05-01T12:00:00.000,1,A,77,Fern,",
        ("1", "5", None), ("2", "77", "1"),
    ),
    "reviews of an app": (
        "reviewId,userName,userImage,content,score,at,repliedAt,appVersion",
        "r1,Ada,https://p.example/1,Q,5,2023-05-01 11:00:00,2023-05-03 11:00:00,1.0",
        "r2,Ben,https://p.example/2,A,1,2023-05-01 12:00:00,,1.0",
        ("r1", "Ada", None), ("r2", "Ben", None),
    ),
    "an author under a name of two words": (
        "Post Nr;Message Author;Author Country;Message Body;Added",
        "1;ada;IE;Q;2023-05-01 11:00",
        "2;fern;IE;A;2023-05-01 12:00",
        (None, "ada", None), (None, "fern", None),
    ),
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def run(name, content):
        (tmp_path / name).write_text(content)
        with Source(tmp_path / name) as source:
            assert table.recognises(source)
            found = list(singly(table.read(source, Options())))
        assert [record for record in found if isinstance(record, Rejected)] == []
        return [record for record in found if isinstance(record, Post)]

    return run


@pytest.mark.parametrize("tool", TABLES)
def test_who_answers_whom_is_found(read, tool):
    head, *rows, asking, answering = TABLES[tool]
    mark = max("\t;,", key=head.count)
    say = {"Q": ASKED, "A": ANSWERED, "<p>Q</p>": f"<p>{ASKED}</p>", "<p>A</p>": f"<p>{ANSWERED}<br></p>"}  # fmt: skip
    cells = [
        [f'"{say[cell]}"' if cell in say else cell for cell in row.split(mark)] for row in rows
    ]
    first, second = read("posts.csv", "\n".join([head, *map(mark.join, cells)]) + "\n")
    assert (first.text, second.text) == (ASKED, ANSWERED)
    assert (first.said_at, second.said_at) == (ELEVEN, TWELVE)
    for post, (own, author, parent) in ((first, asking), (second, answering)):
        assert (post.author, post.parent) == (author, parent)
        assert post.id == own if own else post.id.startswith("made-up-")


def ask_and_answer(ask, answer):
    return {"text": ASKED, "created_at": 1_682_938_800, **ask}, {
        "text": ANSWERED, "created_at": 1_682_942_400, **answer,
    }  # fmt: skip


def test_answers_inside_what_they_answer(read):
    ask, answer = ask_and_answer(
        {"id": 17, "owner": {"id": "5", "username": "ada"}},
        {"id": 18, "owner": {"id": "77", "username": "fern"}},
    )
    first, second = read("comments.json", json.dumps([{**ask, "answers": [answer]}]))
    assert (first.id, first.parent, second.id, second.parent) == ("17", None, "18", "17")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_deep_in_an_envelope(read, indent):
    posts = ask_and_answer({"id": 1, "username": "ada"}, {"id": 2, "username": "fern"})
    envelope = {"data": {"cursor": {"next": 2}, "comments": posts}, "error": {"code": "ok"}}
    assert [post.id for post in read("page.json", json.dumps(envelope, indent=indent))] == [
        "1",
        "2",
    ]


def test_what_stands_in_a_record_and_texts_in_parts(read):
    rows = [
        {"uri": "at://did:plc:a/app.bsky.feed.post/1", "author": {"did": "did:plc:a"},
         "record": {"text": ASKED, "createdAt": "2023-05-01T11:00:00Z"}},
        {"uri": "at://did:plc:f/app.bsky.feed.post/2", "author": {"did": "did:plc:f"},
         "record": {"text": ANSWERED, "createdAt": "2023-05-01T12:00:00Z",
                    "reply": {"parent": {"uri": "at://did:plc:a/app.bsky.feed.post/1"}}}},
    ]  # fmt: skip
    first, second = read("view.jsonl", "\n".join(map(json.dumps, rows)))
    assert (first.network, first.text, second.parent) == ("bluesky", ASKED, first.id)
    parts = ["When do you ", {"type": "bold", "text": "open"}, " on Sunday, please?"]
    chat = [{"id": 1, "from_id": "u5", "date_unixtime": "1682938800", "date": "2023-05-01T11:00:00", "text": parts}]  # fmt: skip
    assert read("result.json", json.dumps({"name": "Fern", "messages": chat}))[0].text == ASKED


def test_what_many_rows_share_is_no_id(read):
    posts = read(
        "scraped.csv",
        "Username,Comment Text,Comment Date,Post Link\n"
        "ada,Is it warm in the fern house?,2023-05-01 11:00,https://www.instagram.com/p/abc/\n"
        "ben,Is it dry in the fern house?,2023-05-01 12:00,https://www.instagram.com/p/abc/\n",
    )
    assert len({post.id for post in posts}) == 2


def test_what_a_post_is_called_tells_replies_and_shares(read):
    own, reply, share = read(
        "sent.csv",
        "Date,Post ID,Network,Post Type,Profile,Sent by,Post\n"
        "2023-05-01 11:00,900,X,Post,Fern Museum,Mara,The fern house opens\n"
        "2023-05-01 11:00,901,X,Reply,Fern Museum,Mara,At nine in the morning\n"
        "2023-05-01 11:00,902,X,Retweet,Fern Museum,Mara,What a day it was\n",
    )
    assert [post.author for post in (own, reply, share)] == ["Fern Museum"] * 3
    assert [post.is_reply for post in (own, reply, share)] == [False, True, False]
    assert share.shared is not None


def test_a_ticket_is_read_by_what_was_said_and_not_by_its_status(read):
    (post,) = read(
        "tickets.csv",
        "Ticket ID,Requester,Requester email,Subject,Description,Status,Created at,Updated at\n"
        "70,Ada,ada@mail.example,Opening hours,When do you open?,open,2023-05-01 11:00,2023-06-01 11:00\n",
    )
    assert (post.author, post.text) == ("Ada", "Opening hours\n\nWhen do you open?")
