"""Two versions of a body as one document: which paragraph stands where, and what is said about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from letters.body.model import escape
from letters.changes.alignment import Pair, Unit, align, assembled, moved, units
from letters.changes.marking import Marked, marked, plain


def marked_body(old_body: str, new_body: str, *, exact: bool = False) -> Marked:
    """Two clean bodies as one. What only moved counts neither as inserted nor as deleted."""
    old, new = units(old_body), units(new_body)
    pieces, parts = [], []
    for row in _rows(old, new, align([unit.text for unit in old], [unit.text for unit in new])):
        part = _paragraph(row, exact)
        parts.append(part)
        pieces.append((*_place(row), f"<{row.shown.tag}>{part.html}</{row.shown.tag}>"))
    return Marked(
        assembled(pieces),
        sum(part.inserted for part in parts),
        sum(part.deleted for part in parts),
        any(part.is_changed for part in parts),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One paragraph of a redline: `old` alone is removed (or, if it `is_moved`, goes elsewhere), `new` alone inserted.

    `is_next` says that the row before holds the paragraphs that stood before it in both versions.
    """

    old: Unit | None
    new: Unit | None
    is_moved: bool = False
    is_next: bool = False

    @property
    def shown(self) -> Unit:
        unit = self.new or self.old
        assert unit is not None  # noqa: S101 - for mypy
        return unit


def _rows(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> Iterator[_Row]:
    """The pairs in order, and where a paragraph moved from."""
    movers = moved(pairs)
    away = sorted(here for here, there in pairs if here is not None and there in movers)
    last: Pair = (-1, -1)
    for here, there in pairs:
        is_moved = there in movers
        while away and here is not None and not is_moved and away[0] < here:
            yield _Row(old[away.pop(0)], None, is_moved=True)
        before = None if here is None else old[here]
        after = None if there is None else new[there]
        is_next = here is not None and there is not None and last == (here - 1, there - 1)
        yield _Row(before, after, is_moved, is_next)
        last = (here, there)
    for here in away:
        yield _Row(old[here], None, is_moved=True)


def _place(row: _Row) -> tuple[tuple[str, ...], int]:
    """Where the paragraph stands, and how much of that begins there: what held it in either version goes on."""
    unit = row.shown
    if not (row.old and row.new) or row.is_next:
        return unit.place, unit.opens
    shared = 0
    while shared < min(len(unit.place), len(row.old.place)) and unit.place[shared] == row.old.place[shared]:
        shared += 1
    going_on = max(len(unit.place) - unit.opens, min(len(row.old.place) - row.old.opens, shared))
    return unit.place, len(unit.place) - going_on


def _paragraph(row: _Row, exact: bool) -> Marked:
    old, new = row.old, row.new
    if old is None or new is None:
        label = _label(_("moved from here")) if row.is_moved else ""
        whole = marked(old.inlines if old else (), new.inlines if new else (), exact=exact)
        words = (0, 0) if row.is_moved else (whole.inserted, whole.deleted)
        return Marked(label + whole.html, *words, is_changed=True)
    labels = [_label(_("moved here"))] if row.is_moved else []
    if form := _reshaped(old, new, row.is_next):
        labels.append(_label(form))
    same = old.inlines == new.inlines
    part = Marked(plain(new.inlines)) if same else marked(old.inlines, new.inlines, exact=exact)
    return Marked("".join(labels) + part.html, part.inserted, part.deleted, part.is_changed or bool(labels))


def _label(words: str) -> str:
    return f'<span class="redline-label">[{escape(words)}]</span> '


def _reshaped(old: Unit, new: Unit, is_next: bool) -> str:
    """What the paragraph has become, if it is another kind of paragraph now."""
    before, after = _form(old), _form(new)
    if before != after:
        return _("before: %(before)s; now: %(after)s") % {"before": before, "after": after}
    if (old.tag, old.place) != (new.tag, new.place) or (is_next and old.opens != new.opens):
        return _("the list is set out otherwise")
    return ""


def _form(unit: Unit) -> str:
    if unit.kind == "li":
        return _("point of a list") if unit.place[-2] == "ul" else _("point of a numbered list")
    names = {"h2": _("heading"), "h3": _("subheading"), "blockquote": _("quotation")}
    return names.get(unit.kind, _("paragraph"))
