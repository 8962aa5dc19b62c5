"""How the static copies stand: for the page of the desk that publishes, and for whoever runs the site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from campaigns.health import Finding
from letters.models import Letter, Publication, StaticCopy
from letters.services.static_copies import folder, keeping

LATE = timedelta(minutes=5)


def context(letter: Letter) -> dict[str, Any]:
    """For templates/letters/static_copy.html."""
    copy = StaticCopy.objects.filter(letter=letter).first()
    return {
        "static_copy": copy,
        "has_static_copy": bool(copy and copy.digest),
        "wants_static_copy": keeping.published().filter(pk=letter.pk).exists(),
        "static_copy_place": f"letters/{letter.slug}/",
        "static_copy_sums": folder.SUMS,
    }


def folder_found(now: datetime) -> Finding:
    """Whether copies can be written."""
    if folder.is_writable():
        return Finding("folder of static copies", True, "can be written")
    return Finding("folder of static copies", False, f"cannot be written: {folder.root()} (PUBLISHED_DIR)")


def copies_found(now: datetime) -> Finding:
    """How many are not as they should be."""
    failing = StaticCopy.objects.filter(failures__gt=0)
    late = StaticCopy.objects.filter(failures=0, look_after__lt=now - LATE)
    unwritten = Publication.objects.public().filter(came_at__lt=now - LATE, letter__static_copy__isnull=True)
    behind = failing.count() + late.count() + unwritten.count()
    if not behind:
        return Finding("static copies", True, f"{StaticCopy.objects.count()}, none behind")
    words = f"{behind} behind"
    if error := failing.order_by("-failures").values_list("error", flat=True).first():
        words += f"; {error}"
    return Finding("static copies", False, words)
