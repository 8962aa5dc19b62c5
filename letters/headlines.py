"""Round numbers for headlines: "750+ organizations call for …". Never more than the truth.

The rule, in words: below 50 down to the next 5, below 250 to the next 10, below 500 to the next 25, from 500 on to the
next 50, each with a "+" for those above; a number that is on such a step, or below 5, stands as it is.
"""

from __future__ import annotations

PLACE = "{n}"  # where a headline wants the number
STEPS = ((50, 5), (250, 10), (500, 25))
LAST_STEP = 50


def rounded(number: int) -> tuple[int, bool]:
    """Return the round number at or below `number` (at least 0), and whether there are more: (750, True) for 767."""
    floor = number - number % step_of(number)
    return (floor, floor != number) if floor else (number, False)


def step_of(number: int) -> int:
    """Return to what multiples a number of this size is rounded down."""
    return next((step for below, step in STEPS if number < below), LAST_STEP)


def wants_number(headline: str) -> bool:
    return PLACE in headline


def filled(headline: str, shown: str) -> str:
    """Return the headline with `shown`, the number as its language writes it, in its place."""
    return headline.replace(PLACE, shown)
