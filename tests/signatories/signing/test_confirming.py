"""What the mailbox answers: yes, no, or nothing in time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns import silence
from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import emails, services
from signatories.models import Line, Signatory
from signatories.services import Outcome
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.signing.one_organization import CONTACT, link, sign_on

pytestmark = pytest.mark.django_db


def test_confirm_makes_it_a_case_for_the_vetters():
    letter = OpenLetterFactory()
    sign_on(letter)
    assert services.confirm(link(letter.signatories.get())) == Outcome.CONFIRMED
    signatory = letter.signatories.get()
    assert (signatory.status, signatory.agreed_revision) == ("confirmed", letter.revision)


def test_confirm_again_changes_nothing():
    letter = OpenLetterFactory()
    sign_on(letter)
    token = link(letter.signatories.get())
    services.confirm(token)
    before = (list(Signatory.objects.values()), Mail.objects.count(), JournalEntry.objects.count())
    assert services.confirm(token) == Outcome.CONFIRMED
    assert services.refuse(token) == Outcome.CONFIRMED
    assert (list(Signatory.objects.values()), Mail.objects.count(), JournalEntry.objects.count()) == before


def test_confirm_of_an_organization_that_is_there_already_is_a_double():
    letter = OpenLetterFactory()
    first = SignatoryFactory(letter=letter, line=Line("River Watch", "", "GH"), confirmed=True)
    sign_on(letter, name="RIVER  watch!")
    second = letter.signatories.exclude(pk=first.pk).get()
    assert services.confirm(link(second)) == Outcome.CONFIRMED  # to the outside like any other
    second.refresh_from_db()
    assert (second.status, second.duplicate_of) == ("duplicate", first)


@pytest.mark.parametrize("twin", ["public", "counted"])
def test_confirm_tells_nobody_that_the_organization_had_signed(client, twin):
    """The same pages and mails with and without a twin that is there already."""

    def seen(*, with_twin):
        letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(days=7))
        if with_twin:
            line = Line("Quiet Harbor", "", "GH")
            SignatoryFactory(letter=letter, line=line, visibility=twin, listed=True)
        sign_on(letter, name="Quiet Harbor")
        signatory = letter.signatories.get(status="pending")
        address = f"/confirm/{link(signatory).secret}/"
        pages = [client.post(address, {"choice": "confirm"}), client.get(address)]
        mail = emails.received(Mail.objects.get(kind="signatories.received", about_id=str(signatory.pk)))
        words = [page.content.decode().replace(letter.slug, "") for page in pages]
        return [re.sub(r"\d{2}:\d{2}", "", word) for word in words], mail.subject, sorted(mail.context)

    with time_machine.travel(timezone.now(), tick=False):
        assert seen(with_twin=True) == seen(with_twin=False)
    assert set(Signatory.objects.values_list("status", flat=True)) == {"listed", "duplicate", "confirmed"}


def test_confirm_same_name_in_another_country_is_another_organization():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("River Watch", "", "NG"), confirmed=True)
    sign_on(letter, name="River Watch", country="GH")
    assert services.confirm(link(letter.signatories.get(status="pending"))) == Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("after_closing", "outcome"),
    [(timedelta(hours=23, minutes=59), Outcome.CONFIRMED), (timedelta(hours=24), Outcome.CLOSED)],
)
def test_confirm_has_a_day_after_closing(after_closing, outcome):
    letter = OpenLetterFactory()
    sign_on(letter)
    with time_machine.travel(letter.closes_at + after_closing, tick=False):
        assert services.confirm(link(letter.signatories.get())) == outcome


def test_refuse_signs_nothing_and_leaves_the_mailbox_in_peace():
    letter = OpenLetterFactory()
    sign_on(letter)
    assert services.refuse(link(letter.signatories.get())) == Outcome.REFUSED
    assert letter.signatories.get().status == "withdrawn"
    assert JournalEntry.objects.filter(verb="refused").count() == 1
    sign_on(letter, name="River Watch")
    assert (letter.signatories.filter(status="pending").count(), Mail.objects.count()) == (0, 1)
    silence.end(CONTACT.email)
    sign_on(letter, name="River Watch")
    assert letter.signatories.filter(status="pending").count() == 1


def test_lapse_unconfirmed_waits_for_the_day_of_grace():
    letter = OpenLetterFactory()
    sign_on(letter)
    Letter.objects.get(pk=letter.pk).move_to("closed", closed_at=timezone.now())
    assert services.lapse_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert services.lapse_unconfirmed() == 1
    assert letter.signatories.get().status == "lapsed"
