"""What a closed letter still waits for, before it is frozen."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from letters import services
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.following.pages import url
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db

STILL = "1 organization may still agree to the amended text until"
DECIDED = "Everything is decided: the roll is complete."


@pytest.mark.parametrize("page", ["overview", "freeze"])
def test_who_may_still_agree_again_is_waited_for(client, page):
    letter = OpenLetterFactory()
    for _ in range(2):
        SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    letter.signatories.filter(pk=letter.signatories.first().pk).update(agreed_revision=letter.revision)
    services.close(letter, by=UserFactory())
    team_member(client, letter)
    shown = words(client.get(url(letter, page)))
    assert (STILL in shown, DECIDED in shown) == (True, False)
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
        team_member(client, letter)  # whoever signed in yesterday signs in again
        shown = words(client.get(url(letter, page)))
    assert (STILL in shown, DECIDED in shown) == (False, True)
