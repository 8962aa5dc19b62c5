"""A browser for the journeys: Debian's Chromium, quiet, and deaf to everything but this machine."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.test_supervisor import Up

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """The longest first, side by side: what is left at the end is short, and one worker alone starts the `site`."""
    items.sort(key=lambda item: not (item.get_closest_marker("journey") and "site" in item.fixturenames))


@pytest.fixture(scope="session")
def browser():
    """Chromium. `make test` makes sure there is one, or says loudly that the journeys were not run."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        pytest.skip("no Chromium on this machine")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=executable, args=QUIET + sandbox)


@pytest.fixture
def plain_static_files(settings):
    """Style sheets and scripts under their own names: the live server has collected none under hashed ones."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """`manage.py up` in a folder of its own: web, workers, scheduler, mail page, demonstration logins."""
    up = Up(tmp_path_factory.mktemp("site"))
    up.start_and_wait()
    yield up
    up.process.terminate()
    up.process.wait(30)


def _is_complaint(message):
    return message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text  # a test took the line away


@pytest.fixture
def person(browser, site):
    """A fresh browser on that site for one person; complains about anything the console complains about."""
    complaints = []

    def somebody(**options):
        context = browser.new_context(base_url=site.environ["SITE_URL"], **options)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield somebody
    assert complaints == []
