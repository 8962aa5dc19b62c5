from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns import chaining
from campaigns.models import JournalEntry
from letters import services
from letters.models import Letter
from tests.campaigns.test_chaining import rewritten
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True)
    return services.freeze(letter, by=UserFactory())


def told(**options):
    said, wrong = StringIO(), StringIO()
    try:
        call_command("verify_journal", stdout=said, stderr=wrong, **options)
    except CommandError as error:
        return wrong.getvalue() + str(error)
    return said.getvalue()


def test_journal_in_order_is_said_so(edition):
    assert told() == "The journal is in order; 1 printed heads stand in it.\n"
    assert told(head=[f"{edition.journal_head[:32]} {edition.journal_head[32:]}".upper()]).startswith(
        "The journal is in"
    )


def test_altered_entry_is_named(edition):
    entry = JournalEntry.objects.get(verb="frozen")
    rewritten("UPDATE campaigns_journalentry SET verb = 'thawed' WHERE id = %s", entry.pk)
    assert f"entry {entry.pk} is not what was linked" in told()


def test_chain_written_anew_is_given_away_by_the_edition(edition):
    rewritten("DELETE FROM campaigns_journallink WHERE number > 0")
    chaining.link_due(all_of_them=True)
    assert told().startswith("The journal is in order")  # the same entries, on the same seed
    rewritten("DELETE FROM campaigns_journallink")
    chaining.link_due(all_of_them=True)
    assert f"head {edition.journal_head} is not in the chain" in told()


def test_head_of_another_site_is_not_found(edition):
    assert "is not in the chain" in told(head=["0" * 64])
