"""DPoP (RFC 9449): each request proves that it comes from whoever holds the token's key."""

import secrets
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from twoway.connectors.answer import Answer
from twoway.networks.bluesky.connector.xrpc import words_of

_NONCE: Final = "use_dpop_nonce"


class Proofs:
    """Signs proofs with one key, and remembers the number each server wants to see in them."""

    def __init__(self, key: ECKey) -> None:
        self._key = key
        self._nonces: dict[str, str] = {}

    def proof(self, http_method: str, address: str, token: str | None = None) -> str:
        """Return the DPoP header of one request; `token` is the access token it carries."""
        claims: dict[str, str | int] = {
            "jti": secrets.token_urlsafe(16),
            "htm": http_method,
            "htu": address.partition("?")[0].partition("#")[0],
            "iat": int(time.time()),
        }
        if nonce := self._nonces.get(_origin(address)):
            claims["nonce"] = nonce
        if token:
            claims["ath"] = encoded(sha256(token.encode("ascii")).digest())
        head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self._key.as_dict(private=False)}
        return jwt.encode(head, claims, self._key)

    def learn(self, answer: Answer) -> bool:
        """Remember the server's number; True where it refused only for want of it."""
        nonce = answer.headers.get("dpop-nonce")
        if not nonce:
            return False
        before = self._nonces.get(_origin(answer.address))
        self._nonces[_origin(answer.address)] = nonce
        wanted = answer.headers.get("www-authenticate", "")
        return nonce != before and (_NONCE in wanted or words_of(answer)[0] == _NONCE)


def new_key() -> ECKey:
    """Make the key that a session's tokens are bound to."""
    return ECKey.generate_key("P-256")


def encoded(raw: bytes) -> str:
    """Write bytes as OAuth does: base64 for addresses, without padding."""
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
