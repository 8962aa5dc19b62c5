"""Short histories show nothing; and the control: leaks planted in them are found."""

from difflib import ndiff

import pytest
from django.test import Client

from tests.signatories import planted_leaks
from tests.signatories.non_interference.comparing import found, watched
from tests.signatories.non_interference.looking import ALWAYS, AT_EACH_STEP, PAGE
from tests.signatories.non_interference.short_histories import COUNTED, acts
from tests.signatories.public_outputs import Eyes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Leaks that are planted by `make test`, too.
QUICK = ("counted_among_the_countries", "header_that_counts", "addressee_copy_in_the_manifest")
FROZEN = {
    "published": [*COUNTED, *acts("freeze", "publish", "sign", since=20)],
    "frozen": [*COUNTED, *acts("freeze", since=20)],
    "frozen otherwise": [*COUNTED, *acts("*show_as", "freeze", since=20)],  # named to the addressee in one of the two
}
WAITING = acts("sign", "*sign_held", "confirm", "*release", "approve", "*confirm", "correct", "news")


def shortly_compared(stage):
    """What is found in short histories: in one the hidden one waits, in the others it is counted in the end, and in two
    of these frozen."""
    for name, steps in {"waiting": WAITING, "counted": COUNTED, **FROZEN}.items():
        without = watched(stage, [step for step in steps if not step.is_hidden], name, sees="plain")
        other = watched(stage, steps, name, sees="plain")
        assert other.is_counted == (name != "waiting")
        if finds := found(without, other):
            return {f"{name} {where}": how for where, how in finds.items()}
    return {}


def test_short_histories_show_nothing(stage):
    assert shortly_compared(stage) == {}


@pytest.mark.parametrize(
    "leak", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.battery) for name in planted_leaks.LEAKS]
)
def test_planted_leak_is_caught(stage, monkeypatch, leak):
    planted_leaks.LEAKS[leak](monkeypatch)
    finds = shortly_compared(stage)
    print(f"{leak}: {len(finds)} places, {sorted(finds)[:3]}")
    assert finds


def test_the_first_withheld_name_brings_a_line_and_nothing_else(stage):
    """Where nothing was withheld before there is no line yet; in all else this is as with the second."""
    steps = acts("*sign", "*confirm", "*approve", "news")
    seen = []
    for told in ([step for step in steps if not step.is_hidden], steps):
        with stage.told(told) as telling:
            telling.withdraw_anchor()
            eyes = Eyes(Client(), telling.withheld, telling.is_counted)
            seen.append({path: eyes.ask(path).exact.splitlines() for path in [*ALWAYS, *AT_EACH_STEP]})
    for path in seen[0]:
        changed = [line for line in ndiff(seen[0][path], seen[1][path]) if line[0] == "+" and line[2:].strip()]
        assert [line for line in changed if "withheld" not in line and "Content-Length" not in line] == []
    assert sum("withheld" in "".join(lines) for lines in seen[1].values()) >= 4


def test_whoever_comes_back_in_confidence_has_left_for_all_others(stage):
    """The page goes on saying that it has withdrawn since the edition that prints it."""
    steps = acts("freeze", "withdraw", "reopen", "*sign_returned", "*confirm", "*approve", "news")
    without = watched(stage, [step for step in steps if not step.is_hidden], "returned", sees="plain")
    other = watched(stage, steps, "returned", sees="plain")
    assert other.is_counted
    assert found(without, other) == {}
    with stage.told(steps) as telling:
        gone = telling.row(telling.gone()).line.name
    assert all(gone in one.notes[PAGE,].exact for one in (without, other))
