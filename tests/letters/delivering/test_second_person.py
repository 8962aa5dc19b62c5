"""Where two people look at what goes out, a reply too is published by another than who entered or changed it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, JournalEntry
from letters import services
from letters.models import Reply
from tests.factories import MembershipFactory
from tests.letters.delivering import pages
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 5)
RECEIVED = services.Received("The Commissioner", TODAY, "Thank you.")
OTHER = services.Received("The Commissioner", TODAY, "No, thank you.")


@pytest.fixture
def reply(letter, two_release, coordinator):
    return services.enter_reply(letter, RECEIVED, by=coordinator)


@pytest.fixture
def kept(letter):
    return reverse("letters:kept_replies", args=["bridge"])


def fresh(reply):
    return Reply.objects.get(pk=reply.pk)


def test_publish_refuses_who_entered_it(reply, coordinator, owner):
    assert reply.needs_second
    with pytest.raises(services.SecondPersonNeeded):
        services.publish_reply(reply, by=coordinator)
    assert not fresh(reply).is_public
    assert services.publish_reply(reply, by=owner)
    assert (fresh(reply).is_public, fresh(reply).published_by) == (True, owner)


def test_publish_refuses_who_changed_it_last(reply, coordinator, owner):
    reply = services.change_reply(reply, OTHER, by=owner)
    with pytest.raises(services.SecondPersonNeeded):
        services.publish_reply(reply, by=owner)
    assert services.publish_reply(reply, by=coordinator)


def test_rule_that_was_made_after_entering_holds_and_one_that_was_holds_on(letter, coordinator, owner):
    reply = services.enter_reply(letter, RECEIVED, by=coordinator)
    Campaign.objects.update(needs_two_to_release=True)
    with pytest.raises(services.SecondPersonNeeded):
        services.publish_reply(reply, by=coordinator)
    other = services.enter_reply(letter, OTHER, by=coordinator)
    Campaign.objects.update(needs_two_to_release=False)
    with pytest.raises(services.SecondPersonNeeded):
        services.publish_reply(other, by=coordinator)
    assert services.publish_reply(reply, by=coordinator)  # the control: entered when there was no rule


def test_changing_a_public_one_takes_it_off_the_page(reply, coordinator, owner):
    services.publish_reply(reply, by=owner)
    changed = services.change_reply(fresh(reply), OTHER, by=coordinator)
    assert (changed.is_public, fresh(reply).is_public, fresh(reply).published_by) == (False, False, None)
    verbs = JournalEntry.objects.about(reply).values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["reply changed", "reply hidden"]


def test_changing_a_public_one_shows_it_at_once_where_one_person_is_enough(letter, coordinator):
    reply = services.enter_reply(letter, RECEIVED, by=coordinator)
    services.publish_reply(reply, by=coordinator)
    assert services.change_reply(fresh(reply), OTHER, by=coordinator).is_public


def test_publish_refuses_what_was_changed_since_it_was_looked_at(reply, coordinator, owner):
    services.change_reply(fresh(reply), OTHER, by=coordinator)
    with pytest.raises(services.ChangedSince):
        services.publish_reply(reply, by=owner)
    assert not fresh(reply).is_public
    assert services.publish_reply(fresh(reply), by=owner)  # the control


def test_page_refuses_to_publish_what_was_not_shown_on_it(client, reply, coordinator, owner, kept):
    client.force_login(owner)
    shown = fields(client.get(kept))
    services.change_reply(fresh(reply), OTHER, by=coordinator)
    answer = words(client.post(pages.reply(reply, "publish_reply"), shown, follow=True))
    assert "Not done: somebody else has changed the reply meanwhile. Read what it says now." in answer
    assert "No, thank you." in answer
    assert not fresh(reply).is_public
    client.post(pages.reply(reply, "publish_reply"), fields(client.get(kept)))
    assert fresh(reply).is_public


def test_database_refuses_publishing_by_who_entered_it(reply, coordinator, owner):
    rows, now = Reply.objects.filter(pk=reply.pk), timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(published_at=now, published_by=coordinator)
    assert rows.update(published_at=now, published_by=owner) == 1


def test_page_says_that_somebody_else_publishes_it(client, reply, coordinator, owner, kept):
    client.force_login(coordinator)
    page = words(client.get(kept))
    assert "Somebody else publishes it." in page
    assert "Publish it on the letter’s page" not in page
    answer = pages.publish_reply(client, reply)
    assert "Not published: somebody else than who entered it" in words(answer)
    client.force_login(owner)
    page = words(client.get(kept))
    assert "Publish it on the letter’s page" in page
    assert "Somebody else publishes it." not in page


def test_page_says_when_there_is_nobody_else(client, reply, coordinator, kept):
    client.force_login(coordinator)
    assert "its owners invite one" in words(client.get(kept))
    MembershipFactory(campaign=reply.letter.campaign, role="coordinator")
    assert "Send another owner or coordinator the address of this page." in words(client.get(kept))


def test_page_of_changing_says_that_it_goes_off_the_page(client, reply, coordinator, owner):
    services.publish_reply(reply, by=owner)
    client.force_login(coordinator)
    page = pages.reply(reply, "change_reply")
    assert "once you change it, it is off the letter’s page" in words(client.get(page))
    saved = client.get(pages.sent_from(client, page, words="Other").url)
    assert "Saved, and off the letter’s page until another owner or coordinator publishes it again." in words(saved)
    assert not fresh(reply).is_public
