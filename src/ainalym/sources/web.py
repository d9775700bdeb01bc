"""One address to its bytes: every hop checked, the checked address connected to, time and size bounded."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import msgspec

from ..errors import SourceError, TransientError
from .addresses import resolve
from .limits import Limits, say_size

if TYPE_CHECKING:
    import ssl

    import httpx

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_AGENT = "Mozilla/5.0 (compatible; ainalym; reads public reports)"
_KINDS = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/x-pdf",
    "application/json",
    "application/xml",
)
_KINDS_WITHIN = ("xml", "json", "wordprocessingml.document")
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/force-download")
_MOST_ADDRESSES = 4


class Fetched(msgspec.Struct, frozen=True):
    """What an address gave: the address after redirects, the stated media type and encoding, the bytes.

    `etag` and `modified` are for `fetch_if_changed`.
    """

    url: str
    media_type: str
    charset: str | None
    data: bytes
    etag: str = ""
    modified: str = ""


class _Deadline:
    """The moment when all of a fetch must be over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TransientError(f"gave no full answer within {self._seconds:g} seconds; try again later")
        return left


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()


def _make_transport(limits: Limits, deadline: _Deadline, allow_private: bool) -> httpx.BaseTransport:
    """A transport that connects only to checked addresses and gives every wait no more than the time left."""
    import httpcore
    import httpx

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, deadline.left())

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, deadline.left())

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self._inner.start_tls(ssl_context, server_hostname, deadline.left()))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            # The address that was checked is the one connected to: a name that changes in between changes nothing.
            seconds = min(limits.connect_seconds, deadline.left())
            for address in resolve(host, port, seconds=seconds, allow_private=allow_private)[:_MOST_ADDRESSES]:
                try:
                    seconds = min(limits.connect_seconds, deadline.left())
                    return Stream(httpcore.SyncBackend().connect_tcp(address, port, seconds))
                except (httpcore.ConnectError, httpcore.ConnectTimeout):
                    continue
            raise TransientError("cannot be connected to; check the address, or try again later")

    class Body(httpx.SyncByteStream):
        def __init__(self, inner: Iterable[bytes], pool: httpcore.ConnectionPool) -> None:
            self._inner, self._pool = inner, pool

        def __iter__(self) -> Iterator[bytes]:
            yield from self._inner

        def close(self) -> None:
            getattr(self._inner, "close", lambda: None)()
            self._pool.close()

    class Transport(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            is_tls = request.url.scheme == "https"
            pool = httpcore.ConnectionPool(
                ssl_context=_certificates() if is_tls else None, network_backend=Backend(), max_connections=1
            )
            url = httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            )
            try:
                answer = pool.handle_request(httpcore.Request(request.method, url, headers=request.headers.raw))
            except BaseException:
                pool.close()
                raise
            # A pool that is not asynchronous answers with a stream that is not; httpcore types both as one.
            stream = cast("Iterable[bytes]", answer.stream)
            return httpx.Response(answer.status, headers=answer.headers, stream=Body(stream, pool))

    return Transport()


def _check_url(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceError("is no address of the web; give one that starts with http:// or https://")
    if url.userinfo:
        raise SourceError("holds a name and password, which are not sent; leave them out")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in (408, 425, 429) or status >= 500:
        said = f"the server answers {status} {response.reason_phrase}".rstrip()
        raise TransientError(f"{said}; try again later", seconds=_parse_wait(response.headers.get("retry-after", "")))
    if status != 200:
        raise SourceError(f"the server answers {status} {response.reason_phrase}".rstrip() + "; check the address")


def _parse_wait(value: str) -> float | None:
    """The seconds that a server asks for: a number, or a date."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    now = dt.datetime.now(until.tzinfo)
    return max(0.0, (until - now).total_seconds())


def _check_kind(response: httpx.Response, limits: Limits) -> str:
    kind: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _UNTOLD and not kind.startswith(_KINDS) and not any(word in kind for word in _KINDS_WITHIN):
        raise SourceError(f"is of the kind {kind[:60]}, not text; give a page, a PDF, a DOCX or a feed")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:15]) > limits.file_bytes:
        raise SourceError(f"is larger than {say_size(limits.file_bytes)}; download it and give the part to read")
    return kind


def _read_body(response: httpx.Response, limits: Limits, deadline: _Deadline) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limits.file_bytes:
            raise SourceError(f"is larger than {say_size(limits.file_bytes)}; download it and give the part to read")
        deadline.left()
    return bytes(body)


def _follow(client: httpx.Client, url: httpx.URL, limits: Limits, deadline: _Deadline) -> Fetched | None:
    for _ in range(limits.redirects + 1):
        _check_url(url)
        with client.stream("GET", url) as response:
            target = response.headers.get("location")
            if response.status_code in (301, 302, 303, 307, 308) and target:
                url = url.join(target)
                continue
            if response.status_code == 304:
                return None
            _check_status(response)
            kind = _check_kind(response, limits)
            charset = response.charset_encoding
            etag, modified = (response.headers.get(name, "") for name in ("etag", "last-modified"))
            return Fetched(str(url), kind, charset, _read_body(response, limits, deadline), etag[:500], modified[:100])
    raise SourceError(f"redirects more than {limits.redirects} times; check the address")


def fetch(url: str, *, limits: Limits, allow_private: bool = False) -> Fetched:
    """The answer of an address. Proxies of the environment are not used: behind one, no address could be checked."""
    found = _fetch(url, {}, limits, allow_private)
    if found is None:
        raise SourceError("answers 304 to a question without a condition; check the address")
    return found


def fetch_if_changed(
    url: str, *, etag: str = "", modified: str = "", limits: Limits, allow_private: bool = False
) -> Fetched | None:
    """The answer of an address; None where it is still what it was when it gave this `etag` and `modified`."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return _fetch(url, {name: value for name, value in asked.items() if value}, limits, allow_private)


def _fetch(url: str, asked: Mapping[str, str], limits: Limits, allow_private: bool) -> Fetched | None:
    import httpcore
    import httpx

    deadline = _Deadline(limits.total_seconds)
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", **asked}
    transport = _make_transport(limits, deadline, allow_private)
    try:
        with httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False) as client:
            return _follow(client, httpx.URL(url), limits, deadline)
    except (httpx.InvalidURL, UnicodeError):
        raise SourceError("is no valid address; check it") from None
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise TransientError(f"gave no full answer within {limits.total_seconds:g} seconds; try again later") from None
    except (httpcore.NetworkError, httpx.NetworkError, OSError) as error:
        if "CERTIFICATE" in str(error):
            advice = "check the address, or name the site's root certificate in SSL_CERT_FILE"
            raise SourceError(f"has a certificate that is not trusted; {advice}") from None
        raise TransientError(f"broke off the connection ({_say(error)}); try again later") from None
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError, httpx.StreamError) as error:
        raise SourceError(f"gave an answer that is no proper HTTP ({_say(error)}); check the address") from None


def _say(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
