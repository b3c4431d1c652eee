"""What a server answered: bounded bytes, and the ways to read them without trusting them."""

from dataclasses import dataclass
from typing import Any

import httpx2
import orjson

from twoway.connectors.errors import GiveUp
from twoway.connectors.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with any status below 500 except 429, which the door turns into errors.

    `address` is where it came from in the end, after redirects. `headers` ignore case.
    """

    address: str
    status: int
    headers: httpx2.Headers
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Say whether the status is one of the 200s."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Read the body as JSON; raises GiveUp that says what it is instead."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise GiveUp(
                "{server} answered {likeness}, not JSON.",
                server=self._server,
                likeness=self._likeness,
            ) from None

    def link(self, relation: str) -> str | None:
        """Return the address that the Link header gives for "next" or "prev"."""
        links = httpx2.Response(self.status, headers=self.headers).links
        return links.get(relation, {}).get("url")

    @property
    def _server(self) -> str:
        return httpx2.URL(self.address).host

    @property
    def _likeness(self) -> Sentence:
        start = self.body[:200].lstrip().lower()
        if not start:
            return Sentence("nothing (status {status})", status=self.status)
        if start.startswith(b"<"):
            return Sentence("a web page (status {status})", status=self.status)
        return Sentence(
            "something torn or foreign of {size} bytes (status {status})",
            size=len(self.body),
            status=self.status,
        )
