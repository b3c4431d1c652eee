"""What we are to an OAuth server: a program on somebody's machine, or a desk with an address.

On Bluesky a client's id is the address of a document that describes it. A program on a loopback
address needs none. A desk with a public address serves the document; with a key of its own it is
"confidential" and keeps its sessions for up to two years instead of two weeks (as of 2026-11).
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from twoway.connectors.errors import GiveUp

SCOPE: Final = "atproto transition:generic transition:chat.bsky"
DOCUMENT: Final = "/bluesky-client.json"
"""Where, at the desk's own address, the document is served that describes it."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks, and where its people are sent back to; `key` where it proves itself."""

    id: str
    return_to: str
    key: ECKey | None = None

    def proof(self, issuer: str) -> dict[str, str]:
        """Return what a form to the server `issuer` says about us."""
        if self.key is None:
            return {"client_id": self.id}
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.id,
            "sub": self.id,
            "aud": issuer,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 60,
        }
        head = {"alg": "ES256", "kid": self.key.thumbprint()}
        return {
            "client_id": self.id,
            "client_assertion_type": _ASSERTION,
            "client_assertion": jwt.encode(head, claims, self.key),
        }


def client_at(return_to: str, key: ECKey | None = None) -> Client:
    """Return what we are when people come back to this address; raises GiveUp where none may.

    An empty one is for those whose browser is on another machine: they read off where it was sent.
    """
    parts = urlsplit(return_to or "http://127.0.0.1/")
    if parts.hostname in _LOOPBACK and parts.scheme == "http":
        # The server knows loopback clients by "localhost", and takes only IP addresses to return to.
        port = f":{parts.port}" if parts.port else ""
        back = f"http://127.0.0.1{port}{parts.path or '/'}"
        query = urlencode({"redirect_uri": back, "scope": SCOPE})
        return Client(id=f"http://localhost?{query}", return_to=back)
    if parts.scheme == "https" and parts.hostname:
        return Client(
            id=f"https://{parts.netloc}{DOCUMENT}", return_to=return_to.partition("?")[0], key=key
        )
    raise GiveUp(
        "Bluesky does not send people back to {return_to}. It takes https:// addresses, and http://127.0.0.1 for a program on one's own machine.",
        return_to=return_to,
    )


def document(client: Client, name: str) -> dict[str, Any]:
    """Return the document that a desk serves at its client id, as JSON to be."""
    described: dict[str, Any] = {
        "client_id": client.id,
        "client_name": name,
        "client_uri": client.id.removesuffix(DOCUMENT),
        "redirect_uris": [client.return_to],
        "scope": SCOPE,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "application_type": "web",
        "dpop_bound_access_tokens": True,
        "token_endpoint_auth_method": "none",
    }
    if client.key is not None:
        public = client.key.as_dict(private=False)
        described |= {
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "ES256",
            "jwks": {
                "keys": [{**public, "kid": client.key.thumbprint(), "use": "sig", "alg": "ES256"}]
            },
        }
    return described
