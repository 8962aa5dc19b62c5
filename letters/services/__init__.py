from campaigns.lifecycle import ForbiddenMove
from letters.pdf import RenderingFailed
from letters.services.drafting import Conflict, Draft, NotDraft, create_letter, save_draft, set_timetable
from letters.services.editions import AlreadyFrozen, NotClosed, freeze, preview
from letters.services.renderings import render_again
from letters.services.timetable import (
    ChangedSince,
    NotReady,
    PastClosing,
    close,
    close_past_due,
    open_for_signing,
    pause,
    reopen,
    resume,
)

__all__ = [
    "AlreadyFrozen",
    "ChangedSince",
    "Conflict",
    "Draft",
    "ForbiddenMove",
    "NotClosed",
    "NotDraft",
    "NotReady",
    "PastClosing",
    "RenderingFailed",
    "close",
    "close_past_due",
    "create_letter",
    "freeze",
    "open_for_signing",
    "pause",
    "preview",
    "render_again",
    "reopen",
    "resume",
    "save_draft",
    "set_timetable",
]
