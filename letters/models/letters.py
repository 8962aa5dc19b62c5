from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns import pausing
from campaigns.lifecycle import Lifecycle
from campaigns.models import Campaign
from letters import document
from letters.document import Arrangement, Look, Roll
from letters.models.querysets import LetterQuerySet
from letters.models.vocabulary import DatePrecision, GroupBy, Numbering, OpenTo, Status

if TYPE_CHECKING:
    from letters.models.publications import Publication
    from letters.models.revisions import Revision
    from letters.models.texts import Text

GRACE = timedelta(hours=24)


class Letter(Lifecycle):
    """What is signed: recipients, timetable, rules, and its text in one or more languages."""

    Status = Status
    OpenTo = OpenTo
    GroupBy = GroupBy
    Numbering = Numbering
    DatePrecision = DatePrecision

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
    criteria = models.TextField(_("how sign-ons are checked"), blank=True, max_length=4000)  # ours, where it is empty
    open_to = models.CharField(_("who may sign"), max_length=15, choices=OpenTo.choices, default=OpenTo.ORGANIZATIONS)
    may_be_indexed = models.BooleanField(
        _("search engines may list the page"),
        default=True,
        help_text=_("Switched off, the page and its files ask search engines to leave them out."),
    )
    shares_list = models.BooleanField(
        _("the list of signatories may be taken as a file"),
        default=True,
        help_text=_("JSON, CSV and text. Switched off, the names stand on the page only; counts stay available."),
    )
    group_by = models.CharField(_("headings"), max_length=10, choices=GroupBy.choices, default=GroupBy.COUNTRY)
    skips_articles = models.BooleanField(_("articles do not count in the order"), default=False)
    initiators_first = models.BooleanField(_("initiators come first"), default=True)
    numbering = models.CharField(_("numbers"), max_length=10, choices=Numbering.choices, default=Numbering.UNNUMBERED)
    look = models.JSONField(default=dict, editable=False)  # letters.document.Look, what differs from its defaults
    place = models.CharField(_("place"), max_length=100, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("date shows"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    closing_moved_from = models.DateTimeField(null=True, blank=True, editable=False)  # what signatories know, until
    closing_moved_at = models.DateTimeField(null=True, blank=True, editable=False)  # all have been told of `closes_at`
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
            models.CheckConstraint(condition=models.Q(group_by__in=document.GROUPINGS), name="letter_group_by_known"),
            models.CheckConstraint(
                condition=models.Q(numbering__in=document.NUMBERINGS), name="letter_numbering_known"
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

    @property
    def language(self) -> str:
        """Of the authentic text: what the letter and its roll are printed in first."""
        return self.text.language if self.text else settings.LANGUAGE_CODE

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
    def arrangement(self) -> Arrangement:
        """How its roll is ordered from now on; an edition keeps the order it was frozen in."""
        return Arrangement(self.group_by, self.skips_articles, self.initiators_first, self.numbering)

    @property
    def may_group_by_scope(self) -> bool:
        """Before anybody has signed, whom the form told that it is not printed; and where it stands so already."""
        is_signed = self.signatories.real().exists() or self.submissions.exists()
        return self.group_by == GroupBy.SCOPE or not is_signed

    @property
    def printed_look(self) -> Look:
        """How its documents are set from now on; an edition keeps the look it was frozen with."""
        return Look.from_json(self.look)

    def roll(self, language: str, as_of: datetime) -> Roll:
        """The public roll as it stands, for readers of `language`."""
        return self.signatories.roll(language, as_of, self.arrangement)

    @property
    def revision(self) -> Revision | None:
        """The one in force: the newest."""
        return self.revisions.order_by("-number").first()

    @property
    def publication(self) -> Publication | None:
        """The one that is public now."""
        return self.publications.public().with_edition().first()

    @property
    def pending_publication(self) -> Publication | None:
        """The one that is written, and not out yet."""
        return self.publications.pending().first()

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
        """Open, not paused (nor the site as a whole), and now within [opens_at, closes_at)."""
        now = timezone.now()
        return (
            self.status == self.Status.OPEN
            and not self.is_interrupted
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= now < self.closes_at
        )

    @property
    def is_interrupted(self) -> bool:
        """Paused by its team, or with the whole site by who runs it: visitors are told the same."""
        return self.is_paused or pausing.is_paused()

    @property
    def takes_individuals(self) -> bool:
        return self.open_to == self.OpenTo.BOTH

    @property
    def has_individuals(self) -> bool:
        """Whether some are on it or may yet come to be: then it cannot be for organizations only."""
        return self.signatories.real().may_be_listed().individuals().exists()

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

    def move_closing(self, closes_at: datetime) -> dict[str, datetime | None]:
        """The columns that set another closing instant of an opened letter, so that its signatories are told.

        Told of once, however often it is moved until then; moved back in time, it was not moved.
        """
        was = self.closing_moved_from or self.closes_at
        if was == closes_at:
            return {"closes_at": closes_at, "closing_moved_from": None, "closing_moved_at": None}
        return {"closes_at": closes_at, "closing_moved_from": was, "closing_moved_at": timezone.now()}

    @property
    def contacts_kept_until(self) -> datetime | None:
        """When contact data of its signatories is deleted: some time after closing, newest edition or last delivery."""
        last = self.closed_since
        if self.is_draft or last is None:
            return None
        if self.status != self.Status.OPEN:  # of an open one every edition is older than its closing
            arrived = models.Q(deliveries__status__in=["sent", "acknowledged"])
            delivered = models.Max("deliveries__sent_at", filter=arrived)
            newest = self.editions.aggregate(frozen=models.Max("frozen_at"), delivered=delivered)
            last = max(filter(None, (last, *newest.values())))
        return last + timedelta(days=settings.CONTACT_RETENTION_DAYS)

    @property
    def confirmable_until(self) -> datetime | None:
        """What was acknowledged before closing may be confirmed for 24 hours after it."""
        ends = [instant for instant in (self.closes_at, self.closed_at) if instant]
        return min(ends) + GRACE if ends else None

    def answers_cut_short(self, closes_at: datetime) -> datetime | None:
        """Until when answers to an amendment have been promised, if an earlier closing than now set would end them."""
        if self.is_draft or (self.status == self.Status.OPEN and self.closes_at and closes_at >= self.closes_at):
            return None
        promised = self.amendments.aggregate(agree=models.Max("agree_by"), object=models.Max("object_by")).values()
        last = max((instant for instant in promised if instant), default=None)
        return last if last and last > max(timezone.now(), closes_at + GRACE) else None

    @property
    def accepts_confirmations(self) -> bool:
        until = self.confirmable_until
        return self.status in {self.Status.OPEN, self.Status.CLOSED} and until is not None and timezone.now() < until
