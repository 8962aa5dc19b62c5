"""The pages of cohorts, as a vetter and as everybody else finds them."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from campaigns import pausing
from campaigns.models import Mail, SitePause
from signatories import services
from signatories.models import Invalidation, Signatory
from signatories.services.cohorts import Rule
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

FIND = "/admin/signatories/invalidation/"
LOOK = f"{FIND}look/"


@pytest.fixture
def letter():
    return OpenLetterFactory()


@pytest.fixture
def vetter(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["vet_signatory", "view_signatory"]))
    sign_in(client, user, with_second_factor=True)
    return user


def burst(letter, number=20, **more):
    for count in range(number):
        facts = {"source": "a place", "contact_email": f"x{count}@throwaway.example", "held_because": "pressure"} | more
        SignatoryFactory(letter=letter, **facts)


def forms(page):
    """The fields of each form on a page, as its buttons would send them."""
    found = []
    for form in re.findall(r"<form.*?</form>", page.content.decode(), re.DOTALL):
        inputs = re.findall(r"<input[^>]*>", form)
        pairs = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
        found.append({name[1]: html.unescape(value[1] if value else "") for name, value in pairs if name})
    return found


def the_one_with(page, **words):
    return next(form for form in forms(page) if words.items() <= form.items())


def test_three_actions_set_a_cohort_aside_and_one_more_takes_it_back(client, vetter, letter):
    burst(letter)
    kept = SignatoryFactory(letter=letter, listed=True)
    found = client.get(FIND)  # 1
    assert "20 with mail addresses at throwaway.example" in found.content.decode()
    look = client.post(LOOK, the_one_with(found, domain="throwaway.example"))  # 2
    assert "Invalidate these 20" in look.content.decode()
    assert "The public page loses nothing." in look.content.decode()
    made = client.post(LOOK, the_one_with(look, seen="20") | {"invalidate": "yes"}, follow=True)  # 3
    assert "20 sign-ons were set aside." in made.content.decode()
    assert Signatory.objects.filter(status="invalid").count() == 20
    kept.refresh_from_db()
    assert kept.status == "listed"
    back = client.post(reverse("admin:signatories_invalidation_see", args=[Invalidation.objects.get().pk]), follow=True)
    assert "20 sign-ons are what they were before." in back.content.decode()
    assert Signatory.objects.filter(status="pending").count() == 20


def test_look_tells_what_the_public_page_loses(client, vetter, letter):
    burst(letter, 2)
    SignatoryFactory(letter=letter, listed=True)
    SignatoryFactory(letter=letter, listed=True, visibility="counted")
    page = client.post(LOOK, {"letter": letter.pk, "states": ["pending", "listed"]}).content.decode()
    assert "The public page loses 2 listed ones (1 with their names)" in page
    assert "2 e-mails go out now" in page


def test_look_lets_through_with_the_number_of_mails(client, vetter, letter):
    burst(letter, 3)
    look = client.post(LOOK, {"letter": letter.pk, "states": ["pending"], "held": "any"})
    told = client.post(LOOK, the_one_with(look, seen="3") | {"release": "yes"}, follow=True)
    assert "Let through: 3 e-mails were written." in told.content.decode()
    assert Mail.objects.count() == 3


def test_second_vetter_is_told(client, vetter, letter):
    burst(letter)
    look = client.post(LOOK, {"letter": letter.pk, "states": ["pending"]})
    deed = the_one_with(look, seen="20") | {"invalidate": "yes"}
    client.post(LOOK, deed)
    again = client.post(LOOK, deed)
    assert "none of them is left" in again.content.decode()
    see = reverse("admin:signatories_invalidation_see", args=[Invalidation.objects.get().pk])
    client.post(see)
    assert "somebody else has put it back already" in client.post(see, follow=True).content.decode()


@pytest.mark.parametrize("staff", [True, False])
def test_nobody_but_vetters_gets_in(client, letter, staff):
    burst(letter)
    sign_in(client, UserFactory(is_staff=staff), with_second_factor=True)
    invalidation = Invalidation.objects.create(
        letter=letter, rule={"letter": 1}, reason="x", number=1, made_by=UserFactory()
    )
    deed = {"letter": letter.pk, "states": ["pending"], "seen": "20", "reason": "x", "invalidate": "yes"}
    see = reverse("admin:signatories_invalidation_see", args=[invalidation.pk])
    answers = [client.get(FIND), client.post(LOOK, deed), client.get(see), client.post(see)]
    assert {answer.status_code for answer in answers} <= {302, 403}
    assert Signatory.objects.filter(status="pending").count() == 20


def test_pages_show_no_hash_and_no_data_in_an_address(client, vetter, letter):
    burst(letter, source="f" * 32)
    pages = [client.get(FIND), client.post(LOOK, {"letter": letter.pk, "states": ["pending"]})]
    one = letter.signatories.first()
    pages.append(client.get(reverse("admin:signatories_signatory_change", args=[one.pk])))
    assert all("f" * 32 not in page.content.decode() for page in pages)
    links = re.findall(r'(?:href|action)="([^"]*)"', "".join(page.content.decode() for page in pages))
    assert [link for link in links if "throwaway" in link] == []
    assert (
        "20 sign-ons came from one network address, place 1 of this letter; 20 of them unconfirmed"
        in pages[2].content.decode()
    )
    assert "Many sign-ons at once" in pages[2].content.decode()


def test_looking_changes_nothing(client, vetter, letter):
    burst(letter)
    assert client.get(LOOK).status_code == 302
    client.head(FIND)
    client.post(LOOK, {"letter": letter.pk, "states": ["pending"]})
    assert Signatory.objects.held().count() == 20


def test_vetter_lets_one_through_from_its_sheet(client, vetter, letter):
    burst(letter, 1)
    one = letter.signatories.get()
    client.post(
        reverse("admin:signatories_signatory_change", args=[one.pk]), {"decision": "release", "seen": "pending"}
    )
    one.refresh_from_db()
    assert (one.is_held, Mail.objects.count()) == (False, 1)


def test_vetter_lets_many_through_from_the_queue(client, vetter, letter):
    burst(letter, 3)
    SignatoryFactory(letter=letter)
    queue = reverse("admin:signatories_signatory_changelist") + "?state=pending&held=now"
    keys = [str(pk) for pk in letter.signatories.values_list("pk", flat=True)]
    asked = client.post(queue.replace("&held=now", ""), {"action": "release", "_selected_action": keys})
    assert "3 e-mails in all." in asked.content.decode()
    client.post(queue, {"action": "release", "_selected_action": keys, "sure": "yes"})
    assert (Signatory.objects.held().count(), Mail.objects.count()) == (0, 3)


def test_front_page_shows_what_is_held(client, vetter, letter):
    burst(letter, 3)
    page = client.get("/admin/").content.decode()
    assert ("Held, without a mail" in page, "3 held" in page) == (True, True)


def test_site_is_paused_and_goes_on(client, letter):
    user = UserFactory(is_staff=True)
    codes = ["view_sitepause", "add_sitepause", "change_sitepause"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    sign_in(client, user, with_second_factor=True)
    form = reverse("signatories:sign", args=[letter.slug])
    client.post("/admin/campaigns/sitepause/add/", {"reason": "A flood"})
    assert SitePause.objects.get().started_by == user
    assert "Sign-on is paused" in client.get(form).content.decode()
    keys = [SitePause.objects.get().pk]
    client.post("/admin/campaigns/sitepause/", {"action": "end", "_selected_action": keys})
    assert (pausing.is_paused(), SitePause.objects.get().ended_by) == (False, user)
    assert "Sign-on is paused" not in client.get(form).content.decode()


def test_site_is_paused_by_permission_alone(client, letter, vetter):
    assert client.post("/admin/campaigns/sitepause/add/", {"reason": "A flood"}).status_code == 403
    assert not SitePause.objects.exists()


def test_pages_say_when_and_that_a_cohort_was_put_back(client, vetter, letter):
    burst(letter)
    rule = Rule(letter.pk, since=datetime(2026, 11, 3, 4, 5, 6, tzinfo=UTC))
    made = services.invalidate(rule, seen=20, reason="Forged", by=vetter)
    address = reverse("admin:signatories_invalidation_see", args=[made.pk])
    assert "<dd><bdi>3 November 2026, 04:05:06</bdi></dd>" in client.get(address).content.decode()
    assert "put back" not in client.get(address).content.decode()
    services.undo(made, by=vetter)
    for page in (address, FIND):
        assert re.search(r"(They were put|Put) back on \d+ \w+ \d{4}, \d\d:\d\d UTC", client.get(page).content.decode())


def test_look_has_one_primary_button(client, vetter, letter):
    burst(letter)
    look = client.post(LOOK, the_one_with(client.get(FIND), domain="throwaway.example")).content.decode()
    buttons = re.findall(r'<button type="submit"[^>]*class="([^"]+)"', look)
    assert sorted(buttons) == ["button", "button", "button default"]
