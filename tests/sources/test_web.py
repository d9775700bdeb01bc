from __future__ import annotations

import contextlib
import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler

import pytest

from ainalym.errors import SourceError, TransientError
from ainalym.model import Document
from ainalym.sources import Limits, addresses, load_documents

from .conftest import Site, send
from .pages import STORY, make_docx, make_page, make_pdf

QUICK = Limits(file_bytes=200_000, connect_seconds=1.0, total_seconds=0.6)


def load(url: str, *, limits: Limits = QUICK, allow_private: bool = True) -> Document | SourceError:
    (found,) = load_documents([url], limits=limits, allow_private=allow_private)
    return found


def read(url: str, **options: object) -> Document:
    found = load(url, **options)  # type: ignore[arg-type]
    assert isinstance(found, Document), str(found)
    return found


def refuse(url: str, **options: object) -> SourceError:
    found = load(url, **options)  # type: ignore[arg-type]
    assert isinstance(found, SourceError)
    assert "\n" not in str(found)
    return found


@pytest.fixture
def only_this_server_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a redirect from a public page to another address of this machine can be tried."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")


def test_a_page_by_its_address(site: Site) -> None:
    head = '<meta property="article:published_time" content="2023-11-07T10:00:00+06:00">'
    site.pages["/1"] = ("text/html; charset=utf-8", make_page(head=head).encode())
    found = read(f"{site.root}/1")
    assert STORY[0] in found.text
    assert (found.id, found.url, str(found.published)) == (f"{site.root}/1", f"{site.root}/1", "2023-11-07")
    assert (found.title, found.publisher, found.lang) == ("Айналым өсті", "127.0.0.1", "kk")


def test_other_formats(site: Site) -> None:
    site.pages["/a"] = ("application/pdf", make_pdf([STORY]))
    site.pages["/b"] = ("application/octet-stream", make_docx(STORY))
    site.pages["/c"] = ("text/plain; charset=windows-1251", "Рост".encode("cp1251"))
    site.pages["/d"] = ("application/x-ndjson", b'{"id": "x", "text": "a b c"}')
    assert STORY[0][:40] in read(f"{site.root}/a").text
    assert read(f"{site.root}/b", limits=Limits()).text == "\n".join(STORY)
    assert read(f"{site.root}/c").text == "Рост"
    assert read(f"{site.root}/d").id == "x"


def test_this_machine_is_refused_unless_allowed(site: Site) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        message = str(refuse(f"http://{host}:{site.port}/1", allow_private=False))
        assert "private or reserved" in message or "not known" in message, host
    assert site.asked == []


@pytest.mark.usefixtures("only_this_server_is_public")
@pytest.mark.parametrize("host", ["127.0.0.2", "169.254.169.254", "[::1]", "10.0.0.1", "2130706434"])
def test_a_redirect_to_a_private_address_is_refused(site: Site, host: str) -> None:
    site.redirect("/1", f"http://{host}:{site.port}/secret")
    site.pages["/secret"] = ("text/plain", b"secret")
    assert "private or reserved" in str(refuse(f"{site.root}/1", allow_private=False))
    assert site.asked == ["/1"]


def test_a_name_that_changes_is_connected_to_where_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, connected = [], []

    def change(host: str, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", change)
    monkeypatch.setattr(socket, "create_connection", connect)
    refuse("http://rebind.example/1", allow_private=False)
    assert (asked, connected) == (["rebind.example"], ["93.184.216.34"])


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.redirect("/1", "/2")
    site.redirect("/2", f"{site.root}/3")
    site.redirect("/loop", "/loop")
    site.redirect("/file", "file:///etc/passwd")
    site.pages["/3"] = ("text/plain", "Айналым өсті.".encode())
    found = read(f"{site.root}/1")
    assert (found.id, found.url) == (f"{site.root}/1", f"{site.root}/3")
    assert "redirects more than 5 times" in str(refuse(f"{site.root}/loop"))
    assert site.asked.count("/loop") == 6
    assert "http:// or https://" in str(refuse(f"{site.root}/file"))


@pytest.mark.parametrize(
    ("status", "kind"), [(404, SourceError), (403, SourceError), (503, TransientError), (429, TransientError)]
)
def test_refusals_of_the_server(site: Site, status: int, kind: type[SourceError]) -> None:
    site.pages["/1"] = lambda handler: send(handler, status, {"Content-Length": "0"}, b"")
    found = refuse(f"{site.root}/1")
    assert type(found) is kind
    assert str(status) in str(found)


def hang(site: Site, *, first: bytes = b"", drip: bytes = b"") -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(first)
        with contextlib.suppress(OSError):
            while not site.closing.wait(0.05):
                handler.wfile.write(drip)
                handler.wfile.flush()
        handler.close_connection = True

    site.pages["/hang"] = answer


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 90000\r\n\r\nabc", b""),
    ],
)
def test_a_server_that_hangs_or_drips_is_left_in_time(site: Site, first: bytes, drip: bytes) -> None:
    hang(site, first=first, drip=drip)
    start = time.monotonic()
    found = refuse(f"{site.root}/hang")
    assert isinstance(found, TransientError)
    assert "within 0.6 seconds" in str(found)
    assert time.monotonic() - start < 2


def test_huge_answers_are_cut_off(site: Site) -> None:
    chunk = b"x" * 10_000

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        while not site.closing.is_set():
            handler.wfile.write(chunk)

    site.pages["/endless"] = endless
    site.pages["/said"] = lambda handler: send(
        handler, 200, {"Content-Type": "text/plain", "Content-Length": "99999999"}, b"x"
    )
    packed = gzip.compress(b" " * 5_000_000)
    headers = {"Content-Type": "text/plain", "Content-Encoding": "gzip", "Content-Length": str(len(packed))}
    site.pages["/packed"] = lambda handler: send(handler, 200, headers, packed)
    for path in ("/endless", "/said", "/packed"):
        assert "larger than 200 kB" in str(refuse(f"{site.root}{path}", limits=Limits(file_bytes=200_000)))


def test_wrong_kinds_are_refused_before_they_are_read(site: Site) -> None:
    for kind in ("image/png", "video/mp4", "application/zip", "application/x-msdownload"):
        site.pages["/1"] = (kind, b"x" * 100)
        assert f"of the kind {kind}" in str(refuse(f"{site.root}/1"))
    site.pages["/1"] = ("text/html", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert "picture" in str(refuse(f"{site.root}/1"))


def test_answers_that_are_no_http(site: Site) -> None:
    def greet(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n\r\n")

    site.pages["/1"] = greet
    site.pages["/2"] = lambda handler: send(
        handler, 200, {"Content-Type": "text/plain", "Content-Encoding": "gzip", "Content-Length": "4"}, b"junk"
    )
    site.pages["/3"] = lambda handler: send(handler, 200, {"Content-Length": "100"}, b"short")
    for path in ("/1", "/2", "/3"):
        assert refuse(f"{site.root}{path}").place == f"{site.root}{path}"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://a.example:99999/",
        "http://[::1",
        "http://user:word@127.0.0.1/",
        "http://\u0000/",
        "https://xn--/",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    assert "word@" not in str(refuse(url)).removeprefix(url)


def test_no_connection(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be connected to" in str(refuse(f"http://127.0.0.1:{port}/"))
