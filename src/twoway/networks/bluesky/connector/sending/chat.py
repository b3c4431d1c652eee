"""Private messages, which the network takes without a key: looked for before and after sending."""

from typing import Any, Final

from twoway.collection.values import mapping, mappings, moment, text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Key, Message, Sent
from twoway.networks.bluesky.connector.conversations import message_id
from twoway.networks.bluesky.connector.limits import MESSAGES
from twoway.networks.bluesky.connector.sending.facets import Look, facets_in
from twoway.networks.bluesky.connector.sending.wording import check_length
from twoway.networks.bluesky.connector.xrpc import Xrpc

_METHOD: Final = "chat.bsky.convo"
# The chat service and we may disagree about the time by this much.
_CLOCKS: Final = 5 * 1_000_000
_PAGES: Final = 20


class Chat:
    """One account's private messages, through the service its server passes requests on to."""

    def __init__(self, xrpc: Xrpc, service: str, look: Look) -> None:
        self._xrpc = xrpc
        self._service = service
        self._look = look

    async def send(self, message: Message, key: Key) -> Sent:
        """Send a message, unless one with this text was sent since the key was made."""
        check_length(message.text, MESSAGES)
        conversation = message.conversation or await self._conversation(message.to)
        if (sent := await self._said(conversation, message.text, key)) is not None:
            return sent
        body = {
            "convoId": conversation,
            "message": {
                "text": message.text,
                "facets": await facets_in(message.text, self._look),
            },
        }
        answer = await self._xrpc.tell(f"{_METHOD}.sendMessage", body, service=self._service)
        return _sent(conversation, answer, is_repeat=False)

    async def find(self, message: Message, key: Key) -> Sent | None:
        """Look whether a message stands; None where it does not."""
        conversation = message.conversation or await self._conversation(message.to)
        return await self._said(conversation, message.text, key)

    async def _conversation(self, account: str) -> str:
        answer = await self._ask("getConvoForMembers", members=[account])
        own_id = text(mapping(answer.get("convo")).get("id"))
        if not own_id:
            raise GiveUp("This person takes no private messages from us.")
        return own_id

    async def _said(self, conversation: str, words: str, key: Key) -> Sent | None:
        """Look through what was said since the key was made."""
        cursor: str | None = None
        for _ in range(_PAGES):
            answer = await self._ask("getMessages", convoId=conversation, limit=100, cursor=cursor)
            for one in mappings(answer.get("messages")):
                if (moment(one.get("sentAt")) or 0) < key.made_at - _CLOCKS:
                    return None
                sender = text(mapping(one.get("sender")).get("did"))
                if sender == self._xrpc.prover.account and text(one.get("text")) == words:
                    return _sent(conversation, one, is_repeat=True)
            cursor = text(answer.get("cursor")) or None
            if cursor is None:
                break
        return None

    async def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        return await self._xrpc.ask(f"{_METHOD}.{method}", params, service=self._service)


def _sent(conversation: str, message: dict[str, Any], *, is_repeat: bool) -> Sent:
    return Sent(
        id=message_id(conversation, text(message.get("id"))),
        sent_at=moment(message.get("sentAt")),
        is_repeat=is_repeat,
    )
