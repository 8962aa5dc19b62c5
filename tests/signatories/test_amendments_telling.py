"""Whom an amendment is told to, once, and what such a mail says."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns import outbox
from letters.models import Letter
from signatories import emails, services
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import amended
from tests.signatories.amended_links import link
from tests.signatories.own_page import fresh, kinds

pytestmark = pytest.mark.django_db


def test_substance_is_told_to_everybody_live_once():
    letter = OpenLetterFactory()
    listed, confirmed = SignatoryFactory(letter=letter, listed=True), SignatoryFactory(letter=letter, confirmed=True)
    pending = SignatoryFactory(letter=letter)
    amended(letter)
    assert services.tell_of_amendments() == 2
    assert services.tell_of_amendments() == 0
    assert [kinds(one) for one in (listed, confirmed, pending)] == [["signatories.agree_again"]] * 2 + [[]]


def test_telling_goes_on_after_a_crash_without_a_second_mail():
    letter = OpenLetterFactory()
    one, other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amendment = amended(letter)
    services.amendments._write(one, amendment, emails.agree_again, dedupe=str(amendment.pk))  # and there it was killed
    services.tell_of_amendments()
    assert [kinds(signatory) for signatory in (one, other)] == [["signatories.agree_again"]] * 2


def test_correction_is_not_told_to_who_signed_the_corrected_text():
    letter = OpenLetterFactory()
    amended(letter, "correction", title="For the bridge over the Linde")
    late = SignatoryFactory(letter=Letter.objects.get(pk=letter.pk), listed=True)
    assert services.tell_of_amendments() == 0
    assert services.asks_of(late) is None


def test_remind_writes_to_those_missing_and_once_a_day():
    letter = OpenLetterFactory()
    agreed, missing = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    services.tell_of_amendments()
    services.agree(link(agreed), seen=2)
    assert services.remind(letter, by=UserFactory()) == 0  # they have just had the first mail
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert [services.remind(letter, by=UserFactory()) for _ in range(2)] == [1, 0]
    assert "signatories.agree_reminder" in kinds(missing)
    assert "signatories.agree_reminder" not in kinds(agreed)


def test_mails_about_an_amendment_name_neither_letter_nor_organization_of_a_withheld_one_in_the_subject(mailoutbox):
    letter = OpenLetterFactory()
    withheld = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden Women's Group"))
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Group"))
    amended(letter)
    services.tell_of_amendments()
    outbox.send_due()
    subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
    shown = subjects.pop(withheld.contact_email)
    assert "Hidden" not in shown
    assert "bridge" not in shown
    assert "Open Group" in next(iter(subjects.values()))  # it could have been named


def test_mail_of_an_amendment_has_the_link_that_works(client, mailoutbox):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    services.tell_of_amendments()
    outbox.send_due()
    url = next(word for word in mailoutbox[0].body.split() if "/amendment/" in word)
    assert client.get(url).status_code == 200
    assert fresh(signatory).status == "listed"
