"""A browser for the journeys: Debian's Chromium, quiet, and deaf to everything but this machine."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    """Chromium. `make test` makes sure there is one, or says loudly that the journeys were not run."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        pytest.skip("no Chromium on this machine")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=executable, args=QUIET + sandbox)
