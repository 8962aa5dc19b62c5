"""What a withheld signatory does shows in one number alone, in whatever history.

A world is told once without it, and with each of several of its paths. `make test` compares ten of these pairs,
`make batteries` CASES, by other luck if LUCK is set.
"""

import os
from collections import Counter

import pytest
from django.db import connection

from tests.signatories.non_interference.comparing import found, watched
from tests.signatories.twin_histories import PATHS, with_hidden, world

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EACH = 5  # paths of the hidden one in each world
CASES = int(os.environ.get("CASES", "500"))
LUCK = int(os.environ.get("LUCK", "0"))  # another tells other histories
PARTS = 25
THOROUGH = 50  # of so many cases one looks at everything, in all languages


def compared(stage, numbers):
    """(everything found, how many cases ended with the hidden one counted, what happened in all of them)."""
    finds, counted, happened, told = {}, 0, Counter(), None
    for number in numbers:
        sees, paths = ("some", "all")[number % THOROUGH == 0], list(PATHS)
        steps = world(LUCK + number // EACH)
        if told != (told := (number // EACH, sees)):
            without = watched(stage, steps, told, sees=sees)
        other = watched(stage, with_hidden(steps, paths[number % len(paths)], f"{LUCK}.{number}"), told, sees=sees)
        counted, happened = counted + other.is_counted, happened + other.happened
        if finds_here := found(without, other):
            finds[number] = finds_here
    return finds, counted, happened


def in_words(finds):
    told = [f"case {number}, {where}:\n{how}" for number, some in finds.items() for where, how in some.items()]
    return "\n\n".join([f"{len(told)} leaks", *told[:6]])


def test_withheld_signatory_shows_in_one_number_alone(stage):
    """Ten cases in two worlds, on PostgreSQL five in one, of all that `make batteries` compares."""
    finds, _counted, _happened = compared(stage, range(5, 10 if connection.vendor == "postgresql" else 15))
    assert not finds, in_words(finds)


@pytest.mark.battery
@pytest.mark.parametrize("part", range(PARTS))
def test_withheld_signatory_shows_in_one_number_alone_in_every_history(stage, part):
    share = CASES // PARTS
    if connection.vendor == "postgresql":  # one code: a sample will do there
        share = max(1, share // 5)
    finds, counted, happened = compared(stage, range(part * share, (part + 1) * share))
    assert not finds, in_words(finds)
    acts_of_its_own = sum(number for act, number in happened.items() if act.startswith("hidden_"))
    print(f"{share} cases, counted in the end in {counted}; {acts_of_its_own} acts of its own of {happened.total()}")
    assert acts_of_its_own > share
    assert counted or share < EACH
