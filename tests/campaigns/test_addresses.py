import pytest
from django.core.mail.message import sanitize_address

from campaigns import addresses

SAME = [
    ("Ama@River.Example", "ama@river.example"),
    (" ama@river.example ", "ama@river.example"),
    ("ama+letters@river.example", "ama@river.example"),
    ("a.m.a@gmail.com", "ama@gmail.com"),
    ("ama@googlemail.com", "ama@gmail.com"),
    ("ama@bücher.example", "ama@xn--bcher-kva.example"),
    ("ama@BÜCHER.example", "ama@xn--bcher-kva.example"),
    ("ama@river.example.", "ama@river.example"),
    ("ａｍａ@river.example", "ama@river.example"),
    ("ama@ri\u200cver\u200d.example", "ama@river.example"),
    ("ama@ri\u00adver.example", "ama@river.example"),
    ("ama@river。example", "ama@river.example"),
    ("ama@straße.example", "ama@strasse.example"),
    ('"ama"@river.example', "ama@river.example"),
    ('"a\\ma"@river.example', "ama@river.example"),
    ('"ama+letters"@river.example', "ama@river.example"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_mailbox(one, other):
    assert addresses.mailbox(one) == addresses.mailbox(other)
    assert addresses.mailbox_hash(one) == addresses.mailbox_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.m@river.example", "am@river.example"),
        ("ama@river.example", "ama@lake.example"),
        ("+a@x.example", "+b@x.example"),
    ],
)
def test_mailboxes_that_differ(one, other):
    assert addresses.mailbox(one) != addresses.mailbox(other)


@pytest.mark.parametrize("domain", ["ri\u200dver.example", "straße.example", "BÜCHER.example", "river．example"])
def test_mailbox_is_at_the_domain_to_which_the_mail_goes(domain):
    written_to = sanitize_address(f"ama@{domain}", "utf-8")
    assert addresses.mailbox(f"ama@{domain}") == addresses.mailbox(written_to) == written_to.lower()


def test_hash_needs_the_key(settings):
    first = addresses.mailbox_hash("ama@river.example")
    assert "river" not in first
    settings.INDEX_KEY = "another"
    assert addresses.mailbox_hash("ama@river.example") != first
