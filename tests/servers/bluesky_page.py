"""What a person does on Bluesky's own page when a program asks to be let in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from servers.bluesky import Person
from servers.patience import PATIENCE

_API = "/@atproto/oauth-provider/~api"


def say_yes(address: str, person: Person) -> dict[str, str]:
    """Open the page, sign in, consent; return what the program's address would be opened with."""
    page = _Page(address)
    account = page.post("sign-in", username=person.handle, password=person.password, locale="en")
    token = account.get("ephemeralToken")
    answer = page.post("consent", token, did=person.did)
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer["url"]).query).items()
        if not name.startswith("redirect_")
    }


def say_no(address: str) -> dict[str, str]:
    """Open the page, and refuse."""
    answer = _Page(address).post("reject")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["url"]).query).items()}


class _Page:
    """The page in a browser; its cookies are for https only, so they are carried by hand."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._address, self._origin = address, f"{parts.scheme}://{parts.netloc}"
        self._cookies: dict[str, str] = {}
        fetched = {"dest": "document", "mode": "navigate", "site": "cross-site"}
        headers = {f"sec-fetch-{name}": value for name, value in fetched.items()}
        answer = httpx.get(address, headers=headers, timeout=PATIENCE)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} {answer.text[:500]}")
        self._keep(answer)

    def post(self, what: str, token: str | None = None, **fields: str) -> dict[str, Any]:
        fetched = {"dest": "empty", "mode": "same-origin", "site": "same-origin"}
        headers = {f"sec-fetch-{name}": value for name, value in fetched.items()} | {
            "origin": self._origin,
            "referer": self._address,
            "x-csrf-token": self._cookies["csrf-token"],
            "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if token:
            headers["authorization"] = f"Bearer {token}"
        answer = httpx.post(
            f"{self._origin}{_API}/{what}", json=fields, headers=headers, timeout=PATIENCE
        )
        if answer.is_error:
            raise RuntimeError(f"{what}: {answer.status_code} {answer.text[:500]}")
        self._keep(answer)
        told: dict[str, Any] = answer.json()
        return told

    def _keep(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name.strip()] = value
