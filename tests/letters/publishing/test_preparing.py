"""Preparing a publication and changing it: nothing of it is public."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry
from letters.models import Publication
from letters.services import publications
from letters.services.working import ChangedSince
from tests.factories import UserFactory
from tests.letters.publishing.published import WORDS, a_plan, frozen, over, prepared, published, release

pytestmark = pytest.mark.django_db


def change(publication, *, by=None, seen=None, edition=None, **changes):
    seen = publications.fingerprint(publication) if seen is None else seen
    plan = a_plan(**changes)
    publications.change(publication, edition or publication.edition, plan, by=by or UserFactory(), seen=seen)


def test_prepare_waits_for_the_documents():
    edition = frozen(over(), is_set=False)
    with pytest.raises(publications.DocumentsMissing):
        publications.prepare(edition, a_plan(), by=UserFactory())
    assert publications.offered(edition.letter) == []
    edition.renderings.update(state="failed")
    with pytest.raises(publications.DocumentsMissing):
        publications.prepare(edition, a_plan(), by=UserFactory())


def test_letter_has_one_publication_in_preparation():
    publication = prepared()
    with pytest.raises(publications.AlreadyPrepared):
        publications.prepare(publication.edition, a_plan(), by=UserFactory())
    copy = {"letter": publication.letter, "edition": publication.edition, "prepared_by": UserFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**copy)
    publications.discard(publication, by=UserFactory(), seen=publications.fingerprint(publication))
    assert publications.prepare(publication.edition, a_plan(), by=UserFactory()).status == "prepared"


def test_whoever_changes_it_has_prepared_it():
    publication, other = prepared(), UserFactory()
    change(publication, by=other, shows_closing=True)
    publication.refresh_from_db()
    assert (publication.prepared_by, publication.shows_closing) == (other, True)


def test_saving_what_it_says_already_changes_nothing():
    first = UserFactory()
    publication = prepared(by=first)
    change(publication)
    publication.refresh_from_db()
    assert publication.prepared_by == first
    assert JournalEntry.objects.about(publication).filter(verb="changed").count() == 0


def test_change_is_refused_to_who_saw_something_else():
    publication = prepared()
    seen = publications.fingerprint(publication)
    change(publication, words={"en": WORDS | {"lead": "Another lead."}})
    with pytest.raises(ChangedSince):
        change(publication, seen=seen, shows_closing=True)
    publication.refresh_from_db()
    assert (publication.words["en"]["lead"], publication.shows_closing) == ("Another lead.", False)


def test_what_is_released_cannot_be_changed_or_thrown_away():
    publication = published()
    with pytest.raises(ForbiddenMove):
        change(publication)
    with pytest.raises(ForbiddenMove):
        publications.discard(publication, by=UserFactory(), seen=publications.fingerprint(publication))


def test_what_was_changed_meanwhile_is_not_thrown_away():
    publication = prepared()
    seen = publications.fingerprint(publication)
    change(publication, words={"en": {"lead": "Another lead."}})
    with pytest.raises(ChangedSince):
        publications.discard(publication, by=UserFactory(), seen=seen)
    publication.refresh_from_db()
    assert publication.status == "prepared"


def test_fingerprint_covers_all_that_can_be_decided():
    publication = prepared()
    marks = [publications.fingerprint(publication)]
    for name, value in {"shows_salutation": True, "shows_closing": True, "tells_signatories": True}.items():
        change(publication, **{name: value})
        publication.refresh_from_db()
        marks.append(publications.fingerprint(publication))
    for part in publications.PARTS:
        change(publication, words={"en": WORDS | {part: "Other words"}})
        publication.refresh_from_db()
        marks.append(publications.fingerprint(publication))
    change(publication, edition=frozen(publication.letter))
    publication.refresh_from_db()
    marks.append(publications.fingerprint(publication))
    assert len(set(marks)) == len(marks) == 9


def test_it_begins_with_the_headline_of_the_text_and_to_whom_it_goes():
    letter = over(text={"headline": "{n} organizations ask"})
    edition = frozen(letter)
    assert publications.proposed(edition, publications.before(letter)) == {
        "en": {
            "headline": "{n} organizations ask",
            "document_line": "Joint NGO letter to Ada Example",
            "lead": "",
            "note": "",
        }
    }


def test_a_publication_anew_begins_with_what_is_public():
    publication = published()
    assert publications.before(publication.letter) == publication
    assert publications.proposed(publication.edition, publication)["en"] == WORDS
    assert release(prepared(publication.letter, edition=frozen(publication.letter))).status == "public"


def test_a_publication_after_taking_back_begins_with_what_was_taken_back():
    letter = over()
    edition = frozen(letter)
    first = published(letter, edition=edition, words={"en": WORDS | {"lead": "Another lead."}})
    publications.take_back(first, reason="A slip.", by=UserFactory())
    assert publications.before(letter) == first
    second = published(letter, edition=edition)
    publications.take_back(second, reason="Another.", by=UserFactory())
    assert publications.before(letter) == second
    thrown_away = prepared(letter, edition=edition, words={"en": {}})
    assert publications.before(letter) == thrown_away
    publications.discard(thrown_away, by=UserFactory(), seen=publications.fingerprint(thrown_away))
    assert publications.before(letter) == second
    assert publications.proposed(edition, second)["en"] == WORDS


def test_no_line_is_proposed_in_a_language_that_we_do_not_speak():
    letter = over(text={"language": "sw"})
    assert publications.proposed(frozen(letter), None)["sw"]["document_line"] == ""


def test_journal_holds_none_of_the_words():
    publication = prepared()
    said = str(list(JournalEntry.objects.about(publication).values_list("data", flat=True)))
    assert "fingerprint" in said
    assert "heron" not in said
