"""Compressed pages: which they are, and that the length of their answers betrays nothing."""

import gzip
import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from campaigns.models import Role
from config.packed_pages import PACKED
from letters.models import Letter
from signatories.models import Purpose, SecondContact, Token
from tests.factories import (
    MembershipFactory,
    OpenLetterFactory,
    PartnerFactory,
    SignatoryFactory,
    UserFactory,
    confirmation_token,
)
from tests.letters.test_amending import amended
from tests.signing_in import sign_in
from tests.test_public_pages import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}
CANARY = "ZYXCANARYXYZ"
DRAWN = re.compile(r'name="(?:began|challenge)" value="[^"]+"')  # signed instants
GUESSES = "in name country scope contact_name contact_email website second_name reading choice revision next q".split()


@pytest.fixture
def letter():
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    return letter


@pytest.fixture
def secrets(letter):
    """What ends the address of the packed pages that are behind a link."""
    asked_again = letter.signatories.get()
    asked_again.questions.create(words="Are you the branch in Orrinport?", asked_by=UserFactory())
    SecondContact.objects.create(signatory=asked_again, email="board@organization.example", email_hash="x")
    deciding = SignatoryFactory(letter=letter, reviewing_since=timezone.now())
    mine = Token.objects.mine(asked_again).secret
    own = ("mine", "amendment", "question", "correct", "visibility", "withdraw", "holdings")
    return {
        **{f"signatories:{name}": mine for name in own},
        "signatories:confirm": confirmation_token(SignatoryFactory(letter=letter)),
        "signatories:decide": Token.objects.mine(deciding).secret,
        "signatories:vouch": Token.objects.issue(asked_again, Purpose.SECOND).secret,
        "signatories:unsubscribe": Token.objects.unsubscribing(asked_again).secret,
    }


@pytest.fixture
def pages(letter, secrets):
    """The address of every packed page by its name."""
    return {name: reverse(name, args=[secrets.get(name, letter.slug)]) for name in PACKED}


def words(content):
    """The page without what is drawn by lot."""
    return DRAWN.sub("", content.decode())


def test_packs_these_pages_for_those_who_can_unpack(client, pages):
    for path in pages.values():
        plain, packed = client.get(path), client.get(path, headers=TAKES_GZIP)
        assert (plain.status_code, packed.status_code) == (200, 200), path
        assert (plain.get("Content-Encoding"), packed.get("Content-Encoding")) == (None, "gzip"), path
        assert "Accept-Encoding" in plain["Vary"]
        assert len(packed.content) == int(packed["Content-Length"]) < 0.7 * len(plain.content), path
        assert words(gzip.decompress(packed.content)) == words(plain.content), path


def test_packs_public_pages_only():
    is_open = {name: not getattr(view, "login_required", True) for name, view in patterns(get_resolver())}
    assert {name: is_open.get(name) for name in PACKED} == dict.fromkeys(PACKED, True)


def test_packs_nothing_else(client, letter):
    paths = ["/accounts/login/", "/accounts/password/reset/", f"/comment/{PartnerFactory().secret}/"]
    answers = {path: client.get(path, headers=TAKES_GZIP) for path in paths}
    sign_in(client, MembershipFactory(campaign=letter.campaign, role=Role.OWNER).user)
    answers |= {path: client.get(path, headers=TAKES_GZIP) for path in ("/desk/", f"/desk/letters/{letter.slug}/")}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert {path for path, answer in answers.items() if answer.has_header("Content-Encoding")} == set()


def test_packed_pages_repeat_nothing_of_their_address(client, pages):
    asked = dict.fromkeys(GUESSES, CANARY)
    for path in pages.values():
        headers = {"Referer": f"https://{CANARY}.example/", "User-Agent": CANARY}
        assert CANARY not in client.get(path, asked, headers=headers).content.decode(), path


def test_the_form_repeats_what_is_sent(client, pages):
    """The control of the test above: the same words come back when they are in the form, which only its sender sees."""
    assert CANARY in client.post(pages["signatories:sign"], dict.fromkeys(GUESSES, CANARY)).content.decode()


def test_no_packed_page_holds_the_secret_of_its_link(client, pages, secrets):
    for name, secret in secrets.items():
        assert secret not in client.get(pages[name]).content.decode(), name


def test_packed_pages_are_the_same_for_somebody_signed_in(client, pages, letter):
    sign_in(client, MembershipFactory(campaign=letter.campaign, role=Role.OWNER).user)
    for path in pages.values():
        assert words(client.get(path).content) == words(Client().get(path).content), path


def test_packed_pages_need_no_csrf_token(client, pages):
    """Their links are secrets, or nobody is signed in: there is nothing that packing could betray."""
    assert {name for name, path in pages.items() if "csrfmiddlewaretoken" in client.get(path).content.decode()} == set()


def test_length_of_a_packed_page_varies(client, pages):
    lengths = {len(client.get(pages["signatories:sign"], headers=TAKES_GZIP).content) for _ in range(20)}
    assert len(lengths) > 5
