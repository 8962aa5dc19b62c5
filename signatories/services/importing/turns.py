"""One at a time among those who would meet in a letter's lists."""

from __future__ import annotations

from campaigns import turns


def wait_for(letter: int) -> None:
    """Until the transaction ends nobody else adds rows to the letter, or deletes what its lists say of somebody.

    Two lists would wait for each other's places on it, and a row read before would bring back an address deleted since.
    To be asked before the letter and its sign-ons are locked.
    """
    turns.wait_for(turns.Turn.LISTS, letter)
