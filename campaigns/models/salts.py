from __future__ import annotations

from django.db import models


class Salt(models.Model):
    """What a day's network addresses are hashed with. Thrown away soon, and with it all that they could be found by."""

    day = models.DateField(primary_key=True)
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Salt of {self.day}"
