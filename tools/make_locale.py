#!/usr/bin/env python3
"""Compile the portal's Kazakh texts for Django, and write the same out in Latin letters.

    make_locale.py              write the compiled files
    make_locale.py --measure    what share of each library's texts there is in Kazakh, from it and with ours

Reads django.po and djangojs.po in src/ainalym/portal/locale/kk/LC_MESSAGES; writes the .mo beside each, and those of
kk_Latn with all of Django's own Kazakh texts too: for Django knows no Kazakh in Latin letters. A test says when the
files have aged.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ainalym.language.orthography import write

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "ainalym" / "portal" / "locale"
# Wagtail's scripts have texts of their own.
DOMAINS = ("django", "djangojs")
# Whose texts people of the portal see.
LIBRARIES = (
    "django/conf", "django/contrib/auth", "django/contrib/contenttypes", "django/contrib/sessions", "allauth",
    "wagtail", "wagtail/admin", "wagtail/contrib/simple_translation", "wagtail/contrib/typed_table_block",
    "wagtail/documents", "wagtail/images", "wagtail/locales", "wagtail/sites", "wagtail/users", "taggit",
)  # fmt: skip
_PACKAGES = Path(django.__file__).parent.parent
# Places for values, marks of HTML and characters of HTML stay as they are.
_KEPT = re.compile(r"(%\(\w+\)[#0-9.]*[a-z]|%[sdr%]|\{[^}]*\}|<[^>]*>|&\w+;)")


def find_own(domain: str = "django") -> Path:
    """What is written by hand."""
    return _place(LOCALE, "kk", domain, ".po")


def make_files() -> dict[Path, bytes]:
    """The compiled files by path."""
    files = {}
    for domain in DOMAINS:
        own = _load(find_own(domain))
        whole = Catalog(locale="kk")
        for catalog in (*(_load(_place(_find(name), "kk", domain, ".po")) for name in LIBRARIES), own):
            for message in catalog:
                if message.id and _is_whole(message.string) and not message.fuzzy:
                    whole.delete(message.id, message.context)
                    whole.add(message.id, _to_latin(message.string), context=message.context)
        files[_place(LOCALE, "kk", domain, ".mo")] = _compile(own)
        files[_place(LOCALE, "kk_Latn", domain, ".mo")] = _compile(whole)
    return files


def measure() -> Iterator[tuple[str, str, int, int, int]]:
    """Library, domain, its texts, how many it has in Kazakh, and how many there are with ours."""
    for name in LIBRARIES:
        for domain in DOMAINS:
            texts = _list_ids(_place(_find(name), "en", domain, ".po"), whole=False)
            if texts:
                held = _list_ids(_place(_find(name), "kk", domain, ".po")) & texts
                yield name, domain, len(texts), len(held), len(held | (_list_ids(find_own(domain)) & texts))


def _list_ids(path: Path, *, whole: bool = True) -> set[tuple[str | None, str]]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in _load(path)
        if message.id and (not whole or _is_whole(message.string))
    }


def _find(library: str) -> Path:
    return _PACKAGES.joinpath(*library.split("/"), "locale")


def _place(folder: Path, lang: str, domain: str, ending: str) -> Path:
    return folder / lang / "LC_MESSAGES" / f"{domain}{ending}"


def _load(path: Path) -> Catalog:
    if not path.is_file():
        return Catalog(locale="kk")
    with path.open("rb") as lines:
        return read_po(lines, locale="kk")


def _is_whole(text: str | tuple[str, ...]) -> bool:
    return bool(text) and (isinstance(text, str) or all(text))


def _to_latin(text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if not isinstance(text, str):
        return tuple(str(_to_latin(form)) for form in text)
    return "".join(part if _KEPT.fullmatch(part) else write(part, "Latn-2021") for part in _KEPT.split(text))


def _compile(catalog: Catalog) -> bytes:
    # The same texts give the same file on any day.
    catalog.creation_date = catalog.revision_date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    if sys.argv[1:] == ["--measure"]:
        for name, domain, texts, held, ours in measure():
            print(f"{name:36} {domain:9} {texts:5} texts, {held / texts:4.0%} in Kazakh, {ours / texts:4.0%} with ours")
        return
    for path, content in make_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(path.relative_to(ROOT), len(content), "bytes")


if __name__ == "__main__":
    main()
