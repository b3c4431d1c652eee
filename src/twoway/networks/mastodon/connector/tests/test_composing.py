"""What is put into a post: who is named, who sees it, under what warning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Say
from twoway.networks.mastodon.connector.entities.instance import Instance
from twoway.networks.mastodon.connector.sending.composing import (
    WIDEST_FIRST,
    compose,
    is_wider,
    name_them,
    narrowest,
)

US = {"id": "1", "acct": "larchtea", "url": "https://tea.example/@larchtea"}
ABOVE = {
    "id": "99",
    "visibility": "unlisted",
    "spoiler_text": "Tea, hot",
    "account": {"id": "2", "acct": "ann@far.example", "url": "https://far.example/@ann"},
}


def composed(above=ABOVE, quoted=None, instance=None, **say):
    return compose(Say(**{"text": "Yes.", **say}), above, US, instance or Instance(), quoted or {})


def test_an_answer_names_the_person_keeps_the_visibility_and_carries_the_warning():
    assert composed() == {
        "status": "@ann@far.example Yes.",
        "in_reply_to_id": "99",
        "visibility": "unlisted",
        "spoiler_text": "Tea, hot",
    }


def test_an_original_is_public_unless_it_is_said():
    assert composed(above={}) == {"status": "Yes.", "visibility": "public"}
    assert composed(above={}, visibility="followers")["visibility"] == "private"


@pytest.mark.parametrize(
    ("wanted", "above", "chosen"),
    [
        (None, "public", "public"),
        (None, "direct", "direct"),
        ("public", "unlisted", "unlisted"),
        ("public", "private", "private"),
        ("public", "direct", "direct"),
        ("followers", "public", "private"),
        ("private", "public", "direct"),
        ("public", "local", "local"),
        ("public", None, "direct"),
    ],
)
def test_an_answer_is_never_wider_than_what_it_answers(wanted, above, chosen):
    assert narrowest(wanted, {"id": "1", "visibility": above}) == chosen


@given(
    st.sampled_from(["public", "followers", "private", None]),
    st.sampled_from([*WIDEST_FIRST, "local", "", None]),
)
def test_no_wish_widens_anything(wanted, above):
    chosen = narrowest(wanted, {"id": "1", "visibility": above})
    known = above if above in WIDEST_FIRST else "direct"
    assert chosen == above or WIDEST_FIRST.index(chosen) >= WIDEST_FIRST.index(known)


@pytest.mark.parametrize(
    ("told", "asked", "wider"),
    [
        ("public", "direct", True),
        ("unlisted", "private", True),
        ("private", "direct", False),  # snac 2.75 has one word for both
        ("public", "unlisted", False),  # and none for this
        ("direct", "direct", False),
        ("", "direct", False),
    ],
)
def test_a_server_that_shows_more_than_asked_is_noticed(told, asked, wider):
    assert is_wider(told, asked) is wider


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("Yes.", "@ann@far.example Yes."),
        ("@ann@far.example Yes.", "@ann@far.example Yes."),
        ("Yes, @Ann@Far.Example!", "Yes, @Ann@Far.Example!"),
        ("@ann Yes.", "@ann@far.example @ann Yes."),  # another Ann, of our own server
        ("mail ann@far.example", "@ann@far.example mail ann@far.example"),
        ("https://far.example/@ann", "@ann@far.example https://far.example/@ann"),
    ],
)
def test_who_is_not_named_is_named(said, sent):
    assert name_them(said, ["ann@far.example"], US) == sent


def test_people_of_our_own_server_are_named_shortly():
    assert name_them("Yes.", ["cleo@tea.example"], US) == "@cleo Yes."
    assert name_them("Yes, @cleo", ["cleo@tea.example"], US) == "Yes, @cleo"


def test_others_are_named_once_and_we_never():
    sent = composed(to=("ben@far.example", "ann@far.example", "@larchtea@tea.example"))
    assert sent["status"] == "@ann@far.example @ben@far.example Yes."


def test_a_poll_keeps_within_what_the_server_takes():
    poll = composed(above={}, poll=("Black", "Green"), poll_hours=100_000)["poll"]
    assert poll == {"options": ["Black", "Green"], "expires_in": 2_629_746, "multiple": False}
    with pytest.raises(GiveUp):
        composed(above={}, poll=("a", "b", "c", "d", "e"))


def test_quotes_need_a_server_that_has_them_and_an_author_who_allows_it():
    quoted = {"id": "7", "quote_approval": {"current_user": "automatic"}}
    able = Instance(version="4.5.0", api=7)
    assert composed(quoted=quoted, instance=able)["quoted_status_id"] == "7"
    with pytest.raises(GiveUp, match="no quotes"):
        composed(quoted=quoted)
    with pytest.raises(GiveUp, match="does not let"):
        composed(quoted={"id": "7", "quote_approval": {"current_user": "denied"}}, instance=able)
