"""Feeds and site maps on a server of this machine."""

import datetime as dt
import http.server
import signal
import threading
import time
from collections import Counter

import pytest
from django.utils import timezone

from ainalym.cli.watch import _read
from ainalym.ledger import models
from ainalym.ledger.watch import Visitor, find_sources, visit

from .conftest import TURNOVER, start

pytestmark = pytest.mark.django_db


class Site(http.server.ThreadingHTTPServer):
    """Pages and feeds by path; `answers` are statuses and headers to give first, in turn."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, str] = {}
        self.answers: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def publish(self, *numbers: int) -> str:
        """A feed with these reports, and their pages."""
        items = ""
        for number in numbers:
            text = TURNOVER.replace("4,4", f"{number},5")
            self.pages[f"/{number}"] = (
                f"<html lang=ru><body><article><p>{text} {TURNOVER * 2}</p></article></body></html>"
            )
            items += f"<item><title>Отчёт {number}</title><link>{self.base}/{number}</link>"
            items += f"<pubDate>Fri, 0{number} Mar 2024 10:00:00 +0500</pubDate></item>"
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title><language>ru</language>'
        self.pages["/feed"] = f"{head}{items}</channel></rss>"
        return f"{self.base}/feed"

    def asked(self) -> Counter:
        return Counter(path for path, _ in self.seen)


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.server
        site.seen.append((self.path, dict(self.headers)))
        status, headers = site.answers.get(self.path, []).pop(0) if site.answers.get(self.path) else (200, {})
        body = site.pages.get(self.path, "").encode()
        etag = f'"{hash(body)}"'
        if status == 200 and not body:
            status = 404
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status = 304
        self.send_response(status)
        kind = "application/rss+xml" if self.path.startswith(("/feed", "/map")) else "text/html"
        body = body if status == 200 else b""
        for name, value in {"Content-Type": f"{kind}; charset=utf-8", "ETag": etag, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def site():
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


VISITOR = Visitor(every=dt.timedelta(minutes=15), read=_read, pause=0, allow_private=True)


def _visit(address: str, **given):
    (source,) = find_sources([address])
    return visit(source, Visitor(**{name: getattr(VISITOR, name) for name in Visitor.__struct_fields__} | given))


def _wait(row) -> float:
    return (row.due - timezone.now()).total_seconds()


def test_a_feed_that_grows(site):
    address = site.publish(1, 2)
    done = _visit(address)
    assert (done.listed, done.added.new, done.failed, done.error) == (2, 2, [], "")
    titles = models.Document.objects.order_by("published").values_list("title", "published", "lang")
    assert list(titles) == [("Отчёт 1", dt.date(2024, 3, 1), "ru"), ("Отчёт 2", dt.date(2024, 3, 2), "ru")]
    assert set(models.Sighting.objects.values_list("place", flat=True)) == {f"{site.base}/1", f"{site.base}/2"}
    site.publish(1, 2, 3)
    done = _visit(address)
    assert (done.listed, done.added.new) == (1, 1)
    assert site.asked() == {"/feed": 2, "/1": 1, "/2": 1, "/3": 1}
    change = models.Document.objects.order_by("pk").last().added
    assert (change.author, change.reason) == ("ainalym watch", address)


def test_what_has_not_changed_is_not_sent_again(site):
    address = site.publish(1)
    _visit(address)
    done = _visit(address)
    assert done.unchanged
    (_, first), _, (_, second) = site.seen
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == models.Watched.objects.get().etag != ""
    assert "ainalym" in second["User-Agent"]
    row = models.Watched.objects.get()
    assert 0.9 * 900 - 5 < _wait(row) < 1.1 * 900 + 5


def test_a_site_map(site):
    site.publish(1, 2)
    links = "".join(f"<url><loc>{site.base}/{number}</loc></url>" for number in (1, 2))
    site.pages["/map.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{links}</urlset>'
    assert _visit(f"{site.base}/map.xml").added.new == 2


def test_a_server_that_asks_for_patience_gets_it(site):
    address = site.publish(1)
    site.answers["/feed"] = [(429, {"Retry-After": "7200"}), (503, {})]
    assert "429" in _visit(address).error
    row = models.Watched.objects.get()
    assert 7_100 < _wait(row) <= 7_200
    assert "503" in _visit(address).error
    row.refresh_from_db()
    assert (row.failures, row.error != "") == (2, True)
    assert 0.9 * 3_600 - 5 < _wait(row) < 1.1 * 3_600 + 5
    assert _visit(address).added.new == 1
    row.refresh_from_db()
    assert (row.failures, row.error) == (0, "")


def test_a_page_that_fails_is_tried_again_and_the_others_go_on(site):
    address = site.publish(1, 2, 3)
    site.answers["/2"] = [(500, {})]
    site.pages["/3"] = ""
    done = _visit(address)
    assert (done.added.new, len(done.failed)) == (1, 2)
    pages = {page.address.rpartition("/")[2]: page for page in models.WatchedPage.objects.all()}
    assert (pages["1"].done, pages["2"].done, pages["3"].done) == (True, False, True)
    assert "404" in pages["3"].error
    assert _visit(address).added.new == 0  # not due yet
    models.WatchedPage.objects.update(due=None)
    assert _visit(address).added.new == 1
    assert site.asked()["/3"] == 1


def test_what_a_crash_left_undone_is_done_at_the_next_visit(site, monkeypatch):
    address = site.publish(1, 2)
    monkeypatch.setattr("ainalym.ledger.watch.add_documents", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        _visit(address)
    monkeypatch.undo()
    assert _visit(address).added.new == 2


@pytest.mark.parametrize("body", ["<html>no feed</html>", "", "<rss><channel></channel></rss>", "<urlset", "x" * 1000])
def test_what_is_no_feed_is_told(site, body):
    site.pages["/feed"] = body
    assert _visit(f"{site.base}/feed").error


def test_private_addresses_are_refused_unless_allowed(site):
    done = _visit(site.publish(1), allow_private=False)
    assert "private" in done.error
    assert not site.seen


def test_stopped_between_pages(site):
    address = site.publish(1, 2, 3)
    stops = iter([False, True])
    assert _visit(address, stopped=lambda: next(stops, True)).added.new == 1
    assert _visit(address).added.new == 2


def test_the_command_goes_on_until_it_is_stopped(own_ledger, site, ask):
    address = site.publish(1)
    process = start(own_ledger, "watch", address, "--every", "1s", "--pause", "0s", "--allow-private")
    try:
        _until(lambda: ask("SELECT count(*) FROM ledger_document") == [(1,)])
        site.publish(1, 2)
        _until(lambda: ask("SELECT count(*) FROM ledger_document") == [(2,)])
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "1 new pages; 1 reports added" in errors
    assert "Stopped" in errors
    assert ask("SELECT count(*) FROM ledger_stale") == [(0,)]


def _until(true) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if true():
                return
        except Exception:  # no table yet
            time.sleep(0.05)
        time.sleep(0.05)
    raise AssertionError("it did not come to this")
