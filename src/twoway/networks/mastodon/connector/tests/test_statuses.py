"""Posts, accounts and notifications as servers tell them: each oddity was seen on a real one."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.records import Note, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Media, Mention, Post, Version
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector.entities.reading import pack, read
from twoway.networks.mastodon.connector.entities.statuses import Beside

US = "https://tea.example/users/larchtea"
OURS = {"id": "1", "username": "larchtea", "acct": "larchtea", "uri": US, "url": US}
ANN = {
    "id": "2",
    "username": "ann",
    "acct": "ann@far.example",
    "uri": "https://far.example/ap/users/7",
    "url": "https://far.example/@ann",
}


def status(**more):
    """Return a post of Ann's."""
    return {
        "id": "100",
        "uri": "https://far.example/ap/users/7/statuses/100",
        "url": "https://far.example/@ann/100",
        "created_at": "2026-11-01T12:00:00.000Z",
        "account": ANN,
        "content": "<p>Hello</p>",
        "visibility": "public",
        "spoiler_text": "",
        "mentions": [],
    } | more


def told(item, kind="status", **beside):
    """Return the records in one answer."""
    above = {one["id"]: one for one in beside.pop("posts", ())}
    return list(read(pack(kind, item, 5, about=US, beside=Beside(posts=above, **beside))))


def post(item, **beside):
    """Return the post in one answer that holds several records."""
    found = [one for one in told(item, **beside) if isinstance(one, Post)]
    return found[-1]


def test_a_post_is_told_with_its_author():
    account, found = told(status(language="en", application={"name": "Tusky"}))
    assert account.id == found.author == ANN["uri"]
    assert account.handle == "ann@far.example"
    assert found.id == "https://far.example/ap/users/7/statuses/100"
    assert found.address == "https://far.example/@ann/100"
    assert (found.text, found.language, found.client) == ("Hello", "en", "Tusky")
    assert (found.said_at, found.observed_at) == (1_793_534_400_000_000, 5)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("public", "public"),
        ("unlisted", "public"),
        ("private", "followers"),
        ("direct", "private"),
        ("a word of the future", "private"),
        (None, "private"),
    ],
)
def test_visibility_is_never_wider_than_told(word, meaning):
    assert post(status(visibility=word)).visibility == meaning


def test_a_parent_is_named_by_its_address():
    above = status(id="99", uri="https://tea.example/users/larchtea/statuses/99", account=OURS)
    reply = status(in_reply_to_id="99", in_reply_to_account_id="1")
    found = post(reply, posts=[above])
    assert (found.parent, found.parent_author) == (above["uri"], US)
    unknown = post(reply)
    assert (unknown.parent, unknown.is_reply) == (None, True)


def test_a_private_answer_below_a_public_post_begins_a_talk_of_its_own():
    above = status(id="99", account=OURS, uri=f"{US}/statuses/99")
    reply = status(in_reply_to_id="99", in_reply_to_account_id="1", visibility="direct")
    found = post(reply, posts=[above])
    assert (found.parent, found.parent_author, found.nesting) == (None, US, "chat")
    within = post(reply, posts=[above | {"visibility": "direct"}])
    assert within.parent == above["uri"]


def mention(name, host, local="0"):
    return {
        "id": local,
        "username": name,
        "acct": f"{name}@{host}",
        "url": f"https://{host}/@{name}",
    }


def test_copied_mentions_are_told_from_typed_ones():
    content = (
        '<p><a href="https://tea.example/@larchtea" class="u-url mention">@larchtea</a> '
        '<a href="https://far.example/@ben" class="u-url mention">@ben</a> why? Ask '
        '<a href="https://far.example/@cleo" class="u-url mention">@cleo</a></p>'
    )
    named = [
        mention("larchtea", "tea.example", "1"),
        mention("ben", "far.example"),
        mention("cleo", "far.example"),
    ]
    reply = status(content=content, mentions=named, in_reply_to_id="99", in_reply_to_account_id="1")
    assert post(reply, people={"1": US}).mentions == (
        Mention(US, is_new=True),
        Mention("@ben@far.example", is_new=False),
        Mention("@cleo@far.example", is_new=True),
    )


def test_mentions_of_nobody_in_particular_are_kept_apart():
    """Everybody whom snac 2.75 does not follow has the id 0."""
    named = [mention("ben", "far.example"), mention("cleo", "far.example")]
    assert [one.account for one in post(status(mentions=named)).mentions] == [
        "@ben@far.example",
        "@cleo@far.example",
    ]


@pytest.mark.parametrize("local", ["0", "1", "7"])
def test_a_mention_of_us_is_known_whatever_id_it_has(local):
    item = status(mentions=[mention("larchtea", "tea.example", local)])
    assert post(item, us=US).mentions == (Mention(US, is_new=True),)


def test_a_link_to_us_is_a_mention_where_the_server_leaves_out_the_one_who_asks():
    us = "https://tea.example/larchtea"
    content = f'<a href="{us}" class="u-url mention">@larchtea@tea.example</a> where is the tea?'
    assert post(status(content=content), us=us).mentions == (Mention(us, is_new=True),)
    assert post(status(content=content), us="https://tea.example/cleo").mentions == ()
    told_twice = status(content=content, mentions=[{"id": "7", "acct": "larchtea", "url": us}])
    assert post(told_twice, us=us).mentions == (Mention(us, is_new=True),)


def test_whom_a_post_answers_is_known_by_their_page_where_they_have_no_id_of_their_own():
    """Or our answer would speak to a stranger of that name."""
    asked = status(id="99", account={"id": "0", "uri": "https://far.example/ann"})
    named = [mention("ann", "far.example") | {"url": "https://far.example/ann"}]
    reply = status(account=OURS, mentions=named, in_reply_to_id="99", in_reply_to_account_id="0")
    found = post(reply, posts=[asked])
    assert found.parent_author == "https://far.example/ann"
    assert [one.account for one in found.mentions] == [found.parent_author]


def test_a_boost_is_a_share_and_the_shared_post_comes_along():
    shared = status(account=OURS, uri=f"{US}/statuses/7")
    boost = status(uri="https://far.example/ap/users/7/statuses/8/activity", reblog=shared)
    posts = [one for one in told(boost) if isinstance(one, Post)]
    assert [one.id for one in posts] == [
        f"{US}/statuses/7",
        "https://far.example/ap/users/7/statuses/8",
    ]
    assert (posts[1].shared, posts[1].shared_author, posts[1].text) == (posts[0].id, US, "")


def test_a_quote_names_what_it_quotes_without_the_line_that_stands_in_for_it():
    quoted = status(account=OURS, uri=f"{US}/statuses/7", id="7")
    content = '<p class="quote-inline">RE: https://tea.example/7</p><p>Look</p>'
    quoting = status(content=content, quote={"state": "accepted", "quoted_status": quoted})
    found = post(quoting)
    assert (found.quoted, found.quoted_author, found.text) == (quoted["uri"], US, "Look")


def test_a_quote_that_is_not_allowed_is_none():
    found = post(status(quote={"state": "revoked", "quoted_status": None}))
    assert found.quoted is None


def test_warnings_pictures_polls_and_edits_are_kept():
    found = post(
        status(
            spoiler_text="Tea, hot",
            media_attachments=[{"type": "gifv", "description": "A cup"}, {"type": "unknown"}],
            poll={"options": [{"title": "Black"}, {"title": "Green"}]},
        ),
        history=[
            {"created_at": "2026-11-01T12:00:00Z", "content": "<p>Helo</p>", "spoiler_text": ""},
            {"created_at": "2026-11-01T13:00:00Z", "content": "<p>Hello</p>"},
        ],
    )
    assert found.text == "Tea, hot\n\nHello"
    assert found.media == (Media("video", "A cup"), Media("other", None))
    assert found.poll == ("Black", "Green")
    assert found.earlier == (Version(1_793_538_000_000_000, "Helo"),)


@pytest.mark.parametrize(
    ("account", "own_id"),
    [
        ({"uri": "https://far.example/ap/users/7"}, "https://far.example/ap/users/7"),
        ({"url": "https://far.example/@ann"}, "https://far.example/users/ann"),
        ({"url": "https://far.example/ann"}, "https://far.example/ann"),
        (
            {"url": "https://far.example/@ann", "pleroma": {"ap_id": "https://far.example/u/a"}},
            "https://far.example/u/a",
        ),
    ],
)
def test_an_account_is_the_same_on_servers_that_keep_its_address_back(account, own_id):
    (found,) = told({"id": "2", "acct": "ann", **account}, "account")
    assert found.id == own_id


def test_without_an_address_of_the_author_that_of_the_post_tells():
    account = {"id": "2", "acct": "ann@far.example", "url": "https://far.example/@ann"}
    found = post(status(account=account, uri="https://far.example/users/ann/statuses/3"))
    assert found.author == "https://far.example/users/ann"


def test_handles_are_whole_also_for_accounts_of_the_server_itself():
    (found,) = told(OURS, "account")
    assert found.handle == "larchtea@tea.example"


def test_handles_end_in_what_the_server_says_not_in_its_address():
    (found,) = told(OURS, "account", domain="tea.museum")
    assert found.handle == "larchtea@tea.museum"
    item = status(account=OURS, mentions=[mention("ann", "far.example") | {"acct": "ann"}])
    assert post(item, domain="tea.museum").mentions[0].account == "@ann@tea.museum"


@pytest.mark.parametrize(
    ("wishes", "asks"),
    [
        ({}, False),
        ({"indexable": False, "discoverable": None}, False),  # as every account begins
        ({"indexable": True, "discoverable": False}, False),
        ({"indexable": False, "discoverable": False}, True),
        ({"noindex": True, "indexable": True}, True),
        ({"note": "<p>Tea. #NoIndex</p>"}, True),
        ({"note": "<p>I index tea</p>"}, False),
    ],
)
def test_accounts_that_ask_not_to_be_indexed_are_known(wishes, asks):
    (found,) = told(ANN | wishes, "account")
    assert found.no_index is asks


def notification(kind, **more):
    return {
        "id": "5",
        "type": kind,
        "created_at": "2026-11-01T12:00:00Z",
        "account": ANN,
        **more,
    }


def test_likes_shares_and_follows_are_told():
    ours = status(account=OURS, uri=f"{US}/statuses/7")
    for kind, meaning in (("favourite", "like"), ("reblog", "share")):
        reaction = told(notification(kind, status=ours), "notification")[-1]
        assert isinstance(reaction, Reaction)
        assert (reaction.kind, reaction.account, reaction.post) == (
            meaning,
            ANN["uri"],
            ours["uri"],
        )
    follow = told(notification("follow"), "notification")[-1]
    assert isinstance(follow, Follow)
    assert (follow.follower, follow.followed) == (ANN["uri"], US)


def test_a_like_told_inside_a_share_that_nobody_made_is_of_our_post():
    """So snac 2.75 tells it, under an address that nobody else knows."""
    ours = status(account=OURS, uri=f"{US}/p/7")
    wrapped = status(uri=f"{US}/d/7/Announce", reblog=ours)
    records = told(notification("favourite", status=wrapped), "notification")
    assert records[-1].post == ours["uri"]
    assert all(one.shared is None for one in records if isinstance(one, Post))


def test_what_we_like_is_known_by_the_mark_on_the_post():
    assert not [one for one in told(status(favourited=True)) if isinstance(one, Reaction)]
    like = told(status(favourited=True), us=US)[-1]
    assert (like.account, like.post, like.kind, like.reacted_at) == (
        US,
        status()["uri"],
        "like",
        None,
    )


@pytest.mark.parametrize("kind", ["mention", "status", "poll", "update", "quote", "quoted_update"])
def test_what_brings_a_post_brings_nothing_else(kind):
    records = told(notification(kind, status=status()), "notification")
    assert {type(one) for one in records} == {Account, Post}


@pytest.mark.parametrize(
    "kind",
    [
        "follow_request",
        "severed_relationships",
        "moderation_warning",
        "annual_report",
        "admin.sign_up",
        "admin.report",
        "added_to_collection",
        "collection_update",
        "a_kind_of_the_future",
    ],
)
def test_every_other_kind_is_told_in_words(kind):
    fallback = {"title": "Ann did something", "summary": None}
    note = told(notification(kind, fallback=fallback), "notification")[-1]
    assert isinstance(note, Note)
    assert "@ann@far.example" in note.text
    assert "Ann did something" in note.text


def test_what_lacks_an_identity_is_refused_with_the_reason():
    (rejected,) = (one for one in told(status(uri=None, url=None)) if isinstance(one, Rejected))
    assert "uri" in rejected.reason


def test_one_bad_post_in_a_thread_costs_no_other():
    context = {"status": status(), "ancestors": [{"id": "1"}], "descendants": [status(id="101")]}
    records = told(context, "context")
    assert sum(isinstance(one, Rejected) for one in records) == 1
    assert sum(isinstance(one, Post) for one in records) == 2


def test_posts_nested_without_end_cost_nothing():
    inner = status()
    for _ in range(200):
        inner = status(reblog=inner)
    assert len(told(inner)) < 10


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body):
    raw = pack("status", {}, 0)
    for kind in ("status", "notification", "context", "account", "nothing we know"):
        broken = type(raw)(network="mastodon", kind=kind, body=body, fetched_at=0)
        assert all(isinstance(one, Rejected) or one for one in read(broken))


def test_a_body_of_lists_is_refused():
    raw = pack("status", {}, 0)
    deep = type(raw)(network="mastodon", kind="status", body=orjson.dumps([[[]]]), fetched_at=0)
    (rejected,) = read(deep)
    assert isinstance(rejected, Rejected)
