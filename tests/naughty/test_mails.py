"""Naughty names into every mail there is: only they differ, and none makes a header."""

import os
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives

from campaigns import writing
from signatories.models import Line
from tests.naughty.lines import NOW, PRINTED
from tests.naughty.made import mails
from tests.naughty.reading import Page, differences

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

ALL = bool(os.environ.get("NAUGHTY"))
HEADERS = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"}


def test_mails_differ_in_names_alone(monkeypatch, names):
    wrong = []
    for kind, _, plain, naughty in names.rows[:: 1 if ALL else 31]:
        naughty = {field: naughty[field] for field in PRINTED}
        with time_machine.travel(NOW, tick=False):
            one = mails(monkeypatch, Line(**plain), plain["name"])
            other = mails(monkeypatch, Line(**naughty), naughty["name"])
        assert len(one) > 20
        for key, words in other.items():
            if words.text != names.renamed(one[key].text):
                wrong.append((key, "text", words.text, one[key].text))
            if differing := differences(Page.of(one[key].html), Page.of(words.html), names.renamed):
                wrong.append((key, kind, differing))
            if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in words.subject):
                wrong.append((key, "subject", words.subject))
            if key[1] == "opaque" and words != one[key]:
                wrong.append((key, "opaque"))
            sent = message_from_bytes(_sent(words), policy=policy.default)
            if str(sent["Subject"]).strip() != words.subject or set(sent.keys()) != HEADERS:
                wrong.append((key, "headers", sent.keys(), sent["Subject"]))
    assert wrong == []


def _sent(words):
    email = EmailMultiAlternatives(
        writing.as_header(words.subject), words.text, "site@plain.example", ["to@plain.example"]
    )
    email.attach_alternative(words.html, "text/html")
    return email.message().as_bytes()
