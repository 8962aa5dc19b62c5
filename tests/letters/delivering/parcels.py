"""What is delivered in these tests, and the short ways there."""

from datetime import timedelta

from django.utils import timezone

from campaigns import outbox
from letters import services
from letters.models import Delivery, Letter
from letters.services.delivering import Parcel
from signatories.models import Line
from tests.factories import LetterFactory, RecipientFactory, RevisionFactory, SignatoryFactory

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


def closed_letter(**facts):
    """To a commissioner with an address, with a copy to a minister without one. Two have signed, one of them for the
    addressee alone."""
    now = timezone.now()
    letter = LetterFactory(opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1), **facts)
    letter.recipients.update(email=SIGNED)
    RecipientFactory(letter=letter, line="cc", name="Bo Minister", office="")
    RevisionFactory(letter=letter)
    SignatoryFactory(letter=letter, listed=True, line=Line("Heron Trust", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line("Wrenfold", "", "IS"))
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.CLOSED, closed_at=letter.closes_at)
    return Letter.objects.get(pk=letter.pk)


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
