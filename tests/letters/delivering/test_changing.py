"""Changing what is prepared, at the desk."""

import pytest

from letters import services
from tests.letters.delivering import pages, parcels
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def test_changing_keeps_what_was_typed_when_it_is_refused(desk, prepared):
    page = pages.of(prepared, "change_delivery")
    answer = pages.sent_from(desk, page, email="nowhere", note="Long words that I typed")
    assert "Enter an e-mail address, such as office@ministry.example." in words(answer)
    assert fields(answer)["note"] == "Long words that I typed"
    assert fields(answer)["email"] == "nowhere"


def test_changing_what_somebody_else_changed_is_not_saved(desk, prepared, owner):
    page = pages.of(prepared, "change_delivery")
    form = fields(desk.get(page))
    services.change_delivery(prepared, parcels.mail(note="Theirs"), by=owner, known=prepared.touched_at)
    assert "yours is not saved" in words(desk.post(page, form | {"note": "Mine"}, follow=True))
    assert parcels.fresh(prepared).note == "Theirs"


@pytest.mark.parametrize("known", ["2026-13-45T10:00:00Z", "yesterday", ""])
def test_changing_from_a_moment_that_is_none_is_not_saved(desk, prepared, known):
    page = pages.of(prepared, "change_delivery")
    answer = pages.sent_from(desk, page, known=known, note="Mine")
    assert answer.url == pages.of(prepared)
    assert parcels.fresh(prepared).note == prepared.note
