"""Static copies: each published letter as files that a plain web server can serve when everything else is down."""

from letters.services.static_copies.folder import SUMS
from letters.services.static_copies.keeping import COMPARED, EVERY, LEASE, TASK, follow, keep_due
from letters.services.static_copies.standing import context, copies_found, folder_found

__all__ = [
    "COMPARED",
    "EVERY",
    "LEASE",
    "SUMS",
    "TASK",
    "context",
    "copies_found",
    "folder_found",
    "follow",
    "keep_due",
]
