"""Since when a connection works or does not: remembered from one look to the next."""

from dataclasses import replace
from pathlib import Path

import msgspec

from twoway.connectors import durable, places
from twoway.connectors.errors import ConnectorError, Reconnect
from twoway.connectors.interface import Connector, Health
from twoway.connectors.sentences import Sentence


async def examine(connector: Connector) -> Health:
    """Ask whether a connection works; what goes wrong on the way is its need, not an error."""
    try:
        return await connector.check()
    except Reconnect as error:
        return Health(works=False, needs=error.why)
    except ConnectorError as error:
        return Health(
            works=False, needs=Sentence("{why} It may come back by itself.", why=error.why)
        )


def since_when(health: Health, network: str, account: str, now: int) -> Health:
    """Return a health with the time of its last change; the first look is where it begins."""
    path = places.home() / "health.json"
    known = _read(path)
    works, since = known.get(f"{network} {account}", (not health.works, now))
    if works != health.works:
        since = health.since or now
    known[f"{network} {account}"] = (health.works, since)
    durable.make_folder(path.parent)
    durable.replace(path, msgspec.json.encode(known))
    return replace(health, since=since)


def _read(path: Path) -> dict[str, tuple[bool, int]]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[bool, int]])
    except (OSError, msgspec.DecodeError):
        return {}  # only since when is lost
