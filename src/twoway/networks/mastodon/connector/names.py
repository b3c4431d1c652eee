"""What people type for an account or a server of the fediverse, and where that is to be asked."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from twoway.connectors.errors import GiveUp

_HANDLE: Final = re.compile(
    r"@?(?P<user>[\w.-]{1,60})@(?P<host>[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?)", re.ASCII
)
_PAGE: Final = re.compile(r"/(?:@|users/)(?P<user>[\w.-]+)(?:@(?P<host>[\w.:-]+))?(?:/.*)?")
# Others put "@" before names in their addresses, too.
_OTHERS: Final = re.compile(
    r"(?:^|\.)(?:youtube|tiktok|medium|threads|bsky|facebook|x|twitter)\.(?:com|net|app|social)$"
)
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Name:
    """An account as it was typed: its name, the host that its handle names, and where to ask."""

    user: str
    host: str
    address: str

    @property
    def handle(self) -> str:
        """Return name@host."""
        return f"{self.user}@{self.host}"


def read_name(typed: str) -> Name | None:
    """Read @user@server, or the address of an account's page; None where it is neither."""
    typed = typed.strip()
    if match := _HANDLE.fullmatch(typed):
        host = match["host"].lower()
        is_named = "." in host or host.partition(":")[0] in _LOOPBACK
        return Name(match["user"], host, address_of(host)) if is_named else None
    parts = _parts(typed)
    match = _PAGE.fullmatch(parts[2]) if parts else None
    if not parts or not match or _OTHERS.search(parts[1].partition(":")[0]):
        return None
    if elsewhere := match["host"]:
        return Name(match["user"], elsewhere.lower(), address_of(elsewhere.lower()))
    return Name(match["user"], parts[1], f"{parts[0]}://{parts[1]}")


def read_server(typed: str) -> str:
    """Return the address of a server typed as a host, an address or a handle; raises GiveUp."""
    typed = typed.strip().rstrip("/")
    if name := read_name(typed):
        return name.address
    parts = _parts(typed if "://" in typed else f"{_scheme(typed)}://{typed}")
    if parts and ("." in parts[1] or parts[1].partition(":")[0] in _LOOPBACK):
        return f"{parts[0]}://{parts[1]}"
    raise GiveUp(
        "‘{typed}’ is no server. Write its name alone, such as mastodon.example.", typed=typed[:100]
    )


def origin_of(address: str) -> str | None:
    """Return the server behind an address: scheme and host."""
    parts = _parts(address)
    return f"{parts[0]}://{parts[1]}" if parts else None


def address_of(host: str) -> str:
    """Return where a host is asked; only this machine itself may be asked without encryption."""
    return f"{_scheme(host)}://{host}"


def _scheme(host: str) -> str:
    return "http" if host.lower().partition(":")[0] in _LOOPBACK else "https"


def _parts(address: str) -> tuple[str, str, str] | None:
    """Return scheme, host with port, and path of a web address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return None
    return parts.scheme, parts.hostname.lower() + (f":{port}" if port else ""), parts.path
