from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from campaigns import insertion, tokens
from signatories.models.signatories import Signatory

OUTLIVES = timedelta(days=30)  # the letter's last moment to confirm, which may still be put off; it ends them earlier
LASTS = timedelta(days=180)  # a link that works on as long as mails bring it, until what it is about is deleted
RENEWED = timedelta(days=1)  # it is not prolonged for less


class Purpose(models.TextChoices):
    CONFIRM = "confirm", "confirm"
    MINE = "mine", "see and change one's own sign-on"
    SECOND = "second", "say whether a sign-on is right"
    UNSUBSCRIBE = "unsubscribe", "have no more mails one can do without"


class TokenManager(models.Manager["Token"]):
    def issue(self, signatory: Signatory, purpose: str, *, expires_at: datetime | None = None) -> Token:
        fresh = tokens.fresh(purpose)
        token = self.model(
            signatory=signatory,
            purpose=purpose,
            nonce=fresh.nonce,
            digest=fresh.digest,
            expires_at=expires_at or (signatory.letter.confirmable_until or timezone.now()) + OUTLIVES,
        )
        insertion.insert(token)
        return token

    def mine(self, signatory: Signatory) -> Token:
        """The newest to the signatory's own page, which all its mails bear."""
        return self._lasting(signatory, Purpose.MINE)

    def another(self, signatory: Signatory) -> Token:
        """A new one to its own page. Older ones work on: anybody can ask for this, and must not end them by it."""
        return self.issue(signatory, Purpose.MINE, expires_at=_lasts_until(signatory))

    def unsubscribing(self, signatory: Signatory) -> Token:
        return self._lasting(signatory, Purpose.UNSUBSCRIBE)

    def _lasting(self, signatory: Signatory, purpose: str) -> Token:
        """The unexpired one, prolonged, or a new one."""
        ends = _lasts_until(signatory)
        rows = self.filter(signatory=signatory, purpose=purpose, replaced_at__isnull=True)
        token = rows.filter(expires_at__gt=timezone.now()).last()
        if token is None:
            return self.issue(signatory, purpose, expires_at=ends)
        if token.expires_at < ends - RENEWED:
            rows.filter(pk=token.pk).update(expires_at=ends)
            token.expires_at = ends
        return token

    def found(self, purpose: str, token: str) -> Token | None:
        """The unexpired token of this purpose, with its signatory and letter; None for any other string.

        One that a newer form has replaced opens nothing, nor do those of an invalidated sign-on, as long as it is one.
        """
        rows = self.select_related("signatory__letter__campaign").exclude(signatory__status=Signatory.Status.INVALID)
        rows = rows.filter(replaced_at__isnull=True, expires_at__gt=timezone.now())
        return rows.filter(digest=tokens.digest(token), purpose=purpose).first()


def _lasts_until(signatory: Signatory) -> datetime:
    return max(signatory.letter.confirmable_until or timezone.now(), timezone.now()) + LASTS


class Token(models.Model):
    """A link in a mail: single purpose, expiring, revocable. Its secret is not stored (campaigns.tokens)."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    nonce = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = TokenManager()

    def __str__(self) -> str:
        return f"Token {self.pk} ({self.purpose})"

    @property
    def older(self) -> models.QuerySet[Token]:
        """Those to the same sign-on for the same purpose that came before this one and still work."""
        return self._before.filter(replaced_at__isnull=True, expires_at__gt=timezone.now())

    @property
    def ended(self) -> models.QuerySet[Token]:
        """Those of them that were ended before their time."""
        return self._before.filter(replaced_at__isnull=False)

    @property
    def _before(self) -> models.QuerySet[Token]:
        return Token.objects.filter(signatory=self.signatory_id, purpose=self.purpose, pk__lt=self.pk)

    @property
    def secret(self) -> str:
        return tokens.token(self.purpose, self.nonce)
