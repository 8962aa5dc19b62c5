"""A campaign's own vetters: appointed on its team page, and at the vetting desk for its letters only."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from campaigns import services as campaigns
from campaigns.models import Campaign, Role
from letters.models import Letter
from signatories import services
from signatories.models import Signatory
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
QUEUE = reverse("admin:signatories_signatory_changelist")
COHORTS = reverse("admin:signatories_invalidation_changelist")


@pytest.fixture
def vetter():
    return MembershipFactory(role=Role.VETTER)


@pytest.fixture
def ours(vetter):
    return SignatoryFactory(confirmed=True, letter=OpenLetterFactory(campaign=vetter.campaign))


@pytest.fixture
def theirs():
    return SignatoryFactory(confirmed=True)


@pytest.fixture
def desk(client, vetter):
    sign_in(client, vetter.user, with_second_factor=True)
    return client


def everything():
    return Permission.objects.get(codename="vet_signatory")


def page(signatory):
    return reverse("admin:signatories_signatory_change", args=[signatory.pk])


@pytest.mark.parametrize(("role", "enters"), [(role, role == Role.VETTER) for role in Role])
def test_vetters_alone_of_a_team_enter_the_vetting_desk(client, role, enters):
    sign_in(client, MembershipFactory(role=role).user, with_second_factor=True)
    assert (client.get(QUEUE).status_code == 200) is enters
    assert (QUEUE.removesuffix("signatories/signatory/") in client.get("/desk/").content.decode()) is enters


def test_vetter_owes_a_second_factor_from_the_moment_of_being_one(client):
    member = MembershipFactory(role=Role.VIEWER)
    owner = MembershipFactory(campaign=member.campaign).user
    client.force_login(member.user)
    assert client.get("/desk/").status_code == 200
    campaigns.change_role(member, Role.VETTER, by=owner)
    assert client.get("/desk/").url == reverse("mfa_index")


def test_vetter_who_leaves_the_team_is_out_at_once(desk, vetter, ours):
    owner = MembershipFactory(campaign=vetter.campaign).user
    assert desk.get(page(ours)).status_code == 200
    campaigns.remove_member(vetter, by=owner)
    assert desk.get(page(ours)).url.startswith(reverse("admin:login"))


def test_vetted_by_is_ones_own_campaigns_or_all(vetter, ours, theirs):
    site_wide, nobody = UserFactory(), MembershipFactory(role=Role.OWNER, campaign=vetter.campaign).user
    site_wide.user_permissions.add(everything())
    found = {
        user: [set(model.objects.vetted_by(user)) for model in (Campaign, Letter, Signatory)]
        for user in (vetter.user, site_wide, nobody)
    }
    mine, others = (ours.letter.campaign, ours.letter, ours), (theirs.letter.campaign, theirs.letter, theirs)
    assert found[vetter.user] == [{one} for one in mine]
    assert found[site_wide] == [{one, other} for one, other in zip(mine, others, strict=True)]
    assert found[nobody] == [set(), set(), set()]


def test_vetter_decides_on_ones_own_and_not_on_others(desk, ours, theirs):
    for signatory in (ours, theirs):
        desk.post(page(signatory), {"decision": "approve", "seen": "confirmed"})
    assert [Signatory.objects.get(pk=one.pk).status for one in (ours, theirs)] == ["listed", "confirmed"]


def test_action_on_others_is_not_there_and_leaves_ones_own_too(desk, ours, theirs):
    chosen = {"action": "approve", "sure": "yes", "_selected_action": [str(ours.pk), str(theirs.pk)]}
    assert desk.post(QUEUE, chosen).status_code == 404
    assert set(Signatory.objects.values_list("status", flat=True)) == {"confirmed"}
    assert desk.post(QUEUE, {**chosen, "_selected_action": ["no id"]}).status_code == 404
    assert desk.post(QUEUE, {**chosen, "_selected_action": [str(ours.pk)]}).status_code == 302
    assert [Signatory.objects.get(pk=one.pk).status for one in (ours, theirs)] == ["listed", "confirmed"]


@pytest.mark.parametrize("address", [INDEX, QUEUE, f"{QUEUE}?state=all", COHORTS])
def test_pages_show_ones_own_letters_only(desk, ours, theirs, address):
    for letter in (ours.letter, theirs.letter):
        Signatory.objects.filter(letter=letter).update(status="confirmed")
        SignatoryFactory(letter=letter)  # unconfirmed, so that the page of cohorts looks at the letter
        letter.texts.update(title=f"Title of letter {letter.pk}")
    shown = desk.get(address).content.decode()
    assert f"Title of letter {ours.letter_id}" in shown
    assert f"Title of letter {theirs.letter_id}" not in shown


def test_cohort_of_others_is_neither_found_nor_put_back(desk, theirs):
    other = UserFactory()
    rule = services.Rule(theirs.letter_id, states=("confirmed",))
    made = services.invalidate(rule, seen=1, reason="a burst", by=other)
    see = reverse("admin:signatories_invalidation_see", args=[made.pk])
    assert [desk.get(see).status_code, desk.post(see).status_code] == [404, 404]
    assert Signatory.objects.get().status == "invalid"
    looked = desk.post(f"{COHORTS}look/", {"letter": theirs.letter_id, "states": "pending"})
    assert list(looked.context["form"].errors) == ["letter"]
