from __future__ import annotations

from django.db import models
from django.utils import timezone

from letters.models.letters import Letter


class Trial(models.Model):
    """A team member tries the sign-on of a draft. The test sign-ons point here and go when the letter opens."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="trials")
    made_by = models.ForeignKey("campaigns.User", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "made_by"], name="one_trial_per_member")]

    def __str__(self) -> str:
        return f"Trial of letter {self.letter_id}"
