"""Two who change a campaign at once: nothing is undone unseen, and nothing that was typed is lost."""

import threading

import pytest
from django import forms
from django.db import connection
from django.urls import reverse

from campaigns import services
from campaigns.forms import Meanwhile
from campaigns.models import Campaign, JournalEntry
from tests.factories import CampaignFactory, MembershipFactory
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    campaign = CampaignFactory(name="Rivers", contact_email="rivers@site.example", privacy_notice="We hold\r\nlittle.")
    client.force_login(MembershipFactory(campaign=campaign, role="owner").user)
    return campaign


def at(campaign):
    return reverse("campaigns:campaign", args=[campaign.slug])


def shown(client, campaign):
    return fields(client.get(at(campaign)))


def send(client, campaign, page, **typed):
    return client.post(at(campaign), page | typed)


def held(campaign):
    now = Campaign.objects.get(pk=campaign.pk)
    return now.name, now.contact_email, now.needs_two_vetters


def complaints(answer):
    return set(answer.context["form"].errors) - {"__all__"}


def test_key_of_a_choice_is_said_in_words():
    class Form(Meanwhile, forms.Form):
        parcel = forms.TypedChoiceField(choices=[(1, "A, by post"), (5, "B, by hand")], coerce=int)

        def __init__(self, *args, now, **more):
            super().__init__(*args, initial={"parcel": now}, **more)
            self.watch(self.initial)

    seen = Form(now=1).initial["seen"]
    form = Form({"parcel": "", "seen": seen}, now=5)
    assert not form.is_valid()
    assert "<bdi>B, by hand</bdi>" in form["parcel"].help_text


def test_page_left_open_undoes_nothing_of_what_was_saved_since(client, campaign):
    stale = shown(client, campaign)
    assert send(client, campaign, stale, name="Lakes", needs_two_vetters="on").status_code == 302
    answer = send(client, campaign, stale, contact_email="new@site.example")
    assert "somebody else has saved this page meanwhile" in words(answer)
    assert held(campaign) == ("Lakes", "rivers@site.example", True)
    kept = fields(answer)
    assert (kept["name"], kept["contact_email"], kept["needs_two_vetters"]) == ("Lakes", "new@site.example", "on")
    assert complaints(answer) == set()
    assert words(answer).count("Somebody has changed this meanwhile: this is what is saved now.") == 2
    assert send(client, campaign, kept).status_code == 302
    assert held(campaign) == ("Lakes", "new@site.example", True)


def test_what_both_have_changed_stands_beside_each_other(client, campaign):
    stale = shown(client, campaign)
    send(client, campaign, stale, name="Lakes & <b>Ponds</b>")
    answer = send(client, campaign, stale, name="Seas")
    assert (complaints(answer), fields(answer)["name"]) == ({"name"}, "Seas")
    assert b"<b>Saved now:</b> <bdi>Lakes &amp; &lt;b&gt;Ponds&lt;/b&gt;</bdi>" in answer.content
    assert held(campaign)[0] == "Lakes & <b>Ponds</b>"
    send(client, campaign, fields(answer))  # having seen it
    assert held(campaign)[0] == "Seas"


def test_whoever_comes_third_is_asked_again(client, campaign):
    stale = shown(client, campaign)
    send(client, campaign, stale, name="Lakes")
    seen = fields(send(client, campaign, stale, name="Seas"))
    send(client, campaign, shown(client, campaign), name="Ponds")
    answer = send(client, campaign, seen)
    assert (complaints(answer), held(campaign)[0]) == ({"name"}, "Ponds")


def test_saving_the_same_twice_is_no_change(client, campaign):
    page = shown(client, campaign)
    codes = [send(client, campaign, page, name="Lakes").status_code for _ in range(2)]
    assert (codes, held(campaign)[0]) == ([302, 302], "Lakes")


@pytest.mark.parametrize("seen", ["", "null", "[]", "{", '{"name": 7}'])
def test_whoever_does_not_say_what_it_saw_overwrites_nothing(client, campaign, seen):
    answer = send(client, campaign, shown(client, campaign), name="Seas", seen=seen)
    assert (complaints(answer), held(campaign)[0]) == ({"name"}, "Rivers")


def test_notice_that_nobody_has_written_yet_is_no_change_of_anybodys(client, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(privacy_notice="")
    stale = shown(client, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(name="Lakes")  # and so the model of a notice is another
    answer = send(client, campaign, stale, privacy_notice="We hold nothing.")
    assert complaints(answer) == set()
    assert fields(answer)["privacy_notice"] == "We hold nothing."


def test_change_is_refused_to_who_compared_with_something_else(campaign):
    by, seen = campaign.memberships.get().user, Campaign.objects.get(pk=campaign.pk)
    facts = {"contact_email": campaign.contact_email, "by": by, "seen": seen}
    services.edit_campaign(campaign, name="Lakes", **facts)
    with pytest.raises(services.CampaignChanged):
        services.edit_campaign(campaign, name="Seas", **facts)
    assert (held(campaign)[0], JournalEntry.objects.filter(verb="edited").count()) == ("Lakes", 1)


def test_what_somebody_saves_at_this_moment_as_it_was_typed_is_said(client, campaign, monkeypatch):
    """After the page was compared, before it was written: there is no difference to show."""
    edit = services.edit_campaign

    def slow(*args, **facts):
        Campaign.objects.update(name="Lakes")
        edit(*args, **facts)

    page = shown(client, campaign)
    with monkeypatch.context() as patched:
        patched.setattr(services, "edit_campaign", slow)
        answer = send(client, campaign, page, name="Lakes")
    assert "Not saved: somebody else was faster." in words(answer)
    assert send(client, campaign, fields(answer)).status_code == 302


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused():
    campaign = CampaignFactory(name="Rivers")
    by, seen = MembershipFactory(campaign=campaign).user, Campaign.objects.get(pk=campaign.pk)
    start, came = threading.Barrier(2), []

    def save(name):
        start.wait()
        try:
            services.edit_campaign(campaign, name=name, contact_email=campaign.contact_email, by=by, seen=seen)
            came.append(name)
        except services.CampaignChanged:
            came.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[name]) for name in ("Lakes", "Seas")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came)[0] == ""
    assert held(campaign)[0] == sorted(came)[1]
