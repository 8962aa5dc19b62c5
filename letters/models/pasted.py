from __future__ import annotations

from django.db import models

from campaigns.fields import EncryptedTextField
from letters.models.letters import Letter


class PastedRoll(models.Model):
    """The list of names that came with a pasted letter, unread: for the vetters. Nobody on it has signed.

    A table of its own: sign-ons read every column of the letter, and need neither this nor its decryption.
    """

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="pasted")
    lines = EncryptedTextField()

    def __str__(self) -> str:
        return f"List that came with letter {self.letter_id}"
