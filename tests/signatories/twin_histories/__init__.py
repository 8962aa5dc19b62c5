"""One history told twice: with a withheld signatory and without it, by the same clock and with the same ids.

The plan is drawn before anything happens, each step with luck of its own, so that what the hidden one does moves
nobody else's dice. What others get to know on the way is written down: their mails, and what their answers came to.
"""

from tests.signatories.twin_histories.ground import COURTESY, SLUG
from tests.signatories.twin_histories.hearing import canaries_in_tables, hearing, whole
from tests.signatories.twin_histories.plan import PATHS, Step, with_hidden, world
from tests.signatories.twin_histories.secret import CANARY, HIDDEN, SECRET, SECRET_CONTACT, SECRET_WORDS
from tests.signatories.twin_histories.stage import Stage

__all__ = [
    "CANARY",
    "COURTESY",
    "HIDDEN",
    "PATHS",
    "SECRET",
    "SECRET_CONTACT",
    "SECRET_WORDS",
    "SLUG",
    "Stage",
    "Step",
    "canaries_in_tables",
    "hearing",
    "whole",
    "with_hidden",
    "world",
]
