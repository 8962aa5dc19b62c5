"""The ground every test stands on: quiet nudges, and tables that can be emptied between tests."""

import gc
import os
import shutil

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from campaigns import nudge, pausing
from signatories.services import holding, submitting

# A busy machine is no failure, and the same tree passes or fails each time; `make fuzz` looks for what is new.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("fuzz" if os.environ.get("FUZZ") else "house")


def pytest_collection_modifyitems(items):
    """Mark as `pure` what touches no database: it says the same on every one, and is asked once."""
    for item in items:
        if not item.get_closest_marker("django_db") and not {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("pure")


def pytest_collection_finish():
    """Thousands of tests and their modules stay to the end: nobody need look through them for what can go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, so that threads and processes meet the same locks as in production.

    A copy of the migrated database where tools/run_tests.py has made one; `migrate` then finds nothing to do.
    """
    test = settings.DATABASES["default"].setdefault("TEST", {})
    if connection.vendor == "sqlite":
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        test["NAME"] = os.path.join(os.environ["VAR_DIR"], f"test-{worker}.sqlite3")
        if "MIGRATED_SQLITE" in os.environ:
            shutil.copyfile(os.environ["MIGRATED_SQLITE"], test["NAME"])
    elif "MIGRATED_POSTGRES" in os.environ:
        test["TEMPLATE"] = os.environ["MIGRATED_POSTGRES"]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """The copy of the migrated database is not thrown away to begin with; its folder is, afterwards."""
    return django_db_keepdb or (connection.vendor == "sqlite" and "MIGRATED_SQLITE" in os.environ)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Transactional tests empty tables by DELETE on SQLite; the append-only triggers would stop that.

    tests/campaigns/test_append_only.py puts the trigger back to see it refuse.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture(autouse=True)
def nudges(monkeypatch):
    """What was nudged. Publishing has tests of its own, with a real broker and worker (marker `processes`).

    Forms that are sent find a worker with nothing else to do.
    """
    asked: list[str] = []

    def now(task):
        asked.append(task)
        if task == submitting.TASK:
            submitting.take_in()

    monkeypatch.setattr(nudge, "now", now)
    return asked


@pytest.fixture
def no_worker(nudges, monkeypatch):
    """What was nudged, and nobody hears."""
    asked: list[str] = []
    monkeypatch.setattr(nudge, "now", asked.append)
    return asked


@pytest.fixture(autouse=True)
def _fresh_memory():
    """What a process remembers of pauses, rushes and places belongs to the rows of one test."""
    pausing.forget()
    holding.forget()


@pytest.fixture(autouse=True)
def _plain_language(settings):
    """A page in another language leaves it on in the test's thread, and the next test would read it."""
    translation.activate(settings.LANGUAGE_CODE)
