"""How a row changes its status: along MOVES, one writer at a time, with a line in the journal."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models


class ForbiddenMove(Exception):
    """No such move: MOVES does not lead from here to there."""


class StaleMove(ForbiddenMove):
    """Somebody else moved the row first; fetch it again and decide anew."""


class Lifecycle(models.Model):
    """A model with a `status` and its legal MOVES."""

    MOVES: ClassVar[dict[str, set[str]]] = {}

    status = models.CharField(max_length=20, editable=False)  # each model says which there are

    class Meta:
        abstract = True

    def can_move_to(self, status: str) -> bool:
        return status in self.MOVES.get(self.status, ())

    def move_to(self, status: str, *, by: Any = None, **facts: Any) -> None:
        """Write `status` and the `facts` (fields) that come with it, if the row still has the status we saw.

        The only writer of `status`. Raises ForbiddenMove, or StaleMove when another transaction was first.
        """
        was = self.status
        if not self.can_move_to(status):
            raise ForbiddenMove(f"{self._meta.label}: {was} to {status}")
        unmoved = type(self)._base_manager.filter(pk=self.pk, status=was)
        if not unmoved.update(status=status, **facts):
            raise StaleMove(f"{self._meta.label}: no longer {was}")
        self.status = str(status)
        for name, value in facts.items():
            setattr(self, name, value)
        journal = apps.get_model("campaigns", "JournalEntry")  # models stand above this module
        journal.objects.record("moved", self, by=by, was=str(was), now=str(status))
