from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models

from campaigns import turns
from campaigns.models import Campaign
from campaigns.turns import Turn
from letters.models.vocabulary import Status

if TYPE_CHECKING:
    from letters.models.letters import Letter


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

        def number(status: str, **more: Any) -> models.Q:
            return models.Q(signatories__status=status, signatories__trial__isnull=True, **more)

        to_vet = number("confirmed") | number("duplicate", signatories__decided_by__isnull=True)
        agreed = models.Q(signatories__agreed_revision__substance=models.F("substance"))
        return self.annotate(
            listed_count=models.Count("signatories", filter=number("listed") & agreed),
            asked_count=models.Count("signatories", filter=number("listed") & ~agreed),
            to_vet_count=models.Count("signatories", filter=to_vet),
            pending_count=models.Count("signatories", filter=number("pending")),
            held_count=models.Count(
                "signatories",
                filter=number("pending", signatories__released_at__isnull=True, signatories__held_because__gt=""),
            ),
            reviewing_count=models.Count(
                "signatories", filter=number("pending", signatories__reviewing_since__isnull=False)
            ),
        )

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
