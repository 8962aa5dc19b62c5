"""Many forms and many senders at the same instant write and send no more to one mailbox than one after the other."""

from functools import partial
from itertools import count

import pytest
from django.core import mail as django_mail

from campaigns import outbox
from campaigns.models import Mail
from signatories import services
from signatories.models import Line, Signatory
from signatories.services import Contact, limits
from tests.factories import OpenLetterFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

AT_ONCE = 40


def forge(letter, number):
    """Another organization each time, all in one mailbox; each address is spelled another way, so each has a row."""
    address = f"somebody+{number}@{signers.CANARY}.example"
    services.sign_on(
        letter,
        line=Line(f"{signers.CANARY} {number}", "", "KE"),
        visibility="public",
        scope="national",
        contact=Contact(f"Perpetua {signers.CANARY}", "Director", address),
        language="en",
    )


def test_forms_at_once_write_three_mails_about_a_letter(postgres):
    letter = OpenLetterFactory()
    assert signers.at_once([partial(forge, letter, n) for n in range(AT_ONCE)]) == [None] * AT_ONCE
    assert (Mail.objects.count(), Signatory.objects.count()) == (3, 3)


def test_without_the_lock_more_get_through(postgres, monkeypatch):
    """The control: the same forms, each asking without holding the mailbox."""
    locks = count()
    monkeypatch.setattr(limits, "_lock_of", lambda mailbox: next(locks))  # nobody waits for anybody
    most = 0
    for letter in OpenLetterFactory.create_batch(5):
        signers.at_once([partial(forge, letter, n) for n in range(AT_ONCE)])
        most = max(most, Mail.objects.filter(allowance=f"letter {letter.pk}").count())
    assert most > 3


def test_senders_at_once_send_five_a_day(postgres, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for number in range(AT_ONCE):
        forge(OpenLetterFactory(), number)
    for _ in range(20):  # what one puts off because another might send it is due again in a minute
        signers.at_once([outbox.send_due] * 8)
        Mail.objects.filter(state=Mail.State.QUEUED).update(run_after=Mail.objects.earliest("created_at").created_at)
    assert (len(django_mail.outbox), Mail.objects.filter(state=Mail.State.SENT).count()) == (5, 5)


def test_senders_at_once_could_send_more(postgres, settings, monkeypatch):
    """The control."""
    monkeypatch.setattr(outbox, "MAILS_PER_DAY", 1000)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for number in range(AT_ONCE):
        forge(OpenLetterFactory(), number)
    signers.at_once([outbox.send_due] * 8)
    assert len(django_mail.outbox) == AT_ONCE
