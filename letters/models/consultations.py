from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns import tokens
from campaigns.fields import EncryptedTextField
from letters.models.letters import Letter
from letters.models.revisions import Revision

TOKEN = "comment"  # noqa: S105 - the purpose of the token, not a secret
READABLE = timedelta(days=90)  # after the round: so long its links still open the answers


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def running(self, now: datetime) -> Self:
        """Those that take comments now."""
        return self.filter(opens_at__lte=now, closes_at__gt=now, ended_at__isnull=True)


class Consultation(models.Model):
    """A round in which invited partners comment on a draft, between two instants."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="consultations")
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes"))
    message = models.TextField(_("message to the partners"), blank=True, max_length=2000)
    begun_by = models.ForeignKey("campaigns.User", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)  # by hand, before its time

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="consultation_opens_before_it_closes"
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=models.Q(ended_at__isnull=True), name="one_consultation_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Consultation {self.pk} on letter {self.letter_id}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.closes_at <= timezone.now()

    @property
    def opens_later(self) -> bool:
        return not self.is_over and self.opens_at > timezone.now()

    @property
    def takes_comments(self) -> bool:
        return not self.is_over and not self.opens_later

    @property
    def ends_at(self) -> datetime:
        return min(filter(None, (self.ended_at, self.closes_at)))

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """Those that partners have before them: from the one that stood when it opened to the one that stood when it
        ended, or to the last in which one of their comments was answered.

        What was written before and after is nobody's business but the team's.
        """
        kept = self.letter.revisions
        first = kept.filter(created_at__lte=self.opens_at).order_by("number").last()
        shown = kept.filter(number__gte=first.number if first else 0)
        if not self.is_over:
            return shown
        last = shown.filter(created_at__lte=self.ends_at).aggregate(last=models.Max("number"))["last"] or 0
        comments = Comment.objects.filter(partner__consultation=self)
        answered = comments.aggregate(last=models.Max("answered_in__number"))["last"] or 0
        return shown.filter(number__lte=max(last, answered, first.number if first else 0))


class PartnerQuerySet(models.QuerySet["Partner"]):
    def invited(self) -> Self:
        """Those whose link still works."""
        return self.filter(revoked_at__isnull=True)

    def silent(self) -> Self:
        """Those who have neither commented nor stated a position."""
        spoken = Comment.objects.standing().values("partner")
        return self.filter(position="").exclude(pk__in=spoken)

    def found(self, token: str) -> Partner | None:
        """The one whose link this is; None for any other string, and long after the round."""
        rows = self.invited().select_related("consultation__letter__campaign")
        partner = rows.filter(digest=tokens.digest(token)).first()
        return partner if partner and timezone.now() < partner.consultation.ends_at + READABLE else None


class Partner(models.Model):
    """An organization asked for its opinion. It comments through a private link, without an account."""

    class Position(models.TextChoices):
        SUPPORT = "support", _("We support it")
        ACCEPT = "accept", _("We can live with it")
        REFUSE = "refuse", _("We cannot sign it unless")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="partners")
    organization = models.CharField(_("organization"), max_length=200)
    email = EncryptedTextField(_("e-mail"))
    email_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=20, blank=True)
    nonce = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    position = models.CharField(
        pgettext_lazy("of a partner", "position"), max_length=10, choices=Position.choices, blank=True
    )
    unless = models.TextField(_("unless"), blank=True, max_length=2000)
    stated_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "organization", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "email_hash"], name="one_invitation_per_address"),
            models.CheckConstraint(
                condition=~models.Q(position="refuse") | ~models.Q(unless=""), name="refusal_says_what_would_change_it"
            ),
            models.CheckConstraint(
                condition=models.Q(position="", stated_at__isnull=True)
                | (~models.Q(position="") & models.Q(stated_at__isnull=False)),
                name="position_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Partner {self.pk}"

    @property
    def secret(self) -> str:
        """What goes into the link; not stored (campaigns.tokens)."""
        return tokens.token(TOKEN, self.nonce)


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> Self:
        """Those their authors have not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered(self) -> Self:
        return self.standing().filter(answer="")

    def answered(self) -> Self:
        return self.standing().exclude(answer="")


class Comment(models.Model):
    """What a partner says about one paragraph, or about the whole, and the wording it proposes."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted into the text")
        PARTLY = "partly", _("Accepted in part")
        DECLINED = "declined", _("Not accepted")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="comments")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")  # as it was read
    language = models.CharField(max_length=20)
    unit = models.PositiveIntegerField(null=True, blank=True)  # of that text's body (letters.changes); None: the whole
    words = models.TextField(_("comment"), blank=True, max_length=5000)
    wording = models.TextField(_("proposed wording"), blank=True, max_length=10_000)  # plain text, see letters.body
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(_("why"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey("campaigns.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_in = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words="", wording=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="declined") | ~models.Q(answer_words=""),
                name="comment_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"

    @property
    def said(self) -> str:
        """In one line, to be recognized by."""
        return " ".join((self.words or self.wording).split())
