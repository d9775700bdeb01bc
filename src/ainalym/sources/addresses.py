"""Which network addresses may be fetched: public ones only, checked on what a name resolves to."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from typing import cast

from ..errors import SourceError, TransientError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Not for the public Internet either, which Python before 3.13 does not know of all of them.
_RESERVED = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "fec0::/10",
        "64:ff9b:1::/48",
        "100::/64",
        "3fff::/20",
        "5f00::/16",
    )
]
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def _inner(address: _Address) -> list[_Address]:
    """The address and the IPv4 addresses that it wraps (mapped, compatible, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    wrapped: list[_Address] = [address]
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            wrapped.append(inner)
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 0xFFFF):
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.ipv4_mapped is not None:
        wrapped = wrapped[1:]  # Python calls the mapped block itself reserved
    return wrapped


def is_public(address: str) -> bool:
    """Whether an IP address is a unicast address of the public Internet, and everything it wraps too."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_unicast, _inner(parsed)))


def _is_unicast(address: _Address) -> bool:
    if address.version == 6 and address in _NAT64:
        return True  # what it wraps is looked at by itself
    special = address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    return address.is_global and not special and not any(address in network for network in _RESERVED)


def _look_up(host: str, port: int, answers: queue.Queue[list[str] | OSError | UnicodeError]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(list(dict.fromkeys(cast(str, entry[4][0]) for entry in found)))
    except (OSError, UnicodeError) as error:
        answers.put(error)


def resolve(host: str, port: int, *, seconds: float, allow_private: bool = False) -> list[str]:
    """The addresses of a host, all of them allowed; numbers in any form that the system takes are addresses too.

    The system's look-up knows no time limit, so it runs in a thread that is left behind when it takes too long.
    """
    answers: queue.Queue[list[str] | OSError | UnicodeError] = queue.Queue()
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=max(0.01, seconds))
    except queue.Empty:
        raise TransientError(f"the name {host} was not resolved in time; try again later") from None
    if not isinstance(found, list) or not found:
        raise TransientError(f"the name {host} is not known; check the address and the connection")
    if not allow_private and not all(map(is_public, found)):
        raise SourceError(f"{host} is a private or reserved address, which is not fetched; allow it if you trust it")
    return found
