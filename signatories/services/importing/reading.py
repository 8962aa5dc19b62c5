"""Reading a list that was taken in, and comparing each row with who is on the letter and with the rows above it.

Reading takes seconds and holds no lock: the list is claimed with a lease, and its rows are written in one transaction
at the end. A worker killed meanwhile has written nothing, and the next begins anew.
"""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import insertion
from signatories import reading
from signatories.matching import Index, Known, Match, Verdict
from signatories.models import Import, ImportRow, Signatory
from signatories.services.importing.entries import Entry, Near

LEASE = timedelta(minutes=2)
RENEWED_AFTER = 500  # rows
TRIES = 3
NEAREST = 3

Decision = ImportRow.Decision
Status = Signatory.Status
STANDING = (Status.CONFIRMED, Status.LISTED)
LEFT = (Status.WITHDRAWN, Status.LAPSED, Status.INVALID)  # the organization, or a person, has said what is to be known
COMPARED = [Status.PENDING, *STANDING, Status.DECLINED, *LEFT]

logger = logging.getLogger(__name__)


def read_due() -> int:
    """Read every list that waits; how many. One failure does not hold up the next."""
    waiting = Import.objects.to_read(timezone.now()).order_by("pk").values_list("pk", flat=True)
    return sum(read(pk) for pk in list(waiting))


def read(pk: int) -> bool:
    """Read one list, unless somebody else is at it; whether this was done, be it in vain."""
    now = timezone.now()
    claimed = Import.objects.to_read(now).filter(pk=pk)
    if not claimed.update(leased_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    of = Import.objects.select_related("letter").get(pk=pk)
    if of.attempts > TRIES:
        _give_up(of, _("Reading it has failed several times. Try it in smaller pieces, or as a .csv file."))
        return True
    try:
        found = _read(of)
        _write(of, found, list(_rows(of, found)))
    except reading.Unreadable as refusal:
        _give_up(of, refusal.text)
    except DatabaseError:  # it may be there again when the lease is over
        logger.error("list %s cannot be read now", of.pk)
    except Exception:  # a fault of ours must not hold up other lists; the words of the list stay out of the log
        logger.error("list %s cannot be read", of.pk)
        _give_up(of, _("Something went wrong on our side. Nothing is lost: paste the list as text, or ask for help."))
    return True


def _read(of: Import) -> reading.Reading:
    if of.file_name:
        return reading.read_file(of.file_name, io.BytesIO(base64.b64decode(of.content)))
    return reading.read_text(of.content)


def _give_up(of: Import, problem: str) -> None:
    with transaction.atomic():
        if ours := _still_ours(of):
            ours.move_to(Import.Status.UNREADABLE, problem=problem, content="", leased_until=None)


def _write(of: Import, found: reading.Reading, rows: list[ImportRow]) -> None:
    notices = [[one.code.value, one.piece] for one in found.notices]
    with transaction.atomic():
        if ours := _still_ours(of):
            with insertion.together():
                for row in rows:
                    insertion.insert(row)
            facts = {"lines": found.lines_in, "notices": notices, "content": "", "leased_until": None}
            ours.move_to(Import.Status.READY, **facts)


def _still_ours(of: Import) -> Import | None:
    """Unless the lease ran out and another worker has taken it since, or it was thrown away."""
    mine = Import.objects.select_for_update().filter(status=Import.Status.READING, attempts=of.attempts)
    return mine.filter(pk=of.pk).first()


def _rows(of: Import, found: reading.Reading) -> Iterator[ImportRow]:
    apart: set[str] = set()
    index = Index(_known(of, apart))
    for number, read_row in enumerate(found.rows, 1):
        if number % RENEWED_AFTER == 0:
            _renew_lease(of)
        entry = Entry.read(read_row)
        row = ImportRow(of=of, number=number, kind=read_row.kind.value, certainty=int(read_row.certainty))
        row.decision = Decision.SKIP
        if not read_row.is_skipped:
            entry = replace(entry, near=near_of(index.meet(as_known(f"r:{number}", entry), NEAREST)))
            _propose(row, entry, read_row, apart)
        row.sealed, row.contact_hash, row.lacks = entry.sealed, entry.contact_hash, entry.lacks
        yield row


def _renew_lease(of: Import) -> None:
    mine = Import.objects.filter(pk=of.pk, status=Import.Status.READING, attempts=of.attempts)
    mine.update(leased_until=timezone.now() + LEASE)


def near_of(matches: list[Match]) -> list[Near]:
    return [
        Near(one.key, one.verdict is Verdict.SAME, [[why.kind.value, why.piece] for why in one.reasons])
        for one in matches
    ]


def _propose(row: ImportRow, entry: Entry, read_row: reading.Row, apart: set[str]) -> None:
    """The same: merge. Maybe the same, the same as one of those `apart`, doubtful, or unfit: ask. Else: add."""
    if same := [one.key for one in entry.near if one.is_same and one.key not in apart]:
        point_at(row, same[0])
    elif entry.near or not entry.fits or read_row.certainty is reading.Certainty.DOUBTFUL:
        row.decision = Decision.ASK
    else:
        row.decision = Decision.ADD
    if entry.asks_for_confidence:
        if read_row.kind is reading.Kind.INDIVIDUAL:  # signs to be named
            row.decision = Decision.ASK
        else:
            row.visibility = Signatory.Visibility.COUNTED


def point_at(row: ImportRow, key: str) -> None:
    """Say that the row is the same as a sign-on, or another row. Does not save."""
    row.decision, row.same_as_id, row.same_as_row = Decision.MERGE, None, None
    if key.startswith("s:"):
        row.same_as_id = key[2:]
    else:
        row.same_as_row = int(key[2:])


def _known(of: Import, apart: set[str]) -> Iterator[Known]:
    """Those of the letter. In `apart` are the keys of whom a row is not merged into unasked: it would be lost there."""
    there = of.letter.signatories.real().filter(status__in=COMPARED, erased_at__isnull=True)
    back = there.live().values("identity_hash")  # who has left and signed again
    merged = STANDING if of.is_proof else (*STANDING, Status.PENDING)  # whose mail asks what the list would ask
    there = there.exclude(status__in=LEFT, identity_hash__in=back).with_line_only("contact_email", "status")
    for one in there.iterator(chunk_size=1000):
        line = one.line
        domain = one.contact_email.rpartition("@")[2]
        if one.status not in merged:
            apart.add(f"s:{one.pk}")
        yield Known(f"s:{one.pk}", line.name, line.acronym, line.second_name, line.country, line.website, domain)


def as_known(key: str, entry: Entry) -> Known:
    domain = entry.email.rpartition("@")[2]
    return Known(key, entry.name, entry.acronym, entry.second_name, entry.country, entry.website, domain)
