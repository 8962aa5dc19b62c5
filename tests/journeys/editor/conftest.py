"""The pages in a browser, under the site's own Content-Security-Policy."""

import pytest

from tests.journeys.editor.pages import is_complaint


@pytest.fixture
def page(browser, live_server, settings):
    settings.ROOT_URLCONF = "tests.journeys.editor.pages"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = complaints = []
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    assert complaints == []
    context.close()
