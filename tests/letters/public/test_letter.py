"""The public page of a letter: what it says at which time, and whom it names."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from letters import services
from letters.models import Letter
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, OpenLetterFactory, RevisionFactory, SignatoryFactory, UserFactory
from tests.letters.public.pages import over, page

pytestmark = pytest.mark.django_db


def test_letter_shows_text_roll_and_the_way_to_sign(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("منظمة النهر", "", "EG"))
    SignatoryFactory(letter=letter, listed=True, line=Line("River <b>Watch</b>", "RW", "KE"))
    shown = page(client, letter)
    for words in (
        "For the bridge over the Lind",
        "We ask you to keep the bridge open.",
        "Commissioner for Bridges",
        '<bdi lang="ar">منظمة النهر</bdi>',
        "<bdi>River &lt;b&gt;Watch&lt;/b&gt; (RW)</bdi>",  # one run: on a page from right to left, the brackets stay
        "2 organizations from 2 countries",
        f'href="/letters/{letter.slug}/sign/"',
        letter.revision.digest,
        "UTC",
    ):
        assert words in shown


def test_letter_names_nobody_who_is_not_listed_or_withheld(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("Pending Canary", "", "KE"))
    SignatoryFactory(letter=letter, confirmed=True, line=Line("Confirmed Canary", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld Canary", "", "IS"))
    shown = page(client, letter)
    assert "Canary" not in shown
    assert "Iceland" not in shown
    assert "1 organization whose name is withheld" in shown


def test_letter_shows_what_was_signed_whatever_the_draft_says_now(client):
    letter = OpenLetterFactory()
    letter.texts.update(title="Something nobody signed")
    assert "Something nobody signed" not in page(client, letter)


def test_letter_of_a_draft_is_not_there(client):
    assert client.get(LetterFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_paused": True}, "Sign-on is paused"),
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "Sign-on opens"),
        ({"status": Letter.Status.CLOSED, "closed_at": timezone.now()}, "Sign-on closed"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "Sign-on closed"),
    ],
)
def test_letter_says_why_it_cannot_be_signed(client, state, words):
    letter = OpenLetterFactory(**state)
    shown = page(client, letter)
    assert words in shown
    assert "/sign/" not in shown


def test_letter_says_to_whom_it_goes_in_one_line(client):
    letter = OpenLetterFactory(text={"title": "To one"})
    assert '<bdi lang="en">Ada Example, Commissioner for Bridges</bdi></p>' in page(client, letter)
    many = [
        {
            "line": "to",
            "honorific": "Ms",
            "name": name,
            "office": "",
            "organization": "Rivers",
            "address": "",
            "email": "",
        }
        for name in "ABCDE"
    ]
    letter = LetterFactory(status="open", opens_at=timezone.now() - timedelta(days=1))
    RevisionFactory(letter=letter, recipients=many)
    assert '<bdi lang="en">Ms C, Rivers</bdi>; and 2 others</p>' in page(client, letter)


def test_letter_says_when_it_closes_soon(client):
    soon, later = (OpenLetterFactory(closes_at=timezone.now() + timedelta(hours=hours)) for hours in (30.5, 60))
    assert "Closing soon: 1\xa0day, 6\xa0hours left." in page(client, soon)
    assert "Closing soon" not in page(client, later)


def test_letter_opened_again_says_which_edition_who_signs_now_stands_in(client):
    letter = over("They ask", 1)
    services.reopen(letter, closes_at=timezone.now() + timedelta(days=2), reason="late answers", by=UserFactory())
    shown = page(client, letter)
    assert "Edition 1 was frozen on" in shown
    assert "who signs now stands in the next edition." in shown
    assert '<h1 lang="en" dir="ltr">For the bridge over the Lind</h1>' in shown


def test_letter_names_who_withdrew_after_it_was_printed(client):
    letter = over("They ask", 2)
    gone, stays = letter.signatories.order_by("name")
    gone.move_to(Signatory.Status.WITHDRAWN, withdrawn_at=timezone.now())
    shown = page(client, letter)
    print(
        shown.partition('id="signed"')[2][:900],
        list(letter.editions.values("number", "as_of", "roll")),
        gone.line,
        gone.withdrawn_at,
    )
    assert re.search(r"<li><bdi>Org 0</bdi>: printed in edition 1, withdrawn on \d+ \w+ \d{4}</li>", shown)
    assert stays.line.name in shown.partition("Withdrawn since")[0]
    assert stays.line.name not in shown.partition("Withdrawn since")[2].partition("</section>")[0]


def test_letter_lists_individuals_after_the_organizations(client):
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE", second_name="Mto"))
    person = Line("Ana Pérez", "", "CO", affiliation="Rector")
    SignatoryFactory(letter=letter, listed=True, line=person, kind=Signatory.Kind.INDIVIDUAL)
    shown = page(client, letter)
    organizations, _, individuals = shown.partition("<h2>Individuals</h2>")
    assert '<bdi>River Watch</bdi> <span class="muted"><bdi>Mto</bdi></span>' in organizations
    assert "<bdi>Ana Pérez</bdi>, <small><bdi>Rector</bdi>*</small>" in individuals
    assert "* Affiliations are given for identification only." in individuals
    assert "Sign this letter" in shown


def test_letter_has_words_to_share_and_its_files(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    shown = page(client, letter)
    words = re.search(r'<textarea id="share-text"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1]
    assert words.splitlines()[0] == "For the bridge over the Lind"
    assert "Signed by 1 organization from 1 country." in words
    assert words.splitlines()[-1] == f"http://127.0.0.1:8000/letters/{letter.slug}/"
    assert "<" not in words
    for name in ("letter.pdf", "letter.docx", "board/"):
        assert f'href="/letters/{letter.slug}/{name}"' in shown


def test_long_roll_can_be_searched(client):
    letter = OpenLetterFactory()
    assert 'role="search"' not in page(client, letter)
    for n in range(21):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    assert f'<form method="get" action="/letters/{letter.slug}/signatories/" role="search"' in page(client, letter)


def test_count_says_how_many_individuals_there_are_without_an_organization(client):
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    person = Line("Ana Pérez", "", "CO", affiliation="Rector")
    SignatoryFactory(letter=letter, listed=True, line=person, kind=Signatory.Kind.INDIVIDUAL)
    shown = page(client, letter).partition('class="count-line"')[2].partition("</p>")[0]
    assert "1 individual" in shown
