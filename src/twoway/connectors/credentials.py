"""The one credential store of commands and desk: a sealed file for each connected account.

Written whole or not at all; refreshed by one task of one process at a time. Nothing here is ever
printed: a Credentials object does not show its secrets, and messages name accounts only.
"""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import orjson
from filelock import AsyncFileLock, FileLock

from twoway.connectors import durable, places
from twoway.connectors.errors import KeyTrouble, NotConnected
from twoway.connectors.interface import Credentials
from twoway.connectors.sealed import VARIABLE, Sealed, add_key, drop_old_keys

_SUFFIX: Final = ".sealed"
# Between two tries for a lock; a refresh takes some 100 ms.
_POLL: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """An account of the store, without its secrets. `since` is when it was connected (µs UTC)."""

    network: str
    account: str
    handle: str
    server: str | None
    since: int


class Store:
    """The credentials in a folder, by default those of the user (see places.home)."""

    def __init__(self, folder: Path | None = None, sealed: Sealed | None = None) -> None:
        self._home = folder or places.home()
        self._folder = self._home / "credentials"
        self._given = sealed

    def accounts(self) -> list[Connected]:
        """Return all connected accounts, by network and handle."""
        found = [self._connected(path) for path in self._files()]
        return sorted(found, key=lambda one: (one.network, one.handle))

    def find(self, name: str, network: str | None = None) -> Connected:
        """Return the account with this handle or id; raises NotConnected where none or several."""
        found = self.matching(name, network)
        if len(found) == 1:
            return found[0]
        known = ", ".join(f"{one.handle} ({one.network})" for one in found or self.accounts())
        if found:
            raise NotConnected(
                "{name} is connected several times: {known}. Name the network too.",
                name=name,
                known=known,
            )
        if known:
            raise NotConnected(
                "{name} is not connected. Connected are: {known}.", name=name, known=known
            )
        raise NotConnected("{name} is not connected. Nothing is.", name=name)

    def matching(self, name: str, network: str | None = None) -> list[Connected]:
        """Return the accounts with this handle or id."""
        wanted = name.removeprefix("@").casefold()
        return [
            one
            for one in self.accounts()
            if wanted in (one.handle.removeprefix("@").casefold(), one.account.casefold())
            and network in (None, one.network)
        ]

    def save(self, credentials: Credentials, since: int) -> None:
        """Keep the credentials of an account, in place of those it had; on disk on return."""
        self.keeper(credentials.network, credentials.account).write(credentials, since)

    def keeper(self, network: str, account: str) -> "FileKeeper":
        """Return where a connector reads and refreshes the credentials of one account."""
        durable.make_folder(self._folder)
        name = blake2b(f"{network}\n{account}".encode(), digest_size=12).hexdigest()
        return FileKeeper(self._folder / f"{name}{_SUFFIX}", self._sealed(), (network, account))

    def forget(self, network: str, account: str) -> None:
        """Delete the credentials of an account; whoever calls has revoked them at the network."""
        self.keeper(network, account).path.unlink(missing_ok=True)

    def change_key(self) -> int:
        """Seal everything with a new key and forget the old ones; returns how many accounts.

        Killed at any point, all can still be opened, and the next call finishes. With keys from
        the environment it seals with the first of them, and the rest may go afterwards.
        """
        from_file = self._given is None and not _named_key()
        if from_file:
            add_key(self._home)
        sealed = self._sealed()
        files = list(self._files())
        for path in files:
            with FileLock(_lock_of(path)):  # a token refreshed meanwhile must not be undone
                durable.replace(path, sealed.renew(path.read_bytes()))
        if from_file:
            drop_old_keys(self._home)
        return len(files)

    def _sealed(self) -> Sealed:
        return self._given or Sealed.at(self._home)

    def _files(self) -> Iterator[Path]:
        yield from sorted(self._folder.glob(f"*{_SUFFIX}"))

    def _connected(self, path: Path) -> Connected:
        kept = orjson.loads(self._sealed().open(path.read_bytes()))
        return Connected(**{name: kept[name] for name in Connected.__slots__})


class FileKeeper:
    """One account's sealed file: the Keeper that connectors get."""

    def __init__(self, path: Path, sealed: Sealed, whose: tuple[str, str]) -> None:
        self.path = path
        self._sealed = sealed
        self._whose = whose

    def read(self) -> Credentials:
        """Return the credentials as they are now; raises NotConnected or KeyTrouble."""
        kept = self._kept()
        if kept is None:
            raise NotConnected("{account} is no longer connected.", account=self._whose[1])
        kept.pop("since")
        return Credentials(**kept)

    def keep(self, credentials: Credentials) -> None:
        """Replace them; on disk before it returns."""
        kept = self._kept()
        if kept is None:
            raise NotConnected("{account} was disconnected meanwhile.", account=self._whose[1])
        self.write(credentials, kept["since"])

    def write(self, credentials: Credentials, since: int) -> None:
        """Write them with the time (µs UTC) since when the account is connected."""
        if (credentials.network, credentials.account) != self._whose:
            raise ValueError("credentials of another account")
        plain = orjson.dumps({**asdict(credentials), "since": since})
        durable.replace(self.path, self._sealed.seal(plain))

    def locked(self) -> "Refreshing":
        """Return what serialises a refresh across tasks and processes."""
        return Refreshing(_lock_of(self.path))

    def _kept(self) -> dict[str, Any] | None:
        try:
            sealed = self.path.read_bytes()
        except FileNotFoundError:
            return None
        kept: dict[str, Any] = orjson.loads(self._sealed.open(sealed))
        if (kept["network"], kept["account"]) != self._whose:
            raise KeyTrouble("{path} holds the credentials of another account.", path=self.path)
        return kept


class Refreshing:
    """A lock on a file beside the credentials; the system lets go of it when its holder dies."""

    def __init__(self, path: Path) -> None:
        self._lock = AsyncFileLock(path, poll_interval=_POLL, thread_local=False, mode=0o600)

    async def __aenter__(self) -> None:
        await self._lock.acquire()

    async def __aexit__(self, *_: object) -> None:
        await self._lock.release()


def _lock_of(path: Path) -> Path:
    """Name the lock of an account; it stays when the account goes, or two could hold it."""
    return path.with_suffix(".lock")


def _named_key() -> bool:
    return bool(os.environ.get(VARIABLE))
