"""The writing page of an open letter that prepares an amendment."""

import pytest

from letters import services
from letters.models import Letter
from tests.factories import OpenLetterFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def amended(client):
    """An open letter that prepares an amendment, and who writes it."""
    letter = OpenLetterFactory()
    services.prepare_amendment(letter, by=team_member(client, letter))
    return letter


def test_write_serves_an_amendment(client, amended):
    shown = words(client.get(url(amended)))
    assert "What organizations see and sign stays as it is until you make it." in shown
    assert 'name="revision_name"' not in shown
    sent = opened(client, amended) | {"title": "By itself"}
    answer = client.post(url(amended, "autosave"), sent)
    assert answer.status_code == 200
    assert client.post(url(amended), opened(client, amended) | {"re_line": "By the button"}).status_code == 302
    assert (draft(amended).title, draft(amended).re_line) == ("By itself", "By the button")
    assert Letter.objects.get().text.title == "For the bridge over the Lind"
    assert amended.revisions.count() == 1


def test_autosave_of_an_amendment_that_is_gone_says_so(client, amended):
    sent = opened(client, amended) | {"title": "Too late"}
    services.discard_amendment(amended, by=UserFactory())
    answer = client.post(url(amended, "autosave"), sent)
    assert answer.status_code == 422
    response = client.post(url(amended), sent)
    assert (response.status_code, fields(response)["title"]) == (409, "Too late")
    assert draft(amended).title == "For the bridge over the Lind"
