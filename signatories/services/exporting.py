"""The sign-ons of a letter as a file for its team."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories import countries, sheets
from signatories.models import Signatory
from signatories.models.lines import LINE
from signatories.models.vocabulary import Reason

FORMATS: dict[str, Callable[[Iterable[sheets.Row]], Iterator[bytes]]] = {
    "xlsx": sheets.to_xlsx,
    "ods": sheets.to_ods,
    "csv": sheets.to_csv,
}
AT_ONCE = 1000  # rows read from the database
FACTS = ("kind", "status", "visibility", "scope", "is_initiator", "language", "sealed", "erased_at")
TIMES = ("signed_at", "confirmed_at", "decided_at")
STATE = ("held_because", "released_at", "reviewing_since", "decided_by_id", "agreed_revision__substance")
CONTACT = ("contact_name", "contact_role", "contact_email")


def export(
    letter: Letter, form: str, *, by: User, withheld: bool = False, contacts: bool = False, reason: str = ""
) -> Iterator[bytes]:
    """Journal it, and return the file in `form`, one of FORMATS, to be read once: it is made while it is sent.

    `withheld`: with the names that are withheld; `contacts`: with the contact data. Raises ValueError if either is
    asked for without a reason.
    """
    if (withheld or contacts) and reason not in Reason.values:
        raise ValueError("no reason")
    everyone = letter.signatories.real()
    facts = {"form": form, "withheld": withheld, "contacts": contacts, "reason": reason, "rows": everyone.count()}
    JournalEntry.objects.record("exported", letter, by=by, **facts)
    read = ("letter_id", *LINE, *FACTS, *TIMES, *STATE, *(CONTACT if contacts else ()))
    some = everyone.select_related("agreed_revision").only(*read).order_by("signed_at", "pk")
    return FORMATS[form](_rows(some.iterator(chunk_size=AT_ONCE), withheld=withheld, contacts=contacts))


def _rows(signatories: Iterable[Signatory], *, withheld: bool, contacts: bool) -> Iterator[sheets.Row]:
    yield sheets.Row(_heading(contacts))
    for one in signatories:
        cells = [*_standing(one), *_line(one, withheld), *_times(one)]
        person = [getattr(one, part) for part in CONTACT] if contacts else []
        yield sheets.Row((*cells, *person), marked=one.is_withheld)


def _heading(contacts: bool) -> tuple[str, ...]:
    standing = (_("Reference"), _("Name may be published"), _("State"), _("Kind"), _("Initiator"))
    line = (
        _("Name"),
        _("Acronym"),
        _("Second name"),
        _("Sorted by"),
        _("Affiliation"),
        _("Country"),
        _("Country name"),
    )
    times = (_("Signed (UTC)"), _("Confirmed (UTC)"), _("Decided (UTC)"))
    person = (_("Contact’s name"), _("Contact’s role"), _("Contact’s e-mail")) if contacts else ()
    return (*standing, *line, _("Website"), _("Works"), _("Language"), *times, *person)


def _standing(one: Signatory) -> tuple[str, ...]:
    published = _("NO – NAME WITHHELD, never publish or pass on") if one.is_withheld else _("yes")
    return one.reference, published, one.state_in_words, one.get_kind_display(), _("yes") if one.is_initiator else ""


def _line(one: Signatory, withheld: bool) -> tuple[str, ...]:
    if one.erased_at:
        return (_("deleted"), *[""] * 9)
    if one.is_withheld and not withheld:
        return (_("Name withheld"), *[""] * 9)
    line = one.line
    country = (line.country, countries.name(line.country) if line.country else "")
    named = (line.name, line.acronym, line.second_name, line.reading, line.affiliation, *country, line.website)
    return *named, one.get_scope_display(), one.language


def _times(one: Signatory) -> tuple[str, ...]:
    return tuple(_instant(getattr(one, name)) for name in TIMES)


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else ""
