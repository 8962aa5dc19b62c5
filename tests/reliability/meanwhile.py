"""What somebody else does at the same time, on PostgreSQL."""

import threading
import time

from django.db import connection

LONG = 20  # seconds; only a failing test takes them


class Meanwhile(threading.Thread):
    """Something done on a connection of its own; entered, it is done or waits for a lock."""

    def __init__(self, act):
        super().__init__()
        self.act, self.error = act, None

    def run(self):
        try:
            self.act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def go_as_far_as_it_can(self):
        self.start()
        until = time.monotonic() + LONG
        while self.is_alive() and not self._waits() and time.monotonic() < until:
            time.sleep(0.01)

    def _waits(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees for ever what it saw first
            waiting = "datname = current_database() AND wait_event_type = 'Lock'"
            cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}")
            return cursor.fetchone()[0] > 0
