"""Who writes, and until when."""

import pytest

from letters import services
from tests.factories import OpenLetterFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.writing.page import opened, url

pytestmark = pytest.mark.django_db


def test_write_keeps_on_the_page_what_came_after_the_opening(writer, letter):
    sent = opened(writer, letter)
    services.open_for_signing(letter, by=UserFactory())
    response = writer.post(url(letter), sent | {"body": "<p>Late words.</p>"})
    assert response.status_code == 409
    assert "Meanwhile the letter was opened." in words(response)
    assert fields(response)["body"] == "<p>Late words.</p>"
    assert "data-autosave" not in words(response)


def test_write_of_an_open_letter_leads_to_its_overview(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    response = client.get(url(letter), follow=True)
    assert response.redirect_chain[-1][0] == url(letter, "overview")
    assert "its words change by an amendment only" in words(response)
    services.close(letter, by=UserFactory())
    assert "To amend a closed letter, open it again first." in words(client.get(url(letter), follow=True))


@pytest.mark.parametrize("page", ["write", "autosave", "timetable", "reopen", "open_for_signing", "close", "freeze"])
@pytest.mark.parametrize("role", ["viewer", "translator", None])
def test_desk_pages_are_not_there_for_those_who_do_not_run_it(client, letter, page, role):
    if role:
        team_member(client, letter, role)
    else:
        client.force_login(UserFactory())
    assert client.post(url(letter, page)).status_code == 404
    assert client.get(url(letter, page)).status_code in (404, 405)
