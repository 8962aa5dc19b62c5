from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Subquery

from letters.document import Arrangement, Departure, Roll, RollLine
from letters.models import Edition
from signatories import examples, hygiene, names, roll
from signatories.models import frozen
from signatories.models.lines import LINE
from signatories.models.vocabulary import SAID_BY_TEAM, Kind, Status, Visibility

if TYPE_CHECKING:
    from signatories.models.signatories import Signatory


class IsOneOf(Func):
    """Whether the row is one of a few, whose keys a query tells.

    PostgreSQL asks first who they are, and then finds them by an index, like what an OR stands beside. For IN it would
    read the whole table.
    """

    template, arg_joiner = "%(expressions)s", " IN "
    output_field = BooleanField()

    def __init__(self, keys: models.QuerySet) -> None:
        super().__init__(F("pk"), Subquery(keys))

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY")


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def vetted_by(self, user: Any) -> Self:
        """Those the user decides on; of other campaigns' a vetter learns nothing."""
        if user.vets_everywhere:
            return self.all()
        return self.filter(letter__in=apps.get_model("letters", "Letter").objects.vetted_by(user))

    def real(self) -> Self:
        """Without the test sign-ons of a draft."""
        return self.filter(trial__isnull=True)

    def agreed(self) -> Self:
        """Those who agreed to the text in force, or to one it differs from by no amendment of substance."""
        return self.filter(agreed_revision__substance=F("letter__substance"))

    def listed(self) -> Self:
        """Approved, and agreed to the text in force: the ones that are printed and counted."""
        return self.filter(status=Status.LISTED).agreed()

    def asked_again(self) -> Self:
        """Those who said yes to a text that has changed in substance since: on no roll until they agree."""
        return self.real().said_yes().exclude(agreed_revision__substance=F("letter__substance"))

    def said_yes(self) -> Self:
        """Confirmed or listed, or a double that nobody has decided on: told all that these are told, for whoever signs
        in another's name would learn from what does not come that the other was there first."""
        undecided = Q(status=Status.DUPLICATE, decided_by__isnull=True)
        return self.filter(Q(status__in=[Status.CONFIRMED, Status.LISTED]) | undecided)

    def live(self) -> Self:
        """Confirmed or listed: their organization cannot sign again."""
        return self.filter(status__in=[Status.CONFIRMED, Status.LISTED])

    def holding_address(self) -> Self:
        """Those whose contact address is taken on their letter."""
        return self.filter(status__in=[Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE])

    def may_be_listed(self) -> Self:
        """Those who are on the letter or may come to be, also by a decision that is taken back."""
        return self.exclude(status__in=[Status.WITHDRAWN, Status.LAPSED])

    def individuals(self) -> Self:
        """Those who sign in a personal capacity."""
        return self.filter(kind=Kind.INDIVIDUAL)

    def organizations(self) -> Self:
        return self.exclude(kind=Kind.INDIVIDUAL)

    def known_to_their_owners(self) -> Self:
        """Whose mailbox has answered; to the others, and to who was set aside unseen, not one mail more is written."""
        answered = self.filter(confirmed_at__isnull=False).exclude(attestation=SAID_BY_TEAM)
        return answered.exclude(status=Status.INVALID)

    def on_proof(self) -> Self:
        """Of whom the team says that they sign, by a list that is the proof; they have not answered themselves."""
        return self.filter(attestation=SAID_BY_TEAM, confirmed_at__isnull=False)

    def awaiting_confirmation(self) -> Self:
        return self.filter(status=Status.PENDING)

    def held(self) -> Self:
        """Taken, but no mail is written before a person or the end of the rush lets them through."""
        return self.awaiting_confirmation().exclude(held_because="").filter(released_at__isnull=True)

    def under_review(self) -> Self:
        """The mailbox has answered that a board has to decide first."""
        return self.real().awaiting_confirmation().filter(reviewing_since__isnull=False)

    def awaiting_vetting(self) -> Self:
        """Confirmed ones, doubles nobody has chosen between yet, who asks for another line, and on whom a vetter asks
        for another's opinion; oldest first."""
        corrections = apps.get_model("signatories", "Correction").objects.open()
        asking = corrections.filter(signatory__status=Status.LISTED).order_by().values("signatory")
        seconds = apps.get_model("signatories", "Opinion").objects.open().asking().order_by().values("signatory")
        doubles = Q(status=Status.DUPLICATE, decided_by__isnull=True)
        waiting = Q(status=Status.CONFIRMED) | doubles | Q(IsOneOf(asking)) | Q(IsOneOf(seconds))
        return self.real().filter(waiting, erased_at__isnull=True).order_by("confirmed_at")

    def doubted(self) -> Self:
        """Those a second contact calls wrong, and on which nobody has decided since."""
        return self.filter(second_contact__answer="wrong").filter(
            Q(decided_at__isnull=True) | Q(decided_at__lt=F("second_contact__answered_at"))
        )

    def answered(self) -> Self:
        """Those who have answered a vetter's question, and on which nobody has decided since."""
        fresh = Q(decided_at__isnull=True) | Q(decided_at__lt=F("questions__answered_at"))
        return self.filter(fresh, questions__answered_at__isnull=False).distinct()

    def withdrawn_since_frozen(self, editions: Iterable[Edition]) -> list[Departure]:
        """Those of one letter whom one of these editions of it prints, and who have withdrawn since; newest first, each
        once, by the first of the editions that prints it.

        As their rows are now, whatever was printed of them since. Only who was approved before it was frozen: a double
        that withdraws, or who signed in another's name, has stood in none. And only who wanted to be seen to the last:
        whoever withholds its name, or has it deleted, is not mentioned; nor is who has come back.
        """
        editions = list(editions)
        stood = [Q(decided_at__lte=one.as_of, withdrawn_at__gt=one.as_of) for one in editions]
        if not stood:
            return []
        chosen = self.real().public().filter(status=Status.WITHDRAWN, duplicate_of__isnull=True, decline_reason="")
        left = chosen.exclude(name="").filter(reduce(or_, stood)).order_by("-withdrawn_at")
        gone = [frozen.Gone(*row) for row in left.values_list(*frozen.Gone._fields)]
        shown = self.listed().public()  # who has come back in confidence must not be told by what is not here
        hashes = [one.identity_hash for one in gone]
        back = set(shown.filter(identity_hash__in=hashes).values_list("identity_hash", flat=True)) if gone else set()
        return list(frozen.departures([one for one in gone if one.identity_hash not in back], editions))

    def confirmed_between(self, start: datetime | None, end: datetime | None) -> Self:
        chosen = self.filter(confirmed_at__lte=end) if end else self
        return chosen.filter(confirmed_at__gt=start) if start else chosen

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def withheld(self) -> Self:
        return self.exclude(visibility=Visibility.PUBLIC)

    def to_addressee(self) -> Self:
        """Those whose names are for the addressee alone."""
        return self.filter(visibility=Visibility.RECIPIENT)

    def with_line_only(self, *more: str) -> Self:
        """Of each row what `line` reads, and the fields in `more`."""
        return self.only(*LINE, "sealed", *more)

    def roll(self, language: str, as_of: datetime, arrangement: Arrangement) -> Roll:
        """The public roll: names of those who want theirs printed, and the number of the others. See Letter.roll."""
        listed = self.listed()
        lines = (roll.entry(*row) for row in listed.public().values_list(*roll.Entry._fields))
        withheld = listed.withheld().count()
        return roll.build(lines, withheld=withheld, language=language, as_of=as_of, arrangement=arrangement)

    def roll_for_addressee(self, language: str, as_of: datetime, arrangement: Arrangement) -> Roll:
        """These, decrypted: for the annex of the addressee's copy, and for nothing else."""
        entries = (_entry(one) for one in self)
        return roll.build(entries, withheld=0, language=language, as_of=as_of, arrangement=arrangement, is_kept=False)

    def doubted_names(self) -> dict[hygiene.Doubt, list[UUID]]:
        """Of those that will be printed, in public or for the addressee, the keys by what is to be looked at in their
        names."""
        looks: dict[UUID, tuple[str, hygiene.Look]] = {}
        for pk, *named in self.public().values_list("pk", *hygiene.Named._fields):
            line = hygiene.Named(*named)
            line = line._replace(acronym=names.beside(line.name, line.acronym))
            looks[pk] = line.country, hygiene.look_in_public(line)
        for one in self.to_addressee().with_line_only("letter", "visibility"):
            line = _named(one)
            looks[one.pk] = line.country, hygiene.look(line)
        return hygiene.doubted(looks)

    def came_and_went(self, then: Roll, now: Roll) -> tuple[list[RollLine], list[RollLine]]:
        """Who is printed now and was not then, and the other way about."""
        return roll.changes(then, now)

    def came_and_went_since(self, edition: Edition) -> tuple[list[RollLine], list[RollLine]]:
        """The same since an edition, without ordering ten thousand names that did neither; numbers are left out."""
        printed = self.listed().public()
        came, left = frozen.came_and_left(edition, printed.values_list("name", "country"))
        if not came:
            return [], left
        rows = printed.filter(name__in={name for name, _country in came}).values_list(*roll.Entry._fields)
        entries = [one for row in rows if ((one := roll.entry(*row)).name, one.country) in came]
        return roll.lines_of(entries, edition.revision.authentic["language"]), left

    def standing(self) -> dict[str, dict[str, int]]:
        """How many there are by state and, of the listed, by whether they are named and by how they came: for an
        edition's record. To whom a name is withheld it does not tell."""
        listed, named = self.listed().count(), self.listed().public().count()
        in_lists = self.listed().filter(attestation__in=["", SAID_BY_TEAM]).count()
        return {
            "by_state": dict(self.order_by().values_list("status").annotate(n=models.Count("pk"))),
            "listed_by_name": {"named": named, "withheld": listed - named},
            "listed_by_origin": {"form": listed - in_lists, "list": in_lists},
        }

    def deciders(self) -> list[dict[str, Any]]:
        """How many of each state each user, or rule, has decided on last: {status, decided_by, decided_by_rule, n}."""
        decided = self.filter(decided_at__isnull=False).order_by()
        return list(decided.values("status", "decided_by", "decided_by_rule").annotate(n=models.Count("pk")))

    def example_roll(self, language: str, as_of: datetime, arrangement: Arrangement) -> Roll:
        """Nobody's: what a list could look like, while there is none."""
        return roll.build(examples.entries(), withheld=2, language=language, as_of=as_of, arrangement=arrangement)

    def told_in(self, language: str, printed: Roll, *, is_kept: bool = True) -> Roll:
        """An edition's roll for readers of another language."""
        return roll.told_in(printed, language, is_kept=is_kept)

    def in_print(self, edition: Edition) -> Roll:
        """An edition's roll, for pages that ask often."""
        return frozen.frozen(edition).roll


def _named(one: Signatory) -> hygiene.Named:
    line = one.line
    return hygiene.Named(*(getattr(line, part) for part in hygiene.Named._fields))


def _entry(one: Signatory) -> roll.Entry:
    line = one.line
    named = (line.name, line.acronym, line.country, line.second_name, line.reading, line.affiliation)
    return roll.Entry(*named, kind=one.kind, scope=one.scope)
