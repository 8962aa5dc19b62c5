"""A letter in a frame on another site: without script, on a phone, right to left; and no other page of ours in one."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.journeys.accessible import violations

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("plain_static_files"),
]


@pytest.fixture
def letter():
    letter = OpenLetterFactory(text={"language": "ar", "title": "من أجل جسر ليند (Lind)", "body": "<p>الجسر.</p>"})
    for name, acronym, country in [("Fundación Karisma", "FK", "CO"), ("مركز الخليج", "GC", "LB")]:
        SignatoryFactory(letter=letter, listed=True, line=Line(name, acronym, country))
    return letter


@pytest.fixture
def elsewhere():
    """Another site: its page holds two frames."""
    page = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[0].encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def with_frames(*urls):
        page[:] = ["".join(f'<iframe src="{url}" width="320" height="420"></iframe>' for url in urls)]
        return f"http://127.0.0.1:{server.server_port}/"

    yield with_frames
    server.shutdown()


def test_embed_page_stands_in_a_frame_elsewhere_and_the_letter_does_not(browser, live_server, letter, elsewhere):
    address = f"{live_server.url}{letter.get_absolute_url()}"
    with browser.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(elsewhere(f"{address}embed/", address))
        frames = [page.frame_locator("iframe").nth(number) for number in (0, 1)]
        expect(frames[0].get_by_role("heading", level=1)).to_have_text("من أجل جسر ليند (Lind)")
        frames[0].get_by_text("من وقّع").click()  # in the language of the letter
        expect(frames[0].get_by_text("مركز الخليج")).to_be_visible()
        expect(frames[1].get_by_role("heading", level=1)).to_have_count(0)
        with page.expect_popup() as opened:
            frames[0].get_by_role("link", name="التوقيع باسم منظمتكم").click()
        opened.value.wait_for_url(f"{address}sign/**")
        assert context.cookies() == []


def test_embed_page_is_for_everybody(browser, live_server, letter):
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}{letter.get_absolute_url()}embed/")
        page.locator("summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
