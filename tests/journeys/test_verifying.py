"""A document is checked in a browser: without the file leaving it, and without script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from letters import services
from letters.models import Letter
from letters.services import renderings
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.journeys.accessible import problems

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(120),
    pytest.mark.usefixtures("plain_static_files"),
]


@pytest.fixture
def document(tmp_path):
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True, line=Line("Harbour Light", "HL", "KE"))
    edition = services.freeze(letter, by=UserFactory())
    renderings.render_due()
    path = tmp_path / "letter.pdf"
    path.write_bytes(edition.renderings.get().file.read())
    return path


@pytest.fixture
def checking(browser, live_server):
    """The page, with or without script, and what it sends."""
    contexts = []

    def opened(*, script):
        context = browser.new_context(java_script_enabled=script)
        contexts.append(context)
        page, sent = context.new_page(), []
        page.on("request", lambda request: sent.append((request.method, len(request.post_data_buffer or b""))))
        page.goto(f"{live_server.url}/verify/")
        return page, sent

    yield opened
    for context in contexts:
        context.close()


def choose(page, path):
    page.get_by_label("PDF file").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()


@pytest.mark.parametrize("script", [True, False])
def test_file_is_recognized_and_a_flipped_byte_is_not(checking, document, script):
    page, sent = checking(script=script)
    choose(page, document)
    expect(page.get_by_role("heading", name="Yes: this file is edition 1, unchanged.")).to_be_visible()
    flipped = bytearray(document.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    document.write_bytes(flipped)
    choose(page, document)
    expect(page.get_by_role("heading", name="No: this file is not one of ours.")).to_be_visible()
    posts = [size for method, size in sent if method == "POST"]
    assert len(posts) == 2
    if script:
        assert 64 < max(posts) < 100  # the hash alone


def test_page_and_its_answers_are_fit_for_all(checking, document):
    page, _sent = checking(script=True)
    assert problems(page) == []
    choose(page, document)
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("textbox", name="SHA-256").fill("not a hash")
    page.get_by_role("button", name="Check the SHA-256").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert problems(page) == []
