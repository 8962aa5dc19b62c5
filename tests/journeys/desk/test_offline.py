"""A coordinator whose connection is gone for a while."""

import pytest
from playwright.sync_api import expect

from tests.factories import LetterFactory
from tests.journeys.desk.writing_page import append, begin, body_of, state, text_of, written

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]


def test_a_writer_who_was_offline_is_merged(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    bo.context.set_offline(True)
    begin(bo, " Bo on the train.")
    expect(state(bo)).to_contain_text("Not saved: no connection.")
    append(ana, " Ana at the desk.")
    expect(state(ana)).to_contain_text("Saved")
    begin(bo, " Still there.")
    bo.context.set_offline(False)
    expect(state(bo)).to_contain_text("Saved")
    for words in ("Bo on the train.", "Still there.", "Ana at the desk."):
        expect(body_of(bo)).to_contain_text(words)
        assert words in text_of(letter).body


def test_a_writer_who_was_offline_in_the_same_paragraph_sees_both(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    bo.context.set_offline(True)
    append(bo, " Bo on the train.")
    expect(state(bo)).to_contain_text("Not saved: no connection.")
    append(ana, " Ana at the desk.")
    expect(state(ana)).to_contain_text("Saved")
    bo.context.set_offline(False)
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    bo.get_by_role("button", name="See both versions").click()
    expect(bo.locator("main")).to_contain_text("Ana at the desk.")
    expect(body_of(bo)).to_contain_text("Bo on the train.")
