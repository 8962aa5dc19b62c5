"""To whoever fills in a form all mailboxes and all organizations are alike; the mailbox learns more by one mail."""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns import outbox, silence
from signatories import services
from signatories.models import Signatory
from signatories.services import linking
from tests.signatories.no_oracle.asking import ANSWERS, PLACES, after, asks_for_a_link, signs
from tests.signatories.no_oracle.before import ADDRESSES, ASKED, NO_MAIL, ORGANIZATIONS, SIGNED, Before

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SENT = ("signatories.confirm", "signatories.already_signed", "signatories.mine_link", "signatories.no_sign_on")


def asked_of(addresses, organizations):
    return [
        pytest.param(address, organization, id=f"{address}/{organization}")
        for address in addresses
        for organization in organizations
    ]


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
