"""The register of organizations: looked up, fed, mended, emptied. See docs/decisions/0029."""

from signatories.services.registering.looking_up import Hit, known, known_as
from signatories.services.registering.mending import AlreadyMerged, NotMerged, delete, empty, merge, split
from signatories.services.registering.remembering import (
    FEW,
    be_alone,
    filed,
    missing,
    put_back,
    rebuild,
    remember,
    remember_anew,
)

__all__ = [
    "FEW",
    "AlreadyMerged",
    "Hit",
    "NotMerged",
    "be_alone",
    "delete",
    "empty",
    "filed",
    "known",
    "known_as",
    "merge",
    "missing",
    "put_back",
    "rebuild",
    "remember",
    "remember_anew",
    "split",
]
