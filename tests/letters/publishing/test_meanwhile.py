"""Two who write what is said around the text: nothing is undone unseen, and what was typed is kept."""

import pytest

from letters.models import Publication
from letters.services import publications
from tests.factories import MembershipFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.publishing.published import WORDS, a_plan, frozen, over, prepared, published, release, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    letter = over(7, courtesy=True)
    frozen(letter)
    return letter


@pytest.fixture
def at(client, letter):
    """Where a team member writes it."""
    team_member(client, letter)
    return f"/desk/letters/{letter.slug}/publish/words/"


def elsewhere(publication, **changes):
    """Somebody else changes it."""
    plan = a_plan(**{"words": {"en": WORDS, "fr": {}}} | changes)
    seen = publications.fingerprint(publication)
    publications.change(publication, publication.edition, plan, by=UserFactory(), seen=seen)
    publication.refresh_from_db()


def said(publication, part="lead", language="en"):
    return Publication.objects.get(pk=publication.pk).words[language].get(part, "")


def complaints(answer):
    return set(answer.context["form"].errors) - {"__all__"}


def test_what_both_have_changed_stands_beside_each_other(client, letter, at):
    publication = prepared(letter, edition=letter.editions.get())
    stale = fields(client.get(at))
    elsewhere(publication, words={"en": WORDS | {"lead": "Their <i>lead</i>."}, "fr": {"lead": "Leur chapeau."}})
    mine = {"lead_en": "My lead.", "note_en": "My note."}
    answer = client.post(at, stale | mine)
    assert "somebody else has saved this page meanwhile" in words(answer)
    assert complaints(answer) == {"lead_en"}
    assert "<b>Saved now:</b> <bdi>Their &lt;i&gt;lead&lt;/i&gt;.</bdi>" in answer.content.decode()
    kept = fields(answer)
    shown = [kept[name] for name in ("lead_en", "note_en", "lead_fr")]
    assert shown == ["My lead.", "My note.", "Leur chapeau."]
    assert (said(publication), said(publication, "note")) == ("Their <i>lead</i>.", WORDS["note"])
    assert client.post(at, kept).status_code == 302  # having seen it
    assert [said(publication), said(publication, "note"), said(publication, language="fr")] == shown


def test_what_only_the_other_one_has_changed_is_taken_over(client, letter, at):
    publication = prepared(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}})
    stale = fields(client.get(at))
    second = frozen(letter)
    plan = a_plan(words={"en": WORDS, "fr": {}}, shows_closing=True, comes_at=soon(days=2))
    publications.change(publication, second, plan, by=UserFactory(), seen=publications.fingerprint(publication))
    answer = client.post(at, stale | {"note_en": "My note."})
    assert complaints(answer) == set()
    kept, now = fields(answer), fields(client.get(at))
    changed = {name: kept.get(name) for name in set(kept) | set(now) if kept.get(name) != now.get(name)}
    assert changed == {"note_en": "My note."}
    client.post(at, kept)
    publication.refresh_from_db()
    assert (publication.edition, publication.shows_closing, said(publication, "note")) == (second, True, "My note.")


def test_first_words_of_two_stand_beside_each_other(client, letter, at):
    """Both began with what is proposed."""
    stale = fields(client.get(at))
    publication = prepared(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}})
    answer = client.post(at, stale | {"lead_en": "My lead."})
    assert (complaints(answer), fields(answer)["lead_en"]) == ({"lead_en"}, "My lead.")
    assert fields(answer)["headline_en"] == WORDS["headline"]
    assert (said(publication), Publication.objects.count()) == (WORDS["lead"], 1)


def test_same_words_sent_twice_are_no_change(client, letter, at):
    prepared(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}})
    page = fields(client.get(at)) | {"lead_en": "My lead."}
    assert [client.post(at, page).status_code for _ in range(2)] == [302, 302]


def test_what_was_released_meanwhile_is_not_changed_and_what_was_typed_is_kept(client, letter, at):
    publication = prepared(letter, edition=letter.editions.get(), comes_at=soon(), words={"en": WORDS, "fr": {}})
    page = fields(client.get(at)) | {"lead_en": "My lead."}
    release(publication)
    answer = client.post(at, page)
    assert "somebody else has released it meanwhile" in words(answer)
    assert "save again" not in words(answer)
    assert (fields(answer)["lead_en"], said(publication)) == ("My lead.", WORDS["lead"])
    publications.call_back(Publication.objects.get(), by=UserFactory())
    assert client.post(at, fields(answer)).status_code == 302
    assert said(publication) == "My lead."


def test_what_was_thrown_away_meanwhile_is_prepared_anew_as_typed(client, letter, at):
    publication = prepared(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}})
    page = fields(client.get(at)) | {"lead_en": "My lead."}
    publications.discard(publication, by=UserFactory(), seen=publications.fingerprint(publication))
    assert client.post(at, page).status_code == 302
    assert said(letter.publications.pending().get()) == "My lead."


def test_words_are_typed_once_where_it_was_changed_at_this_moment(client, letter, at, monkeypatch):
    """After the page was compared, before it was written."""
    publication = prepared(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}})
    page = fields(client.get(at)) | {"lead_en": "My lead."}
    change = publications.change

    def slow(*args, **facts):
        monkeypatch.setattr(publications, "change", change)
        elsewhere(publication, words={"en": WORDS | {"lead": "Their lead."}, "fr": {}})
        change(*args, **facts)

    monkeypatch.setattr(publications, "change", slow)
    answer = client.post(at, page)
    assert (complaints(answer), fields(answer)["lead_en"]) == ({"lead_en"}, "My lead.")
    assert said(publication) == "Their lead."


def test_words_that_were_taken_back_are_offered_again(client, letter, at):
    first = published(letter, edition=letter.editions.get(), words={"en": WORDS, "fr": {}}, shows_closing=True)
    assert "the words of what was taken back" not in words(client.get(at))
    publications.take_back(first, reason="A slip.", by=MembershipFactory(campaign=letter.campaign).user)
    page = client.get(at)
    assert "These are the words of what was taken back" in words(page)
    begun = fields(page)
    assert {part: begun[f"{part}_en"] for part in WORDS} == WORDS
    assert ("shows_closing" in begun, "shows_salutation" in begun, begun["when"]) == (True, False, "now")
