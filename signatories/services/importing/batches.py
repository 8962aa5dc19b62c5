"""Some rows of a list at a time, from what was decided of them to what they came to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from campaigns import crypto, insertion
from campaigns.addresses import address_hash, mailbox_hash
from campaigns.models import JournalEntry, Suppression
from signatories import countries, emails
from signatories.models import Import, ImportRow, Purpose, Signatory, Token
from signatories.models.vocabulary import SAID_BY_TEAM, Scope
from signatories.services import limits
from signatories.services.importing import merging
from signatories.services.importing.entries import Entry
from signatories.services.signing import identity_hash

Decision, Outcome, Refusal = ImportRow.Decision, ImportRow.Outcome, ImportRow.Refusal
Kind, Status = Signatory.Kind, Signatory.Status
SCOPES = {"001": Scope.INTERNATIONAL}  # a list says no more of where an organization works than its country


class Batch:
    """Rows on their way, with what is known of the letter about all of them: no row asks the database for itself."""

    def __init__(self, of: Import, rows: list[ImportRow]) -> None:
        self.of, self.letter, self.rows = of, of.letter, rows
        self.language = self.letter.language
        self.entries = {row.number: Entry.of(row) for row in rows}
        self.added: list[tuple[ImportRow, Signatory]] = []

    def settle(self) -> None:
        """Add, merge or skip each; what they came to is on the rows, which are not saved."""
        self._absorb()
        self._look_up()
        self._add([row for row in self.rows if row.decision == Decision.ADD])
        self._tell()
        for row in self.rows:  # in their order, and last: what is the same as one that was not added is not added
            if row.decision == Decision.MERGE:
                self._merge(row)
            elif row.decision != Decision.ADD:
                row.outcome = Outcome.SKIPPED

    def _absorb(self) -> None:
        """Into what is to be added, whatever rows that are the same know besides."""
        numbers = [row.number for row in self.rows if row.decision == Decision.ADD]
        others = self.of.rows.filter(decision=Decision.MERGE, same_as_row__in=numbers).order_by("number")
        for other in others:
            number = other.same_as_row or 0
            self.entries[number] = self.entries[number].filled_from(Entry.of(other))

    def _look_up(self) -> None:
        """The rows that rows here are the same as: those of earlier batches, and of this one."""
        targets = {row.same_as_row for row in self.rows if row.same_as_row}
        self.above = {row.number: row for row in self.of.rows.filter(number__in=targets).defer("sealed")}
        self.above |= {row.number: row for row in self.rows}

    def _add(self, rows: list[ImportRow]) -> None:
        """All at once; of two in each other's way the database takes the first."""
        made = [(row, self._made(row)) for row in rows]
        there = self.letter.signatories.real().live()
        identities = [signatory.identity_hash for _, signatory in made]
        live = set(there.filter(identity_hash__in=identities).values_list("identity_hash", flat=True))
        taken, gone = self._taken(made), self._gone(made)
        for row, signatory in made:
            row.refusal = self._refusal(row, signatory, live, taken)
            if not row.refusal and {signatory.identity_hash, signatory.contact_hash} & gone:
                row.refusal = Refusal.HAS_LEFT
        wanted = [(row, signatory) for row, signatory in made if not row.refusal]
        written = insertion.insert_all_or_ignore([signatory for _, signatory in wanted])
        self.added = [(row, signatory) for row, signatory in wanted if signatory.pk in written]
        ignored = [(row, signatory) for row, signatory in wanted if signatory.pk not in written]
        taken = self._taken(ignored) if ignored else set()
        for row, signatory in ignored:
            row.refusal = Refusal.ADDRESS_TAKEN if signatory.contact_hash in taken else Refusal.ALREADY_ON
        for row, signatory in made:
            row.outcome = Outcome.REFUSED if row.refusal else Outcome.ADDED
            row.signatory = None if row.refusal else signatory

    def _taken(self, made: list[tuple[ImportRow, Signatory]]) -> set[str]:
        """The addresses among them that stand on the letter."""
        there = self.letter.signatories.real().holding_address()
        there = there.filter(contact_hash__in=[signatory.contact_hash for _, signatory in made])
        return set(there.values_list("contact_hash", flat=True))

    def _gone(self, made: list[tuple[ImportRow, Signatory]]) -> set[str]:
        """What those among them are found by that have left the letter, or never asked: no proof speaks for them.

        Whoever is asked by mail answers for itself.
        """
        if not self.of.is_proof:
            return set()
        identities, addresses = ([getattr(one, name) for _, one in made] for name in ("identity_hash", "contact_hash"))
        there = self.letter.signatories.real().filter(status__in=[Status.WITHDRAWN, Status.INVALID])
        left = there.filter(Q(identity_hash__in=identities) | Q(contact_hash__in=addresses))
        mailboxes = {one.contact_hash: mailbox_hash(one.contact_email) for _, one in made if one.contact_email}
        kept = Suppression.objects.filter(address_hash__in=mailboxes.values())
        silenced = set(kept.values_list("address_hash", flat=True))
        pairs = left.values_list("identity_hash", "contact_hash")
        return {key for pair in pairs for key in pair} | {one for one, box in mailboxes.items() if box in silenced}

    def _refusal(self, row: ImportRow, signatory: Signatory, live: set[str], taken: set[str]) -> str:
        entry = self.entries[row.number]
        if signatory.is_individual and not self.letter.takes_individuals:
            return Refusal.INDIVIDUAL
        if not entry.fits or (signatory.is_individual and signatory.is_withheld):
            return Refusal.INCOMPLETE
        if not entry.email and not self.of.is_proof:
            return Refusal.NO_ADDRESS
        if signatory.identity_hash in live:
            return Refusal.ALREADY_ON
        return Refusal.ADDRESS_TAKEN if signatory.contact_hash in taken else ""

    def _made(self, row: ImportRow) -> Signatory:
        entry, now = self.entries[row.number], timezone.now()
        kind = Kind.INDIVIDUAL if row.kind == Kind.INDIVIDUAL else Kind.ORGANIZATION
        signatory = Signatory(letter=self.letter, language=self.language, kind=kind, signed_at=now)
        signatory.contact_name, signatory.contact_role = entry.contact, entry.contact_role
        signatory.contact_email = entry.email
        signatory.set_line(entry.line, row.visibility)
        if kind == Kind.ORGANIZATION:
            signatory.scope = SCOPES.get(entry.country, Scope.REGIONAL if countries.is_wider(entry.country) else "")
        # without an address it takes no other's place
        unique = crypto.keyed_hash("no address", str(signatory.pk))
        signatory.contact_hash = address_hash(entry.email) if entry.email else unique
        signatory.identity_hash = identity_hash(self.letter.pk, entry.line, kind)
        if self.of.is_proof:
            signatory.status, signatory.confirmed_at = Status.CONFIRMED, now
            signatory.agreed_revision = self.of.agreed_revision
            signatory.attestation, signatory.attested_words = SAID_BY_TEAM, self.of.agreed_words
        return signatory

    def _merge(self, row: ImportRow) -> None:
        same = self.above.get(row.same_as_row or 0)
        if same and same.outcome in (Outcome.SKIPPED, Outcome.REFUSED):
            row.outcome, row.refusal = same.outcome, same.refusal
            return
        row.outcome = Outcome.MERGED
        if row.same_as_id:
            row.filled = merging.fill(row, self.entries[row.number], by=self.of.made_by)

    def _tell(self) -> None:
        """Write to the mailboxes that are to be asked, as far as they have room for a mail."""
        facts: dict[str, Any] = {"letter": self.letter.pk, "list": self.of.pk}
        if not self.of.is_proof:
            self._let_go_of_the_crowded()
        with insertion.together():
            for row, signatory in self.added:
                JournalEntry.objects.record("brought", signatory, row=row.number, status=signatory.status, **facts)
                if not self.of.is_proof:
                    token = Token.objects.issue(signatory, Purpose.CONFIRM)
                    emails.tell(emails.confirm, signatory, dedupe=f"{token.digest}:")

    def _let_go_of_the_crowded(self) -> None:
        crowded = limits.without_room(self.letter.pk, [signatory.contact_email for _, signatory in self.added])
        gone = {signatory.pk for _, signatory in self.added if signatory.contact_email in crowded}
        for row, signatory in self.added:
            if signatory.pk in gone:
                row.outcome, row.refusal, row.signatory = Outcome.REFUSED, Refusal.NO_MORE_MAIL, None
        self.added = [(row, signatory) for row, signatory in self.added if signatory.pk not in gone]
        Signatory.objects.filter(pk__in=gone).delete()
