"""Buttons of the desk act on what was on the screen, and on nothing that has come in its place."""

import pytest

from letters.models import Letter, Publication
from letters.services import publications
from tests.letters.desk import fields, team_member, words
from tests.letters.publishing.published import frozen, over, prepared, published, release, soon
from tests.letters.publishing.test_desk import at, fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def letter():
    letter = over(7)
    frozen(letter)
    return letter


@pytest.mark.parametrize(
    ("page", "comes_at", "said"),
    [
        ("release/", None, "It is public already."),
        ("release/", soon(days=300), "It is released already, and comes out at its time."),
        ("discard/", None, "It has been thrown away already."),
        ("call-back/", None, "It is prepared, and not released."),
    ],
)
def test_button_pressed_twice_says_what_is_so(client, letter, page, comes_at, said):
    team_member(client, letter)
    publication = prepared(letter, edition=letter.editions.get(), comes_at=comes_at)
    if page == "call-back/":
        publication.comes_at = soon()
        publication.save()
        release(publication)
    shown = fields(client.get(at(letter)))
    assert client.post(at(letter, page), shown).status_code == 302
    status = letter.publications.get().status
    assert said in words(client.post(at(letter, page), shown, follow=True))
    assert letter.publications.get().status == status


@pytest.mark.parametrize("page", ["release/", "discard/", "call-back/", "take-back/"])
@pytest.mark.parametrize(
    "meant", [{}, {"publication": "x"}, {"publication": "9" * 30}, {"publication": "²"}, "another's"]
)
def test_form_that_names_no_publication_of_the_letter_does_nothing(client, letter, page, meant):
    publication = prepared(letter, edition=letter.editions.get(), comes_at=soon())
    if page != "discard/":
        release(publication)
    if page == "take-back/":
        Publication.objects.update(status="public", came_at=soon())
    team_member(client, letter)
    meant = {"publication": str(published().pk)} if meant == "another's" else meant
    status = letter.publications.get().status
    posted = {"reason": "A slip.", "seen": publications.fingerprint(publication), **meant}
    answer = client.post(at(letter, page), posted, follow=True)
    assert "Not possible any more" in words(answer)
    assert letter.publications.get().status == status


@pytest.mark.parametrize("page", ["discard/", "call-back/"])
def test_what_was_prepared_since_is_not_what_was_meant(client, letter, page):
    team_member(client, letter)
    edition = letter.editions.get()
    first = prepared(letter, edition=edition, comes_at=soon())
    if page == "call-back/":
        release(first)
    shown = fields(client.get(at(letter)))
    if page == "call-back/":
        publications.call_back(first, by=first.prepared_by)
        first.refresh_from_db()
    publications.discard(first, by=first.prepared_by, seen=publications.fingerprint(first))
    second = release(prepared(letter, edition=edition, comes_at=soon()))
    client.post(at(letter, page), shown)
    second.refresh_from_db()
    assert second.status == "scheduled"


def test_what_was_changed_meanwhile_is_not_thrown_away(client, letter):
    team_member(client, letter)
    fill_in(client, letter)
    shown = fields(client.get(at(letter)))
    fill_in(client, letter, lead_en="Another lead")
    assert "It was changed while you looked, and is kept." in words(
        client.post(at(letter, "discard/"), shown, follow=True)
    )
    assert letter.publications.get().status == "prepared"


def test_taking_back_what_was_replaced_meanwhile_takes_back_nothing(client, letter):
    published(letter, edition=letter.editions.get())
    team_member(client, letter)
    shown = fields(client.get(at(letter, "take-back/")))
    newer = published(letter, edition=letter.editions.get())
    answer = client.post(at(letter, "take-back/"), shown | {"reason": "A name was wrong."}, follow=True)
    assert "Not possible any more" in words(answer)
    assert Letter.objects.get(pk=letter.pk).publication == newer


def test_taking_back_says_what_becomes_of_earlier_editions(client, letter):
    published(letter, edition=letter.editions.get())
    team_member(client, letter)
    assert "those of editions that were public earlier as well" in words(client.get(at(letter)))
    assert "public earlier" not in words(client.get(at(letter, "take-back/")))
    published(letter, edition=frozen(letter))
    page = client.get(at(letter, "take-back/"))
    assert "So are the files of the editions that were public earlier: nothing of this letter stays" in words(page)
    said = client.post(at(letter, "take-back/"), fields(page) | {"reason": "A name was wrong."}, follow=True)
    assert "the files are gone, those of earlier editions as well." in words(said)
