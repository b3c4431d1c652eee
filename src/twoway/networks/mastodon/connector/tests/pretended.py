"""A pretended server with Mastodon's API, in two dialects: Mastodon's own, and that of the others."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from twoway.connectors.contract.fake import Held, Reply, Request
from twoway.core.posts import Visibility

PER_PAGE = 5
TOKEN = "larchtea-may-come-in"
US = "https://tea.example/users/larchtea"
ANN = "https://far.example/users/ann"
_WORDS: dict[Visibility, str] = {"public": "public", "followers": "private", "private": "direct"}
_MEANINGS: dict[str, Visibility] = {word: kind for kind, word in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What tells servers apart: Mastodon remembers keys, speaks JSON always, has numbers for ids."""

    keeps_keys: bool = True
    has_json_errors: bool = True
    has_hex_ids: bool = False
    revoked: int = 401


MASTODON = Dialect()
OTHERS = Dialect(keeps_keys=False, has_json_errors=False, has_hex_ids=True, revoked=422)


@dataclass(slots=True)
class Status:
    """A post as the server holds it."""

    number: int
    author: str
    content: str
    at: int
    visibility: str
    answers: int | None = None
    source: str = ""


@dataclass(slots=True)
class Pretended:
    """Holds posts of ours and of one person; whatever she writes names us."""

    dialect: Dialect = MASTODON
    person: str = ANN
    is_revoked: bool = False
    posts: dict[int, Status] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def hear(self, text: str, at: int, visibility: Visibility = "public") -> str:
        """Let Ann write to us; the text is HTML."""
        named = '<a href="https://tea.example/@larchtea" class="u-url mention">@larchtea</a>'
        return self._put(ANN, f"<p>{named} {text}</p>", at, _WORDS[visibility])

    def delete(self, post: str) -> None:
        """Take a post down."""
        self.posts = {n: one for n, one in self.posts.items() if uri_of(one) != post}

    def holds(self) -> set[str]:
        """Return what Ann wrote."""
        return {uri_of(one) for one in self.posts.values() if one.author == ANN}

    def ours(self) -> list[Held]:
        """Return what we wrote, and who is told of it."""
        own = [one for one in self.posts.values() if one.author == US]
        return [
            Held(
                id=uri_of(one),
                text=one.source,
                answers=uri_of(self.posts[one.answers]) if one.answers in self.posts else None,
                visibility=_MEANINGS.get(one.visibility, "public"),
                reaches=frozenset({ANN} if "@ann@far.example" in one.source else ()),
            )
            for one in own
        ]

    def revoke(self) -> None:
        """Forget the token."""
        self.is_revoked = True

    def answer(self, request: Request) -> Reply:
        """Answer as such a server does."""
        if request.path.startswith("/api/v2/instance"):
            return self._instance() if self.dialect.keeps_keys else self._missing()
        if request.path == "/api/v1/instance":
            return Reply.of({"version": "4.0.0 (not true; something else)"})
        if request.path == "/oauth/revoke":
            self.is_revoked = True
            return Reply.of({})
        if self.is_revoked or request.headers.get("authorization") != f"Bearer {TOKEN}":
            return self._error(self.dialect.revoked, "The access token was revoked")
        return self._told(request)

    def _told(self, request: Request) -> Reply:
        way, path = request.method, request.path.removeprefix("/api/v1")
        if way == "POST" and path == "/statuses":
            return self._post(request)
        lists = {"/notifications": (ANN, self._mention), "/timelines/home": (US, self.entity)}
        if path in lists:
            author, show = lists[path]
            return self._page(request, [show(one) for one in self._by(author)])
        if match := re.fullmatch(r"/accounts/(1|2|verify_credentials)(/statuses)?", path):
            author = ANN if match[1] == "2" else US  # also for "verify_credentials"
            listed = [self.entity(one) for one in self._by(author)]
            return self._page(request, listed) if match[2] else Reply.of(account(author))
        if match := re.fullmatch(r"/statuses/(\w+)(/\w+)?", path):
            return self._one(way, match[1], match[2] or "")
        return self._searched(request) if path == "/api/v2/search" else self._missing()

    def _searched(self, request: Request) -> Reply:
        wanted = request.query.get("q")
        found = [self.entity(one) for one in self.posts.values() if uri_of(one) == wanted]
        return Reply.of({"accounts": [], "statuses": found, "hashtags": []})

    def _one(self, way: str, local: str, part: str) -> Reply:
        found = next((one for one in self.posts.values() if self.id_of(one) == local), None)
        if found is None:
            return self._missing()
        if way == "DELETE":
            del self.posts[found.number]
            return Reply.of({"text": found.source})
        if part == "/source":
            return Reply.of({"id": local, "text": found.source, "spoiler_text": ""})
        if part == "/context":
            below = [one for one in self.posts.values() if one.answers == found.number]
            return Reply.of({"ancestors": [], "descendants": [self.entity(one) for one in below]})
        return Reply.of(self.entity(found)) if not part else self._missing()

    def _post(self, request: Request) -> Reply:
        key = request.headers.get("idempotency-key", "") if self.dialect.keeps_keys else ""
        if key in self.keys:
            made = self.posts.get(self.keys[key])
            return Reply.of(self.entity(made)) if made else self._missing()
        given = orjson.loads(request.body)
        above = next(
            (n for n, one in self.posts.items() if self.id_of(one) == given.get("in_reply_to_id")),
            None,
        )
        if given.get("in_reply_to_id") and above is None:
            return self._error(404, "The post you are trying to reply to does not exist")
        now = int(datetime.now(UTC).timestamp() * 1_000_000)
        uri = self._put(US, f"<p>{given['status']}</p>", now, given["visibility"])
        made = next(one for one in self.posts.values() if uri_of(one) == uri)
        made.source, made.answers = given["status"], above
        if key:
            self.keys[key] = made.number
        return Reply.of(self.entity(made))

    def _page(self, request: Request, newest_first: list[dict[str, Any]]) -> Reply:
        """Return a page, newest first; a `max_id` counts also when what it names is gone."""
        query = dict(parse_qsl(urlsplit(request.target).query))
        limit = min(int(query.get("limit", "20")), PER_PAGE)
        below = _number(query["max_id"]) if "max_id" in query else None
        found = [one for one in newest_first if below is None or _number(one["id"]) < below]
        return Reply.of(found[:limit])

    def _mention(self, one: Status) -> dict[str, Any]:
        return {
            "id": str(1_000 + one.number),
            "type": "mention",
            "created_at": iso(one.at),
            "account": account(ANN),
            "status": self.entity(one),
        }

    def entity(self, one: Status) -> dict[str, Any]:
        """Return a post as the API tells it."""
        above = self.posts.get(one.answers) if one.answers is not None else None
        named = [US] if one.author == ANN else [ANN] if "@ann@far.example" in one.source else []
        return {
            "id": self.id_of(one),
            "uri": uri_of(one),
            "url": uri_of(one),
            "created_at": iso(one.at),
            "account": account(one.author),
            "content": one.content,
            "spoiler_text": "",
            "sensitive": False,
            "visibility": one.visibility,
            "in_reply_to_id": self.id_of(above) if above else None,
            "in_reply_to_account_id": account(above.author)["id"] if above else None,
            "mentions": [
                {key: account(who)[key] for key in ("id", "username", "acct", "url")}
                for who in named
            ],
            "media_attachments": [],
            "replies_count": sum(other.answers == one.number for other in self.posts.values()),
            "reblogs_count": 0,
            "favourites_count": 0,
            "reblog": None,
            "poll": None,
        }

    def id_of(self, one: Status) -> str:
        """Return the server's own id of a post."""
        if not self.dialect.has_hex_ids:
            return str(100 + one.number)
        return f"{one.number:08}{md5(uri_of(one).encode(), usedforsecurity=False).hexdigest()}"

    def _put(self, author: str, content: str, at: int, visibility: str) -> str:
        self.made += 1
        self.posts[self.made] = Status(self.made, author, content, at, visibility)
        return uri_of(self.posts[self.made])

    def _by(self, author: str) -> list[Status]:
        """Return what somebody wrote, the last that arrived first: times may be dated back."""
        return [one for _, one in sorted(self.posts.items(), reverse=True) if one.author == author]

    def _instance(self) -> Reply:
        return Reply.of(
            {
                "domain": "tea.example",
                "version": "4.7.3",
                "api_versions": {"mastodon": 11},
                "configuration": {"statuses": {"max_characters": 500}, "urls": {}},
            }
        )

    def _missing(self) -> Reply:
        return self._error(404, "Record not found")

    def _error(self, status: int, said: str) -> Reply:
        if self.dialect.has_json_errors:
            return Reply.of({"error": said}, status)
        return Reply(status=status, body=f"<h1>{status} {said}</h1>".encode())


def account(who: str) -> dict[str, Any]:
    """Return one of the two accounts as the API tells it."""
    name = who.rpartition("/")[2]
    page = who.replace("/users/", "/@")
    return {
        "id": "1" if who == US else "2",
        "username": name,
        "acct": name if who == US else f"{name}@far.example",
        "uri": who,
        "url": page,
        "display_name": name.title(),
        "note": "",
        "fields": [],
        "created_at": "2024-05-01T00:00:00.000Z",
        "bot": False,
        "followers_count": 3,
        "following_count": 2,
    }


def uri_of(one: Status) -> str:
    """Return the address by which everybody knows a post."""
    return f"{one.author}/statuses/{one.number}"


def iso(at: int) -> str:
    """Return a time as Mastodon writes it, to the millisecond."""
    told = datetime.fromtimestamp(at / 1_000_000, UTC)
    return told.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(local: str) -> int:
    """Return the order of an id: all of it, or what stands before its digest."""
    return int(local[:8]) if local[:8].isdigit() else 0
