"""The demonstration campaign as data: a lake, three letters about it and who signs them. All of it is invented.

`manage.py demo` plays it through the services.
"""

from signatories.demonstration.cast import Cast, Story, cast_of
from signatories.demonstration.flood import MISTAKEN, SET_ASIDE, TO_FIND, WHY, Burst
from signatories.demonstration.letters import CAMPAIGN, CLOSED_LETTER, DRAFT_LETTER, OPEN_LETTER, Script
from signatories.demonstration.workshop import FRENCH, MESSAGE, VOICES, Voice

__all__ = [
    "CAMPAIGN",
    "CLOSED_LETTER",
    "DRAFT_LETTER",
    "FRENCH",
    "MESSAGE",
    "MISTAKEN",
    "OPEN_LETTER",
    "SET_ASIDE",
    "TO_FIND",
    "VOICES",
    "WHY",
    "Burst",
    "Cast",
    "Script",
    "Story",
    "Voice",
    "cast_of",
]
