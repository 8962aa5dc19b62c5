"""What will happen and when, drawn before anything does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
STEPS = 10  # of the world
# What the hidden one goes through, by name; each act comes at a place of its own in the history, in this order.
PATHS = {
    "listed": "sign confirm approve agree agree unsubscribe",
    "visible to the recipient": "sign confirm show_as approve agree show_as agree",
    "withdrawn": "sign confirm approve agree withdraw",
    "withdrawn early": "sign confirm withdraw",
    "agrees again": "sign confirm approve agree agree agree object agree",
    "lapses": "sign link",
    "is held": "sign_held wait release confirm approve agree",
    "is held for good": "sign_held",
    "board": "sign board link confirm approve agree",
    "board never decides": "sign board",
    "refused": "sign refuse",
    "declined": "sign confirm decline",
    "reconsidered": "sign confirm decline reconsider approve agree",
    "taken off": "sign confirm approve decline reconsider",
    "asked": "sign confirm ask answer approve agree",
    "corrected": "sign correct confirm correct approve correct decide agree correct",
    "double": "sign_double confirm",
    "double by a vetter": "sign confirm mark_duplicate",
    "set aside": "sign_crowd confirm approve invalidate",
    "set aside and put back": "sign_crowd confirm approve invalidate undo agree",
    "erased": "sign confirm approve agree erase",
    "vouched for": "sign_second confirm vouch approve agree",
    "first public, then hidden": "sign_public confirm show_as approve agree",
    "signs twice": "sign sign_anew confirm sign_anew approve agree",
}
EARLY = [
    *["sign"] * 4,
    *["confirm"] * 3,
    *["approve"] * 3,
    "amend",
    "correct",
    "board",
    "ask",
    "tick",
    "news",
    "show_as",
]
WORLD = [
    *["sign"] * 6,
    *["confirm"] * 5,
    *["approve"] * 4,
    *["amend"] * 3,
    *["agree"] * 3,
    *["tick"] * 3,
    *(
        "decline",
        "reconsider",
        "withdraw",
        "correct",
        "decide",
        "show_as",
        "ask",
        "answer",
        "object",
        "remind",
        "board",
    ),
    *("close", "reopen", "reopen", "freeze", "freeze", "pause", "resume", "move_closing", "news", "invalidate"),
    *("undo", "mark_duplicate", "erase", "unsubscribe", "release", "refuse", "wait", "board"),
]


@dataclass(frozen=True)
class Step:
    """Something that happens, at `at` since the beginning."""

    at: timedelta
    act: str
    seed: str
    is_hidden: bool = False


def world(seed: int) -> list[Step]:
    """What everybody else does."""
    luck = random.Random(seed)
    steps, at = [], timedelta()
    for number in range(STEPS):
        at += luck.choice([timedelta(minutes=7), timedelta(hours=5), timedelta(hours=30), timedelta(days=3)])
        steps.append(Step(at, luck.choice(EARLY if number < STEPS // 3 else WORLD), f"{seed}.{number}"))
    return steps


def with_hidden(steps: list[Step], path: str, seed: str) -> list[Step]:
    """The same with one more among them, who goes along a path."""
    luck, acts = random.Random(seed), PATHS[path].split()
    places = [luck.randrange(3), *sorted(luck.choices(range(2, len(steps)), k=len(acts) - 1))]
    theirs = [
        Step(steps[place].at + timedelta(seconds=20 + number), act, f"{seed}.{number}", is_hidden=True)
        for number, (place, act) in enumerate(zip(places, acts, strict=True))
    ]
    return sorted([*steps, *theirs], key=lambda step: step.at)
