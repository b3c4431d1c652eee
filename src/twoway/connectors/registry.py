"""The networks there are: whatever folder of `networks` has a `connector` with a NETWORK in it."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Final, cast

from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Network

# Known by its name only: networks are built on connectors, never the other way round.
ROOM: Final = "twoway.networks"


@cache
def networks() -> tuple[Network, ...]:
    """Return all networks that have a connector, by name."""
    return tuple(sorted(_found(), key=lambda network: network.name))


def network(name: str) -> Network:
    """Return the network of this name; raises GiveUp that lists those there are."""
    for one in networks():
        if name.casefold() in (one.name, one.title.casefold()):
            return one
    known = ", ".join(one.name for one in networks())
    raise GiveUp("There is no network called {name}. There are: {known}.", name=name, known=known)


def meant(typed: str) -> tuple[Network, str]:
    """Return the network that a handle or address means, and the handle.

    "bluesky:nytimes.com" names the network. Raises GiveUp where none or several could be meant.
    """
    typed = typed.strip()
    prefix, colon, rest = typed.partition(":")
    if colon and rest and any(prefix.casefold() == one.name for one in networks()):
        return network(prefix), rest
    found = [one for one in networks() if one.means(typed)]
    if len(found) == 1:
        return found[0], typed
    titles = " or ".join(one.title for one in found)
    if found:
        raise GiveUp(
            "{typed} may be of {titles}. Write {network}:{typed}.",
            typed=typed,
            titles=titles,
            network=found[0].name,
        )
    raise GiveUp(
        "{typed} looks like no account that can be read without credentials. Write a handle such as museum.example (Bluesky) or @museum@server.example (Mastodon), or an address.",
        typed=typed,
    )


def looks_like_an_account(typed: str) -> bool:
    """Tell whether some network could mean this; for commands that also take files."""
    try:
        meant(typed)
    except GiveUp:
        return any(one.means(typed) for one in networks())
    return True


def _found() -> Iterator[Network]:
    room = import_module(ROOM)
    for folder in iter_modules(room.__path__, f"{ROOM}."):
        name = f"{folder.name}.connector"
        if folder.ispkg and find_spec(name) is not None:
            module = import_module(name)
            if hasattr(module, "NETWORK"):
                yield cast("Network", module.NETWORK)
