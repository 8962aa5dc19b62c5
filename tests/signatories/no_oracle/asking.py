"""Those who ask, and all that comes back to them."""

import re
import time
from itertools import cycle

from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns import outbox, pausing
from campaigns.models import Mail
from letters import services as letters
from letters.models import Letter
from signatories import guarding
from signatories.models import Line, Token
from signatories.models.vocabulary import SAID_BY_TEAM
from signatories.services import holding, lookalikes
from tests.factories import SignatoryFactory, UserFactory, confirmation_token
from tests.signatories.no_oracle.before import ASKED, SIGNED, Before

CHANGING = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{8,12}\.[0-9a-f]{32}|[A-Za-z0-9_-]{43}")  # forgers, stamps, links
APART = {"Set-Cookie", "Date"}
PLACES = cycle(range(1, 255))
MINE = "11111111-2222-4333-8444-555555555555"

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


def seen(response):
    """All of an answer that somebody could tell from another."""
    headers = {name: value for name, value in response.items() if name not in APART}
    headers = {name: CHANGING.sub(b"*", value.encode()) for name, value in headers.items()}
    return response.status_code, headers, sorted(response.cookies), CHANGING.sub(b"*", response.content)


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


def confirms_after_an_edition(letter):
    """As before; but what stands on the letter has been frozen since it sent its form."""
    mine = SignatoryFactory(letter=letter, line=SIGNED, contact_email="third@river.example", pk=MINE)
    frozen(letter)
    client, link = Client(), reverse("signatories:confirm", args=[confirmation_token(mine)])
    answer = client.post(link, {"choice": "confirm"})
    own = answer.url
    return [answer, *(client.get(f"{own}{page}") for page in ("", "data/", "data.json"))]


def looks_at_the_page_of_the_other(letter):
    frozen(letter)
    other = letter.signatories.get(contact_hash=outbox.address_hash("other@river.example"))
    return [Client().get(reverse("signatories:mine", args=[Token.objects.mine(other).secret]))]


def frozen(letter):
    by = UserFactory()
    letters.close(letter, by=by)
    letters.freeze(letter, by=by)


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
