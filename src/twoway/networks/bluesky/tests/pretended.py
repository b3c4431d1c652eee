"""A pretended Bluesky: one server with our account and Ann's, which states all it holds.

Lists are cut into small pages; their cursor is a bare time and hands out what is strictly older, as
the real one does (facts of 2026-11).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from twoway.collection.values import moment
from twoway.connectors.contract.fake import Held, Reply, Request
from twoway.core.posts import Visibility
from twoway.networks.bluesky.connector.keys import stated, tid

TEA, ANN = "did:plc:larchteahouse", "did:plc:annannannann"
HANDLES = {TEA: "larchtea.test", ANN: "ann.test"}
POST = "app.bsky.feed.post"
PER_PAGE = 10
DAY = 86_400_000_000
Json = dict[str, Any]


@dataclass(slots=True)
class Pretended:
    """What is held: records by address, private messages, and whether we are still let in."""

    person: str = ANN
    records: dict[str, Json] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    revision: str = "2222222222222"
    is_revoked: bool = False
    told: Callable[[Json], None] = lambda _: None
    """Is told of every commit to our repository, as Jetstream is."""
    count: int = 0
    root: str = ""

    def __post_init__(self) -> None:
        root = f"at://{TEA}/{POST}/{tid(_now() - 13 * DAY)}"
        self.records[root] = {"text": "We are open again.", "createdAt": stated(_now() - 13 * DAY)}
        self.root = root

    # What the contract asks.

    def hear(self, text: str, at: int, visibility: Visibility = "public") -> str:
        self.count += 1
        if visibility == "private":
            own_id = f"m{self.count}"
            self.messages.append(_message(own_id, ANN, text, at))
            return f"convo1/{own_id}"
        address = f"at://{ANN}/{POST}/{tid(at, self.count % 1024)}-{self.count}"
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": TEA}
        words = f"@larchtea.test {text}"
        self.records[address] = {
            "text": words,
            "createdAt": stated(at),
            "facets": [{"index": {"byteStart": 0, "byteEnd": 14}, "features": [feature]}],
            "reply": {"root": _reference(self.root), "parent": _reference(self.root)},
        }
        return address

    def delete(self, post: str) -> None:
        if post in self.records:
            self._write(post, None)
        self.messages = [one for one in self.messages if f"convo1/{one['id']}" != post]

    def holds(self) -> set[str]:
        public = {address for address in self.records if address.startswith(f"at://{ANN}/{POST}")}
        private = {f"convo1/{one['id']}" for one in self.messages if one["sender"]["did"] == ANN}
        return public | private

    def ours(self) -> list[Held]:
        private = [one for one in self.messages if one["sender"]["did"] == TEA]
        return [self._held(post) for post in self.sent if post in self.records] + [
            Held(
                id=f"convo1/{one['id']}",
                text=one["text"],
                visibility="private",
                reaches=frozenset({ANN}),
            )
            for one in private
        ]

    def revoke(self) -> None:
        self.is_revoked = True

    def answer(self, request: Request) -> Reply:
        if request.path.startswith("/did:"):
            return Reply.of(_document(request.path[1:], request.headers["host"]))
        method = request.path.removeprefix("/xrpc/")
        if method not in _METHODS:
            return _refuse("MethodNotImplemented", 404)
        if self.is_revoked and method != "com.atproto.server.createSession":
            return _refuse("ExpiredToken")
        body = orjson.loads(request.body) if request.body[:1] == b"{" else {}
        return _METHODS[method](self, {**_listed(request), **body})

    # What is behind it.

    def _held(self, post: str) -> Held:
        record = self.records[post]
        above = record.get("reply", {}).get("parent", {}).get("uri")
        named = {
            feature["did"]
            for facet in record.get("facets", [])
            for feature in facet["features"]
            if "did" in feature
        }
        reaches = named | ({above.split("/")[2]} if above else set())
        return Held(id=post, text=record["text"], answers=above, reaches=frozenset(reaches))

    def _write(self, address: str, record: Json | None) -> None:
        _, _, did, collection, key = address.split("/")
        operation = "create" if record is not None else "delete"
        if record is None:
            self.records.pop(address, None)
        else:
            self.records[address] = record
        if did != TEA:
            return
        self.revision = tid(_now())
        self.told(
            {"did": did, "rev": self.revision, "operation": operation}
            | {"collection": collection, "rkey": key}
            | ({"record": record} if record is not None else {})
        )

    def _posts(self, *authors: str) -> list[str]:
        return [
            address
            for address in self.records
            if address.split("/")[2] in authors and f"/{POST}/" in address
        ]

    def _view(self, address: str) -> Json:
        record = self.records[address]
        below = [one for one in self.records if _above(self.records[one]) == address]
        return {
            "uri": address,
            "cid": _cid(record),
            "author": _profile(address.split("/")[2]),
            "record": {"$type": POST, **record},
            "indexedAt": record["createdAt"],
            "replyCount": len(below),
            "viewer": {},
        }

    def _tree(self, address: str) -> Json:
        below = [one for one in self.records if _above(self.records[one]) == address]
        return {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": self._view(address),
            "replies": [self._tree(one) for one in below],
        }

    def get_session(self, _: Json) -> Reply:
        return Reply.of({"did": TEA, "handle": HANDLES[TEA]})

    def delete_session(self, _: Json) -> Reply:
        self.is_revoked = True
        return Reply.of({})

    def get_profile(self, asked: Json) -> Reply:
        did = next((did for did, name in HANDLES.items() if asked["actor"] in (did, name)), None)
        return Reply.of(_profile(did)) if did else _refuse("InvalidRequest")

    def resolve_handle(self, asked: Json) -> Reply:
        did = next((did for did, name in HANDLES.items() if asked["handle"] == name), None)
        return Reply.of({"did": did}) if did else _refuse("HandleNotFound")

    def list_notifications(self, asked: Json) -> Reply:
        def shown(address: str) -> Json:
            view = self._view(address)
            return {
                name: view[name] for name in ("uri", "cid", "author", "record", "indexedAt")
            } | {
                "reason": "mention",
                "isRead": False,
                "labels": [],
            }

        return _paged("notifications", [shown(one) for one in self._posts(ANN)], asked)

    def get_author_feed(self, asked: Json) -> Reply:
        views = [{"post": self._view(one)} for one in self._posts(asked["actor"])]
        return _paged("feed", views, asked)

    def get_posts(self, asked: Json) -> Reply:
        wanted = asked["uris"] if isinstance(asked["uris"], list) else [asked["uris"]]
        return Reply.of({"posts": [self._view(one) for one in wanted if one in self.records]})

    def get_thread(self, asked: Json) -> Reply:
        if asked["uri"] not in self.records:
            return _refuse("NotFound")
        return Reply.of({"thread": self._tree(asked["uri"])})

    def latest_commit(self, _: Json) -> Reply:
        return Reply.of({"cid": "bafycommit", "rev": self.revision})

    def get_record(self, asked: Json) -> Reply:
        address = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"
        record = self.records.get(address)
        if record is None:
            return _refuse("RecordNotFound")
        return Reply.of({"uri": address, "cid": _cid(record), "value": record})

    def put_record(self, asked: Json) -> Reply:
        address = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"
        before = self.records.get(address)
        is_same = before == asked["record"]
        if before is not None and not is_same and asked.get("swapRecord", "") != _cid(before):
            return _refuse("InvalidSwap")
        told = {"uri": address, "cid": _cid(asked["record"])}
        if is_same:
            return Reply.of(told)
        self._write(address, asked["record"])
        self.sent.append(address)
        return Reply.of({**told, "commit": {"cid": "bafycommit", "rev": self.revision}})

    def get_log(self, asked: Json) -> Reply:
        start = int(asked.get("cursor") or len(self.messages))
        new = self.messages[start : start + PER_PAGE]
        kind = "chat.bsky.convo.defs#logCreateMessage"
        logs = [{"$type": kind, "rev": "1", "convoId": "convo1", "message": one} for one in new]
        return Reply.of({"cursor": str(start + len(new)), "logs": logs})

    def list_convos(self, _: Json) -> Reply:
        return Reply.of({"convos": [_convo()] if self.messages else []})

    def get_convo(self, _: Json) -> Reply:
        return Reply.of({"convo": _convo()})

    def get_messages(self, asked: Json) -> Reply:
        end = int(asked.get("cursor") or len(self.messages))
        start = max(0, end - PER_PAGE)
        older = {"cursor": str(start)} if start else {}
        return Reply.of({"messages": self.messages[start:end][::-1], **older})

    def send_message(self, asked: Json) -> Reply:
        self.count += 1
        message = _message(f"m{self.count}", TEA, asked["message"]["text"], _now())
        self.messages.append(message)
        return Reply.of(message)


def _paged(name: str, views: list[Json], asked: Json) -> Reply:
    """Sort the newest first, and cut; the cursor is the time of the last one, and no more."""
    limit = min(int(asked.get("limit", 50)), PER_PAGE)
    found = sorted(views, key=_time, reverse=True)
    if asked.get("cursor"):
        found = [one for one in found if _time(one) < asked["cursor"]]
    older = {"cursor": _time(found[limit - 1])} if len(found) > limit else {}
    return Reply.of({name: found[:limit], **older})


def _time(view: Json) -> str:
    return str(view.get("post", view)["indexedAt"])


def _listed(request: Request) -> Json:
    return {"uris": request.query.get("uris"), **request.query}


def _above(record: Json) -> str | None:
    return record.get("reply", {}).get("parent", {}).get("uri")


def _reference(address: str) -> Json:
    return {"uri": address, "cid": "bafyroot"}


def _cid(record: Json) -> str:
    return f"bafy{abs(hash(orjson.dumps(record, option=orjson.OPT_SORT_KEYS))):x}"


def _profile(did: str) -> Json:
    return {"did": did, "handle": HANDLES[did], "displayName": HANDLES[did][:3], "labels": []}


def _message(own_id: str, sender: str, text: str, at: int) -> Json:
    return {
        "$type": "chat.bsky.convo.defs#messageView",
        "id": own_id,
        "rev": "1",
        "text": text,
        "sender": {"did": sender},
        "sentAt": stated(at),
    }


def _convo() -> Json:
    return {"id": "convo1", "rev": "1", "members": [_profile(TEA), _profile(ANN)]}


def _document(did: str, host: str) -> Json:
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer"}
    return {
        "id": did,
        "alsoKnownAs": [f"at://{HANDLES.get(did, '')}"],
        "service": [{**service, "serviceEndpoint": f"http://{host}"}],
    }


def _refuse(name: str, status: int = 400) -> Reply:
    return Reply.of({"error": name, "message": f"{name}, says the pretended server"}, status)


def _now() -> int:
    return moment(datetime.now(UTC).isoformat()) or 0


_METHODS: dict[str, Callable[[Pretended, Json], Reply]] = {
    "com.atproto.server.getSession": Pretended.get_session,
    "com.atproto.server.refreshSession": Pretended.get_session,
    "com.atproto.server.deleteSession": Pretended.delete_session,
    "com.atproto.identity.resolveHandle": Pretended.resolve_handle,
    "com.atproto.sync.getLatestCommit": Pretended.latest_commit,
    "com.atproto.repo.getRecord": Pretended.get_record,
    "com.atproto.repo.putRecord": Pretended.put_record,
    "app.bsky.actor.getProfile": Pretended.get_profile,
    "app.bsky.notification.listNotifications": Pretended.list_notifications,
    "app.bsky.feed.getAuthorFeed": Pretended.get_author_feed,
    "app.bsky.feed.getPosts": Pretended.get_posts,
    "app.bsky.feed.getPostThread": Pretended.get_thread,
    "chat.bsky.convo.getLog": Pretended.get_log,
    "chat.bsky.convo.listConvos": Pretended.list_convos,
    "chat.bsky.convo.getConvo": Pretended.get_convo,
    "chat.bsky.convo.getConvoForMembers": Pretended.get_convo,
    "chat.bsky.convo.getMessages": Pretended.get_messages,
    "chat.bsky.convo.sendMessage": Pretended.send_message,
}
