"""A repository becomes posts, shares, likes and follows of its owner."""

import json

import pytest

from twoway.collection.errors import Unreadable
from twoway.collection.records import Note, Own, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky import archive as reader
from twoway.networks.bluesky.tests.larchtea import (
    ANN,
    BEN,
    TEA,
    Repository,
    address,
    at,
    facet,
    reference,
    tid,
)


def embedded(kind, **fields):
    return {"embed": {"$type": f"app.bsky.embed.{kind}", **fields}}


def test_a_reply_comes_with_its_place_and_all_it_says(read):
    words = "Grüße @ann.example 🍵 larch.example/men… and our story"
    repository = Repository().post(
        5,
        words,
        reply={"root": reference(address(TEA, 1)), "parent": reference(address(ANN, 4))},
        facets=[
            facet(words, "@ann.example", kind="mention", did=ANN),
            facet(words, "our story", kind="link", uri="https://larch.example/story"),
            facet(words, "larch.example/men…", kind="link", uri="https://larch.example/menu"),
        ],
        **embedded("images", images=[{"alt": "A pot", "image": {}}, {"alt": "", "image": {}}]),
    )
    post, ann, *_ = read(repository, Post | Account)
    assert post == Post(
        network="bluesky",
        id=address(TEA, 5),
        author=TEA,
        said_at=at(5),
        text="Grüße @ann.example 🍵 https://larch.example/menu and our story https://larch.example/story",
        address=f"https://bsky.app/profile/{TEA}/post/{tid(at(5))}",
        language="en",
        parent=address(ANN, 4),
        parent_author=ANN,
        root=address(TEA, 1),
        root_author=TEA,
        is_reply=True,
        mentions=(Mention(ANN),),
        links=(Link("https://larch.example/menu"), Link("https://larch.example/story")),
        media=(Media("image", "A pot"), Media("image")),
    )
    assert ann == Account(network="bluesky", id=ANN, handle="ann.example")


def test_a_quote_names_the_post_it_quotes(read):
    repository = Repository().post(
        5, "True!", **embedded("record", record=reference(address(ANN, 4)))
    )
    (post,) = read(repository, Post)
    assert (post.quoted, post.quoted_author) == (address(ANN, 4), ANN)


def test_a_quote_may_come_beside_media(read):
    repository = Repository().post(
        5, "True!",
        **embedded("recordWithMedia", record={"record": reference(address(ANN, 4))},
                   media={"$type": "app.bsky.embed.video", "video": {}, "alt": "Steam"}),
    )  # fmt: skip
    (post,) = read(repository, Post)
    assert (post.quoted, post.media) == (address(ANN, 4), (Media("video", "Steam"),))


def test_a_card_is_a_link_with_a_title_once(read):
    words = "See larch.example"
    repository = Repository().post(
        5, words, facets=[facet(words, "larch.example", kind="link", uri="https://larch.example")],
        **embedded("external", external={"uri": "https://larch.example", "title": "Larch"}),
    )  # fmt: skip
    (post,) = read(repository, Post)
    assert post.links == (Link("https://larch.example", "Larch"),)


def test_a_feed_shown_below_a_post_is_a_link_and_no_quote(read):
    feed = f"at://{ANN}/app.bsky.feed.generator/tea"
    (post,) = read(
        Repository().post(5, "A feed", **embedded("record", record=reference(feed))), Post
    )
    assert (post.quoted, post.links) == (None, (Link(feed),))


@pytest.mark.parametrize("field", ["media", "items"])
def test_galleries_and_polls_are_read(read, field):
    repository = Repository().post(5, "a", **embedded("gallery", **{field: [{"alt": "A pot"}]}))
    repository.post(6, "b", **embedded("poll", question="Which?", options=["Green", "Black"]))
    pictures, poll = read(repository, Post)
    assert pictures.media == (Media("image", "A pot"),)
    assert poll.poll == ("Green", "Black")


def test_facets_outside_the_text_or_inside_a_character_are_left_alone(read):
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://a.example"}
    facets = [
        {"index": {"byteStart": begins, "byteEnd": ends}, "features": [link]}
        for begins, ends in [(1, 3), (5, 2), (-1, 2), (90, 99), ("a", None)]
    ]
    (post,) = read(Repository().post(5, "🍵 tea", facets=facets), Post)
    assert post.text == "🍵 tea"
    assert post.links == (Link("https://a.example"),)


def test_posts_from_before_facets_name_people_too(read):
    entities = [{"type": "mention", "value": BEN}, {"type": "link", "value": "https://a.example"}]
    (post,) = read(Repository().post(5, "@ben look", entities=entities), Post)
    assert (post.mentions, post.links) == ((Mention(BEN),), (Link("https://a.example"),))


def test_a_handle_typed_without_a_facet_names_nobody(read):
    (post,) = read(Repository().post(5, "@ann.example hm"), Post)
    assert post.mentions == ()


def test_a_repost_shares_a_post(read):
    repository = Repository().put("feed.repost", 5, subject=reference(address(ANN, 4)))
    assert read(repository, Post) == [
        Post(network="bluesky", id=address(TEA, 5, "feed.repost"), author=TEA, said_at=at(5),
             shared=address(ANN, 4), shared_author=ANN)
    ]  # fmt: skip


def test_likes_of_posts_and_follows_are_read(read):
    repository = Repository().put("feed.like", 5, subject=reference(address(ANN, 4)))
    repository.put("feed.like", 6, subject=reference(f"at://{ANN}/app.bsky.feed.generator/tea"))
    repository.put("graph.follow", 7, subject=ANN).put("graph.block", 8, subject=BEN)
    records = read(repository, Reaction | Follow | Account)
    assert records[:2] == [
        Reaction(
            network="bluesky", account=TEA, post=address(ANN, 4), kind="like", reacted_at=at(5)
        ),
        Follow(network="bluesky", follower=TEA, followed=ANN, seen_at=at(7)),
    ]
    assert records[2].following == 1


def test_the_owner_is_as_the_profile_says(read):
    repository = Repository()
    repository.put(
        "actor.profile", 1, "self", displayName="Larch Tea House", description="Tea & talk",
        website="https://larch.example",
        labels={"$type": "com.atproto.label.defs#selfLabels",
                "values": [{"val": "bot"}, {"val": "!no-unauthenticated"}]},
    )  # fmt: skip
    repository.put("chat.bsky.actor.declaration", 1, "self", allowIncoming="following")
    own, owner = read(repository, Own | Account, account="@larch.example")
    assert own == Own("bluesky", TEA)
    assert owner == Account(
        network="bluesky", id=TEA, handle="larch.example", name="Larch Tea House",
        biography="Tea & talk", site="https://larch.example", messages_open=False, following=0,
        made_at=at(1), automatic=True, no_index=True, observed_at=at(24 * 60),
    )  # fmt: skip


def test_the_handle_stands_in_a_did_document_beside_the_file(read, tmp_path):
    (tmp_path / "did.json").write_text(
        json.dumps({"id": TEA, "alsoKnownAs": ["at://larch.example"]})
    )
    (tmp_path / "odd.json").write_text("[")
    (tmp_path / "larch.car").write_bytes(Repository().post(1, "a").car())
    (owner,) = read(tmp_path, Account)
    assert owner.handle == "larch.example"


def test_without_any_word_of_the_handle_the_did_stands_for_it(read):
    (owner,) = read(Repository().post(1, "a"), Account)
    assert owner.handle == TEA


@pytest.mark.parametrize(("gated", "is_open"), [(0, True), (2, True), (3, False)])
def test_whether_replies_are_open_is_told_by_the_latest_threads(read, gated, is_open):
    repository = Repository()
    for minutes in range(4):
        repository.post(minutes, "a")
        if minutes < gated:
            gate = {"post": address(TEA, minutes), "allow": []}
            repository.put("feed.threadgate", minutes, tid(at(minutes)), **gate)
    (owner,) = read(repository, Account)
    assert owner.replies_open is is_open


def test_the_repository_covers_its_owner_s_own_side_up_to_its_last_change(read):
    coverage = read(Repository().post(5, "a"), Coverage)
    assert {c.stream for c in coverage} == {"originals", "replies", "shares", "likes", "profile"}
    assert {(c.account, c.begins, c.ends, c.is_complete) for c in coverage} == {
        (TEA, at(5), at(24 * 60), True)
    }


def test_several_repositories_are_read_as_several_accounts(read, tmp_path):
    (tmp_path / "tea.car").write_bytes(Repository().post(1, "a").car())
    (tmp_path / "ann.car").write_bytes(Repository(ANN).post(2, "b").car())
    (tmp_path / "bad.car").write_bytes(Repository(ANN).post(2, "b").car()[:70])
    records = read(tmp_path, Own | Rejected)
    assert {r.account for r in records if isinstance(r, Own)} == {TEA, ANN}
    assert [r.file for r in records if isinstance(r, Rejected)] == ["bad.car"]


@pytest.mark.parametrize(
    ("created_at", "key", "said_at", "note"),
    [
        ("2024-03-01T00:05:00Z", 5, at(5), None),
        ("2099-01-01T00:00:00Z", 5, at(5), "cannot be"),
        ("2024-03-01T20:00:00Z", 5, at(20 * 60), None),
        ("0001-01-01T00:00:00Z", 5, at(5), "cannot be"),
        ("nonsense", 5, at(5), "cannot be"),
        (None, 5, at(5), "cannot be"),
        ("2015-06-01T00:00:00Z", 5, 1_433_116_800_000_000, "imported"),
        ("2015-06-01T00:00:00Z", "import-1", 1_433_116_800_000_000, None),
        ("2024-03-01T00:05:00Z", "7777777777777", at(5), None),
    ],
)
def test_stated_times_are_weighed_against_keys(read, created_at, key, said_at, note):
    key = tid(at(key)) if isinstance(key, int) else key
    records = read(
        Repository().put("feed.post", 5, key, text="a", createdAt=created_at), Post | Note
    )
    assert records[0].said_at == said_at
    assert [note in r.text for r in records[1:]] == ([True] if note else [])


def test_a_post_without_any_time_that_can_be_is_kept_aside(read):
    repository = Repository().put(
        "feed.post", 5, "no-time", text="a", createdAt="2099-01-01T00:00:00Z"
    )
    (bad,) = read(repository, Rejected | Post)
    assert (bad.file, bad.reason) == ("repo.car", "no time that can be")
    assert "2099" in bad.raw


@pytest.mark.parametrize("name", ["repo.car", "posts.bin"])
def test_other_sources_are_not_recognised(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x3a\xa2eroots is no header")
    with Source(tmp_path / name) as source:
        assert not reader.recognises(source)


def test_a_file_without_a_commit_is_refused(read):
    with pytest.raises(Unreadable, match="whose repository"):
        read(Repository().post(5, "a").car()[:59])
