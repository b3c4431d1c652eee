"""A chat service behind a real Bluesky server, which passes requests on to it with a proof of who asks.

Bluesky's own is closed and in no package. This one keeps to the lexicons chat.bsky.convo.* and has
an identity of its own in the network's directory, so that the real server finds and trusts it.
"""

import json
import threading
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from servers.bluesky import Network, Person

Json = dict[str, Any]
PAGE = 20


@dataclass(slots=True)
class Chat:
    """One conversation between two people; `log` is all that happened, as the service tells it."""

    address: str = ""
    members: list[Person] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    log: list[Json] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Methods called, each with the account that the server says it is."""
    during_first_reading: Callable[[], object] | None = None
    loses_answer: bool = False
    """Sends the next message, and then breaks the connection off."""

    def join(self, network: Network, *members: Person) -> str:
        """Let people talk; return how their server is told to reach us."""
        self.members = list(members)
        did = network.order("chat", endpoint=self.address)["did"]
        return f"{did}#bsky_chat"

    def say(self, person: Person, text: str) -> str:
        """Let somebody write."""
        return str(self._add(person.did, text)["id"])

    def delete(self, own_id: str) -> None:
        """Let a message be taken away for everybody."""
        message = next(one for one in self.messages if one["id"] == own_id)
        self.messages.remove(message)
        gone = {name: message[name] for name in ("id", "rev", "sender", "sentAt")}
        gone["$type"] = "chat.bsky.convo.defs#deletedMessageView"
        self._note("#logDeleteMessage", gone)

    def answer(self, method: str, who: str, asked: Json) -> Json:
        """Answer a call."""
        self.asked.append((method, who))
        match method.rpartition(".")[2]:
            case "getLog":
                start = int(asked.get("cursor") or len(self.log))
                new = self.log[start : start + PAGE]
                return {"cursor": str(start + len(new)), "logs": new}
            case "listConvos":
                if self.during_first_reading:
                    meanwhile, self.during_first_reading = self.during_first_reading, None
                    meanwhile()
                return {"convos": [self._convo()]}
            case "getConvo" | "getConvoForMembers":
                return {"convo": self._convo()}
            case "getMessages":
                end = int(asked.get("cursor") or len(self.messages))
                start = max(0, end - PAGE)
                older = {"cursor": str(start)} if start else {}
                return {"messages": self.messages[start:end][::-1], **older}
            case "sendMessage":
                return self._add(who, asked["message"]["text"])
        raise KeyError(method)

    def _add(self, sender: str, text: str) -> Json:
        message = {
            "$type": "chat.bsky.convo.defs#messageView",
            "id": f"message{len(self.log)}",
            "rev": f"rev{len(self.log)}",
            "text": text,
            "sender": {"did": sender},
            "sentAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        self.messages.append(message)
        self._note("#logCreateMessage", message)
        return message

    def _note(self, kind: str, message: Json) -> None:
        name = f"chat.bsky.convo.defs{kind}"
        rev = f"rev{len(self.log)}"
        self.log.append({"$type": name, "rev": rev, "convoId": "talk", "message": message})

    def _convo(self) -> Json:
        members = [{"did": one.did, "handle": one.handle} for one in self.members]
        return {"id": "talk", "rev": "1", "members": members, "muted": False, "unreadCount": 0}


@contextmanager
def chat_service() -> Iterator[Chat]:
    """Run a chat service."""
    chat = Chat()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(chat))
    server.daemon_threads = True
    chat.address = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def chat() -> Iterator[Chat]:
    """Run a chat service for one test."""
    with chat_service() as running:
        yield running


def _handler(chat: Chat) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            parts = urlsplit(self.path)
            asked: Json = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            asked |= json.loads(body) if body else {}
            told = chat.answer(
                parts.path.removeprefix("/xrpc/"), _who(self.headers["authorization"]), asked
            )
            if chat.loses_answer and self.command == "POST":
                chat.loses_answer = False
                self.connection.close()
                return
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        do_GET = do_POST = _handle  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the tests speak for themselves."""

    return Handler


def _who(proof: str) -> str:
    """Return whom the server's proof names; it is the server's to have checked it."""
    claims = proof.removeprefix("Bearer ").split(".")[1]
    return str(json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["iss"])
