"""What there may have been before anybody asks."""

from datetime import UTC, datetime, timedelta

from campaigns import outbox, silence
from signatories.models import Line
from tests.factories import SignatoryFactory, UserFactory

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)  # no two clicks
ASKED = "ama@river.example"
SIGNED = Line("River Watch", "RW", "GH")


class Before:
    """Things that may have happened on a letter: to an address, and to an organization."""

    def __init__(self, letter):
        self.letter, self.vetter = letter, UserFactory()

    def signed(self, line, email, **more):
        contact = {"contact_email": email, "contact_hash": outbox.address_hash(email)}
        more = {"signed_at": LONG_AGO, "at": LONG_AGO, "decided_by": None} | contact | more
        if more.get("listed") or more.get("status") in {"declined", "duplicate"}:
            more |= {"decided_by": self.vetter, "decided_at": LONG_AGO}
        return SignatoryFactory(letter=self.letter, line=line, **more)

    def address(self, state):
        own = Line("Somebody Else", "", "KE")
        confirmed = {"confirmed_at": LONG_AGO, "agreed_revision": self.letter.revision}
        states = {
            "pending": {},
            "held": {"held_because": "haste"},
            "under review": {"reviewing_since": LONG_AGO},
            "confirmed": {"confirmed": True},
            "listed": {"listed": True},
            "listed, withheld": {"listed": True, "visibility": "counted"},
            "declined": {**confirmed, "status": "declined", "decline_reason": "other"},
            "withdrawn": {**confirmed, "status": "withdrawn", "withdrawn_at": LONG_AGO},
            "lapsed": {"status": "lapsed"},
            "invalidated": {"status": "invalid"},
            "unsubscribed": {"listed": True, "unsubscribed_at": LONG_AGO},
        }
        if state in states:
            return self.signed(own, ASKED, **states[state])
        if state == "duplicate":
            other = self.signed(own, "first@river.example", confirmed=True)
            return self.signed(own, ASKED, status="duplicate", duplicate_of=other, **confirmed)
        if state == "silenced":
            silence.keep(ASKED)
        return None

    def organization(self, state):
        states = {
            "pending": {},
            "held": {"held_because": "haste"},
            "confirmed": {"confirmed": True},
            "listed": {"listed": True},
            "listed, addressee only": {"listed": True, "visibility": "recipient"},
            "listed, counted": {"listed": True, "visibility": "counted"},
            "withdrawn": {"status": "withdrawn", "withdrawn_at": LONG_AGO},
            "lapsed": {"status": "lapsed"},
        }
        if state in states:
            self.signed(SIGNED, "other@river.example", **states[state])


ADDRESSES = [
    "pending",
    "held",
    "under review",
    "confirmed",
    "listed",
    "listed, withheld",
    "declined",
    "withdrawn",
    "lapsed",
    "invalidated",
    "unsubscribed",
    "duplicate",
    "silenced",
]
NO_MAIL = {"silenced"}  # which only the owner of the mailbox has seen to
ORGANIZATIONS = [
    "pending",
    "held",
    "confirmed",
    "listed",
    "listed, addressee only",
    "listed, counted",
    "withdrawn",
    "lapsed",
]
