"""What a newcomer finds done: a letter that was delivered, acknowledged, published and answered."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaigns import demonstration, outbox
from campaigns.models import User
from letters.models import Delivery, Letter, Rendering
from signatories.demonstration import CLOSED_LETTER, answer
from tests.letters.desk import words

pytestmark = pytest.mark.django_db(transaction=True)  # a lease is renewed while a document is set


def test_demo_shows_a_delivery_with_all_that_came_of_it(client, settings, mailoutbox):
    settings.DEBUG = True
    call_command("demo")
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.acknowledgement) == ("acknowledged", answer.ACKNOWLEDGED)
    letter = Letter.objects.get(slug=CLOSED_LETTER.slug)
    page = words(client.get(letter.get_absolute_url()))
    for said in ("Edition 1 delivered to", "Captain Aurel Brandreth", answer.LEAD, "Two lamps are in the yard"):
        assert said in page
    assert ("number 118" in page, answer.HANDED_OVER in page) == (False, False)  # which are for the team
    client.force_login(User.objects.get(email=demonstration.LOGINS[0][1]))
    desk = words(client.get(reverse("letters:deliver", args=[letter.slug])))
    assert ("Acknowledged" in desk, "replied to" in desk) == (True, True)
    assert outbox.send_due() == len(mailoutbox)
    assert len(mailoutbox) <= 8  # nobody is told of it by mail


def test_demo_does_without_where_nothing_can_be_set(settings):
    settings.DEBUG, settings.RENDER_MEGABYTES = True, 16
    call_command("demo")
    assert set(Rendering.objects.values_list("state", flat=True)) == {"failed"}
    assert not Delivery.objects.exists()
    assert Letter.objects.count() == 3
