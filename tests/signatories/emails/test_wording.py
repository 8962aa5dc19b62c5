"""What the mails say to one signatory."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from signatories import emails
from signatories.models import Line, Purpose, Token
from tests.factories import SignatoryFactory
from tests.signatories.emails.cases import Case, sent

pytestmark = pytest.mark.django_db


def test_nothing_is_written_to_a_contact_that_was_deleted():
    case = Case("public")
    case.confirmed("listed", contact_email="")
    case.signatory.refresh_from_db()
    emails.tell(emails.listed, case.signatory)
    assert Mail.objects.count() == 0


def test_long_names_are_cut_in_the_subject_and_whole_in_the_mail():
    name = "Federation of " + "very " * 35 + "long names"
    signatory = SignatoryFactory(listed=True, line=Line(name, "", "KE"))
    emails.tell(emails.listed, signatory)
    outbox.send_due()
    (mail,) = django_mail.outbox
    assert (name in mail.subject, name in mail.body, "…" in mail.subject) == (False, True, True)


def test_names_stand_isolated_in_html():
    signatory = SignatoryFactory(listed=True, line=Line("جمعية النهر", "", "EG", second_name="River <b>Society"))
    emails.tell(emails.listed, signatory)
    outbox.send_due()
    page = next(content for content, _ in django_mail.outbox[0].alternatives)
    assert "<bdi>جمعية النهر</bdi>" in page
    assert "<bdi>River &lt;b&gt;Society</bdi>" in page


def test_an_individual_reads_that_the_affiliation_identifies_only():
    line = Line("Aline Kabila", "", "CD", affiliation="Nurse, General Hospital")
    emails.tell(emails.listed, SignatoryFactory(listed=True, kind="individual", line=line))
    outbox.send_due()
    assert "Nurse, General Hospital (for identification only)" in django_mail.outbox[0].body


def test_pending_and_settled_signatories_are_told_of_a_closing_time_differently():
    settled = sent("signatories.closing_moved").body
    django_mail.outbox.clear()
    signatory = SignatoryFactory()
    link = Token.objects.issue(signatory, Purpose.CONFIRM).secret
    data = {"was": timezone.now().isoformat(), "closes_at": signatory.letter.closes_at.isoformat()}
    emails.tell(emails.closing_moved, signatory, data=data)
    outbox.send_due()
    waiting = django_mail.outbox[0].body
    assert ("you need do nothing" in settled, "/mine/" in settled) == (True, True)
    assert ("To say yes or no until then" in waiting, f"/confirm/{link}/" in waiting) == (True, True)


def test_mine_link_stays_the_same_and_is_prolonged():
    signatory = SignatoryFactory(confirmed=True)
    token = Token.objects.mine(signatory)
    assert Token.objects.mine(signatory) == token
    with time_machine.travel(timezone.now() + timedelta(days=170)):
        assert Token.objects.mine(signatory) == token
        assert Token.objects.get(pk=token.pk).expires_at > timezone.now() + timedelta(days=170)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert Token.objects.mine(signatory) != token
