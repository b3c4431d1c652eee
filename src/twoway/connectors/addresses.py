"""Which machines may be reached: decided on the very address that is connected to.

A name is resolved here, every address behind it is judged, and the connection goes to one that
passed. So a name that changes its mind between check and connection changes nothing.
"""

import asyncio
import os
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from twoway.connectors.errors import GiveUp, TryLater

# RFC 6052: these IPv6 addresses carry an IPv4 address in their last 32 bits.
_NAT64: Final = IPv6Network("64:ff9b::/96")


class Gate:
    """Lets connections through to public machines, and to those the operator allows.

    `allow` names hosts ("localhost:2583", or "localhost" for any port); the environment variable
    TWOWAY_ALLOW_HOSTS adds more, separated by commas. With TWOWAY_OFFLINE set, nothing else is
    reached, and no other name is even resolved: so it is in tests.
    """

    def __init__(self, allow: Iterable[str] = (), *, offline: bool | None = None) -> None:
        named = os.environ.get("TWOWAY_ALLOW_HOSTS", "").split(",")
        self._allowed = {host.strip().lower() for host in (*allow, *named) if host.strip()}
        self._offline = bool(os.environ.get("TWOWAY_OFFLINE")) if offline is None else offline

    def allows(self, host: str, port: int) -> bool:
        """Tell whether the operator named this host."""
        host = host.lower()
        shown = f"[{host}]" if ":" in host else host
        return not self._allowed.isdisjoint((host, shown, f"{shown}:{port}"))

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses behind a name that may be connected to.

        Raises GiveUp where none may, TryLater where the name is not known now.
        """
        allowed = self.allows(host, port)
        if self._offline and not allowed:
            raise GiveUp(
                "{host}:{port} is not reached: TWOWAY_OFFLINE is set, and TWOWAY_ALLOW_HOSTS does not name it.",
                host=host,
                port=str(port),
            )
        found = await _look_up(host, port)
        good = found if allowed else [address for address in found if is_public(address)]
        if not good:
            raise GiveUp(
                "{host} leads to {address}, an address of a private network. That is refused; whoever runs Twoway may allow it by TWOWAY_ALLOW_HOSTS={host}:{port}.",
                host=host,
                address=found[0],
                port=str(port),
            )
        return good


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet; hidden IPv4 addresses count."""
    ip = ip_address(address)
    hidden = _hidden(ip) if isinstance(ip, IPv6Address) else None
    if hidden is not None:
        ip = hidden
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _hidden(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


async def _look_up(host: str, port: int) -> list[str]:
    try:
        rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryLater(
            "The name {host} is not known. Check its spelling, and that this machine is online.",
            host=host,
        ) from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
