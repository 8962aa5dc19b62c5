"""Test sign-ons of a draft: they hang on their trial and go with it."""

import pytest

from letters import services as letters
from tests.factories import LetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_two_tests_of_one_organization_do_not_keep_the_letter_from_opening():
    """Two colleagues try the form with their own organization: the second is a double of the first."""
    letter, by = LetterFactory(), UserFactory()
    trial = letters.begin_trial(letter, by=by)
    first = SignatoryFactory(letter=letter, confirmed=True, trial=trial)
    SignatoryFactory(letter=letter, status="duplicate", duplicate_of=first, trial=trial)
    letters.open_for_signing(letter, by=by)
    assert letter.signatories.count() == 0
