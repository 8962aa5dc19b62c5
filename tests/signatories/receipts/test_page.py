"""My sign-on, in print."""

import re

import pytest

from letters import services as letters
from letters.models import Trial
from letters.services import publications
from signatories import services
from signatories.models import Line, Purpose, Signatory, Token
from tests.factories import LetterFactory, TextFactory, UserFactory
from tests.letters.filed import file_documents
from tests.letters.publishing.published import published
from tests.signatories.own_page import corrected, fresh, mine, shown, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db


def section(client, signatory):
    """What stands there of print, without tags; "" if nothing does."""
    page = shown(client.get(mine(fresh(signatory))))
    found = re.search(r'<section aria-labelledby="in-print">(.*?)</section>', page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def public(letter, edition, **more):
    file_documents(edition)
    return published(fresh(letter), edition=edition, **more)


def test_page_says_nothing_while_nothing_is_frozen(client):
    assert section(client, listed(a_letter(), "River Watch")) == ""


def test_page_shows_line_number_edition_and_when(client):
    letter = a_letter(numbering="continuous", zone="Europe/Brussels")
    listed(letter, "Accra Bridges", "GH")
    signatory = listed(letter, "", line=Line("River Watch", "RW", "KE", "", "Mto"))
    freeze(letter)
    said = section(client, signatory)
    assert "In print Edition 1 River Watch (RW) Mto Under the heading Kenya Number 2 of 2 Frozen" in said
    assert "(Brussels time)" in said
    assert "Document It is not published, or not yet." in said
    assert "SHA-256" not in said


@pytest.mark.parametrize("arranged", [{"group_by": "country"}, {"group_by": "none"}])
def test_page_says_that_the_country_has_been_changed_since(client, arranged):
    letter = a_letter(**arranged)
    signatory = listed(letter, "River Watch", "KE")
    freeze(letter)
    assert "Your line has been changed since" not in section(client, signatory)
    corrected(signatory, country="GH")
    services.decide(signatory.corrections.open().get(), accept=True, by=UserFactory())
    said = section(client, signatory)
    assert ("Kenya" in said, "Your line has been changed since" in said) == (True, True)


def test_page_tells_a_place_apart_from_a_number(client):
    letter = a_letter(numbering="per_group")
    listed(letter, "Accra Bridges", "GH")
    signatory = listed(letter, "River Watch")
    freeze(letter)
    assert "Number 1 Place in the list 2 of 2" in section(client, signatory)


def test_page_has_the_hash_and_where_to_check_it(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    file_documents(edition)
    sha256 = edition.renderings.get().sha256
    page = shown(client.get(mine(signatory)))
    assert f'<a href="/verify/?hash={sha256}">' in page
    assert sha256 in client.get(f"/verify/?hash={sha256}").content.decode()


def test_page_leads_to_the_document_once_it_is_published(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    address = f'<a href="/letters/{letter.slug}/1.pdf">'
    assert address not in shown(client.get(mine(signatory)))
    publication = public(letter, edition)
    assert address in shown(client.get(mine(signatory)))
    assert client.get(f"/letters/{letter.slug}/1.pdf").status_code == 200
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert address not in shown(client.get(mine(signatory)))


def test_page_says_in_which_language_number_and_heading_are(client):
    letter = LetterFactory(status="draft")
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont", body="<p>Gardez le pont.</p>")
    letters.open_for_signing(letter, by=UserFactory())
    signatory = listed(fresh(letter), "River Watch")
    freeze(letter)
    assert "Heading and number are those of the document in this language: English." in section(client, signatory)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (lambda one: services.withdraw(token_of(one)), "You have withdrawn since."),
        (lambda one: corrected(one, name="RIVER WATCH"), "Your line has been changed since."),
        (lambda one: services.show_as(token_of(one), "counted"), "You have had your name withheld since."),
        (
            lambda one: services.reconsider(Signatory.objects.filter(pk=one.pk), by=UserFactory()),
            "You are not on the letter now.",
        ),
    ],
)
def test_page_says_what_has_changed_since(client, since, words):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    assert words not in section(client, signatory)
    since(signatory)
    said = section(client, signatory)
    assert (words in said, "What is frozen does not change" in said, "River Watch" in said) == (True, True, True)


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        ("counted", "You are counted in it, without your name"),
        ("recipient", "with your name in the addressee’s copy alone for as long as that is kept"),
    ],
)
def test_page_of_who_is_withheld_says_how_it_is_counted(client, visibility, words):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility=visibility)
    freeze(letter)
    said = section(client, signatory)
    assert words in said
    assert "since" not in said
    services.show_as(token_of(signatory), "public")
    assert "You have chosen otherwise since who sees your name." in section(client, signatory)


def words_to_forward(client, signatory):
    page = client.get(mine(fresh(signatory))).content.decode()
    found = re.search(r'<textarea id="forward"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return found[1] if found else ""


def test_page_has_words_to_forward_once_it_is_published(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    quiet = listed(letter, "Quiet Ones", visibility="counted")
    edition = freeze(letter)
    assert words_to_forward(client, signatory) == ""
    public(letter, edition)
    address = f"http://127.0.0.1:8000/letters/{letter.slug}/"
    assert words_to_forward(client, signatory).splitlines() == [
        "1 organizations ask for a heron bridge",
        "River Watch has signed this joint letter. It can be read here:",
        address,
    ]
    assert words_to_forward(client, quiet).splitlines()[1:] == ["A joint letter, which can be read here:", address]


def test_page_of_a_test_sign_on_has_none_of_it(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    assert section(client, signatory) != ""
    trial = Trial.objects.create(letter=letter, made_by=UserFactory())
    facts = {"status": "confirmed", "trial": trial, "decided_at": None, "decided_by": None}
    Signatory.objects.filter(pk=signatory.pk).update(**facts)
    assert section(client, signatory) == ""


def test_nobody_else_stands_on_it(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    others = [listed(letter, f"Kestrel {n}", visibility=shown) for n, shown in enumerate(("public", "counted"))]
    public(letter, freeze(letter))
    page = client.get(mine(signatory)).content.decode()
    assert ("River Watch" in page, "Kestrel" in page) == (True, False)
    assert "Kestrel 0" in client.get(mine(others[0])).content.decode()


def test_looking_writes_nothing(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    link = mine(signatory)
    before = Token.objects.filter(purpose=Purpose.MINE).count()
    client.get(link)
    assert (Token.objects.filter(purpose=Purpose.MINE).count(), fresh(signatory).earlier) == (before, {})
