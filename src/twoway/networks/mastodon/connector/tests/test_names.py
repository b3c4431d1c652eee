"""What people type for accounts and servers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.connectors.errors import GiveUp
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.names import read_name, read_server


@pytest.mark.parametrize(
    ("typed", "handle", "address"),
    [
        ("@tea@far.example", "tea@far.example", "https://far.example"),
        ("tea@far.example", "tea@far.example", "https://far.example"),
        (" @Tea.Shop@Far.Example ", "Tea.Shop@far.example", "https://far.example"),
        ("@tea@localhost:8001", "tea@localhost:8001", "http://localhost:8001"),
        ("https://far.example/@tea", "tea@far.example", "https://far.example"),
        ("https://far.example/users/tea", "tea@far.example", "https://far.example"),
        ("https://far.example/@tea/1234", "tea@far.example", "https://far.example"),
        ("https://far.example/@tea@near.example", "tea@near.example", "https://near.example"),
        ("http://localhost:8001/@tea", "tea@localhost:8001", "http://localhost:8001"),
    ],
)
def test_accounts_are_understood(typed, handle, address):
    name = read_name(typed)
    assert (name.handle, name.address) == (handle, address)
    assert NETWORK.means(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "tea",
        "@tea",
        "tea.example",
        "@tea@far",
        "a@b@c.example",
        "https://far.example/about",
        "https://www.youtube.com/@tea",
        "https://medium.com/@tea",
        "https://www.threads.net/@tea",
        "https://user:secret@far.example/@tea",
        "https://far.example:99999/@tea",
        "file:///@tea",
        "nytimes.com",
        "posts.csv",
        "did:plc:abc",
    ],
)
def test_what_is_no_account_is_left_to_others(typed):
    assert read_name(typed) is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("far.example", "https://far.example"),
        ("https://far.example/", "https://far.example"),
        ("https://far.example/about?x=1", "https://far.example"),
        ("@tea@far.example", "https://far.example"),
        ("localhost:8001", "http://localhost:8001"),
    ],
)
def test_servers_are_understood(typed, address):
    assert read_server(typed) == address


@pytest.mark.parametrize("typed", ["", "tea", "ftp://far.example", "http://", "https://a b"])
def test_what_is_no_server_is_refused(typed):
    with pytest.raises(GiveUp):
        read_server(typed)


@given(st.text(max_size=200))
def test_anything_may_be_typed(typed):
    name = read_name(typed)
    assert name is None or name.address.startswith(("https://", "http://"))
