"""What is done by one at a time: PostgreSQL's advisory locks, which end with the transaction.

All classes of them stand here, so that no two things share one. SQLite has one writer at a time anyway.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from django.db import connection


class Turn(IntEnum):
    """The class of the lock; its key says of which one: a letter's number, or what a mailbox is found by."""

    LETTER = 1  # shared by those who sign
    MAILBOX = 2
    FILING = 3  # a letter's names
    LISTS = 4  # a letter's lists of sign-ons
    FORMS = 7  # a letter's forms that were sent
    JOURNAL = 5  # its chain
    REGISTER = 6  # a name that may be new in the register
    WHOLE_REGISTER = 8  # shared by those who have turns of single names


def wait_for(turn: Turn, key: int) -> None:
    """Until the transaction ends nobody else has this turn; whoever has it now is waited for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turn, key])


def wait_for_each(turn: Turn, keys: Collection[int]) -> None:
    """As wait_for, in the order of the keys: two who want several of them do not wait for each other.

    Few only: PostgreSQL has about 6,400 places for the locks of all transactions together.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            several = "SELECT pg_advisory_xact_lock(%s, one) FROM unnest(%s::int[]) AS one"
            cursor.execute(several, [turn, sorted(set(keys))])


def share(turn: Turn, key: int) -> None:
    """Until the transaction ends nobody has this turn to itself; who has it now, or waited before, is waited for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [turn, key])


def take(turn: Turn, key: int) -> bool:
    """As wait_for, but False at once where somebody has it."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [turn, key])
        return bool(cursor.fetchone()[0])
