"""What people type, and which account they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.networks.bluesky.connector import NETWORK
from twoway.networks.bluesky.connector.names import actor_of

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("larchtea.example", "larchtea.example"),
        ("@larchtea.bsky.social", "larchtea.bsky.social"),
        (" @LarchTea.Example ", "larchtea.example"),
        ("\u202a@larchtea.example\u202c", "larchtea.example"),
        (DID, DID),
        ("did:web:larchtea.example", "did:web:larchtea.example"),
        (f"at://{DID}/app.bsky.feed.post/3lb2aaaaaaa2a", DID),
        ("https://bsky.app/profile/larchtea.example", "larchtea.example"),
        (f"https://bsky.app/profile/{DID}/post/3lb2aaaaaaa2a?ref=x", DID),
        ("bsky.app/profile/larchtea.example", "larchtea.example"),
        ("xn--caf-dma.example", "xn--caf-dma.example"),
        ("larchtea", None),
        ("@larchtea", None),
        ("@larchtea@tea.social", None),
        ("larchtea@tea.social", None),
        ("https://tea.social/@larchtea", None),
        ("https://bsky.app/", None),
        ("https://bsky.app/profile/", None),
        ("https://evil.example/profile/larchtea.example", None),
        ("127.0.0.1", None),
        ("tea..example", None),
        ("-tea.example", None),
        ("did:plc:", None),
        ("https://[", None),
        ("a" * 64 + ".example", None),
    ],
)
def test_who_is_meant(typed, meant):
    assert actor_of(typed) == meant


@pytest.mark.parametrize("name", ["posts.csv", "archive.zip", "larchtea.jsonl", "a/b.example"])
def test_files_are_not_taken_for_domains(name):
    assert not NETWORK.means(name)


@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_an_answer(typed):
    meant = actor_of(typed)
    assert meant is None or "." in meant or meant.startswith("did:")
