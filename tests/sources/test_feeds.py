from __future__ import annotations

import gzip

import pytest

from ainalym.errors import SourceError
from ainalym.model import Document
from ainalym.sources import Limits, load_documents

from .conftest import Site
from .pages import make_page


def load(url: str, limits: Limits | None = None) -> tuple[list[Document], list[str]]:
    found = list(load_documents([url], limits=limits or Limits(total_seconds=5), allow_private=True))
    documents = [item for item in found if isinstance(item, Document)]
    return documents, [str(item) for item in found if isinstance(item, SourceError)]


@pytest.fixture
def news(site: Site) -> Site:
    for number in (1, 2, 3):
        page = make_page(lang="").replace(' lang=""', "")
        site.pages[f"/{number}"] = ("text/html; charset=utf-8", page.encode())
    return site


def rss(site: Site, numbers: list[int], extra: str = "") -> bytes:
    items = "".join(
        f"<item><title>Жаңалық {number}</title><link>{site.root}/{number}</link>"
        f"<pubDate>Tue, 0{number} Nov 2022 23:30:00 +0600</pubDate></item>"
        for number in numbers
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{extra}<rss version="2.0"><channel><title>Хабар</title>'
        f"<language>kk</language>{items}</channel></rss>"
    ).encode()


def test_the_pages_of_a_feed_are_fetched(news: Site) -> None:
    news.pages["/feed"] = ("application/rss+xml", rss(news, [2, 1, 2, 9]))
    documents, errors = load(f"{news.root}/feed")
    assert [item.url for item in documents] == [f"{news.root}/2", f"{news.root}/1"]
    assert [str(item.published) for item in documents] == ["2022-11-02", "2022-11-01"]
    assert {item.lang for item in documents} == {"kk"}
    assert errors == [f"{news.root}/9: the server answers 404 Not Found; check the address"]


def test_atom_with_relative_links(news: Site) -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{news.root}/"><title>Хабар</title><entry><title>a</title>'
        f'<link href="3"/><published>2022-11-03T01:00:00+06:00</published></entry></feed>'
    )
    news.pages["/atom"] = ("text/xml", body.encode())
    (document,), errors = load(f"{news.root}/atom")
    assert (document.url, str(document.published), errors) == (f"{news.root}/3", "2022-11-03", [])


def test_the_number_of_pages_is_bounded_and_said(news: Site) -> None:
    news.pages["/feed"] = ("application/rss+xml", rss(news, [1, 2, 3]))
    documents, errors = load(f"{news.root}/feed", Limits(entries=2))
    assert len(documents) == 2
    assert errors == [f"{news.root}/feed: lists more than 2 pages; the first 2 are read, raise the limit"]
    assert "/3" not in news.asked


def sitemap(*entries: str, root: str = "urlset") -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    google = "http://www.google.com/schemas/sitemap"
    extra = f'xmlns:news="{google}-news/0.9" xmlns:image="{google}-image/1.1"'
    return f'<?xml version="1.0"?><{root} xmlns="{space}" {extra}>{"".join(entries)}</{root}>'.encode()


def test_site_maps_and_their_index(news: Site) -> None:
    root = news.root
    first = sitemap(
        f"<url><loc> {root}/1 </loc><lastmod>2024-01-01</lastmod>"
        f"<image:image><image:loc>{root}/i.png</image:loc></image:image>"
        "<news:news><news:publication><news:name>Хабар</news:name><news:language>kk</news:language></news:publication>"
        "<news:publication_date>2022-11-24T10:00:00+06:00</news:publication_date><news:title>T</news:title></news:news></url>"
    )
    second = sitemap(f"<url><loc>{root}/2</loc><lastmod>2024-01-01</lastmod></url>")
    news.pages["/a.xml"] = ("application/xml", first)
    news.pages["/b.xml.gz"] = ("application/octet-stream", gzip.compress(second))
    news.pages["/index.xml"] = (
        "text/xml",
        sitemap(
            *(f"<sitemap><loc>{root}/{name}</loc></sitemap>" for name in ("a.xml", "b.xml.gz")), root="sitemapindex"
        ),
    )
    documents, errors = load(f"{root}/index.xml")
    assert errors == []
    assert [(item.url, str(item.published), item.lang) for item in documents] == [
        (f"{root}/1", "2022-11-24", "kk"),
        (f"{root}/2", "None", None),
    ]
    assert [item.url for item in load(f"{root}/b.xml.gz")[0]] == [f"{root}/2"]


def test_a_feed_in_a_feed_is_not_followed(news: Site) -> None:
    news.pages["/1"] = ("application/rss+xml", rss(news, [1]))
    news.pages["/feed"] = ("application/rss+xml", rss(news, [1]))
    documents, errors = load(f"{news.root}/feed")
    assert documents == []
    assert "listed in another one" in errors[0]


BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>'


def test_hostile_and_broken_lists(news: Site) -> None:
    bodies = {
        "/entities": rss(news, [1], BOMB),
        "/empty": rss(news, []),
        "/deep": b"<?xml version='1.0'?><rss>" + b"<a>" * 100_000,
        "/map": sitemap("<url><loc>x</loc></url>"),
        "/cut": sitemap(f"<url><loc>{news.root}/1</loc></url>")[:-20],
        "/mapentities": b"<?xml version='1.0'?>" + BOMB.encode() + sitemap()[21:],
    }
    for path, body in bodies.items():
        news.pages[path] = ("application/xml", body)
        documents, errors = load(news.root + path)
        assert documents == []
        assert len(errors) == 1, path
        assert "report this" not in errors[0], errors
    assert "/1" not in news.asked


def test_a_feed_may_be_a_file(news: Site, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "feed.xml").write_bytes(rss(news, [1]))
    assert [item.url for item in load(str(tmp_path / "feed.xml"))[0]] == [f"{news.root}/1"]
