"""What can go wrong with a network, named by the cure.

ConnectorError
├── TryLater    the network is busy, away or asks us to slow down: the same call, later
├── Reconnect   the network no longer knows us: a person has to connect the account again
├── GiveUp      the network refuses this for good: change what is asked, or leave it
└── Unknown     the answer to a send was lost: look it up before anything is sent again

StoreError      here at home, with the credentials
├── NotConnected  there are none for what was asked
└── KeyTrouble    the key is missing, unsafe or the wrong one
"""

from typing import Any

from twoway.connectors.sentences import Sentence


class _Said(Exception):
    """An error that is a sentence: `why` has it with its template, of which others are made."""

    def __init__(self, words: str, /, **values: Any) -> None:
        self.why = words if isinstance(words, Sentence) else Sentence(words, **values)
        super().__init__(self.why)


class ConnectorError(_Said):
    """A sentence for people: what happened, what is safe, what to do. Never a secret in it.

    Its words are a template, and stand where it is raised: `GiveUp("{host} has no polls.", host=host)`.
    """


class TryLater(ConnectorError):
    """The same call may work at `at` (µs UTC); None where the network does not say when."""

    def __init__(self, words: str, at: int | None = None, /, **values: Any) -> None:
        super().__init__(words, **values)
        self.at = at


class Reconnect(ConnectorError):
    """The credentials are revoked, expired or too narrow; nothing works until someone reconnects."""


class GiveUp(ConnectorError):
    """Repeating it would fail again: the post is gone, the text too long, the page not a page."""


class Unknown(ConnectorError):
    """A request that changes something was cut off after it may have reached the network."""


class StoreError(_Said):
    """The credential store cannot help; the sentence says what to do. Never a secret in it."""


class NotConnected(StoreError):
    """There are no credentials for what was asked; the sentence says which there are."""


class KeyTrouble(StoreError):
    """The key of the store is missing, unsafe or the wrong one."""
