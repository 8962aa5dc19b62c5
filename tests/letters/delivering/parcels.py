"""What is delivered in these tests, and the short ways there."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns import outbox
from letters import services
from letters.models import Delivery, Rendering
from letters.services import addressee
from letters.services.delivering import Parcel

SIGNED = "commissioner@bridges.example"  # the address on the signed list
FROM_NAME = "Campaign for Bridges"


def mail(**other):
    facts = {
        "channel": "email",
        "language": "en",
        "email": SIGNED,
        "from_name": FROM_NAME,
        "reply_to": "team@campaign.example",
        "subject": "Joint letter: For the bridge over the Lind",
        "note": "Dear Commissioner,\n\nplease find our letter with this mail.",
    }
    return Parcel(**facts | other)


def post(**other):
    return Parcel(**{"channel": "post", "language": "en", "note": "With compliments"} | other)


def set_documents(edition):
    """As if the typesetter had; in a moment."""
    for one in edition.renderings.all():
        content = f"%PDF-1.7 edition {edition.number}, {one.language}, {one.variant}".encode()
        stored = content if one.is_public else addressee.sealed(edition, content)
        one.file.save(f"{edition.pk}-{one.language}-{one.variant}", ContentFile(stored), save=False)
        one.state, one.done_at, one.pages = Rendering.State.DONE, timezone.now(), 3
        one.sha256, one.bytes = hashlib.sha256(content).hexdigest(), len(content)
        one.save()


def released(delivery, by):
    return services.release_delivery(delivery, by=by, shown=services.dry_run(delivery).shown)


def sent(delivery, by):
    """Released, gone out and noted."""
    released(delivery, by)
    outbox.send_due()
    services.note_deliveries()
    return fresh(delivery)


def fresh(delivery):
    return Delivery.objects.select_related("edition__letter__campaign", "edition__revision").get(pk=delivery.pk)
