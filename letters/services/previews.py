"""The letter's PDF as it would be now, kept for a while: it takes long to set, and is looked at page by page."""

from __future__ import annotations

import hashlib
import json

from django.core.cache import cache
from django.utils import timezone

from letters.models import Letter
from letters.services import editions, working

KEPT = 300  # seconds; the roll may have grown since, and the PDF says of when it is


def mark_of(letter: Letter) -> str:
    """Names what a preview shows: another one when the words, or what stands around them, have changed."""
    shown = [working.read(letter).fingerprint(), letter.campaign.name, letter.slug, letter.status]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def preview_kept(letter: Letter, language: str) -> bytes:
    """As editions.preview, set only if what it shows has changed. One PDF is kept for each letter and language."""
    key, mark = f"preview:{letter.pk}:{language}", mark_of(letter)
    kept = cache.get(key)
    if kept and kept[0] == mark:
        return bytes(kept[1])
    pdf = editions.preview(letter, timezone.now(), language)
    cache.set(key, (mark, pdf), KEPT)
    return pdf
