"""Documents of an edition that are there in a moment: for tests that ask what becomes of files, not what they hold."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from letters.services import addressee


def file_documents(edition, size=0):
    """As if the typesetter had set those that wait, of so many bytes at least."""
    for one in edition.renderings.exclude(state="done"):
        content = f"%PDF-1.7 edition {edition.number} of {edition.letter_id}, {one.language}, {one.variant}".encode()
        content = content.ljust(size)
        stored = content if one.is_public else addressee.sealed(edition, content)
        one.state, one.done_at, one.pages = one.State.DONE, timezone.now(), 3
        one.sha256, one.bytes = hashlib.sha256(content).hexdigest(), len(content)
        one.file.save(f"{edition.pk}-{one.language}-{one.variant}", ContentFile(stored))
