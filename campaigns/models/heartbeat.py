from django.db import models


class Heartbeat(models.Model):
    """When something that must never stop was last seen at work: the row says it to every machine."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
