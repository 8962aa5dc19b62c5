"""A letter like an earlier one."""

from datetime import date

import pytest
from django.urls import reverse

from letters import services
from letters.models import Letter, PastedRoll, Revision
from letters.services import working
from tests.factories import (
    CampaignFactory,
    LetterFactory,
    MembershipFactory,
    OpenLetterFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.desk import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier():
    letter = OpenLetterFactory(place="Ostrel", date=date(2030, 1, 1))
    PastedRoll.objects.create(letter=letter, lines="Somebody")
    return letter


def test_start_like_takes_the_texts_and_nothing_that_was_said_about_them(earlier):
    letter = services.start_like(earlier, CampaignFactory(), keep_recipients=False, by=UserFactory())
    letter.refresh_from_db()
    assert letter.status == "draft"
    assert (letter.place, letter.date, letter.opens_at, letter.closes_at) == ("Ostrel", None, None, None)
    assert (letter.pasted_roll, letter.recipients.count(), letter.signatories.count()) == ("", 0, 0)
    assert letter.slug != earlier.slug
    assert letter.text.salutation == ""
    assert letter.text.body == earlier.text.body
    assert letter.revisions.get().cause == Revision.Cause.IMPORTED


def test_start_like_takes_all_languages_and_recipients_if_asked():
    draft = LetterFactory()
    sources = {"title": "For the bridge over the Lind", "salutation": "Dear Commissioner,", "units": []}
    TextFactory(letter=draft, language="fr", is_authentic=False, title="Pour le pont", sources=sources)
    kept = services.start_like(draft, draft.campaign, keep_recipients=True, by=UserFactory(), title="Once more")
    assert list(kept.texts.order_by("language").values_list("language", "title", "is_authentic")) == [
        ("en", "Once more", True),
        ("fr", "Pour le pont", False),
    ]
    assert [str(one) for one in kept.recipients.all()] == ["Ada Example, Commissioner for Bridges"]
    assert kept.text.salutation == "Dear Commissioner,"
    assert kept.texts.get(language="fr").sources == sources
    left = services.start_like(draft, draft.campaign, keep_recipients=False, by=UserFactory())
    assert left.texts.get(language="fr").salutation == ""
    assert "salutation" not in left.texts.get(language="fr").sources


def test_start_like_an_open_letter_takes_what_is_in_force(earlier):
    services.prepare_amendment(earlier, by=UserFactory())
    words = working.read(earlier)
    words.authentic["title"] = "Not decided yet"
    working.write(earlier, words, by=UserFactory())
    assert working.read(earlier).authentic["title"] == "Not decided yet"
    letter = services.start_like(earlier, CampaignFactory(), keep_recipients=True, by=UserFactory())
    assert letter.text.title == "For the bridge over the Lind"


def test_new_like_starts_from_a_letter_of_ones_own(coordinator, campaign):
    mine = LetterFactory(campaign=campaign)
    sent = {"campaign": campaign.pk, "letter": mine.pk, "keep_recipients": "on"}
    response = coordinator.post(reverse("letters:new_like"), sent)
    letter = Letter.objects.exclude(pk=mine.pk).get()
    assert response.url == reverse("letters:write", args=[letter.slug])
    assert letter.recipients.count() == 1


@pytest.mark.parametrize("role_there", [None, "viewer", "translator"])
def test_new_like_knows_no_letters_of_others(coordinator, campaign, role_there):
    theirs = LetterFactory()
    if role_there:
        MembershipFactory(campaign=theirs.campaign, role=role_there, user=campaign.memberships.get().user)
    sent = {"campaign": campaign.pk, "letter": theirs.pk}
    assert str(theirs) not in words(coordinator.get(reverse("letters:new_like")))
    shown = words(coordinator.post(reverse("letters:new_like"), sent))
    assert '<a href="#id_letter">Choose one of your letters.</a>' in shown
    assert Letter.objects.count() == 1
