from __future__ import annotations

from django.db import models

from letters.models.letters import Letter


class Logo(models.Model):
    """A picture for the head of a letter's documents, named by its hash. The database refuses to change it: a look
    (letters.document.Look) says which are shown, and an edition keeps its look."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="logos")
    digest = models.CharField(max_length=64)  # SHA-256 of the picture, hex
    picture = models.BinaryField()  # PNG, as letters.pdf.logos writes it
    width = models.PositiveSmallIntegerField()  # pixels
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["letter", "digest"]
        constraints = [models.UniqueConstraint(fields=["letter", "digest"], name="logo_once")]

    def __str__(self) -> str:
        return f"Logo {self.digest[:12]} of letter {self.letter_id}"
