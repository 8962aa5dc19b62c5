"""Comments as pages show them: each with its paragraph as it was read, and where that stands now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from letters import body
from letters.changes import redline
from letters.models import Comment
from letters.pdf import writing
from letters.services import placing

KEPT = 24 * 3600  # seconds


@dataclass(frozen=True)
class Remark:
    """`number` counts paragraphs from 1 and is None where there is none (any more); `quoted` is as it was read.

    `wording` is the proposal as a redline of that. `is_changed` says that the paragraph reads otherwise now.
    """

    comment: Comment
    number: int | None
    quoted: SafeString
    wording: SafeString
    direction: str
    is_changed: bool = False

    @property
    def is_gone(self) -> bool:
        return self.number is None and self.comment.unit is not None


def remarks(comments, text):
    """Those of the comments that are on this text, in the order of its paragraphs, and those on the whole first."""
    ours = [comment for comment in comments if comment.language == text["language"]]
    went = placing.places(ours, text)
    now = [unit.html for unit in placing.paragraphs(text["body"])]
    found = [_remark(comment, went[comment.pk], now) for comment in ours]
    return sorted(found, key=lambda remark: (remark.is_gone, remark.number or 0))


def _remark(comment, place, now):
    read = placing.paragraphs(comment.revision.text_in(comment.language)["body"])
    html = read[comment.unit].html if comment.unit is not None and comment.unit < len(read) else ""
    return Remark(
        comment,
        None if place is None else place + 1,
        shown(html, f"comment-{comment.pk}-"),
        mark_safe(_proposal(html, comment.wording)),  # noqa: S308 - written from a closed set of tags
        writing.of(comment.language).direction,
        place is not None and now[place] != html,
    )


def _proposal(html, wording):
    """A proposed wording as a redline of the paragraph; the same words give the same, and hostile ones take long."""
    if not wording:
        return ""
    named = hashlib.sha256("\n\n".join((html, wording)).encode()).hexdigest()
    return cache.get_or_set(f"wording:{named}", lambda: redline(html, body.from_text(wording)), KEPT)


def shown(html, prefix, first=1):
    """A paragraph with its footnotes below it."""
    page = body.for_page(html, prefix, first)
    return mark_safe(page.text + page.notes)  # noqa: S308 - written anew from a closed schema, see letters.body
