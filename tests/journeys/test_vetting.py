"""A vetter with a keyboard and no mouse: ten mixed sign-ons one after the other, and pages axe finds nothing in."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from signatories import services
from signatories.models import Line, Opinion, Question, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signing_in import sign_in

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(120),
    pytest.mark.usefixtures("plain_static_files"),
]

QUEUE = "/admin/signatories/signatory/"
SERIOUS = {"serious", "critical"}


@pytest.fixture
def vetter():
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="vet_signatory"))
    return user


@pytest.fixture
def page(browser, live_server, client, vetter):
    sign_in(client, vetter, with_second_factor=True)
    context = browser.new_context(base_url=live_server.url)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture
def ten():
    letter, now = OpenLetterFactory(), timezone.now()
    names = ["Boats", "Lantern", "Otter", "Heron", "Quarry", "Willow", "Marrow", "Tern", "Tern", "Sedge"]
    return [
        SignatoryFactory(
            letter=letter,
            confirmed=True,
            at=now - timedelta(hours=20 - number),
            line=Line(f"{name} Trust {number}", "", "KE"),
        )
        for number, name in enumerate(names)
    ]


KEYS = {
    "approve": ["a", "Enter"],
    "decline": ["d", "W", "Tab", *"Sorry", "Tab", "Enter"],
    "ask": ["q", *"Who", "Tab", "Enter"],
    "second": ["o", *"Look", "Tab", "Enter"],
    "duplicate": ["s", "T", "Tab", "Enter"],
    "skip": ["n"],
}
DECISIONS = [
    *("approve", "decline", "ask", "second", "approve"),
    *("skip", "approve", "approve", "duplicate", "approve"),
]


def at(page, signatory):
    expect(page.get_by_label("Single keys")).to_be_visible()  # the script is there
    expect(page.locator("h1 bdi")).to_have_text(signatory.line.name)


def test_ten_are_cleared_by_keyboard_alone(page, ten):
    page.goto(QUEUE)
    expect(page.get_by_label("Single keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for signatory, decision in zip(ten, DECISIONS, strict=True):
        at(page, signatory)
        for key in KEYS[decision][:-1]:
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press(KEYS[decision][-1])
    expect(page).to_have_url(f"{page.url.partition('/admin/')[0]}{QUEUE}")
    statuses = [Signatory.objects.get(pk=one.pk).status for one in ten]
    assert statuses == [
        *("listed", "declined", "confirmed", "confirmed", "listed"),
        *("confirmed", "listed", "listed", "duplicate", "listed"),
    ]
    assert [one.signatory for one in Question.objects.open()] == [ten[2]]
    assert [one.signatory for one in Opinion.objects.open().asking()] == [ten[3]]


def test_keys_can_be_switched_off_and_are_for_no_field(page, ten):
    page.goto(reverse("admin:signatories_signatory_change", args=[ten[0].pk]))
    page.locator("[name=ask-words]").focus()
    page.keyboard.type("nab")
    expect(page.locator("[name=ask-words]")).to_have_value("nab")
    page.get_by_label("Single keys").uncheck()
    page.reload()
    expect(page.get_by_label("Single keys")).not_to_be_checked()
    page.keyboard.press("n")
    at(page, ten[0])


def test_axe_finds_nothing_serious(page, ten, vetter):
    services.ask_second(ten[0], by=UserFactory(), note="Who are they?")
    (made,) = services.decline_together({ten[1].pk: "confirmed"}, reason="other", by=vetter)
    addresses = [
        *("/admin/", QUEUE, reverse("admin:signatories_signatory_change", args=[ten[0].pk])),
        *(reverse("admin:signatories_invalidation_see", args=[made.pk]), "/admin/signatories/invalidation/"),
    ]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            page.goto(address)
            assert serious(page) == [], (address, width)
    page.goto(QUEUE)
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("decline")
    with page.expect_navigation():
        page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("heading", name="9 sign-ons can be declined")).to_be_visible()
    assert serious(page) == []


def serious(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_column_of_the_queue_is_cut_off_however_long_the_words(page, width):
    line = Line("Donaudampfschifffahrtsgesellschaftskapitänswitwenundwaisen", "", "BA")
    one = SignatoryFactory(confirmed=True, line=line, at=timezone.now() - timedelta(days=75))
    one.letter.texts.update(title="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(QUEUE)
    expect(page.locator(".field-waiting")).to_have_text("2\xa0months")
    assert page.evaluate(
        "document.querySelector('.results').scrollWidth <= document.querySelector('.results').clientWidth"
    )
