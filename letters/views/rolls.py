"""Who has signed, to be searched and grouped without script. Not held like the other pages: what is asked decides."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from letters import anybody, finding
from letters.document import Roll
from letters.hot_pages import Slot
from letters.models import Letter
from letters.pdf import writing
from letters.pdf.typesetting import FEW, count_line, withheld_line

KEPT = 2.0  # seconds: the roll is read once, however many search it
MOST_KEPT = 20  # rolls
MOST_SHOWN = 1000  # lines
BY = {
    "country": _("Country"),
    "region": _("Region of the world"),
    "kind": _("Organizations and individuals"),
    "name": _("Name alone"),
}


@dataclass(frozen=True)
class Kept:
    """`read_at`: time.monotonic() before it was read."""

    read_at: float
    text: dict
    roll: Roll
    signed: tuple[finding.Signed, ...]


_slots: OrderedDict[tuple[int, str], Slot[Kept]] = OrderedDict()  # the one asked for longest ago comes first
_changing = threading.Lock()


@gzip_page  # all of it is public, so its length betrays nothing
@login_not_required
@require_safe
def roll(request, slug):
    """The public roll in the language of this page, or those of it that hold what is looked for."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    wants_now = isinstance(request, anybody.Request)
    kept = (_read if wants_now else _roll)(letter, translation.get_language())
    words = " ".join(request.GET.get("q", "").replace("\0", "")[: finding.LONGEST].split())
    choices, own = _choices(kept.roll), kept.roll.arrangement.group_by
    by = request.GET.get("by", "")
    by = by if by in choices else own
    found = finding.matching(kept.signed, words)
    grouped = finding.grouped(found, by, translation.get_language(), kept.roll.arrangement)
    sections = finding.beginning(grouped, MOST_SHOWN)
    context = {
        "letter": letter,
        "text": kept.text,
        "direction": writing.of(kept.text["language"]).direction,
        "letter_url": letter.url_in(kept.text["language"], is_authentic=kept.text["is_authentic"]),
        "roll": kept.roll,
        "count": count_line(kept.roll),
        "withheld": withheld_line(kept.roll),
        "words": words,
        "is_filtered": finding.says_something(words),
        "by": by,
        "own": own,
        "choices": choices.items(),
        "sections": sections,
        "found": len(found),
        "shown": min(len(found), MOST_SHOWN),
        "is_long": len(found) > FEW,
        "identifies": any(one.line.affiliation for section in sections for one in section.signed),
    }
    return render(request, "letters/roll.html", context)


def _choices(roll):
    """By what the lines can be grouped; how the letter itself has them stands first."""
    offered = {value: label for value, label in BY.items() if value != "kind" or roll.persons}
    own = roll.arrangement.group_by
    return {own: BY.get(own, _("As in the letter")), **offered}


def _roll(letter, language):
    """Read at most once in two seconds and process; who wants the same one waits for the one that reads."""
    if not settings.HOT_PAGES:
        return _read(letter, language)
    key = (letter.pk, language)
    with _changing:
        slot = _slots.setdefault(key, Slot())
        _slots.move_to_end(key)
        while len(_slots) > MOST_KEPT:
            _slots.popitem(last=False)
    with slot.lock:
        if slot.copy is None or time.monotonic() - slot.copy.read_at > KEPT:
            slot.copy = _read(letter, language)
        return slot.copy


def _read(letter, language):
    read_at = time.monotonic()
    revision = letter.revisions.defer("canonical", "recipients").latest("number")
    whole = letter.roll(language, timezone.now())
    return Kept(read_at, revision.text_for(language), whole, finding.signed(whole))
