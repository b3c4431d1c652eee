"""The machines of Bluesky that an installation asks; tests and other networks name their own."""

import os
from dataclasses import dataclass
from typing import Final, Self

_VARIABLES: Final = {
    "public": "TWOWAY_BLUESKY_PUBLIC",
    "directory": "TWOWAY_BLUESKY_DIRECTORY",
    "jetstream": "TWOWAY_BLUESKY_JETSTREAM",
    "chat": "TWOWAY_BLUESKY_CHAT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Where to ask; as of November 2026.

    `public` is the app view that answers without credentials, `directory` knows whose server is
    where, `jetstream` streams what everybody posts, `chat` is the service of private messages.
    """

    public: str = "https://public.api.bsky.app"
    directory: str = "https://plc.directory"
    jetstream: str = "wss://jetstream.us-east.bsky.network"
    chat: str = "did:web:api.bsky.chat#bsky_chat"

    @classmethod
    def of_environment(cls) -> Self:
        """Take what the operator set (TWOWAY_BLUESKY_PUBLIC, _DIRECTORY, _JETSTREAM, _CHAT)."""
        given = {name: os.environ.get(variable) for name, variable in _VARIABLES.items()}
        return cls(**{name: value for name, value in given.items() if value})
