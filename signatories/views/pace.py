"""Answers at full steps of time alone, so that how long one takes does not tell what there was to do.

Whether an address stands on a letter decides what a form sets off, and that takes milliseconds more or less: somebody
near enough would learn at the first try that an address has signed and not confirmed yet (python -m bench.oracle). The
wait comes after the transaction, so it holds a thread and nothing else; what limits a busy server is the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest

STEP = 0.05  # seconds; hardly anything that these forms set off takes longer

Answer = TypeVar("Answer")


def in_steps(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """For views that do by POST what must not be told. What takes longer than one step ends at the next."""

    @wraps(view)
    def paced(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST" and settings.ANSWERS_IN_STEPS:
            time.sleep((began - time.monotonic()) % STEP)
        return response

    return paced
