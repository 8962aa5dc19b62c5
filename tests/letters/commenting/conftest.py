"""A partner who is asked, and somebody of the team."""

import pytest

from letters.models import Letter
from tests.factories import (
    ConsultationFactory,
    LetterFactory,
    PartnerFactory,
    UserFactory,
)
from tests.letters.commenting.said import BODY


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def partner():
    letter = LetterFactory(status=Letter.Status.CONSULTATION, text={"body": BODY})
    return PartnerFactory(consultation=ConsultationFactory(letter=letter))
