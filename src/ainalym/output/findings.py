"""Findings written out: text for people, JSON for programs, a page for both, ClaimReview for search engines."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TextIO

import msgspec

from ainalym.model import Finding, Reading

FINDING_FORMATS = ("text", "json", "html", "claimreview")


class FindingStyle(msgspec.Struct, frozen=True):
    """The language of the program's words, and the address of the page that publishes the reviews, if there is one."""

    ui_lang: str = "en"
    url: str | None = None


def write_findings(
    findings: Sequence[Finding],
    readings: Sequence[Reading],
    out: TextIO,
    *,
    form: str,
    style: FindingStyle | None = None,
) -> None:
    """Write what was found in the readings in a format."""
    module = importlib.import_module(f"ainalym.output.findings_{form}")
    module.write(findings, readings, out, style or FindingStyle())
