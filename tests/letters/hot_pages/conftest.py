"""Pages are held in memory here, and a clock says how long."""

import pytest

from letters import hot_pages


@pytest.fixture(autouse=True)
def hot(settings):
    settings.HOT_PAGES = True
    hot_pages._is_hot.cache_clear()
    hot_pages._language.cache_clear()
    hot_pages._is_ours.cache_clear()


@pytest.fixture
def clock(monkeypatch):
    """time.monotonic() of the module, moved by hand."""
    now = [1000.0]
    monkeypatch.setattr(hot_pages.time, "monotonic", lambda: now[0])
    return now
