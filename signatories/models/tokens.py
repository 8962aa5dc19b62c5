from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from campaigns import insertion, tokens
from signatories.models.signatories import Signatory

OUTLIVES = timedelta(days=30)  # the letter's last moment to confirm, which may still be put off; it ends them earlier


class Purpose(models.TextChoices):
    CONFIRM = "confirm", "confirm"
    AMENDMENT = "amendment", "answer an amendment"


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

    def found(self, purpose: str, token: str) -> Token | None:
        """The unexpired token of this purpose, with its signatory and letter; None for any other string."""
        rows = self.select_related("signatory__letter__campaign")
        return rows.filter(digest=tokens.digest(token), purpose=purpose, expires_at__gt=timezone.now()).first()


class Token(models.Model):
    """A link in a mail: single purpose, expiring, revocable. Its secret is not stored (campaigns.tokens)."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    nonce = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = TokenManager()

    def __str__(self) -> str:
        return f"Token {self.pk} ({self.purpose})"

    @property
    def secret(self) -> str:
        return tokens.token(self.purpose, self.nonce)
