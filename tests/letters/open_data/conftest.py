"""A letter, and one that is signed."""

import pytest

from signatories.models import Line
from tests.factories import (
    OpenLetterFactory,
    SignatoryFactory,
)


@pytest.fixture
def letter():
    return OpenLetterFactory()


@pytest.fixture
def signed(letter):
    """With an organization of each kind of visibility, and everything that must not be told."""
    hidden = {"contact_name": "Canary Contact", "contact_email": "canary@canary.example", "letter": letter}
    SignatoryFactory(listed=True, line=Line("River Watch", "RW", "KE", "https://canary.example", "Garde"), **hidden)
    SignatoryFactory(listed=True, line=Line("=Nile", "", "EG"), **hidden | {"contact_email": "canary2@canary.example"})
    for number, visibility in enumerate(["recipient", "counted"]):
        hidden["contact_email"] = f"canary{number + 3}@canary.example"
        SignatoryFactory(listed=True, visibility=visibility, line=Line(f"Canary {number}", "CNR", "IS"), **hidden)
    SignatoryFactory(confirmed=True, line=Line("Canary confirmed", "", "IS"), letter=letter)
    SignatoryFactory(line=Line("Canary pending", "", "IS"), letter=letter)
    return letter
