"""The register of organizations: looked up, fed, mended, emptied. See docs/decisions/0029."""

from signatories.services.registering.looking_up import Hit, known, known_as
from signatories.services.registering.mending import (
    AlreadyMerged,
    NotMerged,
    delete,
    empty,
    merge,
    merge_again,
    mergers_gone,
    split,
)
from signatories.services.registering.remembering import (
    FEW,
    filed,
    missing,
    put_back,
    rebuild,
    remember,
    remember_again,
    remember_anew,
)

__all__ = [
    "FEW",
    "AlreadyMerged",
    "Hit",
    "NotMerged",
    "delete",
    "empty",
    "filed",
    "known",
    "known_as",
    "merge",
    "merge_again",
    "mergers_gone",
    "missing",
    "put_back",
    "rebuild",
    "remember",
    "remember_again",
    "remember_anew",
    "split",
]
