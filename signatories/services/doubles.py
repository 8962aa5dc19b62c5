"""One organization, one live sign-on: the database decides who was first."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from signatories.models import Signatory


def move_unless_double(signatory: Signatory, status: str, **facts: Any) -> bool:
    """Move, unless the database knows a live sign-on of the same organization."""
    was = signatory.status
    try:
        with transaction.atomic():
            signatory.move_to(status, **facts)
    except IntegrityError:
        signatory.status = was
        return False
    return True
