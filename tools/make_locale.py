#!/usr/bin/env python3
"""Compile the portal's Kazakh texts for Django, and write the same out in Latin letters.

    make_locale.py

Reads src/ainalym/portal/locale/kk/LC_MESSAGES/django.po; writes the .mo beside it, and that of kk_Latn with all of
Django's own Kazakh texts too: for Django knows no Kazakh in Latin letters. A test says when the files have aged.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ainalym.language.orthography import write

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "ainalym" / "portal" / "locale"
PLACE = Path("LC_MESSAGES") / "django"
OWN = LOCALE / "kk" / PLACE.with_suffix(".po")
_CONTRIB = Path(django.__file__).parent
THEIRS = [_CONTRIB / "conf" / "locale" / "kk", _CONTRIB / "contrib" / "auth" / "locale" / "kk"]
# Places for values, marks of HTML and characters of HTML stay as they are.
_KEPT = re.compile(r"(%\(\w+\)[#0-9.]*[a-z]|%[sdr%]|\{[^}]*\}|<[^>]*>|&\w+;)")


def make_files() -> dict[Path, bytes]:
    """The compiled files by path."""
    own = _load(OWN)
    whole = Catalog(locale="kk")
    for path in (*THEIRS, None):
        for message in own if path is None else _load(path / PLACE.with_suffix(".po")):
            if message.id and _is_whole(message.string) and not message.fuzzy:
                whole.delete(message.id, message.context)
                whole.add(message.id, _to_latin(message.string), context=message.context)
    return {
        LOCALE / "kk" / PLACE.with_suffix(".mo"): _compile(own),
        LOCALE / "kk_Latn" / PLACE.with_suffix(".mo"): _compile(whole),
    }


def _load(path: Path) -> Catalog:
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
    for path, content in make_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(path.relative_to(ROOT), len(content), "bytes")


if __name__ == "__main__":
    main()
