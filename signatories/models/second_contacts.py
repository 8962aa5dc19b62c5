from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedTextField
from signatories.models.signatories import Signatory


class SecondContact(models.Model):
    """Somebody else at the organization's own domain, asked once whether the sign-on is right."""

    class Answer(models.TextChoices):
        RIGHT = "right", _("Yes, this is right")
        WRONG = "wrong", _("No, nobody was entitled to sign for us")

    signatory = models.OneToOneField(Signatory, on_delete=models.CASCADE, related_name="second_contact")
    email = EncryptedTextField()
    email_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"Second contact {self.pk}"
