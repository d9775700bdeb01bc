from __future__ import annotations

import socket
import time

import pytest

from ainalym.errors import SourceError, TransientError
from ainalym.sources.addresses import is_public, resolve

PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a02:6b8::2:242"]
NOT_PUBLIC = [
    "127.0.0.1", "127.255.0.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104

    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.0.0.8",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "no address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "0",
        "localhost",
        "::1",
        "::ffff:7f00:1",
    ],
)
def test_every_way_to_write_this_machine_is_refused(host: str) -> None:
    with pytest.raises(SourceError, match=r"private or reserved|is not known"):
        resolve(host, 80, seconds=5)
    assert "127.0.0.1" in resolve("2130706433", 80, seconds=5, allow_private=True)


def answer(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_a_name_is_refused_if_one_of_its_addresses_is(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(SourceError, match="private or reserved"):
        resolve("mixed.example", 80, seconds=5)
    answer(monkeypatch, "8.8.8.8", "8.8.8.8", "8.8.4.4")
    assert resolve("fine.example", 80, seconds=5) == ["8.8.8.8", "8.8.4.4"]


def test_a_look_up_that_hangs_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:

    def wait(*_: object, **__: object) -> list[object]:
        time.sleep(0.3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with pytest.raises(TransientError, match="not resolved in time"):
        resolve("slow.example", 80, seconds=0.05)

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(TransientError, match="not known"):
        resolve("none.example", 80, seconds=5)
