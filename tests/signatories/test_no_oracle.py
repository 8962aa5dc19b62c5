"""No answer tells who has signed: to whoever fills in a form, all mailboxes and all organizations are alike.

Only the mailbox learns how things stand, by one mail; and what the public list shows may be said, as it is public.
"""

import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns import outbox, pausing, silence
from campaigns.models import Mail
from letters.models import Letter
from signatories import guarding, services
from signatories.models import Line, Purpose, Signatory, Token
from signatories.models.vocabulary import SAID_BY_TEAM
from signatories.services import holding, linking, lookalikes
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.signatories import naive_answers

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)  # no two clicks
ASKED = "ama@river.example"
SIGNED = Line("River Watch", "RW", "GH")
CHANGING = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{8,12}\.[0-9a-f]{32}|[A-Za-z0-9_-]{43}")  # forgers, stamps, links
APART = {"Set-Cookie", "Date"}
PLACES = cycle(range(1, 255))

ANSWERS = {
    "name": SIGNED.name,
    "acronym": SIGNED.acronym,
    "country": SIGNED.country,
    "scope": "national",
    "contact_name": "Ama Mensah",
    "contact_role": "Director",
    "contact_email": ASKED,
    "visibility": "public",
    "attested": "on",
}
SENT = ("signatories.confirm", "signatories.already_signed", "signatories.mine_link", "signatories.no_sign_on")

# --- What there may have been before ---


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


def asked_of(addresses, organizations):
    return [
        pytest.param(address, organization, id=f"{address}/{organization}")
        for address in addresses
        for organization in organizations
    ]


# --- What comes back ---


def seen(response):
    """All of an answer that somebody could tell from another."""
    headers = {name: value for name, value in response.items() if name not in APART}
    headers = {name: CHANGING.sub(b"*", value.encode()) for name, value in headers.items()}
    return response.status_code, headers, sorted(response.cookies), CHANGING.sub(b"*", response.content)


@pytest.fixture
def letter():
    with time_machine.travel(NOW, tick=False):
        yield OpenLetterFactory(opens_at=NOW - timedelta(days=9), closes_at=NOW + timedelta(days=9))


def after(letter, address, organization, asks):
    """What `asks` gets when these have happened before, and which mails are written then; all is taken back."""
    for cached in (pausing, holding):
        cached.forget()
    lookalikes._index.cache_clear()
    with transaction.atomic():
        before = Before(Letter.objects.get(pk=letter.pk))
        before.organization(organization)
        before.address(address)
        known = set(Mail.objects.values_list("pk", flat=True))
        got = [seen(response) for response in asks(letter)]
        mails = Mail.objects.exclude(pk__in=known).filter(to_hash=outbox.mailbox_hash(ASKED))
        others = Mail.objects.exclude(pk__in=known).exclude(to_hash=outbox.mailbox_hash(ASKED)).count()
        kinds = list(mails.values_list("kind", flat=True))
        transaction.set_rollback(True)
    return got, kinds, others


def signs(letter):
    """Send the form: the answer, and the page it leads to."""
    client, page = Client(), reverse("signatories:sign", args=[letter.slug])
    sent = client.post(page, {**ANSWERS, "began": guarding.stamp(time.time() - 60), "send": "1"})
    return [sent, client.get(sent.url)] if sent.status_code == 302 else [sent]


def checks(letter):
    """Have the answers shown, before anything is sent."""
    page = reverse("signatories:sign", args=[letter.slug])
    return [Client().post(page, {**ANSWERS, "began": guarding.stamp(time.time() - 60)})]


def asks_for_a_link(letter):
    """Each time from another place, as others would."""
    client, page = Client(), reverse("signatories:new_link", args=[letter.slug])
    return [client.post(page, {"email": ASKED}, REMOTE_ADDR=f"203.0.113.{next(PLACES)}")]


def confirms(letter):
    """Another mailbox, which says yes to the organization; the answer, and its own page."""
    mine = SignatoryFactory(letter=letter, line=SIGNED, contact_email="third@river.example", pk=MINE)
    client, link = Client(), reverse("signatories:confirm", args=[confirmation_token(mine)])
    answer = client.post(link, {"choice": "confirm"})
    return [answer, client.get(answer.url)]


def renames_itself(letter, **more):
    """Another mailbox, which takes the organization's name; the answer, and its own page."""
    own = Line("Rover Watch", "RW", "GH")
    more |= {"contact_email": "third@river.example", "pk": MINE, "confirmed": True}
    mine = SignatoryFactory(letter=letter, line=own, **more)
    page = reverse("signatories:correct", args=[Token.objects.mine(mine).secret])
    client = Client()
    line = {"name": SIGNED.name, "acronym": SIGNED.acronym, "country": SIGNED.country}
    answer = client.post(page, {**line, "contact_name": "Ama Mensah", "contact_role": "Director"})
    return [answer, *([client.get(answer.url)] if answer.status_code == 302 else [])]


def renames_itself_from_a_list(letter):
    """As before; but the team said that it signs, and its mailbox has not answered."""
    return renames_itself(letter, attestation=SAID_BY_TEAM)


MINE = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(("address", "organization"), asked_of([None, *ADDRESSES], [None, *ORGANIZATIONS]))
def test_sign_on_answers_all_alike_and_writes_one_mail(letter, address, organization):
    nothing = after(letter, None, None, signs)
    got, kinds, others = after(letter, address, organization, signs)
    assert got == nothing[0]
    assert len(kinds) == (address not in NO_MAIL)
    assert others == 0
    assert set(kinds) <= set(SENT)


@pytest.mark.parametrize(("address", "organization"), asked_of(ADDRESSES, [None, "listed", "listed, counted"]))
def test_new_link_answers_all_alike_and_writes_one_mail(letter, address, organization):
    nothing = after(letter, None, None, asks_for_a_link)
    got, kinds, others = after(letter, address, organization, asks_for_a_link)
    assert got == nothing[0]
    assert len(kinds) == (address not in NO_MAIL)
    assert others == 0
    assert nothing[1] == ["signatories.no_sign_on"]


def test_new_link_answers_all_alike_where_a_stranger_is_told_nothing_any_more(letter):
    def asks_often(letter):
        page, place = reverse("signatories:new_link", args=[letter.slug]), f"203.0.113.{next(PLACES)}"
        for number in range(linking.FROM_A_PLACE):
            Client().post(page, {"email": f"ama@strange{number}.example"}, REMOTE_ADDR=place)
        return [Client().post(page, {"email": ASKED}, REMOTE_ADDR=place)]

    nothing = after(letter, None, None, asks_for_a_link)[0]
    assert after(letter, None, None, asks_often) == (nothing, [], linking.FROM_A_PLACE)
    assert after(letter, "listed", None, asks_often) == (nothing, ["signatories.mine_link"], linking.FROM_A_PLACE)


@pytest.mark.parametrize("asks", [checks, confirms, renames_itself, renames_itself_from_a_list])
@pytest.mark.parametrize("organization", [one for one in ORGANIZATIONS if one != "listed"])
def test_pages_tell_nothing_of_an_organization_that_is_not_on_the_list(letter, asks, organization):
    assert after(letter, None, organization, asks)[0] == after(letter, None, None, asks)[0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_check_page_tells_nothing_of_an_address(letter, address):
    """The one that stands on the list is another organization's, and unlike what is asked."""
    assert after(letter, address, None, checks) == after(letter, None, None, checks)


@pytest.mark.parametrize("asks", [confirms, renames_itself, renames_itself_from_a_list])
def test_pages_behind_a_link_tell_nothing_of_an_organization_that_is_listed(letter, asks):
    assert after(letter, None, "listed", asks)[0] == after(letter, None, None, asks)[0]


def test_check_page_asks_about_what_the_list_shows(letter):
    """The control: the one thing that may be said is said."""
    got, _, _ = after(letter, None, "listed", checks)
    assert got != after(letter, None, None, checks)[0]
    assert b"Is this the same as" in got[0][3]


def test_sign_on_answers_a_trap_and_haste_alike(letter):
    def hastily(letter):
        page = reverse("signatories:sign", args=[letter.slug])
        return [Client().post(page, {**ANSWERS, "began": "", "remarks": "Hello", "send": "1"})]

    assert after(letter, None, None, hastily)[0] == after(letter, None, None, signs)[0][:1]
    assert after(letter, None, None, hastily)[1] == []


def test_states_are_what_they_are_called(letter):
    """The control: the address or the organization is there, so that something could have been told."""
    found = Counter()
    for address in ADDRESSES:
        with transaction.atomic():
            Before(letter).address(address)
            rows = Signatory.objects.filter(contact_hash=outbox.address_hash(ASKED))
            found[address] = rows.count() or silence.is_kept(ASKED)
            transaction.set_rollback(True)
    for organization in ORGANIZATIONS:
        with transaction.atomic():
            Before(letter).organization(organization)
            rows = Signatory.objects.filter(identity_hash=services.identity_hash(letter.pk, SIGNED))
            found[organization] += rows.count()
            transaction.set_rollback(True)
    assert {state for state in {*ADDRESSES, *ORGANIZATIONS} if not found[state]} == set()


# --- What the tests above have to notice ---


@pytest.mark.parametrize("leak", ["status", "header", "body", "cookie", "location"])
def test_a_naive_form_would_be_noticed(letter, settings, leak):
    settings.ROOT_URLCONF = "tests.signatories.naive_answers"
    naive_answers.leak = leak

    def asks(letter):
        return [Client().post(f"/naive/sign/{letter.slug}/", {"email": ASKED})]

    assert after(letter, "listed", None, asks)[0] != after(letter, None, None, asks)[0]
    assert after(letter, "lapsed", None, asks)[0] == after(letter, None, None, asks)[0]


def test_a_naive_heading_would_be_noticed(letter, monkeypatch):
    """One that says who has answered of all but doubles, as it once did."""
    honest = Signatory.has_answered.fget
    naive = property(lambda one: one.status == Signatory.Status.DUPLICATE or honest(one))
    monkeypatch.setattr(Signatory, "has_answered", naive)
    asks = renames_itself_from_a_list
    assert after(letter, None, "listed, counted", asks)[0] != after(letter, None, None, asks)[0]


def test_a_naive_list_of_likes_would_be_noticed(letter, monkeypatch):
    """One that looks at all rows, and not at what the list shows."""
    everybody = Signatory.objects.filter(letter=letter.pk, visibility="public")
    monkeypatch.setattr(lookalikes, "_roll", lambda letter_id: everybody.all())
    assert after(letter, None, "pending", checks)[0] != after(letter, None, None, checks)[0]


def test_a_second_mail_would_be_noticed(letter):
    def twice(letter):
        answers = signs(letter)
        Token.objects.issue(letter.signatories.get(), Purpose.CONFIRM)
        services.signing._ask_to_confirm(letter.signatories.get(), Token.objects.last())
        return answers

    assert len(after(letter, None, None, twice)[1]) == 2
