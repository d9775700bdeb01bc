"""Stores and services for the tests of official statistics."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from ainalym.statistics.store import Store

# Real publications to try the connectors on; they are not part of the project.
DATA = Path(os.environ.get("AINALYM_TRADE_DATA", Path(__file__).parents[3] / "shared" / "data" / "trade"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="session")
def trade_data() -> Path:
    if not (DATA / "raw").is_dir():
        pytest.skip("the folder of real trade data is not there (AINALYM_TRADE_DATA)")
    return DATA


@pytest.fixture(scope="session")
def real_store(trade_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All publications of the data folder, each through its connector."""
    from ainalym.statistics.load import add_files

    store = Store(tmp_path_factory.mktemp("real"))
    raw = trade_data / "raw"
    loads = [[path] for path in sorted(raw.glob("bns_kz_*.xls"))]
    loads += [[path] for path in sorted(raw.glob("rosstat*.xlsx"))]
    loads += [
        sorted(raw.glob("uz_*.csv")),
        sorted(raw.glob("kg_*.xlsx")),
        [trade_data / "am_armstat_partner_month.csv"],
    ]
    for files in loads:
        add_files(store, files)
    return store


class Service:
    """A web service on this machine: `answer(path, query) -> (status, headers, body)`; `seen` holds the requests."""

    def __init__(self, answer: Callable[[str, dict[str, str]], tuple[int, dict[str, str], bytes]]) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.waits: list[float] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                from urllib.parse import parse_qsl, urlsplit

                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                service.seen.append((parts.path, query))
                status, headers, body = answer(parts.path, query)
                self.send_response(status)
                length = headers.pop("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", length)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[..., Service]]:
    """Starts services that end with the test."""
    services: list[Service] = []

    def start(answer: Callable[[str, dict[str, str]], tuple[int, dict[str, str], bytes]]) -> Service:
        services.append(Service(answer))
        return services[-1]

    yield start
    for service in services:
        service.close()
