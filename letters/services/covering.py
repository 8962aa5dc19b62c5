"""The papers that go with a delivery on paper: made when they are asked for, and kept nowhere."""

from __future__ import annotations

from datetime import UTC

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from letters import dates, emails, instants
from letters.document import Addressee
from letters.models import Delivery
from letters.pdf import covers
from letters.services import editions
from letters.services.delivering import NotDeliverable

WITH_IT = {Delivery.Channel.POST: covers.LABEL, Delivery.Channel.HAND: covers.RECEIPT}
PRINTED = ("line", "honorific", "name", "office", "organization", "address")


def has_papers(delivery: Delivery) -> bool:
    """Whether there is something to print: until it has arrived, or has come to nothing."""
    waiting = (Delivery.Status.PREPARED, Delivery.Status.RELEASED)
    return delivery.channel in WITH_IT and delivery.status in waiting


def cover_pdf(delivery: Delivery) -> bytes:
    """The cover letter with an address label or a form of receipt. Raises NotDeliverable for what needs none or has
    no document, and RenderingFailed."""
    if not has_papers(delivery):
        raise NotDeliverable
    cover = _cover(delivery)
    with editions.a_turn():
        return covers.render(cover)


def _cover(delivery: Delivery) -> covers.Cover:
    edition, language, document = delivery.edition, delivery.language, delivery.rendering
    if document is None:
        raise NotDeliverable
    letter, text, roll = edition.letter, edition.revision.text_in(language), edition.printed_roll
    today = instants.on_the_wall(delivery.released_at or timezone.now(), letter.zone).date()
    words = emails.spoken(language)
    with translation.override(words):
        said = {
            "subject": emails.subject_of(text["title"]),
            "signed_by": emails.signed_by(roll.organizations + roll.withheld, roll.persons),
            "edition": _("Edition %(edition)s, %(day)s")
            % {"edition": edition.number, "day": formats.date_format(edition.as_of.astimezone(UTC), "DATE_FORMAT")},
        }
    return covers.Cover(
        language=language,
        words=words,
        sender=edition.front["letterhead"],
        contact=letter.campaign.contact_email,
        place=edition.front["place"],
        date=dates.in_words(today, "day", language),
        to=Addressee(*(delivery.recipient_signed[part] for part in PRINTED)),
        note=delivery.note,
        title=text["title"],
        sha256=document.sha256,
        is_confidential=not delivery.is_public,
        with_it=WITH_IT[Delivery.Channel(delivery.channel)],
        paper=edition.printed_look.paper,
        **said,
    )
