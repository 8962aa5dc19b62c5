"""One organization, one live sign-on: the database decides who was first."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from signatories.models import Signatory

# what PostgreSQL and SQLite call the two places that can be taken: by constraint, and by column
TAKEN = ("one_live_sign_on_per_organization", "one_sign_on_per_contact_address", "identity_hash", "contact_hash")


def move_unless_double(signatory: Signatory, status: str, **facts: Any) -> bool:
    """Move, unless the database knows a live sign-on of the same organization."""
    try:
        with transaction.atomic():
            signatory.move_to(status, **facts)
    except IntegrityError as error:
        if not any(name in str(error) for name in TAKEN):
            raise
        return False
    return True
