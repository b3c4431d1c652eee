"""What Bluesky says of itself: where it asks, what it asks for, and who we are to its servers."""

import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from twoway.connectors.answer import Answer
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.networks.bluesky.connector import NETWORK
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.network import CLIENT_KEY, Bluesky
from twoway.networks.bluesky.connector.oauth.client import client_at
from twoway.networks.bluesky.connector.oauth.proofs import Proofs, new_key

SERVER = "https://tea.example"


def test_strangers_read_from_the_public_app_view():
    assert Hosts().public == "https://public.api.bsky.app"
    assert NETWORK.public(Door())._xrpc.server == Hosts.of_environment().public


def test_an_operator_may_name_other_hosts(monkeypatch):
    monkeypatch.setenv("TWOWAY_BLUESKY_PUBLIC", "https://view.example")
    assert Bluesky().public(Door())._xrpc.server == "https://view.example"
    assert Bluesky().hosts.directory == "https://plc.directory"


def test_what_needs_no_credentials_is_marked():
    assert {feed.name for feed in NETWORK.feeds if not feed.is_public} == {
        "notifications",
        "gone",
        "messages",
    }


@pytest.mark.parametrize(
    ("return_to", "id_begins", "back"),
    [
        ("http://127.0.0.1:8000/back", "http://localhost?", "http://127.0.0.1:8000/back"),
        ("", "http://localhost?", "http://127.0.0.1/"),
        ("http://localhost:8000/back", "http://localhost?", "http://127.0.0.1:8000/back"),
        (
            "https://desk.tea.example/back?x=1",
            "https://desk.tea.example/",
            "https://desk.tea.example/back",
        ),
    ],
)
def test_who_we_are_follows_from_where_people_come_back_to(return_to, id_begins, back):
    client = client_at(return_to)
    assert client.id.startswith(id_begins)
    assert client.return_to == back


@pytest.mark.parametrize(
    "return_to", ["http://desk.example/back", "desk", "javascript:x", "ftp://x/"]
)
def test_nobody_is_sent_back_to_any_address(return_to):
    with pytest.raises(GiveUp, match="does not send people back"):
        client_at(return_to)


def test_a_desk_describes_itself_without_its_secret(monkeypatch):
    key = ECKey.generate_key("P-256")
    secret = key.as_dict(private=True)
    monkeypatch.setenv(CLIENT_KEY, orjson.dumps(secret).decode())
    told = Bluesky().client_document("https://desk.tea.example/back")
    assert told["client_id"] == "https://desk.tea.example/bluesky-client.json"
    assert told["redirect_uris"] == ["https://desk.tea.example/back"]
    assert told["token_endpoint_auth_method"] == "private_key_jwt"
    assert secret["d"] not in orjson.dumps(told).decode()
    assert told["jwks"]["keys"][0]["kid"] == key.thumbprint()
    monkeypatch.delenv(CLIENT_KEY)
    told = Bluesky().client_document("https://desk.tea.example/back")
    assert told["token_endpoint_auth_method"] == "none"
    assert "jwks" not in told


@pytest.mark.parametrize("key", ["{", "[]", "7", '{"kty": "oct", "k": "x"}', '{"kty": "EC"}'])
def test_a_desk_with_a_wrong_key_is_told(monkeypatch, key):
    monkeypatch.setenv(CLIENT_KEY, key)
    with pytest.raises(GiveUp, match="takes a JWK"):
        Bluesky().client_document("https://desk.tea.example/back")


def answer(status, body, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(address=f"{SERVER}/xrpc/x", status=status, headers=named, body=orjson.dumps(body))


def test_a_proof_names_the_request_and_the_servers_number():
    key = new_key()
    proofs = Proofs(key)
    refused = answer(401, {"error": "use_dpop_nonce"}, dpop_nonce="seven")
    assert proofs.learn(refused)
    assert not proofs.learn(refused), "the same number twice is another refusal"
    assert not proofs.learn(answer(200, {}, dpop_nonce="eight"))
    token = jwt.decode(proofs.proof("POST", f"{SERVER}/xrpc/x?y=1#z", "access"), key)
    assert token.header["typ"] == "dpop+jwt"
    assert "d" not in token.header["jwk"]
    claims = token.claims
    assert (claims["htm"], claims["htu"]) == ("POST", f"{SERVER}/xrpc/x")
    assert claims["nonce"] == "eight"
    assert (
        claims["ath"] == "PG8z0b2HuQXpZfg-Op3ce1wL8G6WWiOgIVm4Qrr7ajU" or len(claims["ath"]) == 43
    )
    other = jwt.decode(proofs.proof("GET", "https://elsewhere.example/"), key).claims
    assert "nonce" not in other
    assert "ath" not in other
