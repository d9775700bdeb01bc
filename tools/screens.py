"""The sorts of pages of the portal, and pictures of them: `python tools/screens.py docs/screens`."""

from __future__ import annotations

import re
import sys
import tempfile
import urllib.request
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
from tools import portal

LANGS = ("kk", "kk-latn", "ru", "en")
# Name to address within a language; a pattern in brackets is taken from the first link that fits on the page before it.
PUBLIC = {
    "home": "/",
    "partners": "/partners/",
    "dossier": "[/partners/KZ/UZ/]",
    "explorer": "/explorer/",
    "targets": "/targets/",
    "reports": "/reports/",
    "report": "[/reports/[0-9a-f]{32}/]",
    "claim": "[/claims/[0-9]+/]",
    "check": "/check/",
    "quality": "/quality/",
    "data": "/data/",
    "sign-in": "/account/login/",
    "findings": "/findings/",
    "written": "/uzbekistan/",
    "news": "/news/",
    "search": "/search/?q=%D1%81%D0%B0%D1%83%D0%B4%D0%B0",
}
# For those who are signed in, as analysts or administrators.
SIGNED_IN = {
    "review": "/review/",
    "changes": "/changes/",
    "account": "/account/",
    "tokens": "/account/tokens/",
    "second factors": "/account/2fa/",
}
PICTURED = ("home", "partners", "dossier", "explorer", "targets", "report", "check")
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}


def find_addresses(address: str) -> dict[tuple[str, str], str]:
    """The address of each page in each language, those of single reports and claims found by following links."""
    found: dict[tuple[str, str], str] = {}
    for lang in LANGS:
        last = ""
        for name, path in PUBLIC.items():
            if path.startswith("["):
                link = re.search(f'href="(/{lang}{path[1:-1]})"', last)
                if link is None:
                    raise LookupError(f"no link to {name} ({path}) on the page before it, in {lang}")
                found[name, lang] = link[1]
            else:
                found[name, lang] = f"/{lang}{path}"
            with urllib.request.urlopen(address + found[name, lang], timeout=30) as answer:  # noqa: S310 - our own
                last = answer.read().decode()
    return found


def take(folder: Path) -> None:
    """Pictures of the main pages in Kazakh and Russian, as a desktop and a phone show them."""
    from playwright.sync_api import sync_playwright

    browser_path = portal.find_browser()
    if browser_path is None:
        raise SystemExit("no Chromium on this machine: install one, or name it in AINALYM_CHROMIUM")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        environment = portal.make_environment(Path(data))
        portal.run(environment, "add", "samples")
        with portal.serve(environment) as address, sync_playwright() as playwright:
            addresses = find_addresses(address)
            browser = playwright.chromium.launch(executable_path=browser_path, args=list(portal.BROWSER_OPTIONS))
            for size, (width, height) in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height})
                page = context.new_page()
                for name in PICTURED:
                    for lang in ("kk", "ru"):
                        page.goto(address + addresses[name, lang])
                        page.screenshot(path=folder / f"{name}-{lang}-{size}.png")
                context.close()
            browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens"))
