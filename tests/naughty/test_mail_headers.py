"""What a name does to the headers of a mail that really leaves: nothing but to stand in its subject."""

from email import message_from_bytes, policy

import pytest

from campaigns import outbox, writing
from signatories import emails
from signatories.models import Line
from tests.factories import SignatoryFactory
from tests.naughty.strings import OWN

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CALLED = ["encoded word", "header", "header, folded", "end of a part", "end of message", "half of each"]
NAMES = [*(OWN[called] for called in CALLED), "=?utf-8?b?PGI+?= " * 11, "Fluß =?utf-8?q?=0A?="]


def subject_of(sent):
    return " ".join(str(sent["Subject"]).split())


@pytest.mark.parametrize("name", NAMES)
def test_mail_keeps_the_name_as_it_is_and_has_no_header_of_its_making(name, mailoutbox):
    signatory = SignatoryFactory(line=Line(name, country="GH"), confirmed=True)
    outbox.put(emails.received, signatory, to="to@plain.example", dedupe="once")
    outbox.send_due()
    (mail,) = mailoutbox
    sent = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert " ".join(name.split())[:40] in subject_of(sent)  # long ones are cut
    assert {key for key in sent if key in {"Bcc", "Cc"}} == set()


def test_an_encoded_word_in_a_name_would_be_noticed(mailoutbox, monkeypatch):
    """The control: without `as_header` a reader's program makes other words of it."""
    monkeypatch.setattr(outbox, "as_header", lambda words: words)
    with pytest.raises(AssertionError):
        test_mail_keeps_the_name_as_it_is_and_has_no_header_of_its_making(OWN["encoded word"], mailoutbox)
    assert writing.as_header("River Watch") == "River Watch"
