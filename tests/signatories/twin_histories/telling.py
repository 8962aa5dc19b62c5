"""A history as it is told, step by step."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from django.db import transaction

from campaigns import health
from campaigns.lifecycle import ForbiddenMove
from letters import services as letters
from letters.services import amending, timetable
from signatories import services
from tests.signatories.twin_histories.hidden import Hidden
from tests.signatories.twin_histories.others import Others
from tests.signatories.twin_histories.plan import BEGIN
from tests.signatories.twin_histories.secret import HIDDEN

REFUSALS = (
    *(ForbiddenMove, services.NotAccepting, services.CohortGrown, services.NothingLeft, services.AlreadyUndone),
    *(letters.NotClosed, letters.NothingChanged, letters.BadDeadline, timetable.PastClosing, amending.ReasonNeeded),
)


class Telling(Others, Hidden):
    """One telling, by a clock and with ids that do not depend on who else is there."""

    def again(self):
        """A telling that goes on from here."""
        twin = Telling(self.by, [*self.keys], {**self.pks}, Counter(self.drawn))
        twin.letter, twin.anchor = self.letter, self.anchor
        return twin

    def tell(self, steps, look=None):
        """Take the steps; `look(self)` is called after each of the world's."""
        for step in steps:
            self.clock.move_to(BEGIN + step.at + self.late)
            self.luck, self.step = random.Random(step.seed), step.seed
            if not step.is_hidden:
                self.attempt(getattr(self, step.act), step)
            elif step.act.startswith("sign") or self.pks.get(HIDDEN):
                self.attempt(getattr(self, f"hidden_{step.act}"), step)
            self.drain(is_hidden=step.is_hidden)
            if look and not step.is_hidden:
                look(self)
        last = max(step.at for step in steps if not step.is_hidden)
        self.clock.move_to(BEGIN + last + self.late + timedelta(minutes=30))
        health.note_beat()

    def attempt(self, act, step):
        try:
            with transaction.atomic():
                outcome = act()
                if outcome is not False:
                    self.happened[act.__name__] += 1
        except REFUSALS as refusal:
            outcome = type(refusal).__name__
        if not step.is_hidden:
            self.got.append((step.seed, f"{step.act}: {outcome}"))
