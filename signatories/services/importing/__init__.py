"""Sign-ons that come in lists: taken in, read, looked over by the team, and added."""

from signatories.services.importing.adding import Amended, NotDecided, NotNow, Summary, add, add_due, outcomes, summary
from signatories.services.importing.deciding import (
    Change,
    add_undecided,
    look_over,
    look_over_again,
    place_all,
    skip_lacking,
    unmerge,
)
from signatories.services.importing.emptying import discard, empty_due, forget
from signatories.services.importing.entries import Entry
from signatories.services.importing.reading import read_due
from signatories.services.importing.taking import take_in, take_in_pasted_roll
from signatories.services.importing.telling import FromList, list_behind, lists_naming

__all__ = [
    "Amended",
    "Change",
    "Entry",
    "FromList",
    "NotDecided",
    "NotNow",
    "Summary",
    "add",
    "add_due",
    "add_undecided",
    "discard",
    "empty_due",
    "forget",
    "list_behind",
    "lists_naming",
    "look_over",
    "look_over_again",
    "outcomes",
    "place_all",
    "read_due",
    "skip_lacking",
    "summary",
    "take_in",
    "take_in_pasted_roll",
    "unmerge",
]
