"""A browser at the desk."""

import pytest

from tests.factories import MembershipFactory
from tests.journeys.desk.writing_page import come_back

EXPECTED = ("409", "422", "302", "ERR_INTERNET_DISCONNECTED")  # answers the browser logs and the page deals with


@pytest.fixture
def visit(browser, live_server):
    """A browser signed in as a new coordinator of the letter's team."""
    complaints, contexts = [], []

    def signed_in(letter, name, **options):
        user = MembershipFactory(campaign=letter.campaign, role="coordinator", user__name=name).user
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.user = user
        come_back(page, live_server)
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(message):
    answered = message.text.startswith("Failed to load resource") and any(code in message.text for code in EXPECTED)
    return message.type in ("error", "warning") and not answered
