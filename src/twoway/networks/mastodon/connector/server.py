"""One server that speaks Mastodon's API: asking it, and what its answers mean."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from twoway.collection.values import mapping, mappings
from twoway.connectors.answer import Answer
from twoway.connectors.calls import Params
from twoway.connectors.door import Door, File
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, Unknown
from twoway.networks.mastodon.connector.entities.instance import Instance, read_instance
from twoway.networks.mastodon.connector.refusals import Gone, Refused, refusal

Entity = Mapping[str, Any]

# Names between slashes, of letters, digits and few signs; never "..".
_PATH: Final = re.compile(r"(?:/(?!\.\.?(?:/|$))[\w.~:@=-]+)+", re.ASCII)
VERIFY: Final = "/api/v1/accounts/verify_credentials"


class Server:
    """A server at `address` ("https://mastodon.example"), asked with a token or as the public.

    `whose` is the account whose allowance at the server is used (its remote id).
    """

    def __init__(self, door: Door, address: str, token: str | None = None, whose: str = "") -> None:
        self.door = door
        self.address = address.rstrip("/")
        self.host = urlsplit(self.address).netloc
        self.headers = {"authorization": f"Bearer {token}"} if token else {}
        self.whose = whose
        self._instance: Instance | None = None

    async def get(self, path: str, params: Params | None = None) -> Any:
        """Read something; raises Gone, GiveUp, Reconnect or TryLater."""
        return (await self.look(path, params)).json()

    async def look(self, path: str, params: Params | None = None) -> Answer:
        """Read something together with its headers."""
        answer = await self.door.request(
            "GET", self._at(path), params=params, headers=self.headers, budget=self.whose
        )
        if not answer.is_ok:
            raise await self._refused(answer)
        return answer

    async def change(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        key: str | None = None,
        files: Mapping[str, File] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Entity:
        """Change something, once; an answer that cannot be read leaves it Unknown.

        Servers count posts, deletions and media apart, so each has an allowance of its own.
        """
        answer = await self.door.request(
            method,
            self._at(path),
            json=json,
            form=form,
            files=files,
            headers=self.headers | ({"idempotency-key": key} if key else {}),
            changes=True,
            budget=f"{self.whose} {method} {path.rpartition('/')[2] if files or key else ''}",
        )
        if not answer.is_ok:
            raise await self._refused(answer)
        try:
            return mapping(orjson.loads(answer.body))
        except orjson.JSONDecodeError:
            raise Unknown("{host} did something, and its answer is torn.", host=self.host) from None

    async def instance(self) -> Instance:
        """Return what the server says of itself; asked once, the older way where need be."""
        if self._instance is None:
            self._instance = read_instance(await self._told())
        return self._instance

    @property
    def domain(self) -> str:
        """Return what handles of this server end in; empty before it was asked."""
        return self._instance.domain if self._instance else ""

    async def _told(self) -> Entity:
        for path in ("/api/v2/instance", "/api/v1/instance"):
            try:
                return mapping(await self.get(path))
            except GiveUp:
                continue
        return {}

    async def searched(self, query: str, kind: str) -> list[dict[str, Any]]:
        """Search for "statuses" or "accounts"; with a token also what this server never saw."""
        params = {"q": query, "type": kind, "limit": "5"}
        if self.headers:  # the public may not have a server look elsewhere
            params["resolve"] = "true"
        try:
            told = await self.get("/api/v2/search", params)
        except GiveUp:
            return []
        return mappings(mapping(told).get(kind))

    def _at(self, path: str) -> str:
        """Return an address of this server; ids in it come from servers, and may be anything."""
        if not _PATH.fullmatch(path):
            raise Gone(
                "{host} named something by ‘{name}’, which is no name.",
                host=self.host,
                name=path[-60:],
            )
        return f"{self.address}{path}"

    async def _refused(self, answer: Answer) -> ConnectorError:
        """Say what a refusal means; a 422 may be how a revoked token looks (snac 2.75)."""
        error = refusal(answer, self.host, with_token=bool(self.headers))
        if isinstance(error, Refused) and self.headers and not answer.address.endswith(VERIFY):
            proof = await self.door.request(
                "GET", self._at(VERIFY), headers=self.headers, budget=self.whose
            )
            if proof.status in (401, 403, 422):
                return Reconnect(
                    "{host} no longer knows us. Connect the account again.", host=self.host
                )
        if isinstance(error, Refused) and answer.address.endswith(VERIFY):
            return Reconnect(
                "{host} no longer knows us. Connect the account again.", host=self.host
            )
        return error
