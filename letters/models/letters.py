from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import RegexValidator
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.lifecycle import Lifecycle
from campaigns.models import Campaign

if TYPE_CHECKING:
    from letters.models.revisions import Revision
    from letters.models.texts import Text

GRACE = timedelta(hours=24)
TURNSTILE = 1  # the class of the advisory locks on letters; the site takes no others


class LetterQuerySet(models.QuerySet["Letter"]):
    def run_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.filter(campaign__in=Campaign.objects.run_by(user))

    def translated_by(self, user: Any) -> Self:
        """Those whose courtesy texts the user may change."""
        return self.filter(campaign__in=Campaign.objects.translated_by(user))

    def seen_by(self, user: Any) -> Self:
        """Those the user may look at in the desk."""
        return self.filter(campaign__in=Campaign.objects.seen_by(user))

    def public(self) -> Self:
        """Those with a public page: opened once, whatever came after."""
        return self.filter(status__in=[Letter.Status.OPEN, Letter.Status.CLOSED, Letter.Status.ARCHIVED])

    def past_closing(self, now: datetime) -> Self:
        return self.filter(status=Letter.Status.OPEN, closes_at__lte=now)

    def with_counts(self) -> Self:
        """With listed_count, to_vet_count, pending_count and asked_count (those to agree to the text again).

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
        )

    def locked_shared(self, pk: int | None = None, *, slug: str = "") -> Letter:
        """The row, held so that signers do not wait for each other but closing waits for them and they for it.

        FOR SHARE, which the ORM does not offer; SQLite has one writer at a time anyway. By hand also for speed, since
        every sign-on comes this way: no column needs converting, and composing the query takes longer than it runs.
        """
        column, value = ("slug", slug) if slug else ("id", pk)
        if not connection.features.has_select_for_update:
            return self.get(**{column: value})
        columns = [str(field.column) for field in self.model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)}, pg_advisory_xact_lock_shared(%s, id::int) "  # noqa: S608
                f"FROM letters_letter WHERE {column} = %s FOR SHARE",
                [TURNSTILE, value],
            )
            row = cursor.fetchone()
        if row is None:
            raise self.model.DoesNotExist
        return self.model.from_db(self.db, [field.attname for field in self.model._meta.concrete_fields], row[:-1])

    def locked(self, pk: int) -> Letter:
        """The row to oneself, in turn with those who sign: for what must not happen in the middle of a sign-on.

        PostgreSQL grants FOR SHARE over the heads of those who wait for the whole row: in a rush, closing and vetting
        would wait for a lull. The advisory lock, taken first by both, is granted in turn.
        """
        if connection.features.has_select_for_update:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TURNSTILE, pk])
        return self.select_for_update().get(pk=pk)


class Letter(Lifecycle):
    """What is signed: recipients, timetable, rules, and its text in one or more languages."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONSULTATION = "consultation", _("Consultation")
        OPEN = "open", _("Open for sign-on")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")

    class DatePrecision(models.TextChoices):
        DAY = "day", _("Day, month and year")
        MONTH = "month", _("Month and year")
        NONE = "none", _("No date")

    MOVES = {
        Status.DRAFT: {Status.CONSULTATION, Status.OPEN},
        Status.CONSULTATION: {Status.DRAFT, Status.OPEN},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: {Status.OPEN, Status.ARCHIVED},
        Status.ARCHIVED: set(),
    }

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="letters")
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^(?!new$)", _("This address is taken; choose another."))],
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    place = models.CharField(_("place"), max_length=100, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("date shows"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    reopened_because = models.CharField(max_length=300, blank=True, editable=False)
    substance = models.PositiveIntegerField(default=1, editable=False)  # raised by an amendment of substance
    version = models.PositiveIntegerField(default=1, editable=False)  # of the draft: who saves on an old one is told
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        "campaigns.User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "consultation", "open", "closed", "archived"]),
                name="letter_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "consultation"])
                | models.Q(opens_at__isnull=False, closes_at__isnull=False),
                name="opened_letter_has_a_timetable",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="letter_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["closed", "archived"]) | models.Q(closed_at__isnull=False),
                name="closed_letter_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text.title if self.text else self.slug

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.slug])

    @property
    def text(self) -> Text | None:
        """The authentic text."""
        return next((text for text in self.texts.all() if text.is_authentic), None)

    def text_for(self, language: str) -> Text | None:
        """The text of somebody who reads `language`: "fr-ca" may read "fr"; otherwise the authentic one."""
        stem = language.partition("-")[0]
        near = [text for text in self.texts.all() if text.language.partition("-")[0] == stem]
        exact = [text for text in near if text.language == language]
        return next(iter(exact or near), self.text)

    def title_for(self, language: str) -> str:
        """The title as somebody who reads `language` has it."""
        text = self.text_for(language)
        return (text and text.title) or str(self)

    def url_in(self, language: str, *, is_authentic: bool) -> str:
        """The public page with the text in that language."""
        return self.get_absolute_url() if is_authentic else reverse("letters:letter_in", args=[self.slug, language])

    def url_for(self, language: str) -> str:
        """The public page as somebody who reads `language` wants it."""
        text = self.text_for(language)
        return self.url_in(text.language, is_authentic=text.is_authentic) if text else self.get_absolute_url()

    @property
    def revision(self) -> Revision | None:
        """The one in force: the newest."""
        return self.revisions.order_by("-number").first()

    @property
    def pasted_roll(self) -> str:
        """The list of names that came with a pasted letter, line by line; "" if none did."""
        return self.pasted.lines if hasattr(self, "pasted") else ""

    @property
    def is_draft(self) -> bool:
        return self.status in {self.Status.DRAFT, self.Status.CONSULTATION}

    @property
    def is_written(self) -> bool:
        """Whether its words can be changed now: a draft, or an open letter that prepares an amendment."""
        prepares = self.status == self.Status.OPEN and not self.is_over
        return self.is_draft or (prepares and hasattr(self, "amendment_draft"))

    @property
    def accepts_signatures(self) -> bool:
        """Open, not paused, and now within [opens_at, closes_at)."""
        now = timezone.now()
        return (
            self.status == self.Status.OPEN
            and not self.is_paused
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= now < self.closes_at
        )

    @property
    def opens_later(self) -> bool:
        return self.status == self.Status.OPEN and self.opens_at is not None and self.opens_at > timezone.now()

    @property
    def is_over(self) -> bool:
        """Past closing, whether or not the clock has noted it yet."""
        if self.is_draft:
            return False
        return self.status != self.Status.OPEN or self.closes_at is None or self.closes_at <= timezone.now()

    @property
    def closed_since(self) -> datetime | None:
        return self.closed_at or self.closes_at

    @property
    def confirmable_until(self) -> datetime | None:
        """What was acknowledged before closing may be confirmed for 24 hours after it."""
        ends = [instant for instant in (self.closes_at, self.closed_at) if instant]
        return min(ends) + GRACE if ends else None

    @property
    def accepts_confirmations(self) -> bool:
        until = self.confirmable_until
        return self.status in {self.Status.OPEN, self.Status.CLOSED} and until is not None and timezone.now() < until
