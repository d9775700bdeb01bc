"""The protocol of a provider, its declaration, and the registry."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Protocol

import msgspec

from ...errors import UsageError
from ..parsed import Parsed
from ..records import Declaration

# Order matters: the first whose `fits` says yes reads a file that is given without its source.
NAMES = (
    "kz_bns", "kz_bns_open", "ru_fts_month", "ru_fts_year", "ru_dattsvt", "uz_stat", "kg_nsc", "am_armstat", "baci",
    "comtrade", "imf", "sdmx", "table",
)  # fmt: skip


class Provider(Protocol):
    """What each module of this folder offers. `options` are the source's own, as text (`--set name=value`)."""

    def fits(self, path: Path) -> bool:
        """Whether a file is this source's, told by its name and first lines."""

    def parse(self, paths: Sequence[Path], declaration: Declaration, options: Mapping[str, str]) -> Parsed:
        """Figures of the files. Raises SourceError naming file and place."""

    def list_vintages(self, options: Mapping[str, str]) -> list[tuple[str, dt.date | None]]:
        """What the source offers: a name to fetch and its date of publication. Without a service: nothing."""

    def fetch(self, options: Mapping[str, str], folder: Path) -> list[Path]:
        """Files fetched into `folder`, whole or not at all. Raises TransientError when trying later may help."""


@cache
def load_declaration(name: str) -> Declaration:
    """The declaration of a provider, from the TOML file beside its module."""
    path = resources.files(__package__).joinpath(f"{name.replace('-', '_')}.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Declaration, strict=False)
    except FileNotFoundError:
        raise UsageError(f"no source is called {name}; there are: {', '.join(provider_names())}") from None


def provider_names() -> list[str]:
    """The sources' names as the command line spells them."""
    return [name.replace("_", "-") for name in NAMES]


def find_provider(name: str | None, paths: Sequence[Path]) -> tuple[str, Provider]:
    """The provider called `name`, or the one whose files these are."""
    if name:
        if name not in provider_names():
            raise UsageError(f"no source is called {name}; there are: {', '.join(provider_names())}")
        return name, _load(name)
    for known in provider_names():
        provider = _load(known)
        if all(provider.fits(path) for path in paths):
            return known, provider
    raise UsageError(
        f"{paths[0].name} is no file of a known source: name it with --source, or describe it with --mapping"
    )


def _load(name: str) -> Provider:
    provider: Provider = import_module(f"{__package__}.{name.replace('-', '_')}").provider
    return provider
