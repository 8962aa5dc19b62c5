"""The letter's PDF as it would be now, kept for a while: it takes long to set, and is looked at page by page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from letters.document import Look
from letters.models import Letter
from letters.services import editions, working

KEPT = 300  # seconds; the roll may have grown since, and the PDF says of when it is


def mark_of(letter: Letter) -> str:
    """Names what a preview shows: another one when the words, or what stands around them, have changed."""
    shown = [working.read(letter).fingerprint(), letter.campaign.name, letter.slug, letter.status, letter.look]
    shown.append(asdict(letter.arrangement))
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def preview_kept(letter: Letter, language: str) -> bytes:
    """As editions.preview, set only if what it shows has changed. One PDF is kept for each letter and language."""
    return _kept(
        f"preview:{letter.pk}:{language}", mark_of(letter), lambda now: editions.preview(letter, now, language)
    )


def look_kept(letter: Letter, look: Look) -> bytes:
    """The letter's PDF in a look that is being tried, with the first names only. The one tried last is kept."""
    mark = f"{mark_of(letter)}:{look}"
    return _kept(
        f"look:{letter.pk}",
        mark,
        lambda now: editions.set_soon(editions.previewed_in(letter, now, look)),
    )


def _kept(key: str, mark: str, setting: Callable[[datetime], bytes]) -> bytes:
    kept = cache.get(key)
    if kept and kept[0] == mark:
        return bytes(kept[1])
    pdf = setting(timezone.now())
    cache.set(key, (mark, pdf), KEPT)
    return pdf
