import pytest

from tests.factories import OpenLetterFactory


@pytest.fixture
def letter():
    return OpenLetterFactory()
