"""Reaching a model that somebody named: one address, through the one door, and nothing else."""

import asyncio
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import click

from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError

KEY = "TWOWAY_MODEL_KEY"
# A small machine takes its time over ten posts.
_PATIENCE = 120.0


def ask(address: str, body: Mapping[str, Any]) -> Any:
    """Send `body` to the chat completions below `address` ("http://localhost:11434/v1")."""
    try:
        return asyncio.run(_ask(address, body))
    except ConnectorError as error:
        raise click.ClickException(f"The model at {address} did not answer: {error}") from None


async def _ask(address: str, body: Mapping[str, Any]) -> Any:
    key = os.environ.get(KEY)
    # Whoever names a machine of their own network means it.
    async with Door(allow=(urlsplit(address).netloc,)) as door:
        answer = await door.request(
            "POST",
            f"{address.rstrip('/')}/chat/completions",
            json=dict(body),
            headers={"authorization": f"Bearer {key}"} if key else {},
            patience=_PATIENCE,
        )
    if not answer.is_ok:
        raise click.ClickException(
            f"The model at {address} answered with status {answer.status}. Check the address, the "
            f"model's name, and {KEY} where it wants a key."
        )
    return answer.json()
