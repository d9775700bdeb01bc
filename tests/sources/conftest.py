"""A small web server on this machine whose pages the tests write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`pages` maps a path to a body with its media type, or to a function that writes the whole answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.root = f"http://127.0.0.1:{port}"
        self.pages: dict[str, tuple[str, bytes] | Answer] = {}
        self.asked: list[str] = []
        self.closing = threading.Event()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        page = self.pages.get(handler.path)
        if page is None:
            handler.send_error(404)
        elif callable(page):
            page(handler)
        else:
            send(handler, 200, {"Content-Type": page[0], "Content-Length": str(len(page[1]))}, page[1])

    def redirect(self, path: str, target: str) -> None:
        self.pages[path] = lambda handler: send(handler, 302, {"Location": target, "Content-Length": "0"}, b"")


def send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                made.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """The tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
