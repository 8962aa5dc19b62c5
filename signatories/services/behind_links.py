"""What everything behind a link in a mail begins with: the row, under its letter, both held."""

from __future__ import annotations

from letters.models import Letter
from signatories.models import Signatory, Token


def held(token: Token) -> Signatory:
    """The signatory under its letter, both locked in the order in which everybody takes these locks."""
    letter = Letter.objects.locked_shared(token.signatory.letter_id)
    rows = Signatory.objects.select_for_update(of=("self",)).select_related("agreed_revision")
    signatory = rows.get(pk=token.signatory_id)
    signatory.letter = letter
    return signatory
