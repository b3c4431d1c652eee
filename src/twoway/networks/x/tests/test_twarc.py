"""What twarc collected, whole pages or one post a line, old words or new, becomes the same posts."""

import gzip
import json

import pytest

from twoway.collection.records import Note, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Mention, Post, Version
from twoway.core.reactions import Reaction
from twoway.networks.x import twarc as reader
from twoway.networks.x.tests.larchtea import ANN, BEN, TEA

MINUTE = 60_000_000
MIDNIGHT = 1_709_251_200_000_000  # 2024-03-01
TIMELINE = f"https://api.twitter.com/2/users/{TEA}/tweets?max_results=100"
SEARCH = "https://api.twitter.com/2/tweets/search/all?query="
SEEN = "2024-03-02T00:00:00+00:00"
SEEN_AT = MIDNIGHT + 24 * 60 * MINUTE


def user(own_id: str, handle: str, **fields) -> dict:
    return {
        "id": own_id, "username": handle, "name": handle.title(), "description": "Tea &amp; talk",
        "created_at": "2019-05-01T08:00:00.000Z", "url": "https://t.co/u",
        "entities": {"url": {"urls": [{"expanded_url": f"https://{handle}.example"}]}},
        "public_metrics": {"followers_count": 120, "following_count": 7}, **fields,
    }  # fmt: skip


USERS = [user(TEA, "larchtea"), user(ANN, "ann"), user(BEN, "ben")]


def post(number: int, text: str, author: str = TEA, **fields) -> dict:
    at = f"2024-03-01T{number // 60 % 24:02d}:{number % 60:02d}:00.000Z"
    return {
        "id": str(number), "text": text, "author_id": author, "created_at": at, "lang": "en",
        "conversation_id": str(number), "edit_history_tweet_ids": [str(number)],
        "public_metrics": {"like_count": 3, "reply_count": 0, "retweet_count": 1}, **fields,
    }  # fmt: skip


def page(*posts: dict, url: str = TIMELINE, includes: dict | None = None, **fields) -> dict:
    return {
        "data": list(posts), "includes": {"users": USERS, **(includes or {})},
        "__twarc": {"url": url, "version": "2.14.1", "retrieved_at": SEEN}, **fields,
    }  # fmt: skip


ANSWER = post(
    9, "@ann @ben yes, see https://t.co/m https://t.co/p", conversation_id="7",
    in_reply_to_user_id=ANN, referenced_tweets=[{"type": "replied_to", "id": "8"}],
    attachments={"media_keys": ["3_1"], "poll_ids": ["1"]},
    entities={
        "mentions": [{"username": "ann", "id": ANN}, {"username": "ben"}],
        "urls": [
            {"url": "https://t.co/m", "expanded_url": "https://bit.example/1",
             "unwound_url": "https://larch.example/menu", "title": "Menu"},
            {"url": "https://t.co/p", "expanded_url": "https://x.com/larchtea/status/9/photo/1",
             "media_key": "3_1"},
        ],
    },
)  # fmt: skip
QUESTION = post(8, "@larchtea open?", ANN, conversation_id="7", in_reply_to_user_id=TEA)
OPENING = post(7, "New season!", TEA)
MEDIA = {"media_key": "3_1", "type": "animated_gif", "alt_text": "Steam"}
POLL = {"id": "1", "options": [{"label": "Green"}, {"label": "Black"}]}
WHOLE_PAGE = page(
    ANSWER, includes={"tweets": [QUESTION, OPENING], "media": [MEDIA], "polls": [POLL]}
)


@pytest.fixture
def read_lines(tmp_path, read):
    def run(*answers, kind=object, name="pages.jsonl", **options):
        path = tmp_path / name
        content = "\n".join(map(json.dumps, answers)).encode() + b"\n"
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return read(path, kind, reader=reader, **options)

    return run


def renamed(value):
    """The same answer in the vocabulary of 2026."""
    words = [("referenced_tweets", "referenced_posts"), ("edit_history_tweet_ids", "edit_history_post_ids"),
             ("retweet_count", "repost_count"), ("note_tweet", "note_post"), ('"tweets":', '"posts":')]  # fmt: skip
    content = json.dumps(value)
    for old, new in words:
        content = content.replace(old, new)
    return json.loads(content)


def flattened(answer: dict) -> list[dict]:
    """The posts of a page as `twarc2 flatten` writes them: everything referred to inside."""
    includes = answer["includes"]
    users = {u["id"]: u for u in includes["users"]} | {u["username"]: u for u in includes["users"]}
    tweets = {t["id"]: t for t in includes.get("tweets", ())}
    media = {m["media_key"]: m for m in includes.get("media", ())}

    def fill(record):
        full = {**record, "author": users[record["author_id"]]}
        named = record.get("entities", {}).get("mentions", ())
        entities = {"mentions": [{**entity, **users[entity["username"]]} for entity in named]}
        full["entities"] = {**record.get("entities", {}), **entities}
        full["referenced_tweets"] = [
            {**entry, **(fill(tweets[entry["id"]]) if entry["id"] in tweets else {})}
            for entry in record.get("referenced_tweets", ())
        ]
        if "attachments" in record:
            attached = record["attachments"]
            full["attachments"] = {
                **attached,
                "media": [media.get(key, {}) for key in attached.get("media_keys", ())],
                "poll": (includes.get("polls") or [{}])[0],
            }
        return full

    return [{**fill(record), "__twarc": answer["__twarc"]} for record in answer["data"]]


@pytest.mark.parametrize(
    "lines", [[WHOLE_PAGE], [renamed(WHOLE_PAGE)], flattened(WHOLE_PAGE)],
    ids=["page", "renamed", "flattened"],
)  # fmt: skip
def test_a_reply_comes_with_its_place_its_people_and_its_media(read_lines, lines):
    found = {p.id: p for p in read_lines(*lines, kind=Post)}
    assert found["9"] == Post(
        network="x", id="9", author=TEA, said_at=MIDNIGHT + 9 * MINUTE,
        text="@ann @ben yes, see https://larch.example/menu",
        address="https://x.com/larchtea/status/9", language="en",
        parent="8", parent_author=ANN, root="7",
        root_author=TEA if len(found) == 3 else None, is_reply=True,
        mentions=(Mention(ANN), Mention(BEN, is_new=None)),
        links=(Link("https://larch.example/menu", "Menu"),),
        media=(Media("video", "Steam"),), poll=("Green", "Black"),
        observed_at=SEEN_AT, author_followers=120, seen_replies=0, seen_shares=1, seen_likes=3,
    )  # fmt: skip
    assert found["8"].text == "@larchtea open?"


def test_copied_handles_are_taken_as_such_where_the_parent_is_not_here(read_lines):
    (found,) = read_lines(page(ANSWER), kind=Post)
    assert found.mentions == (Mention(ANN), Mention(BEN, is_new=False))


def test_accounts_come_once_with_what_the_profile_says(read_lines):
    accounts = read_lines(WHOLE_PAGE, WHOLE_PAGE, kind=Account)
    assert [a.handle for a in accounts] == ["larchtea", "ann", "ben"]
    assert accounts[1] == Account(
        network="x", id=ANN, handle="ann", name="Ann", biography="Tea & talk",
        site="https://ann.example", followers=120, following=7,
        made_at=1_556_697_600_000_000, observed_at=SEEN_AT,
    )  # fmt: skip


def test_shares_and_quotes_name_what_they_show(read_lines):
    share = post(5, "RT @ann: hm", referenced_tweets=[{"type": "retweeted", "id": "2"}])
    quote = post(
        6, "So true https://t.co/q", referenced_tweets=[{"type": "quoted", "id": "2"}],
        entities={"urls": [{"url": "https://t.co/q", "expanded_url": "https://twitter.com/ann/status/2"}]},
    )  # fmt: skip
    answer = page(share, quote, includes={"tweets": [post(2, "hm", ANN)]})
    found = {p.id: p for p in read_lines(answer, kind=Post)}
    assert (found["5"].shared, found["5"].shared_author, found["5"].text) == ("2", ANN, "")
    assert found["5"].seen_likes is None
    assert (found["6"].quoted, found["6"].quoted_author, found["6"].text) == ("2", ANN, "So true")


def test_a_long_post_is_whole(read_lines):
    note = {"text": "All of it &amp; more https://t.co/a",
            "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://a.example"}]}}  # fmt: skip
    (found,) = read_lines(page(post(1, "All…", note_tweet=note)), kind=Post)
    assert found.text == "All of it & more https://a.example"


def test_versions_are_one_post(read_lines):
    first = post(1, "till 6", edit_history_tweet_ids=["1", "2"])
    second = post(2, "till 7", edit_history_tweet_ids=["1", "2"])
    (found,) = read_lines(page(second), page(first), kind=Post)
    assert (found.id, found.text) == ("2", "till 7")
    assert found.earlier == (Version(MIDNIGHT + 2 * MINUTE, "till 6"),)


def test_protected_accounts_speak_to_followers(read_lines):
    answer = page(post(1, "a"))
    answer["includes"] = {"users": [user(TEA, "larchtea", protected=True)]}
    (found,) = read_lines(answer, kind=Post)
    assert found.visibility == "followers"


def test_a_timeline_covers_what_the_account_wrote_up_to_the_request(read_lines):
    first = page(post(30, "b"), meta={"next_token": "x"})
    second = page(post(20, "a"), url=f"{TIMELINE}&pagination_token=x", meta={})
    coverage = read_lines(first, second, kind=Coverage)
    assert {c.stream for c in coverage} == {"originals", "replies", "shares"}
    assert {(c.account, c.begins, c.ends, c.is_complete) for c in coverage} == {
        (TEA, MIDNIGHT + 20 * MINUTE, SEEN_AT, True)
    }


@pytest.mark.parametrize(
    ("url", "account", "streams"),
    [
        (f"{TIMELINE}&exclude=replies,retweets", TEA, {"originals"}),
        (TIMELINE.replace("/tweets", "/posts"), TEA, {"originals", "replies", "shares"}),
        (TIMELINE.replace("/tweets", "/mentions"), TEA, {"comments", "mentions"}),
        (f"{SEARCH}from%3Alarchtea+-is%3Aretweet", "@larchtea", {"originals", "replies"}),
        (f"{SEARCH}to%3Alarchtea", "@larchtea", {"comments", "mentions"}),
        (f"{SEARCH}%40larchtea", "@larchtea", {"comments", "mentions"}),
        (f"{SEARCH}from%3Alarchtea+tea", None, set()),
        (f"{SEARCH}tea", None, set()),
        ("https://[broken", None, set()),
    ],
)
def test_coverage_is_what_the_request_asked_for(read_lines, url, account, streams):
    coverage = read_lines(page(post(30, "b"), url=url), kind=Coverage)
    assert {c.stream for c in coverage} == streams
    assert {c.account for c in coverage} <= {account}


def test_a_request_from_a_date_covers_from_there_when_it_came_to_its_end(read_lines):
    url = f"{TIMELINE}&start_time=2024-03-01T00%3A00%3A00Z"
    begins = {c.begins for c in read_lines(page(post(30, "b"), url=url, meta={}), kind=Coverage)}
    assert begins == {MIDNIGHT}
    answer = page(post(30, "b"), url=url, meta={"next_token": "x"})
    assert {c.begins for c in read_lines(answer, kind=Coverage)} == {MIDNIGHT + 30 * MINUTE}


def test_conversations_are_a_sample_of_the_comments(read_lines):
    comment = post(
        8, "@larchtea open?", ANN, conversation_id="7", in_reply_to_user_id=TEA,
        referenced_tweets=[{"type": "replied_to", "id": "7"}],
    )  # fmt: skip
    (found,) = read_lines(page(comment, url=f"{SEARCH}conversation_id%3A7"), kind=Coverage)
    assert (found.account, found.stream, found.is_complete) == (TEA, "comments", False)


def test_other_searches_beside_a_timeline_are_a_sample_of_what_was_said(read_lines):
    other = page(post(8, "Larch tea?", ANN), url=f"{SEARCH}tea")
    coverage = read_lines(page(post(30, "b")), other, kind=Coverage)
    assert {c.stream for c in coverage if not c.is_complete} == {"comments", "mentions"}


def test_lists_of_users_are_followers_or_those_who_liked(read_lines):
    users = {"data": USERS[1:], "meta": {}, "__twarc": {
        "url": f"https://api.twitter.com/2/users/{TEA}/followers", "retrieved_at": SEEN}}  # fmt: skip
    liked = {**users, "__twarc": {"url": "https://api.twitter.com/2/tweets/7/liking_users"}}
    records = read_lines(WHOLE_PAGE, users, liked, kind=Follow | Reaction)
    assert records == [
        Follow(network="x", follower=ANN, followed=TEA, seen_at=SEEN_AT),
        Follow(network="x", follower=BEN, followed=TEA, seen_at=SEEN_AT),
        Reaction(network="x", account=ANN, post="7", kind="like"),
        Reaction(network="x", account=BEN, post="7", kind="like"),
    ]


def test_version_1_lines_are_read(read_lines):
    ann = {"id_str": ANN, "screen_name": "ann", "name": "Ann", "followers_count": 5,
           "created_at": "Wed May 01 08:00:00 +0000 2019"}  # fmt: skip
    tea = {"id_str": TEA, "screen_name": "larchtea", "name": "Larch"}
    old = {
        "id_str": "9", "created_at": "Fri Mar 01 00:09:00 +0000 2024", "text": "@ann cut…",
        "extended_tweet": {"full_text": "@ann yes of course",
                           "entities": {"user_mentions": [{"id_str": ANN, "screen_name": "ann"}]}},
        "user": tea, "in_reply_to_status_id_str": "8", "in_reply_to_user_id_str": ANN,
        "quoted_status_id_str": "3",
        "quoted_status": {"id_str": "3", "full_text": "hm", "user": ann,
                          "created_at": "Fri Mar 01 00:03:00 +0000 2024"},
    }  # fmt: skip
    share = {"id_str": "10", "full_text": "RT @ann: hm", "user": tea, "retweeted_status":
             old["quoted_status"], "created_at": "Fri Mar 01 00:10:00 +0000 2024"}  # fmt: skip
    answer, quoted, shared, _ = read_lines(old, share, kind=Post)
    assert (answer.text, answer.parent, answer.parent_author) == ("@ann yes of course", "8", ANN)
    assert (answer.quoted, answer.quoted_author) == ("3", ANN)
    assert (quoted.id, quoted.author) == ("3", ANN)
    assert (shared.shared, shared.shared_author) == ("3", ANN)


def test_one_bad_post_does_not_cost_the_page(read_lines):
    bad, good = read_lines(page({"id": "1", "text": "?"}, post(2, "a")), kind=Post | Rejected)
    assert (bad.file, bad.line, bad.reason) == ("pages.jsonl", 1, "no author")
    assert good.id == "2"


def test_bad_lines_are_kept_aside_and_errors_of_x_are_none(tmp_path, read):
    path = tmp_path / "mixed.jsonl"
    lines = [json.dumps(page(post(1, "a"))), "{torn", "[]", "", json.dumps({"errors": [{}]})]
    path.write_text("\n".join(lines))
    bad = read(path, Rejected, reader=reader)
    assert [(row.line, row.reason.split(" (")[0]) for row in bad] == [
        (2, "no valid JSON"), (3, "not an answer of X's API"),
    ]  # fmt: skip


def test_packed_lines_are_read(read_lines):
    assert [p.id for p in read_lines(page(post(1, "a")), kind=Post, name="p.jsonl.gz")] == ["1"]


def test_other_files_of_a_folder_are_passed_over_and_that_is_said(tmp_path, read):
    (tmp_path / "pages.jsonl").write_text(json.dumps(page(post(1, "a"))))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n" * 50)
    found, note = read(tmp_path, Post | Note | Rejected, reader=reader)
    assert (found.id, note.text) == ("1", "picture.png holds no lines of JSON and was not read.")


@pytest.mark.parametrize(
    "line", ['{"id": 1, "text": "a"}', "[]", "id,text", '{"author_id": "1"}', "{"]
)
def test_other_lines_are_not_recognised(tmp_path, line):
    (tmp_path / "a.jsonl").write_text(line)
    with Source(tmp_path) as source:
        assert not reader.recognises(source)
