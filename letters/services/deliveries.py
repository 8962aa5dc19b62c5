"""Where the deliveries of a letter stand: to whom of those it is addressed to, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from letters.models import Delivery, Edition, Letter, Rendering, Reply

Status = Delivery.Status


@dataclass
class Line:
    """One recipient of an edition, at its place in the signed list, with its deliveries, the newest first."""

    place: int
    recipient: dict[str, Any]
    deliveries: list[Delivery] = field(default_factory=list)
    step: tuple[str, str, bool] | None = None  # what a page offers next

    @property
    def waiting(self) -> Delivery | None:
        """What somebody has to see to next; None if nothing is."""
        for status in (Status.PREPARED, Status.RELEASED):
            if found := next((one for one in self.deliveries if one.status == status), None):
                return found
        return None

    @property
    def is_delivered(self) -> bool:
        return any(one.status in (Status.SENT, Status.ACKNOWLEDGED) for one in self.deliveries)

    @property
    def is_mailed(self) -> bool:
        """Whether a mail has gone to it, or will: another way is by the post then."""
        return any(one.is_mail and one.status not in (Status.BOUNCED, Status.CANCELLED) for one in self.deliveries)

    @property
    def came_back(self) -> Delivery | None:
        """The newest, unless it has arrived by another way or is on its way again."""
        if self.is_delivered or self.waiting:
            return None
        return next((one for one in self.deliveries if one.status == Status.BOUNCED), None)


@dataclass(frozen=True)
class Waits:
    """What somebody at the desk has to see to, by number."""

    to_release: int
    came_back: int
    to_follow_up: int

    @property
    def is_any(self) -> bool:
        return bool(self.to_release or self.came_back or self.to_follow_up)


def lines(edition: Edition) -> list[Line]:
    """For each recipient, first those it is addressed to."""
    found = [Line(place, one) for place, one in enumerate(edition.revision.recipients)]
    replies = Prefetch("replies", Reply.objects.only("delivery"))  # whether there are any; they may be large
    rows = edition.deliveries.without_files().prefetch_related(replies)
    for delivery in rows.order_by("-prepared_at", "-pk"):
        delivery.edition = edition
        found[delivery.recipient].deliveries.append(delivery)
    return sorted(found, key=lambda line: line.recipient["line"] == "cc")


def waits(letter: Letter) -> Waits:
    """Of its newest edition."""
    edition = with_recipients(letter).first()
    return waiting_in(lines(edition)) if edition else Waits(0, 0, 0)


def with_recipients(letter: Letter) -> QuerySet[Edition]:
    """Its editions, the newest first, with the lists that were signed and without texts and rolls, which are long."""
    editions = letter.editions.light().select_related("revision", "letter")
    return editions.defer("revision__canonical", "revision__texts").order_by("-number")


def waiting_in(found: list[Line]) -> Waits:
    every = [one for line in found for one in line.deliveries]
    return Waits(
        sum(one.status == Status.PREPARED for one in every),
        sum(line.came_back is not None for line in found),
        sum(is_to_follow_up(one) for one in every),
    )


def is_to_follow_up(delivery: Delivery) -> bool:
    """Its day has come, and nothing of the recipient's."""
    due = delivery.follow_up_at
    return delivery.status == Status.SENT and due is not None and due <= timezone.now() and not delivery.is_replied_to


def to_reply_to(letter: Letter, also: int = 0) -> list[Delivery]:
    """Those that a reply can be to: that have arrived; and the one that it names already."""
    rows = Delivery.objects.light().filter(edition__letter=letter)
    return list((rows.arrived() | rows.filter(pk=also)).order_by("-sent_at", "-pk"))


def is_delivered(letter: Letter) -> bool:
    """Whether any edition has reached anybody."""
    return Delivery.objects.arrived().filter(edition__letter=letter).exists()


def is_being_set(edition: Edition) -> bool:
    """Whether none of its documents can be delivered yet."""
    return not edition.renderings.public().filter(state=Rendering.State.DONE).exists()
