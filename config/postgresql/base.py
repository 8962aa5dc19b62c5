"""Django's PostgreSQL, with a health check that costs a busy connection nothing, and without compiled queries."""

from __future__ import annotations

import select
import time

from django.db.backends.postgresql import base

TRUSTED_FOR = 5.0  # seconds after an answer; longer idle, a router on the way may have dropped the connection silently


class DatabaseWrapper(base.DatabaseWrapper):
    _answered_at = float("-inf")

    def init_connection_state(self) -> None:
        """Compiling what looks costly (JIT) takes longer than all of our questions take when they are not compiled."""
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute("SET jit = off")

    def is_usable(self) -> bool:
        """Ask "SELECT 1" unless the server answered a moment ago and its line is silent since.

        Each request begins with this question, and waiting for its answer takes as long as one insert. A server that
        ends or is killed closes the line, which wakes `poll`.
        """
        if self.connection is None or self.errors_occurred or time.monotonic() - self._answered_at > TRUSTED_FOR:
            return self._asked()
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return self._asked() if line.poll(0) else True

    def _asked(self) -> bool:
        usable = super().is_usable()
        self._answered_at = time.monotonic() if usable else float("-inf")
        return usable
