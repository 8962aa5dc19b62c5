"""The public page of a letter, as tests read it."""

from datetime import timedelta

from django.utils import timezone

from letters import services
from letters.models import Letter
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory


def page(client, letter):
    return client.get(letter.get_absolute_url()).content.decode()


def frozen(letter):
    """An edition; the letter is closed for it."""
    letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
    return services.freeze(letter, by=UserFactory())


def over(headline, number, **text):
    letter = OpenLetterFactory(
        closes_at=timezone.now() - timedelta(hours=30),
        opens_at=timezone.now() - timedelta(days=9),
        text={"headline": headline, **text},
    )
    for n in range(number):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    frozen(letter)
    return letter
