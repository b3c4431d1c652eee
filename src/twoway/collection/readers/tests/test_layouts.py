"""Tables of every tool we know, invented but true in form, read as they are."""

import json

import pytest

from twoway.collection.reader import Options
from twoway.collection.readers import table
from twoway.collection.records import Note, Rejected, singly
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Link, Media, Mention, Post

# 10 October 2018, 20:19:24 UTC
THEN = 1_539_202_764_000_000


@pytest.fixture
def read(tmp_path):
    """Read a file of this name and content; posts by id."""

    def run(name, content, **options):
        path = tmp_path / name
        path.write_text(
            content if isinstance(content, str) else "\n".join(map(json.dumps, content))
        )
        with Source(path) as source:
            assert table.recognises(source)
            found = list(singly(table.read(source, Options(**options))))
        assert [record for record in found if isinstance(record, Rejected)] == []
        run.accounts = {one.id: one for one in found if isinstance(one, Account)}
        run.notes = [one.text for one in found if isinstance(one, Note)]
        run.follows = [one for one in found if isinstance(one, Follow)]
        return {post.id: post for post in found if isinstance(post, Post)}

    return run


def test_facebook_page_posts(read):
    posts = read(
        "museum_facebook_statuses.csv",
        "status_id,status_message,link_name,status_type,status_link,status_published,num_reactions,"
        "num_comments,num_shares,num_likes\n"
        '77_1,"Boats, at last!",Our boats,link,https://museum.example/boats,2018-10-10 20:19:24,9,3,1,8\n'
        "77_2,,,photo,https://www.facebook.com/museum/photos/1,2018-10-11 20:19:24,9,3,1,8\n",
    )
    first = posts["77_1"]
    assert (first.network, first.author, first.said_at) == ("facebook", "77", THEN)
    assert first.links == (Link("https://museum.example/boats", "Our boats"),)
    assert (first.seen_replies, first.seen_shares, first.seen_likes) == (3, 1, 8)
    assert not first.is_reply
    assert (posts["77_2"].links, posts["77_2"].media) == ((), (Media("image"),))


def test_facebook_page_comments(read):
    posts = read(
        "museum_facebook_comments.csv",
        "comment_id,status_id,parent_id,comment_message,comment_author,comment_published\n"
        "c1,77_1,,When do you open?,Ada Lovett,2018-10-10 20:19:24\n"
        "c2,77_1,c1,At nine,Harbour Museum,2018-10-10 21:19:24\n",
    )
    assert (posts["c1"].parent, posts["c1"].root) == ("77_1", "77_1")
    assert (posts["c2"].parent, posts["c2"].root, posts["c2"].author) == (
        "c1",
        "77_1",
        "Harbour Museum",
    )


def test_crowdtangle(read):
    posts = read(
        "crowdtangle.csv",
        "Page Name,User Name,Facebook Id,Page Category,Likes at Posting,Followers at Posting,"
        "Post Created,Post Created Date,Type,Total Interactions,Likes,Comments,Shares,URL,Message,"
        "Link,Final Link,Link Text,Description,Overperforming Score (weighted  \u2014  Likes 1x )\n"
        'Harbour Museum,harbourmuseum,100044,MUSEUM,"1,200","1,234",2018-10-10 16:19:24 EDT,'
        '2018-10-10,Link,"1,010",900,100,10,https://www.facebook.com/1/posts/2,Come and see,'
        "https://m.example/a,https://museum.example/a,Boats,About boats,1.5\n",
    )
    (post,) = posts.values()
    assert (post.network, post.author, post.said_at) == ("facebook", "100044", THEN)
    assert (post.text, post.author_followers, post.seen_likes) == ("Come and see", 1234, 900)
    assert post.links == (Link("https://museum.example/a", "Boats"),)
    assert read.accounts["100044"].handle == "harbourmuseum"


def test_youtube_comments(read):
    posts = read(
        "comments.csv",
        "COMMENT_ID,AUTHOR,DATE,CONTENT,video\n"
        'a,Ada,2018-10-10T20:19:24,"Lovely<br />boats &#39;tis",v1\n'
        "a.b,Ben,2018-10-10T21:19:24,Indeed,v1\n",
    )
    assert posts["a"].text == "Lovely\nboats 'tis"
    assert (posts["a"].network, posts["a"].parent, posts["a"].root) == ("youtube", "v1", "v1")
    assert posts["a.b"].parent == "a"


@pytest.mark.parametrize(
    "text",
    ['{""text"":""Lovely ""},{""text"":""boats""}', '{""takeoutSegments"":[{""text"":""Lovely boats""}]}'],
)  # fmt: skip
def test_youtube_takeout(read, text):
    posts = read(
        "comments.csv",
        "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"
        f'c1,UC7,2018-10-10T20:19:24.000Z,,,v1,"{text}"\n',
    )
    assert posts["c1"].text == "Lovely boats"
    assert (posts["c1"].author, posts["c1"].parent, posts["c1"].said_at) == ("UC7", "v1", THEN)


def test_linkedin_shares(read):
    posts = read(
        "Shares.csv",
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        "2018-10-10 20:19:24,https://www.linkedin.com/feed/update/urn%3A1,"
        '"We ""open""\n""\nat nine",https://museum.example,,MEMBER_NETWORK\n',
        account="museum",
    )
    (post,) = posts.values()
    assert (post.network, post.author, post.said_at) == ("linkedin", "museum", THEN)
    assert post.links == (Link("https://museum.example"),)
    assert post.visibility == "public"


def test_linkedin_comments(read):
    posts = read(
        "Comments.csv",
        'Notes:\n"Your comments"\n\nDate,Link,Message\n'
        "2018-10-10 20:19:24,https://www.linkedin.com/feed/update/urn%3A2,Thank you\n",
        account="museum",
    )
    (post,) = posts.values()
    assert (post.parent, post.is_reply) == ("https://www.linkedin.com/feed/update/urn%3A2", True)


def test_reddit_dumps(read):
    comments = read(
        "RC.jsonl",
        [
            {"id": "b", "author": "ada", "body": "When?", "created_utc": 1539202764, "link_id": "t3_a",
             "parent_id": "t3_a", "subreddit": "boats", "score": 3, "permalink": "/r/boats/comments/a/_/b/"},
            {"id": "c", "author": "museum", "body": "u/ada at nine", "created_utc": "1539202765",
             "link_id": "t3_a", "parent_id": "t1_b", "subreddit": "boats", "retrieved_on": 1539300000,
             "_meta": {"was_deleted_later": True}},
        ],
    )  # fmt: skip
    assert (comments["t1_b"].parent, comments["t1_b"].root) == ("t3_a", "t3_a")
    assert comments["t1_b"].address == "https://www.reddit.com/r/boats/comments/a/_/b/"
    assert comments["t1_c"].parent == "t1_b"
    assert comments["t1_c"].mentions == (Mention("@ada"),)
    assert comments["t1_c"].deleted_at == 1_539_300_000_000_000
    posts = read(
        "RS.jsonl",
        [{"id": "a", "author": "museum", "title": "Open again", "selftext": "From Monday on",
          "created_utc": 1539202764, "subreddit": "boats", "num_comments": 2, "url": "https://a.example"}],
    )  # fmt: skip
    assert posts["t3_a"].text == "Open again\n\nFrom Monday on"
    assert (posts["t3_a"].is_reply, posts["t3_a"].seen_replies) == (False, 2)


def test_reddit_data_request(read):
    posts = read(
        "comments.csv",
        "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
        "b,https://www.reddit.com/r/boats/comments/a/x/b/,2018-10-10 20:19:24 UTC,,boats,0,"
        "https://www.reddit.com/r/boats/comments/a/x/,,Lovely,\n",
        account="ada",
    )
    assert (posts["t1_b"].parent, posts["t1_b"].author, posts["t1_b"].said_at) == (
        "t3_a",
        "ada",
        THEN,
    )


TWARC = (
    "id,conversation_id,referenced_tweets.replied_to.id,referenced_tweets.retweeted.id,"
    "referenced_tweets.quoted.id,author_id,in_reply_to_user_id,in_reply_to_username,created_at,text,"
    "lang,source,public_metrics.like_count,public_metrics.reply_count,public_metrics.retweet_count,"
    "author.username,author.name,author.description,author.public_metrics.followers_count,"
    "entities.mentions,__twarc.retrieved_at\n"
)


def test_twarc_csv(read):
    posts = read(
        "twarc.csv",
        TWARC + "1052000000000000001,1052000000000000000,1052000000000000000,,,7,8,ada,"
        "2018-10-10T20:19:24.000Z,@ada at nine,en,Web,1,2,3,museum,Harbour Museum,Boats,99,"
        '"[{""id"": ""8"", ""username"": ""ada""}]",2018-10-12T00:00:00Z\n'
        "1052000000000000002,1052000000000000002,,1051,,7,,,2018-10-10T20:19:24.000Z,RT @ben: Boats,"
        "en,Web,0,0,0,museum,Harbour Museum,Boats,99,,2018-10-12T00:00:00Z\n",
    )
    answer, share = posts["1052000000000000001"], posts["1052000000000000002"]
    assert (answer.network, answer.parent, answer.parent_author) == (
        "x",
        "1052000000000000000",
        "8",
    )
    assert answer.root == "1052000000000000000"
    assert answer.mentions == (Mention("8", None),)
    assert (answer.seen_likes, answer.seen_replies, answer.seen_shares) == (1, 2, 3)
    assert (share.shared, share.text, share.is_reply) == ("1051", "", False)
    assert read.accounts["7"] == Account(
        network="x", id="7", handle="museum", name="Harbour Museum", biography="Boats",
        followers=99, observed_at=1_539_302_400_000_000,
    )  # fmt: skip


def test_the_old_api_flattened(read):
    posts = read(
        "tweets.jsonl",
        [{"id": 1052000000000000001, "id_str": "1052000000000000001", "created_at":
          "Wed Oct 10 20:19:24 +0000 2018", "full_text": "@ada 5 &lt; 6", "in_reply_to_status_id_str": None,
          "in_reply_to_user_id_str": "8", "in_reply_to_screen_name": "ada", "user": {"id_str": "7",
          "screen_name": "museum", "name": "Museum", "followers_count": 5}, "retweet_count": 0,
          "favorite_count": 2, "lang": "und", "source": '<a href="https://a.example">Web App</a>', "entities": {"user_mentions":
          [{"id_str": "8", "screen_name": "ada"}]}}],
    )  # fmt: skip
    post = posts["1052000000000000001"]
    assert (post.text, post.author, post.parent_author) == ("@ada 5 < 6", "7", "8")
    assert (post.is_reply, post.parent, post.language) == (True, None, None)
    assert (post.said_at, post.client) == (THEN, "Web App")


def test_snscrape(read):
    posts = read(
        "snscrape.jsonl",
        [{"url": "https://twitter.com/museum/status/1052000000000000001", "date":
          "2018-10-10T20:19:24+00:00", "rawContent": "At nine", "id": 1052000000000000001, "user":
          {"username": "museum", "id": 7, "displayname": "Museum"}, "replyCount": 1, "retweetCount": 2,
          "likeCount": 3, "conversationId": 1052000000000000000, "lang": "en",
          "inReplyToTweetId": 1052000000000000000, "inReplyToUser": {"username": "ada", "id": 8},
          "retweetedTweet": None, "quotedTweet": None}],
    )  # fmt: skip
    post = posts["1052000000000000001"]
    assert (post.author, post.parent, post.root) == (
        "7",
        "1052000000000000000",
        "1052000000000000000",
    )
    assert (post.parent_author, post.seen_replies, post.network) == ("8", 1, "x")


def test_4cat_forum(read):
    posts = read(
        "4cat.csv",
        "id,thread_id,timestamp,body,author,subject\n"
        "1,1,2018-10-10 20:19:24,When do you open?,ada,Hours\n2,1,2018-10-10 20:20:24,At nine,museum,\n",
    )
    assert (posts["1"].parent, posts["1"].is_reply, posts["1"].text) == (
        None,
        False,
        "Hours\n\nWhen do you open?",
    )
    assert (posts["2"].parent, posts["2"].root, posts["2"].nesting) == ("1", "1", "flat")
    assert posts["2"].network == "file"


def test_4cat_x(read):
    posts = read(
        "4cat.csv",
        "id,thread_id,timestamp,body,author,is_retweet,is_reply,replied_user,language_guess\n"
        "2,1,2018-10-10 20:19:24,@ada at nine,museum,no,yes,ada,en\n",
    )
    assert (posts["2"].network, posts["2"].is_reply, posts["2"].parent_author) == (
        "x",
        True,
        "@ada",
    )
    assert posts["2"].language == "en"


def test_bluesky(read):
    posts = read(
        "bluesky.jsonl",
        [{"uri": "at://did:plc:a/app.bsky.feed.post/1", "author_did": "did:plc:a", "author_handle":
          "museum.example", "created_at": "2018-10-10T20:19:24Z", "text": "Thanks @ben.example",
          "langs": ["en"], "is_reply": True, "mentions": ["did:plc:b"], "links": ["https://a.example"],
          "like_count": 1, "repost_count": 2, "reply_count": 3}],
    )  # fmt: skip
    (post,) = posts.values()
    assert (post.network, post.author, post.is_reply, post.parent) == (
        "bluesky",
        "did:plc:a",
        True,
        None,
    )
    assert post.mentions == (Mention("did:plc:b"),)
    assert (post.language, post.seen_shares) == ("en", 2)
    assert read.accounts["did:plc:a"].handle == "museum.example"


def test_follow_edges(read):
    assert read("edges.csv", "source_did,target_did\ndid:plc:a,did:plc:b\n") == {}
    assert read.follows == [Follow(network="bluesky", follower="did:plc:a", followed="did:plc:b")]
    assert any("no posts" in note for note in read.notes)


def test_every_layout_is_tried_here(request):
    """A layout without a test in this file is one nobody has seen work."""
    from twoway.collection.tabular.layout import all_layouts  # noqa: PLC0415

    tests = [item.name for item in request.session.items if item.fspath == request.node.fspath]
    assert len(tests) >= len(all_layouts())
