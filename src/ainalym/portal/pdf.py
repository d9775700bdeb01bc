"""A page as PDF. Nothing is fetched: style sheets and fonts come from the files that ship with us."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from ..errors import AinalymError


class NoPdfError(AinalymError):
    """WeasyPrint, or the libraries of Pango that it stands on, are not there."""


def make_pdf(page: str, address: str) -> bytes:
    """The PDF of a page that stands at this address. Raises NoPdfError."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise NoPdfError(str(error)) from error

    class OwnFiles(URLFetcher):
        """Answers for static files alone."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            path = find_static(url)
            if path is None:
                raise ValueError(f"not one of our files: {url}")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    content: bytes = HTML(string=page, base_url=address, url_fetcher=OwnFiles()).write_pdf()
    return content


def find_static(url: str) -> Path | None:
    """The file behind an address below /static/; None for any other address and for paths that leave the folder."""
    path = unquote(urlsplit(url).path)
    if not path.startswith(settings.STATIC_URL):
        return None
    name = path.removeprefix(settings.STATIC_URL)
    try:
        found = Path(settings.STATIC_ROOT, name) if settings.STATIC_ROOT else finders.find(name)
    except SuspiciousFileOperation:
        return None
    if not found or ".." in Path(name).parts or not Path(found).is_file():
        return None
    return Path(found)
