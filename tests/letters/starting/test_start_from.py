"""A letter from what was recognized in a text."""

from datetime import date

import pytest

from campaigns.models import JournalEntry
from letters import intake, services
from letters.models import Letter, PastedRoll, Revision, Text
from tests.factories import CampaignFactory, UserFactory
from tests.letters.starting.in_hand import found

pytestmark = pytest.mark.django_db


def test_start_from_puts_every_part_in_its_place():
    user = UserFactory()
    letter = services.start_from(CampaignFactory(), found(), by=user)
    letter.refresh_from_db()
    assert (letter.place, letter.date, letter.date_precision) == ("Ostrel", date(2031, 3, 4), "day")
    assert (letter.text.title, letter.text.re_line) == ("Joint letter on the ferry of Ostrel", "The night boat")
    assert (letter.text.salutation, letter.text.closing) == ("Dear Minister,", "Respectfully,")
    assert letter.text.body.count("<p>") == 2
    [recipient] = letter.recipients.all()
    assert (recipient.honorific, recipient.name, recipient.office) == ("H.E.", "Berta Quill", "Minister for Ferries")
    assert letter.pasted_roll.split("\n") == [
        "Bakers of Ostrel",
        "Night Nurses' Union",
        "Friends of the Ferry",
        "Harbor Choir",
    ]
    assert [(one.number, one.cause) for one in letter.revisions.all()] == [(1, Revision.Cause.IMPORTED)]
    assert letter.saved_by == user
    assert not letter.signatories.exists()


def test_start_from_journals_counts_and_no_names():
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    entries = JournalEntry.objects.about(letter)
    assert [entry.verb for entry in entries] == ["drafted", "revised", "brought_in"]
    assert entries.last().data == {"recipients": 1, "names": 4}


def test_start_from_keeps_the_list_encrypted():
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    stored = PastedRoll.objects.extra(select={"raw": "lines"}).values_list("raw", flat=True)
    assert "Bakers" in letter.pasted_roll
    assert "Bakers" not in stored[0]


def test_start_from_wants_a_title():
    with pytest.raises(services.TitleMissing):
        services.start_from(CampaignFactory(), found("Dear all,\n\nWe ask you."), by=UserFactory())
    assert not Letter.objects.exists()


def test_start_from_refuses_what_no_part_can_hold():
    pieces = [intake.Piece("<p>x</p>", "x" * 301, role) for role in ("title", "closing")]
    pieces += [intake.Piece("<p>x</p>", "Ms " + "x" * 201, "to")]
    with pytest.raises(services.TooLong) as refusal:
        services.start_from(CampaignFactory(), intake.assemble(pieces), by=UserFactory())
    assert refusal.value.parts == [("title", 300), ("to", 200)]
    assert not Letter.objects.exists()


def test_start_from_makes_one_letter_of_two_presses():
    campaign, user = CampaignFactory(), UserFactory()
    first = services.start_from(campaign, found(), by=user)
    assert services.start_from(campaign, found(), by=user) == first
    assert services.start_from(campaign, found(), by=UserFactory()) != first
    assert services.start_from(CampaignFactory(), found(), by=user) != first


def test_start_from_makes_another_once_the_first_was_written_on():
    campaign, user = CampaignFactory(), UserFactory()
    first = services.start_from(campaign, found(), by=user)
    Text.objects.filter(letter=first).update(title="Another")
    assert services.start_from(campaign, found(), by=user) != first
