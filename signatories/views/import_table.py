"""A page of a list's rows, as templates/signatories/imported.html shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signatories import countries, matching, reading
from signatories.forms import RowForm
from signatories.forms.importing import OTHER, PARTS
from signatories.models import ImportRow, Signatory
from signatories.services import importing, registering
from signatories.services.importing import Entry

PAGE = 50
Decision = ImportRow.Decision
FILTERS: dict[str, dict[str, str]] = {  # by the value of ?show=
    "all": {},
    "ask": {"decision": "ask", "outcome": ""},
    "add": {"decision": "add", "outcome": ""},
    "lacking": {"decision": "ask", "outcome": "", "lacks__gt": ""},
    "merge": {"decision": "merge", "outcome": ""},
    "skip": {"decision": "skip", "outcome": ""},
    "stuck": {"decision": "add", "outcome": "", "contact_hash": ""},
    "refused": {"outcome": "refused"},
    "merged": {"outcome": "merged"},
}

CANNOT_BE_USED = {
    "name": gettext_lazy("The name cannot be used as it stands: mend it."),
    "acronym": gettext_lazy("The acronym cannot be used as it stands: mend it."),
    "second_name": gettext_lazy("The second name cannot be used as it stands: mend it."),
    "country": gettext_lazy("The country cannot be used as it stands: choose one."),
    "email": gettext_lazy("The e-mail address cannot be used as it stands: mend it."),
    "website": gettext_lazy("The web address cannot be used: choose “Add”, and it is left out."),
    "contact": gettext_lazy("The contact’s name cannot be used: choose “Add”, and it is left out."),
    "contact_role": gettext_lazy("The contact’s role cannot be used: choose “Add”, and it is left out."),
    "affiliation": gettext_lazy("The affiliation cannot be used: choose “Add”, and it is left out."),
}


@dataclass
class Shown:
    """A row with the guess and the suspicions in words. `form` is None once it came to something."""

    row: ImportRow
    entry: Entry
    certainty: str
    why: str
    near: list[tuple[str, str]]  # key, and what it is and why
    known: str = ""  # what the register has of it, from other letters
    form: Any = None

    @property
    def lines(self) -> str:
        numbers = ", ".join(map(str, self.entry.lines))
        return f"{self.entry.sheet} {numbers}" if self.entry.sheet else numbers

    @property
    def needs_a_look(self) -> bool:
        return not self.row.outcome and self.row.decision == Decision.ASK

    @property
    def lacking(self) -> str:
        """Why it cannot be added as it stands, and what to do, in words; "" where it can."""
        if self.row.outcome or not self.row.lacks or self.row.decision not in (Decision.ASK, Decision.ADD):
            return ""
        if self.row.lacks in ("name", "country") and not getattr(self.entry, self.row.lacks):
            return _("No name: enter one.") if self.row.lacks == "name" else _("No country: choose one.")
        return str(CANNOT_BE_USED[self.row.lacks])

    @property
    def is_folded(self) -> bool:
        """Whether what was made of the line is enough to see: nothing is asked, nothing has to be mended."""
        return not (self.needs_a_look or self.form.errors)

    @property
    def made(self) -> str:
        """What was made of the line, in one."""
        if not self.entry.name:
            return ""
        return " · ".join(filter(None, (_name(self.entry.line), self.entry.email)))

    @property
    def will(self) -> str:
        """What is to become of it, as the choice has it."""
        choices = dict(self.form.fields["decision"].choices)
        return choices.get(_chosen(self.row)) or choices[OTHER]

    @property
    def same(self) -> str:
        """What it is the same as, as was decided."""
        chosen = _chosen(self.row)
        return dict(self.near).get(chosen) or _("row %(number)s") % {"number": self.row.same_as_row or "?"}


def page(of, show, after):
    """The rows, and after which the next page begins (None: this is the last)."""
    rows = list(of.rows.filter(number__gt=after, **FILTERS[show])[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None


def shown(of, rows, sent=None):
    """The rows ready to be shown, with what was sent for them."""
    entries = {row.number: Entry.of(row) for row in rows}
    names = _names(of, entries.values(), rows)
    known = _known(of, [row for row in rows if not row.outcome and row.kind == "organization"], entries)
    table = [_shown(row, entries[row.number], names, sent) for row in rows]
    for one in table:
        one.known = known.get(one.row.number, "")
    return table


def _known(of, rows, entries):
    """What other letters call the organizations, by the numbers of their rows, in two queries."""
    lines = [entries[row.number].line for row in rows]
    found = registering.known(lines, 1, outside=[of.letter_id] * len(lines))
    return {row.number: _name(hits[0].line) for row, hits in zip(rows, found, strict=True) if hits}


def changes(table):
    """What was sent that is valid, by the numbers of the rows."""
    return {one.row.number: _change(one) for one in table if one.form and one.form.is_bound and one.form.is_valid()}


def _change(one):
    said = one.form.cleaned_data
    edited = {part: said[part] for part in PARTS if part in one.form.changed_data}
    return importing.Change(said["decision"], said["visibility"], edited)


def _shown(row, entry, names, sent):
    reasons = [reading.Reason(reading.Code(code), piece) for code, piece in entry.why]
    certainty = "" if row.kind == "skipped" else reading.certainty_in_words(reading.Certainty(row.certainty))
    near = [(one.key, _because(names[one.key], one.why)) for one in entry.near if one.key in names]
    if (chosen := _chosen(row)) in names and chosen not in dict(near):
        near.append((chosen, names[chosen]))
    found = Shown(row, entry, certainty, reading.in_words(reasons), near)
    if not row.outcome and row.sealed:
        found.form = _form(found, sent)
    return found


def _form(one, sent):
    row, entry = one.row, one.entry
    prefix = f"r{row.number}"
    initial = {part: getattr(entry, part) for part in PARTS}
    initial |= {"country": countries.name(entry.country) if entry.country else entry.place}
    initial |= {"visibility": row.visibility, "decision": _chosen(row), "other": row.same_as_row}
    data = sent if sent and f"{prefix}-decision" in sent else None
    return RowForm(data, prefix=prefix, initial=initial, near=one.near, number=row.number, asks=one.needs_a_look)


def _chosen(row):
    """The row's decision as the form has it."""
    if row.decision != Decision.MERGE:
        return str(row.decision)
    return f"s:{row.same_as_id}" if row.same_as_id else f"r:{row.same_as_row}"


def _because(name, why):
    reasons = matching.in_words(matching.Reason(matching.Kind(kind), piece) for kind, piece in why)
    return _("%(name)s: %(why)s") % {"name": name, "why": reasons}


def _names(of, entries, rows):
    """What the suspects are called, by their keys, in two queries."""
    keys = {one.key for entry in entries for one in entry.near} | {_chosen(row) for row in rows}
    on_letter = Signatory.objects.filter(letter=of.letter_id, pk__in=[key[2:] for key in keys if key[:2] == "s:"])
    found = {f"s:{one.pk}": _on_letter(one) for one in on_letter}
    numbers = [int(key[2:]) for key in keys if key[:2] == "r:"]
    for row in of.rows.filter(number__in=numbers):
        found[f"r:{row.number}"] = _("row %(number)s, %(name)s") % {"number": row.number, "name": _name(Entry.of(row))}
    return found


def _on_letter(one):
    if one.status in (Signatory.Status.CONFIRMED, Signatory.Status.LISTED):
        return _("%(name)s, on the letter") % {"name": _name(one.line)}
    return _("%(name)s, on the letter: %(status)s") % {"name": _name(one.line), "status": one.get_status_display()}


def _name(line):
    name = f"{line.name} ({line.acronym})" if line.acronym else line.name
    return f"{name}, {countries.name(line.country)}" if line.country else name
