import pytest

from signatories.services import holding


@pytest.fixture(autouse=True)
def _reachable_limits(settings, monkeypatch):
    """Small numbers, so that few rows reach them; what they are in earnest is a constant each."""
    settings.SIGN_ON_RUSH = 12
    settings.TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(holding, "ROOM", 6)
    monkeypatch.setattr(holding, "CENTER", 8)
    monkeypatch.setattr(holding, "ALL_DAY", 10)
