from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from letters.models.letters import Letter


class CardQuerySet(models.QuerySet["Card"]):
    def due(self, now: datetime) -> Self:
        """Those to look after now, the longest neglected first."""
        return self.filter(look_after__lte=now, is_being_drawn=False).order_by("look_after", "pk")

    def drawn(self) -> Self:
        return self.filter(drawn_at__isnull=False)

    def draw_anew(self) -> None:
        """At once; what is being drawn right now says what was so before, and is not kept."""
        self.update(is_being_drawn=False, leased_until=None, look_after=timezone.now())

    def wipe(self) -> None:
        """What is on them must not be seen any more: blank, until they are drawn anew."""
        self.draw_anew()
        self.update(picture=b"", digest="", drawn_at=None)


class Card(models.Model):
    """The picture that other sites show beside a link to a letter, in one language, and the job of keeping it true.

    Looked after from time to time, whoever reads: nobody can cause a drawing by asking for one.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="cards")
    language = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, blank=True)  # of all that is on it, hex
    picture = models.BinaryField(blank=True)  # PNG
    drawn_at = models.DateTimeField(null=True, blank=True)
    look_after = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    is_being_drawn = models.BooleanField(default=False)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "language"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "language"], name="one_card_per_language"),
            models.UniqueConstraint(
                fields=["is_being_drawn"], condition=models.Q(is_being_drawn=True), name="one_card_drawn_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(is_being_drawn=False) | models.Q(leased_until__isnull=False),
                name="card_being_drawn_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"Card of letter {self.letter_id} in {self.language}"
