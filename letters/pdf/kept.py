"""Pieces of long letters that were set lately: after one more name, all but its own need not be set again."""

from __future__ import annotations

import hashlib
from functools import cache as once
from importlib import metadata
from pathlib import Path

from django.core.cache import cache

FOR = 24 * 3600  # seconds; by then an upgrade of fonts has reached every piece


class Kept:
    """In the site's cache, by everything that decides what a piece looks like."""

    def fetch(self, html: str, path: Path) -> None:
        """Put the piece there, if it is kept: its PDF and the report on it."""
        if found := cache.get(_key(html)):
            path.with_suffix(".pdf").write_bytes(found[0])
            path.with_suffix(".json").write_bytes(found[1])

    def keep(self, html: str, path: Path) -> None:
        cache.set(_key(html), tuple(path.with_suffix(end).read_bytes() for end in (".pdf", ".json")), FOR)


def _key(html: str) -> str:
    return f"piece:{hashlib.sha256(f'{_versions()}{html}'.encode()).hexdigest()}"


@once
def _versions() -> str:
    return " ".join(metadata.version(package) for package in ("weasyprint", "pydyf", "pikepdf"))
