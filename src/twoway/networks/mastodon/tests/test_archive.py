"""An archive of Mastodon becomes posts, boosts, likes and follows of its owner."""

import pytest

from twoway.collection.errors import Unreadable
from twoway.collection.records import Own, Rejected
from twoway.collection.source import Source
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Media, Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.mastodon import archive as reader
from twoway.networks.mastodon.tests.larchtea import (
    ACTOR,
    ANN,
    ANN_LINK,
    ANN_TAG,
    BEN,
    BEN_LINK,
    BEN_TAG,
    FOLLOWERS,
    PUBLIC,
    TEA,
    announce,
    create,
    status,
)

MINUTE = 60_000_000
MIDNIGHT = 1_709_251_200_000_000  # 2024-03-01


@pytest.fixture
def read_post(archive, read):
    def run(*activities):
        archive.posts(*activities)
        return read(archive.folder(), Post)[-1]

    return run


def test_an_original_comes_with_all_it_says(read_post):
    post = read_post(
        create(
            5,
            '<p>New season!</p><p><a href="https://larch.example/menu">larch.example</a></p>',
            summary="tea",
            attachment=[{"type": "Document", "mediaType": "image/png", "name": "A pot"},
                        {"type": "Document", "mediaType": "video/mp4", "name": None},
                        {"type": "Document", "mediaType": "application/pdf"}],
        )
    )  # fmt: skip
    assert post == Post(
        network="mastodon",
        id=status(5),
        author=TEA,
        said_at=MIDNIGHT + 5 * MINUTE,
        text="tea\n\nNew season!\n\nhttps://larch.example/menu",
        address="https://tea.example/@larchtea/5",
        language="en",
        links=(Link("https://larch.example/menu"),),
        media=(Media("image", "A pot"), Media("video"), Media("other")),
        seen_shares=1,
        seen_likes=2,
    )


def test_a_reply_names_its_parent_and_tells_copied_names_from_typed_ones(read_post):
    post = read_post(
        create(
            6, f"<p>{ANN_LINK} {BEN_LINK} Come by!</p>", inReplyTo=f"{ANN}/statuses/8",
            tag=[ANN_TAG, BEN_TAG, {"type": "Hashtag", "name": "#tea"}], conversation="tag:social:7",
        )
    )  # fmt: skip
    assert (post.parent, post.parent_author, post.is_reply) == (f"{ANN}/statuses/8", ANN, True)
    assert post.root == "tag:social:7"
    assert post.mentions == (Mention(ANN), Mention(BEN, is_new=False))
    assert post.text == "@ann @ben Come by!"


def test_a_name_further_on_in_a_reply_was_typed(read_post):
    html = f"<p>{ANN_LINK} ask {BEN_LINK}</p>"
    post = read_post(create(6, html, inReplyTo=f"{ANN}/statuses/8", tag=[ANN_TAG, BEN_TAG]))
    assert post.mentions == (Mention(ANN), Mention(BEN))


def test_a_name_only_in_the_tags_of_a_reply_was_not_typed(read_post):
    post = read_post(create(6, "<p>hm</p>", inReplyTo=f"{ANN}/statuses/8", tag=[BEN_TAG]))
    assert post.mentions == (Mention(BEN, is_new=False),)


@pytest.mark.parametrize(
    ("parent", "author"),
    [
        (f"{ANN}/statuses/8", ANN),
        ("https://new.example/ap/users/77/statuses/8", "https://new.example/ap/users/77"),
        ("https://pleroma.example/objects/0af1", BEN),
        ("https://social.example/@ann/8", ANN),
        ("https://far.example/@Cleo/8", "@cleo@far.example"),
        ("https://misskey.example/notes/9x", None),
    ],
)
def test_whom_a_reply_answers_is_told_by_addresses(read_post, parent, author):
    post = read_post(create(6, "<p>yes</p>", inReplyTo=parent, tag=[ANN_TAG, BEN_TAG]))
    assert post.parent_author == author


def test_below_its_own_post_whether_a_name_was_copied_is_left_to_the_parent(read_post):
    post = read_post(create(6, f"<p>{ANN_LINK} thanks</p>", inReplyTo=status(5), tag=[ANN_TAG]))
    assert post.parent_author == TEA
    assert post.mentions == (Mention(ANN, is_new=None),)


def test_an_answer_in_a_thread_of_its_own_knows_the_root_though_the_parent_is_missing(read_post):
    post = read_post(
        create(5, "<p>Questions?</p>", conversation="tag:tea:5"),
        create(7, "<p>Till 6!</p>", inReplyTo=f"{ANN}/statuses/6", conversation="tag:tea:5"),
    )
    assert (post.root, post.root_author) == (status(5), TEA)


@pytest.mark.parametrize(
    ("to", "cc", "visibility"),
    [
        ([PUBLIC], [FOLLOWERS], "public"),
        ([FOLLOWERS], [PUBLIC, ANN], "public"),
        ([FOLLOWERS], [ANN], "followers"),
        ([ANN], [], "private"),
        ("as:Public", None, "public"),
        (None, 7, "private"),
    ],
)
def test_visibility_is_told_by_the_audience(read_post, to, cc, visibility):
    assert read_post(create(5, "<p>a</p>", to=to, cc=cc)).visibility == visibility


def test_what_is_said_in_private_is_a_chat_of_its_own(read_post):
    post = read_post(
        create(5, f"<p>{ANN_LINK} psst</p>", to=[ANN], cc=[], tag=[ANN_TAG], conversation="tag:c")
    )
    assert (post.nesting, post.root, post.mentions) == ("chat", "tag:c#private", (Mention(ANN),))


def test_a_poll_has_its_options(read_post):
    options = [{"type": "Note", "name": "Green", "replies": {"totalItems": 3}}, {"name": "Black"}]
    post = read_post(
        create(5, "<p>Which?</p>", type="Question", oneOf=options, closed="2024-03-02")
    )
    assert (post.text, post.poll) == ("Which?", ("Green", "Black"))


def test_a_vote_is_no_post(archive, read):
    vote = create(5, "", name="Green", inReplyTo=f"{ANN}/statuses/8", content=None)
    archive.posts(vote)
    assert read(archive.folder(), Post | Rejected) == []


def test_a_quote_names_the_post_it_quotes(read_post):
    html = (
        '<p class="quote-inline">RE: <a href="https://social.example/@ann/8">x</a></p><p>True!</p>'
    )
    post = read_post(create(5, html, quote=f"{ANN}/statuses/8"))
    assert (post.text, post.quoted, post.quoted_author) == ("True!", f"{ANN}/statuses/8", ANN)
    assert post.links == ()


@pytest.mark.parametrize(
    "shared", [f"{ANN}/statuses/8", {"id": f"{ANN}/statuses/8", "attributedTo": ANN}]
)
def test_a_boost_shares_a_post(read_post, shared):
    assert read_post(announce(9, shared)) == Post(
        network="mastodon", id=status(9), author=TEA, said_at=MIDNIGHT + 9 * MINUTE,
        address=status(9), shared=f"{ANN}/statuses/8", shared_author=ANN,
    )  # fmt: skip


def test_people_are_introduced_once_by_their_handles(archive, read):
    archive.posts(
        create(5, f"<p>{ANN_LINK}</p>", tag=[ANN_TAG]),
        create(6, f"<p>{ANN_LINK}</p>", tag=[ANN_TAG]),
        announce(9, "https://far.example/users/cleo/statuses/1"),
    )
    accounts = read(archive.folder(), Account)
    assert [account.handle for account in accounts] == [
        "larchtea@tea.example", "ann@social.example", "cleo@far.example",
    ]  # fmt: skip


def test_the_owner_is_as_the_actor_says(archive, read):
    own, owner = read(archive.folder(), Own | Account)
    assert own == Own("mastodon", TEA)
    assert owner == Account(
        network="mastodon", id=TEA, handle="larchtea@tea.example", name="Larch Tea House",
        biography="Tea & talk", site="https://larch.example", avatar="avatar.png",
        contact="tea@larch.example", replies_open=True, made_at=1_556_668_800_000_000,
    )  # fmt: skip


def test_a_bot_is_marked_as_one(archive, read):
    archive.put("actor.json", {**ACTOR, "type": "Service"})
    (owner,) = read(archive.folder(), Account)
    assert owner.automatic


def test_without_actor_the_outbox_says_whose_it_is(archive, read):
    del archive.files["actor.json"]
    archive.posts(create(5, "<p>a</p>"))
    own, owner = read(archive.folder(), Own | Account)
    assert (own.account, owner.handle) == (TEA, "larchtea@tea.example")


def test_an_archive_that_says_nothing_of_its_owner_is_refused(archive, read):
    del archive.files["actor.json"]
    with pytest.raises(Unreadable, match="whose posts"):
        read(archive.folder())


def test_likes_are_addresses_without_a_time(archive, read):
    archive.collection("likes.json", [f"{ANN}/statuses/8", 7])
    like, bad = read(archive.folder(), Reaction | Rejected)
    assert like == Reaction(network="mastodon", account=TEA, post=f"{ANN}/statuses/8", kind="like")
    assert (bad.file, bad.reason) == ("likes.json", "no address")


def test_follows_go_by_handle(archive, read):
    archive.files["following_accounts.csv"] = (
        "Account address,Show boosts,Notify on new posts,Languages\nAnn@social.example,true,false,\n"
    )
    (follow,) = read(archive.folder(), Follow)
    assert (follow.follower, follow.followed) == (TEA, "@ann@social.example")


def test_the_archive_covers_its_owner_s_own_side_up_to_its_making(archive, read):
    archive.posts(create(5, "<p>a</p>"))
    archive.collection("likes.json", [])
    coverage = read(archive.zip(), Coverage)
    assert {c.stream for c in coverage} == {"originals", "replies", "shares", "likes", "profile"}
    assert {(c.begins, c.ends, c.is_complete) for c in coverage} == {
        (1_556_668_800_000_000, 1_717_200_000_000_000, True)
    }


def test_a_torn_outbox_gives_what_it_holds_and_covers_a_sample(archive, read):
    archive.posts(create(5, "<p>a</p>"), create(6, "<p>b</p>"))
    archive.files["outbox.json"] = archive.files["outbox.json"][:-100]
    post, torn, *coverage = read(archive.folder(), Post | Rejected | Coverage)
    assert post.id == status(5)
    assert "the file ends" in torn.reason
    assert {c.is_complete for c in coverage} == {False}


def test_what_is_not_read_is_kept_aside(archive, read):
    archive.posts({"type": "Delete", "id": "x"}, {"type": "Create", "object": "y"}, create(5, "a"))
    rows = read(archive.folder(), Rejected)
    assert [row.reason for row in rows] == [
        "an activity of type Delete, which is not read",
        "no id",
    ]


@pytest.mark.parametrize("form", ["zip", "tarball"])
def test_zip_and_tarball_read_like_the_folder(archive, read, form):
    archive.posts(create(5, "<p>a</p>"), announce(6, f"{ANN}/statuses/8"))
    archive.collection("likes.json", [f"{ANN}/statuses/8"])
    packed = getattr(archive, form)()
    folder = archive.home / "unpacked"
    folder.mkdir()
    archive.home = folder
    kinds = Post | Reaction | Own
    ids = [getattr(r, "id", r) for r in read(packed, kinds)]
    assert ids == [getattr(r, "id", r) for r in read(archive.folder(), kinds)]
    assert len(ids) == 4


def test_a_tarball_without_outbox_is_refused(archive, read):
    archive.files = {"other.txt": "…"}
    with pytest.raises(Unreadable, match=r"outbox\.json"):
        read(archive.tarball())


def test_a_torn_tarball_is_refused_with_the_cure(archive, read):
    path = archive.tarball()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Unreadable, match="Download or copy it again"):
        read(path)


@pytest.mark.parametrize("name", ["outbox.json", "actor.json", "posts.json"])
def test_other_sources_are_not_recognised(tmp_path, name):
    (tmp_path / name).write_text('{"items": []}')
    with Source(tmp_path) as source:
        assert not reader.recognises(source)
