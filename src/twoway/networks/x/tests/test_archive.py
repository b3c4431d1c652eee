"""An archive of X becomes posts, likes, follows and private messages of its owner."""

import pytest

from twoway.collection.errors import Unreadable
from twoway.collection.records import Note, Own, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Mention, Post, Version
from twoway.core.reactions import Reaction
from twoway.networks.x import archive as reader
from twoway.networks.x.tests.larchtea import ANN, BEN, TEA, link, mention, reply, tweet

MINUTE = 60_000_000
MIDNIGHT = 1_709_251_200_000_000  # 2024-03-01


@pytest.fixture
def read_post(archive, read):
    def run(*records):
        archive.put("tweets", *records)
        (post,) = read(archive.folder(), Post)
        return post

    return run


def test_an_original_comes_with_all_it_says(read_post, archive):
    archive.manifest(tweets=["tweets.js"])
    post = read_post(
        tweet(
            61,
            "Fresh &lt;Darjeeling&gt; &amp; scones https://t.co/a https://t.co/m",
            entities={"urls": [link("https://t.co/a", "https://larch.example/menu")]},
            extended_entities={
                "media": [
                    {"url": "https://t.co/m", "type": "photo", "ext_alt_text": "A pot"},
                    {"url": "https://t.co/m", "type": "video"},
                ]
            },
        )
    )
    assert post == Post(
        network="x",
        id="61",
        author=TEA,
        said_at=MIDNIGHT + 61 * MINUTE,
        text="Fresh <Darjeeling> & scones https://larch.example/menu",
        address="https://x.com/larchtea/status/61",
        language="en",
        client="X Web App",
        links=(Link("https://larch.example/menu"),),
        media=(Media("image", "A pot"), Media("video")),
        observed_at=1_717_200_000_000_000,
        seen_shares=1,
        seen_likes=2,
    )


def test_a_reply_names_its_parent_and_tells_copied_handles_from_typed_ones(read_post):
    post = read_post(
        reply(
            5, "@ann @ben Come by! @cleo too", "4", ANN,
            mention(ANN, "ann"), mention(BEN, "ben"), mention("5003", "cleo"),
        )
    )  # fmt: skip
    assert (post.parent, post.parent_author, post.is_reply) == ("4", ANN, True)
    assert post.mentions == (Mention(ANN), Mention(BEN, is_new=False), Mention("5003"))


def test_a_post_that_opens_with_a_handle_is_a_reply_without_parent(read_post):
    post = read_post(
        tweet(5, "@ann hello!", in_reply_to_user_id="5001",
              entities={"user_mentions": [mention(ANN, "ann")]})
    )  # fmt: skip
    assert (post.parent, post.parent_author, post.is_reply) == (None, ANN, True)
    assert post.mentions == (Mention(ANN),)


def test_who_has_left_x_goes_by_the_handle(read_post):
    post = read_post(
        reply(5, "@gone @also_gone hm", "4", "-1", mention("-1", "gone"), mention("-1", "also_gone"),
              in_reply_to_screen_name="gone")
    )  # fmt: skip
    assert post.parent_author == "@gone"
    assert post.mentions == (Mention("@gone"), Mention("@also_gone", is_new=False))


def test_below_its_own_post_whether_a_handle_was_copied_is_left_to_the_parent(read_post):
    post = read_post(reply(5, "@ann thanks", "4", TEA, mention(ANN, "ann")))
    assert post.mentions == (Mention(ANN, is_new=None),)


def test_a_share_is_known_by_its_text_alone(read_post):
    post = read_post(
        tweet(5, "RT @ann: The best scones in…", entities={"user_mentions": [mention(ANN, "Ann")]})
    )
    assert (post.shared, post.shared_author, post.text) == ("shared by 5", ANN, "")
    assert (post.seen_likes, post.mentions, post.is_reply) == (None, (), False)


def test_a_share_with_media_names_the_post_it_shares(read_post):
    post = read_post(
        tweet(
            5, "RT @ann: look https://t.co/m",
            entities={"user_mentions": [mention(ANN, "ann")]},
            extended_entities={"media": [{"source_status_id_str": "3", "source_user_id_str": ANN}]},
        )
    )  # fmt: skip
    assert (post.shared, post.shared_author) == ("3", ANN)


def test_a_share_of_somebody_unnamed_keeps_the_handle(read_post):
    assert read_post(tweet(5, "RT @Gone: hm")).shared_author == "@Gone"


def test_the_address_of_a_post_at_the_end_is_a_quote(read_post):
    post = read_post(
        tweet(
            7, "So true! https://t.co/q",
            entities={"urls": [link("https://t.co/q", "https://twitter.com/ann/status/3?s=20")]},
        )
    )  # fmt: skip
    assert (post.text, post.quoted, post.quoted_author) == ("So true!", "3", "@ann")
    assert post.links == ()


def test_the_address_of_a_post_elsewhere_is_a_link_to_it(read_post):
    address = "https://x.com/ann/status/3"
    post = read_post(
        tweet(7, "https://t.co/q is true", entities={"urls": [link("https://t.co/q", address)]})
    )
    assert post.quoted is None
    assert post.links == (Link(address, leads_to="3"),)


def test_a_long_post_gets_its_whole_text_by_the_second(read_post, archive):
    whole = "Our story began with a kettle. " * 20
    archive.put(
        "note-tweet",
        {"noteTweet": {"noteTweetId": "99", "createdAt": "2024-03-01T00:05:00.000Z",
                       "core": {"text": "Another of that second " * 20}}},
        {"noteTweet": {"noteTweetId": "98", "createdAt": "2024-03-01T00:05:00.000Z",
                       "core": {"text": whole}}},
    )  # fmt: skip
    post = read_post(reply(5, f"@ann {whole[:260]}… https://t.co/z", "4", ANN, mention(ANN, "ann")))
    assert post.text == whole.strip()
    assert post.mentions == (Mention(ANN),)


def test_a_long_post_gets_its_whole_text_by_its_id(read_post, archive):
    archive.put("note-tweet", {"noteTweet": {"noteTweetId": "5", "core": {"text": "All of it"}}})
    assert read_post(tweet(5, "All…")).text == "All of it"


def test_versions_of_an_edited_post_are_one_post(read_post):
    info = {"edit_info": {"initial": {"editTweetIds": ["11", "12"]}}}
    edit = {"edit_info": {"edit": {"editControlInitial": {"editTweetIds": ["11", "12"]}}}}
    post = read_post(tweet(12, "Open till 7", **edit), tweet(11, "Open till 6", **info))
    assert (post.id, post.text) == ("12", "Open till 7")
    assert post.earlier == (Version(MIDNIGHT + 12 * MINUTE, "Open till 6"),)


def test_an_edited_post_has_the_time_of_its_first_version(read_post):
    first, last = "1690395372546301952", "1690395972546301952"
    post = read_post(
        tweet(5, "b", id_str=last, edit_info={"initial": {"editTweetIds": [last, first]}})
    )
    assert post.said_at == ((int(first) >> 22) + 1_288_834_974_657) * 1000
    assert post.earlier == ()


def test_old_records_are_read_too(read_post):
    """Before 2019 records were not wrapped, and had numbers for ids, and text for full_text."""
    post = read_post({
        "id": 5, "text": "hello http://bit.example/x", "created_at": "2010-01-02 03:04:05 +0000",
        "entities": {"urls": [{"url": "http://bit.example/x", "expanded_url": None}]},
    })  # fmt: skip
    assert (post.id, post.text) == ("5", "hello http://bit.example/x")
    assert post.said_at == 1_262_401_445_000_000
    assert post.links == (Link("http://bit.example/x"),)


def test_likes_come_without_a_time(archive, read):
    archive.put("like", {"like": {"tweetId": "77", "fullText": "…"}})
    assert read(archive.folder(), Reaction) == [
        Reaction(network="x", account=TEA, post="77", kind="like")
    ]


def test_follows_go_both_ways_and_are_counted(archive, read):
    archive.put("follower", {"follower": {"accountId": ANN}}, {"follower": {"accountId": BEN}})
    archive.put("following", {"following": {"accountId": ANN}})
    records = read(archive.folder())
    pairs = {(r.follower, r.followed) for r in records if isinstance(r, Follow)}
    assert pairs == {(ANN, TEA), (BEN, TEA), (TEA, ANN)}
    (owner,) = [r for r in records if isinstance(r, Account)]
    assert (owner.followers, owner.following) == (2, 1)


def test_private_messages_are_a_chat_that_speaks_to_its_recipient(archive, read):
    message = {
        "id": "801", "senderId": ANN, "recipientId": TEA, "text": "Tea &amp; milk? https://t.co/p",
        "createdAt": "2024-03-01T00:05:00.000Z",
        "urls": [{"url": "https://t.co/p", "expanded": "https://twitter.com/messages/media/801"}],
        "mediaUrls": ["https://ton.example/801/a.jpg"],
        "reactions": [{"senderId": TEA, "reactionKey": "like", "createdAt": "2024-03-01T00:06:00Z"},
                      {"senderId": TEA, "reactionKey": "sad"}],
    }  # fmt: skip
    archive.put("direct-messages", {"dmConversation": {
        "conversationId": f"{TEA}-{ANN}",
        "messages": [{"messageCreate": message}, {"joinConversation": {"userIds": []}}],
    }})  # fmt: skip
    records = read(archive.folder(), Post | Reaction)
    assert records == [
        Post(
            network="x", id="801", author=ANN, said_at=MIDNIGHT + 5 * MINUTE,
            text="Tea & milk?", visibility="private", nesting="chat",
            root=f"{TEA}-{ANN}", mentions=(Mention(TEA),), media=(Media("image"),),
        ),
        Reaction(network="x", account=TEA, post="801", kind="like",
                 reacted_at=MIDNIGHT + 6 * MINUTE),
    ]  # fmt: skip


def test_one_bad_message_does_not_cost_the_conversation(archive, read):
    good = {"id": "2", "senderId": ANN, "text": "hi", "createdAt": "2024-03-01T00:05:00.000Z"}
    archive.put("direct-messages-group", {"dmConversation": {
        "conversationId": "900", "messages": [{"messageCreate": {"id": "1"}}, {"messageCreate": good}],
    }})  # fmt: skip
    bad, post = read(archive.folder(), Post | Rejected)
    assert (bad.file, bad.line, bad.reason) == (
        "data/direct-messages-group.js", 2, "no sender of a message",
    )  # fmt: skip
    assert post.id == "2"


def test_the_owner_is_known_by_account_and_profile(archive, read):
    archive.put("tweets", tweet(1, "@ann hi", entities={"user_mentions": [mention(ANN, "ann")]}))
    records = read(archive.folder(), Account | Own)
    assert records == [
        Own("x", TEA),
        Account(network="x", id=ANN, handle="ann", name="Ann"),
        Account(
            network="x", id=TEA, handle="larchtea", name="Larch Tea House",
            biography="Tea and talk", site="https://larch.example",
            avatar="https://pbs.example/a.jpg", made_at=1_556_697_600_000_000,
        ),
    ]  # fmt: skip


def test_the_archive_covers_its_owner_s_own_side_up_to_its_making(archive, read):
    archive.put("tweets", tweet(1, "a"))
    archive.put("like", {"like": {"tweetId": "7"}})
    archive.put("direct-messages")
    archive.manifest(tweets=["tweets.js"])
    coverage = read(archive.folder(), Coverage)
    assert {c.stream for c in coverage} == {
        "originals", "replies", "shares", "likes", "private", "profile",
    }  # fmt: skip
    assert {(c.begins, c.ends, c.is_complete) for c in coverage} == {
        (1_556_697_600_000_000, 1_717_200_000_000_000, True)
    }


@pytest.mark.parametrize(
    ("manifest", "reason", "complete"),
    [
        ({"tweets": ["tweets.js", "tweets-part1.js"]}, "lacks tweets-part1.js", {"profile"}),
        ({"tweets": ["tweets.js"], "is_partial": True}, "one of several parts", set()),
        (
            {"tweets": ["tweets.js"], "directMessages": ["direct-messages.js"]},
            "lacks direct-messages.js",
            {"originals", "replies", "shares", "profile"},
        ),
    ],
)
def test_what_is_missing_makes_its_streams_a_sample(archive, read, manifest, reason, complete):
    archive.put("tweets", tweet(1, "a"))
    archive.manifest(**manifest)
    note, *coverage = read(archive.folder(), Coverage | Note)
    assert reason in note.text
    assert {c.stream for c in coverage if c.is_complete} == complete


def test_a_torn_file_gives_what_it_holds_and_covers_a_sample(archive, read):
    archive.put("tweets", tweet(1, "a"), tweet(2, "b"))
    archive.files["data/tweets.js"] = archive.files["data/tweets.js"][:-300]
    records = read(archive.folder(), Post | Rejected | Coverage)
    post, torn, *coverage = records
    assert post.id == "1"
    assert torn.file == "data/tweets.js"
    assert "the file ends" in torn.reason
    assert {c.stream for c in coverage if c.is_complete} == {"profile"}


def test_a_bad_post_is_kept_aside_with_its_place(archive, read):
    archive.put("tweets", {"tweet": {"full_text": "no id"}}, tweet(2, "b"))
    bad, post = read(archive.folder(), Post | Rejected)
    assert (bad.file, bad.line, bad.reason) == ("data/tweets.js", 2, "no id")
    assert "no id" in bad.raw
    assert post.id == "2"


def test_a_zip_reads_like_its_folder_even_packed_one_folder_deeper(archive, read):
    archive.put("tweets", tweet(1, "a"))
    archive.put("tweets-part1", tweet(2, "b"))
    from_folder = read(archive.folder() / "data")
    assert {r.id for r in from_folder if isinstance(r, Post)} == {"1", "2"}
    archive.files = {f"again/{name}": content for name, content in archive.files.items()}
    assert set(read(archive.zip())) == set(from_folder)


def test_look_alikes_are_not_read(archive, read):
    for name in ("deleted-tweets", "tweet-headers", "community-tweet", "twitter-circle-tweet"):
        archive.put(name, tweet(9, "not this"))
    assert read(archive.folder(), Post) == []


def test_posts_alone_need_the_owner_s_handle(archive, read, tmp_path):
    archive.put("tweets", tweet(1, "a"))
    path = tmp_path / "tweets.js"
    path.write_text(archive.files["data/tweets.js"])
    with pytest.raises(Unreadable, match="--account"):
        read(path)
    own, post = read(path, Own | Post, account="@larchtea")
    assert own.account == post.author == "@larchtea"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tweets.js", "[]"),
        ("posts.json", "window.YTD.tweets.part0 = []"),
        ("tweets.csv", "id,text"),
    ],
)
def test_other_sources_are_not_recognised(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with Source(tmp_path / name) as source:
        assert not reader.recognises(source)
