"""Links by the hundred: mail gateways scan each in every way they know, and afterwards the people get through.

`make test` takes 100 links; LINKS=1000 in the environment takes more.
"""

import os

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail, Suppression
from signatories.models import Correction, Objection, Purpose, Question, SecondContact, Signatory, Token
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token
from tests.signatories.test_confirm_page import SCANS

pytestmark = [pytest.mark.django_db, pytest.mark.battery]

LINKS = int(os.environ.get("LINKS", "100"))
MODELS = (Signatory, Token, Mail, JournalEntry, Suppression, Correction, Objection, Question, SecondContact)
PAGES = (
    "",
    "decide/",
    "amendment/",
    "question/",
    "correct/",
    "visibility/",
    "withdraw/",
    "mails/",
    "links/",
    "data/",
    "data.json",
)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def some(number, letter):
    """As many links of each purpose, each with what a person answers there and how one sees that it was heard."""
    links = []
    for place in range(number):
        kind = ("confirm", "mine", "vouch", "unsubscribe")[place % 4]
        signatory = SignatoryFactory(letter=letter, **({} if kind == "confirm" else {"listed": True}))
        links.append((kind, signatory, _link(kind, signatory)))
    return links


def _link(kind, signatory):
    if kind == "confirm":
        return reverse("signatories:confirm", args=[confirmation_token(signatory)])
    if kind == "vouch":
        SecondContact.objects.create(signatory=signatory, email="board@rivers.example", email_hash="x")
        return reverse("signatories:vouch", args=[Token.objects.issue(signatory, Purpose.SECOND).secret])
    issue = Token.objects.mine if kind == "mine" else Token.objects.unsubscribing
    return reverse(f"signatories:{kind}", args=[issue(signatory).secret])


def answer(client, kind, link):
    """As a person does it."""
    if kind == "confirm":
        client.post(link, {"choice": "confirm"})
    elif kind == "mine":
        client.post(f"{link}withdraw/", {"sure": "on"})
    elif kind == "vouch":
        client.post(link, {"answer": "right"})
    else:
        client.post(link, {"List-Unsubscribe": "One-Click"})


HEARD = {
    "confirm": lambda one: one.status == "confirmed",
    "mine": lambda one: one.status == "withdrawn",
    "vouch": lambda one: one.second_contact.answer == "right",
    "unsubscribe": lambda one: one.unsubscribed_at is not None,
}


def test_scanned_links_change_nothing_and_people_get_through(client):
    links = some(LINKS, OpenLetterFactory())
    before = everything()
    for place, (kind, _signatory, link) in enumerate(links):
        for scan in ("head", "get", "prefetch", "twice", "post", "post of the buttons"):
            SCANS[scan](client, link)
        if kind == "mine":
            for page in PAGES if place < 40 else PAGES[place % len(PAGES) :][:1]:
                for scan in ("head", "get", "post", "post of the buttons"):
                    SCANS[scan](client, link + page)
    assert everything() == before
    for kind, _signatory, link in links:
        answer(client, kind, link)
    found = Signatory.objects.select_related("second_contact").in_bulk([one.pk for _kind, one, _link in links])
    assert [kind for kind, one, _link in links if not HEARD[kind](found[one.pk])] == []


def said_beside(answer):
    """The headers without the second in which it was given."""
    return [(name, value) for name, value in answer.headers.items() if name != "Expires"]


def test_links_that_lead_nowhere_cannot_be_told_apart(client):
    """Forged, expired, used, replaced, of another purpose: one page, by whatever method, to the byte."""
    letter = OpenLetterFactory()
    links = some(40, letter)
    dead = []
    for place, (kind, signatory, link) in enumerate(links):
        secret = link.rstrip("/").rpartition("/")[2]
        others = [name for name in ("confirm", "mine", "vouch", "unsubscribe") if name != kind]
        dead += [reverse(f"signatories:{name}", args=[secret]) for name in others]
        dead.append(link.replace(secret, secret[::-1]))
        fate = place % 3
        if fate == 0:
            signatory.tokens.update(expires_at=timezone.now())
        elif fate == 1:
            Signatory.objects.filter(pk=signatory.pk).update(status="invalid")
        else:
            signatory.tokens.all().delete()
        dead.append(link)
    answers = [ask(link) for link in dead for ask in (client.get, client.post)]
    answers += [client.post(link, {"choice": "confirm", "List-Unsubscribe": "One-Click"}) for link in dead]
    assert {one.status_code for one in answers} == {404}
    assert len({(one.content, tuple(sorted(said_beside(one)))) for one in answers}) == 1
    assert not client.cookies


def test_battery_sees_a_link_that_acts_by_itself(client, settings):
    """The control: on pages as they are commonly built the same scans confirm."""
    settings.ROOT_URLCONF = "tests.signatories.naive_confirmation"
    tokens = [confirmation_token(SignatoryFactory()) for _ in range(3)]
    before = everything()
    for token in tokens:
        SCANS["get"](client, reverse("by_get", args=[token]))
    assert everything() != before
    assert Signatory.objects.filter(status="confirmed").count() == 3
