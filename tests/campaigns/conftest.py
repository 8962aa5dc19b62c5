import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def forgotten_attempts():
    """Limits on attempts are counted in the cache, which outlives a test."""
    cache.clear()
