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
    is_overtaken: bool = False  # a newer edition is on its way to the same recipient, or has been
    before: int = 0  # the number of the newest older edition that has reached the same recipient; 0 if none has
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
        if self.is_delivered or self.waiting or self.is_overtaken:
            return None
        return next((one for one in self.deliveries if one.status == Status.BOUNCED), None)

    @property
    def to_follow_up(self) -> list[Delivery]:
        return [] if self.is_overtaken else [one for one in self.deliveries if is_to_follow_up(one)]

    @property
    def whose(self) -> tuple[str, ...]:
        """Who it is: the same in the list of another edition, though address and place there may be others."""
        return tuple(self.recipient[part] for part in ("name", "office", "organization"))


@dataclass(frozen=True)
class Waits:
    """What of one edition somebody at the desk has to see to, by number."""

    edition: int
    to_release: int
    to_hand_over: int
    came_back: int
    to_follow_up: int

    @property
    def is_any(self) -> bool:
        return bool(self.to_release or self.to_hand_over or self.came_back or self.to_follow_up)


@dataclass(frozen=True)
class Standing:
    """How far one edition is on its way to everybody it is addressed to."""

    edition: Edition
    lines: list[Line]

    @property
    def is_begun(self) -> bool:
        return any(line.deliveries for line in self.lines)

    @property
    def delivered(self) -> int:
        """How many of them have it."""
        return sum(line.is_delivered for line in self.lines)


def standing(letter: Letter) -> list[Standing]:
    """Of each of its editions, the newest first. What came back of an older one, and what it has brought no reply to,
    waits until a newer one is on its way to the same recipient."""
    found = _standing(list(with_recipients(letter)))
    reached: set[tuple[str, ...]] = set()
    for one in found:
        for line in one.lines:
            line.is_overtaken = line.whose in reached
        reached |= {line.whose for line in one.lines if any(it.status != Status.CANCELLED for it in line.deliveries)}
    before: dict[tuple[str, ...], int] = {}
    for one in reversed(found):
        for line in one.lines:
            line.before = before.get(line.whose, 0)
        before |= {line.whose: one.edition.number for line in one.lines if line.is_delivered}
    return found


def lines(edition: Edition) -> list[Line]:
    """For each recipient, first those it is addressed to."""
    return _standing([edition])[0].lines


def _standing(editions: list[Edition]) -> list[Standing]:
    places = {one.pk: [Line(place, to) for place, to in enumerate(one.revision.recipients)] for one in editions}
    by_key = {one.pk: one for one in editions}
    replies = Prefetch("replies", Reply.objects.only("delivery"))  # whether there are any; they may be large
    rows = Delivery.objects.filter(edition__in=editions).without_files().prefetch_related(replies)
    for delivery in rows.order_by("-prepared_at", "-pk"):
        delivery.edition = by_key[delivery.edition_id]
        places[delivery.edition_id][delivery.recipient].deliveries.append(delivery)
    return [Standing(one, sorted(places[one.pk], key=lambda line: line.recipient["line"] == "cc")) for one in editions]


def with_recipients(letter: Letter) -> QuerySet[Edition]:
    """Its editions, the newest first, with the lists that were signed and without texts and rolls, which are long."""
    editions = letter.editions.light().select_related("revision", "letter")
    return editions.defer("revision__canonical", "revision__texts").order_by("-number")


def waiting_in(found: list[Standing]) -> list[Waits]:
    """Of each edition of which anything does."""
    return [waits for waits in map(_waits, found) if waits.is_any]


def _waits(found: Standing) -> Waits:
    every = [one for line in found.lines for one in line.deliveries]
    return Waits(
        edition=found.edition.number,
        to_release=sum(one.status == Status.PREPARED for one in every),
        to_hand_over=sum(one.status == Status.RELEASED and not one.is_mail for one in every),
        came_back=sum(line.came_back is not None for line in found.lines),
        to_follow_up=sum(len(line.to_follow_up) for line in found.lines),
    )


def is_to_follow_up(delivery: Delivery) -> bool:
    """Its day has come, and nothing of the recipient's."""
    due = delivery.follow_up_at
    return delivery.status == Status.SENT and due is not None and due <= timezone.now() and not delivery.is_replied_to


def to_reply_to(letter: Letter, also: int = 0) -> list[Delivery]:
    """Those that a reply can be to: that have arrived; and the one that it names already."""
    rows = Delivery.objects.light().filter(edition__letter=letter)
    return list((rows.arrived() | rows.filter(pk=also)).order_by("-sent_at", "-pk"))


def is_being_set(edition: Edition) -> bool:
    """Whether none of its documents can be delivered yet."""
    return not edition.renderings.public().filter(state=Rendering.State.DONE).exists()
