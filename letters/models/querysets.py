from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.db.models import Count, Func, IntegerField, OuterRef, Q, Subquery

from campaigns import turns
from campaigns.models import Campaign
from campaigns.turns import Turn
from letters.models.vocabulary import Status

if TYPE_CHECKING:
    from letters.models.letters import Letter

HOW_MANY = Func(template="COUNT(*)", output_field=IntegerField())  # of no column: an index alone can tell


class LetterQuerySet(models.QuerySet["Letter"]):
    def run_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.filter(campaign__in=Campaign.objects.run_by(user))

    def translated_by(self, user: Any) -> Self:
        """Those whose courtesy texts the user may change."""
        return self.filter(campaign__in=Campaign.objects.translated_by(user))

    def vetted_by(self, user: Any) -> Self:
        """Those whose signatories the user decides on."""
        if user.vets_everywhere:
            return self.all()
        return self.filter(campaign__in=Campaign.objects.vetted_by(user))

    def seen_by(self, user: Any) -> Self:
        """Those the user may look at in the desk."""
        return self.filter(campaign__in=Campaign.objects.seen_by(user))

    def public(self) -> Self:
        """Those with a public page: opened once, whatever came after."""
        return self.filter(status__in=[Status.OPEN, Status.CLOSED, Status.ARCHIVED])

    def past_closing(self, now: datetime) -> Self:
        return self.filter(status=Status.OPEN, closes_at__lte=now)

    def with_counts(self) -> Self:
        """With listed_, to_vet_, pending_, held_ (of these, without a mail yet), reviewing_ (of these, boards decide)
        and asked_count (those to agree again).

        The states are those of signatories.Status; a test sign-on counts nowhere.
        """

        signatories: Any = self.model._meta.get_field("signatories").related_model
        there = signatories._base_manager.filter(letter=OuterRef("pk"))
        real, agreed = there.filter(trial__isnull=True), Q(agreed_revision__substance=OuterRef("substance"))
        listed, pending = there.filter(status="listed"), real.filter(status="pending")  # no test sign-on is ever listed

        def number(rows: models.QuerySet) -> Subquery:
            return Subquery(rows.order_by().annotate(n=HOW_MANY).values("n"))

        return self.annotate(
            listed_count=number(listed.filter(agreed)),
            asked_count=number(listed.filter(~agreed)),
            to_vet_count=number(real.filter(Q(status="confirmed") | Q(status="duplicate", decided_by__isnull=True))),
            pending_count=number(pending),
            held_count=number(pending.filter(released_at__isnull=True, held_because__gt="")),
            reviewing_count=number(pending.filter(reviewing_since__isnull=False)),
        )

    def numbers_named(self) -> dict[int, int]:
        """How many organizations the public roll of each names; those that name none are not there."""
        signatories: Any = self.model._meta.get_field("signatories").related_model
        named = signatories.objects.listed().public().organizations().filter(letter__in=self)
        return dict(named.order_by().values_list("letter").annotate(n=Count("pk")))

    def locked_shared(self, pk: int | None = None, *, slug: str = "") -> Letter:
        """The row, held so that signers do not wait for each other but closing waits for them and they for it.

        It is read when its turn has come, so it is as whoever had it before has left it. By hand for speed, since every
        sign-on comes this way: both are one message to the server, no column needs converting, and composing the query
        takes longer than it runs. SQLite has one writer at a time anyway.
        """
        column, value = ("slug", slug) if slug else ("id", pk)
        if not connection.features.has_select_for_update:
            return self.get(**{column: value})
        columns = [str(field.column) for field in self.model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT pg_advisory_xact_lock_shared(%s, id::int) FROM letters_letter WHERE {column} = %s; "  # noqa: S608
                f"SELECT {', '.join(columns)} FROM letters_letter WHERE {column} = %s",
                [Turn.LETTER, value, value],
            )
            row = cursor.fetchone()
        if row is None:
            raise self.model.DoesNotExist
        return self.model.from_db(self.db, [field.attname for field in self.model._meta.concrete_fields], row)

    def locked(self, pk: int) -> Letter:
        """The row to oneself, in turn with those who sign: for what must not happen in the middle of a sign-on.

        PostgreSQL grants FOR SHARE over the heads of those who wait for the whole row: in a rush, closing and vetting
        would wait for a lull. The advisory lock, taken first by both, is granted in turn.
        """
        turns.wait_for(Turn.LETTER, pk)
        return self.select_for_update().get(pk=pk)
