from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedTextField
from campaigns.lifecycle import Lifecycle
from letters.models.editions import Edition, Rendering, long_in
from letters.models.letters import Letter

FOLLOW_UP_DAYS = 14
LARGEST_ATTACHED = 10 * 2**20  # bytes; in a mail a third more, which slow lines carry within its lease in the outbox
LONG_TEXTS = ("canonical", "texts")  # of a revision
PRIVATE = ("email", "reply_to", "handed_over", "bounce", "acknowledgement", "proof_name", "proof")
PRIVATE_OF_REPLY = ("by_whom", "words", "file_name", "file")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def without_files(self) -> Self:
        return self.defer("proof")

    def light(self) -> Self:
        """With edition, letter and campaign, without the long columns of any: read when they are asked for."""
        related = self.select_related("edition__letter__campaign", "edition__revision")
        return related.defer("proof", *long_in("edition"), *(f"edition__revision__{one}" for one in LONG_TEXTS))

    def standing(self) -> Self:
        """Those that are on the way or have arrived; an edition goes to a recipient once by each channel."""
        return self.exclude(status__in=[Delivery.Status.BOUNCED, Delivery.Status.CANCELLED])

    def in_the_outbox(self) -> Self:
        """Released, and not known to have gone out yet."""
        return self.filter(channel=Delivery.Channel.EMAIL, status=Delivery.Status.RELEASED)

    def to_follow_up(self, now: datetime) -> Self:
        """Delivered some time ago without a sign from the recipient, and the team not told of that yet."""
        return self.filter(status=Delivery.Status.SENT, follow_up_at__lte=now, followed_up_at__isnull=True)

    def arrived(self) -> Self:
        return self.filter(status__in=[Delivery.Status.SENT, Delivery.Status.ACKNOWLEDGED])

    def settled(self) -> Self:
        """All but those whose mail is in the outbox."""
        return self.exclude(channel=Delivery.Channel.EMAIL, status=Delivery.Status.RELEASED)


class Delivery(Lifecycle):
    """One edition to one recipient over one channel, with its proof and what came of it."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        PORTAL = "portal", _("Through a portal")
        POST = "post", _("By post")
        HAND = "hand", _("By hand")

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        RELEASED = "released", _("Released")
        SENT = "sent", _("Delivered")
        BOUNCED = "bounced", _("Came back")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        Status.PREPARED: {Status.RELEASED, Status.CANCELLED},
        Status.RELEASED: {Status.SENT, Status.BOUNCED, Status.CANCELLED},
        Status.SENT: {Status.BOUNCED, Status.ACKNOWLEDGED},
        Status.BOUNCED: {Status.ACKNOWLEDGED},  # it had arrived after all
        Status.ACKNOWLEDGED: set(),
        Status.CANCELLED: set(),
    }

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.PositiveIntegerField()  # its place in the recipients of the edition's revision: those are signed
    channel = models.CharField(max_length=10, choices=Channel.choices)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PREPARED, editable=False)
    language = models.CharField(max_length=20)
    variant = models.CharField(max_length=10, choices=Rendering.Variant.choices, default=Rendering.Variant.PUBLIC)
    is_attached = models.BooleanField(default=True)  # the file in the mail; otherwise a link to a page that has it
    email = EncryptedTextField(blank=True)  # of a mail, where it goes; that of the signed list unless the team says so
    from_name = models.CharField(max_length=100, blank=True)  # before the site's own address, which servers check
    reply_to = EncryptedTextField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=5000, blank=True)  # the cover note
    follow_up_days = models.PositiveSmallIntegerField(default=FOLLOW_UP_DAYS)
    needs_second = models.BooleanField(default=False)  # a rule of the campaign when it was prepared
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)  # of the file that was delivered
    sent_at = models.DateTimeField(null=True, blank=True)
    handed_over = EncryptedTextField(blank=True)  # of other channels than mail: how, to whom
    message_id = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce = EncryptedTextField(blank=True)  # why, in words, which may quote an address
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledgement = EncryptedTextField(blank=True)  # in words
    proof_name = EncryptedTextField(blank=True)
    proof = EncryptedTextField(blank=True)  # of the acknowledgement: the file, in base64
    follow_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)  # when the team was reminded
    touched_at = models.DateTimeField(default=timezone.now)  # when something last came of it
    emptied_at = models.DateTimeField(null=True, blank=True)  # of what is PRIVATE, when its time was over

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "recipient", "channel"],
                condition=~Q(status__in=["bounced", "cancelled"]),
                name="one_standing_delivery_per_channel",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["prepared", "cancelled"])
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(sha256="")),
                name="released_delivery_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(released_by__isnull=True) | ~Q(released_by=models.F("prepared_by")),
                name="second_person_releases_delivery",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "acknowledged"], sent_at__isnull=True), name="sent_delivery_knows_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="bounced", bounced_at__isnull=True), name="bounced_delivery_knows_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="acknowledged", acknowledged_on__isnull=True), name="acknowledged_knows_when"
            ),
            models.CheckConstraint(
                condition=Q(variant="public") | Q(is_attached=True), name="confidential_copy_has_no_link"
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(**dict.fromkeys(PRIVATE, "")),
                name="emptied_delivery_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk} of edition {self.edition_id}"

    @property
    def recipient_signed(self) -> dict[str, Any]:
        """To whom, as the signed text has it."""
        return dict(self.edition.revision.recipients[self.recipient])

    @property
    def is_mail(self) -> bool:
        return self.channel == self.Channel.EMAIL

    @property
    def is_public(self) -> bool:
        """Whether it is the public document, and not the addressee's copy."""
        return self.variant == Rendering.Variant.PUBLIC

    @property
    def is_replied_to(self) -> bool:
        """By a reply that names it, or by one to the letter that names none and came no earlier than this arrived."""
        if self.replies.all().exists():
            return True
        if self.sent_at is None:
            return False
        letter = self.edition.letter
        day = self.sent_at.astimezone(ZoneInfo(letter.zone)).date()
        return letter.replies.filter(delivery__isnull=True, received_on__gte=day).exists()

    @property
    def rendering(self) -> Rendering | None:
        """The document, once it is set."""
        done = self.edition.renderings.done()
        return done.filter(language=self.language, variant=self.variant).first()


class ReplyQuerySet(models.QuerySet["Reply"]):
    def without_files(self) -> Self:
        return self.defer("file")

    def public(self) -> Self:
        """Those that stand on the letter's page, while the letter is published."""
        return self.filter(published_at__isnull=False)


class Reply(models.Model):
    """What a recipient answered, kept for the team and, if it chooses so, shown on the letter's page."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    by_whom = EncryptedTextField()  # as it should be read
    received_on = models.DateField()
    words = EncryptedTextField(blank=True)  # the answer, or what it says
    file_name = EncryptedTextField(blank=True)
    file = EncryptedTextField(blank=True)  # a PDF, in base64
    sha256 = models.CharField(max_length=64, blank=True)  # of the file
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )  # or changed it
    needs_second = models.BooleanField(default=False)  # a rule of the campaign when it was entered
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    touched_at = models.DateTimeField(default=timezone.now)
    emptied_at = models.DateTimeField(null=True, blank=True)  # of what is PRIVATE_OF_REPLY, when its time was over

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="reply_number_once"),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(published_at__isnull=True, **dict.fromkeys(PRIVATE_OF_REPLY, "")),
                name="emptied_reply_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | Q(published_by__isnull=True)
                | ~Q(published_by=models.F("entered_by")),
                name="second_person_publishes_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"Reply {self.number} to letter {self.letter_id}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None
