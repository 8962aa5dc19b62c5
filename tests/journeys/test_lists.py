"""A list of sign-ons on its road, without script on a phone: pasted, corrected, merged, added; and from a file."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from campaigns.models import Mail
from signatories.models import Import
from tests.factories import MembershipFactory, OpenLetterFactory
from tests.journeys.accessible import violations

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(120),
    pytest.mark.usefixtures("plain_static_files"),
]

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PASTED = """Organization\tCountry\tE-mail
Wells for All\tKenya\toffice@wells.example
Amigas del Río\tColombia\thola@rio.example
جمعية أصدقاء النهر\tTunisia\tsalam@nahr.example
Bridge Watch\tPeru\tpost@bridge.example
Harbour Nurses of Quillan\tAtlantis\tnurses@quillan.example
Oremba Boat Families\tGhana\tboats@oremba.example
Oremba Boat Familes\tGhana\thello@oremba.example
Lantern House\tNepal\tpost@lantern.example
Les Jardins du Fleuve\tSenegal\tbonjour@jardins.example
Orchard Keepers of Lind\tNorway\tpost@orchard.example
Salt Road Teachers\tMali\tteachers@saltroad.example
"""
FILE = "Organization;Country;E-mail\nNight Ferry Union;Chile;union@ferry.example\nWells for All;Kenya;x@wells.example\n"


@pytest.fixture
def desk(browser, live_server):
    """Two browsers of one coordinator: a phone without script, and one that looks at the same pages from a desk."""
    letter = OpenLetterFactory()
    client = Client()
    client.force_login(MembershipFactory(campaign=letter.campaign, role="coordinator").user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = [
        browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE),
        browser.new_context(base_url=live_server.url, viewport=WIDE),
    ]
    for context in contexts:
        context.set_default_timeout(15_000)
        context.add_cookies([cookie])
    yield letter, *(context.new_page() for context in contexts)
    for context in contexts:
        context.close()


def is_sound(phone, wide):
    """Whether axe finds nothing on the page that the phone shows, and nothing sticks out of it on either."""
    found = []
    wide.goto(phone.url)
    for size in (WIDE, PHONE):
        wide.set_viewport_size(size)
        if wide.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"wider than {size['width']} pixels")
    found += [rule for rule, _where in violations(wide)]
    return found == [] or found


def start(page, letter, source):
    page.goto(reverse("signatories:imports", args=[letter.slug]))
    page.get_by_label("By e-mail").check()
    page.get_by_label("From whom, and when?").fill(source)


def cell(page, number, label):
    return page.locator(f"#row-{number}").get_by_label(label, exact=True)


def test_list_is_pasted_corrected_merged_and_added(desk):
    letter, phone, wide = desk
    start(phone, letter, "Mail of the network’s secretary, 3 May")
    assert is_sound(phone, wide) is True
    phone.get_by_label("The list").fill(PASTED)
    phone.get_by_role("button", name="Read the list").click()
    assert is_sound(phone, wide) is True
    cell(phone, 6, "Country").fill("France")
    cell(phone, 6, "What to do").select_option("add")
    cell(phone, 8, "What to do").select_option("r:7")
    phone.get_by_role("button", name="Save these rows").click()
    expect(phone.get_by_role("status")).to_contain_text("Saved.")
    phone.get_by_label("These organizations agreed to this text").check()
    phone.get_by_role("button", name="Add 10, skip 1, merge 1").click()
    expect(phone.get_by_role("status")).to_contain_text("Added 10, the same as others 1, skipped 1, not added 0.")
    assert is_sound(phone, wide) is True
    assert letter.signatories.get(name="Harbour Nurses of Quillan").country == "FR"
    assert Mail.objects.filter(kind="signatories.confirm").count() == letter.signatories.count() == 10


def test_list_in_a_file_meets_who_is_on_the_letter(desk, tmp_path):
    letter, phone, _ = desk
    start(phone, letter, "Export of our form")
    phone.get_by_label("The list").fill(PASTED.partition("Amigas")[0])
    phone.get_by_role("button", name="Read the list").click()
    phone.get_by_label("These organizations agreed to this text").check()
    phone.get_by_role("button", name="Add 1, skip 1, merge 0").click()
    start(phone, letter, "A sheet from the regional meeting")
    file = tmp_path / "list.csv"
    file.write_text(FILE)
    phone.get_by_label("Or a file").set_input_files(file)
    phone.get_by_role("button", name="Read the list").click()
    expect(phone.locator("#row-3")).to_contain_text("Wells for All, Kenya, on the letter")
    phone.get_by_label("These organizations agreed to this text").check()
    phone.get_by_role("button", name="Add 1, skip 1, merge 1").click()
    expect(phone.get_by_role("status")).to_contain_text("Added 1, the same as others 1, skipped 1, not added 0.")
    assert [one.status for one in Import.objects.all()] == ["done", "done"]
    assert sorted(letter.signatories.values_list("name", flat=True)) == ["Night Ferry Union", "Wells for All"]


def test_list_that_is_too_large_stays_in_the_box(desk):
    letter, _phone, wide = desk
    wide.goto(reverse("signatories:imports", args=[letter.slug]))
    wide.evaluate("document.querySelector('[data-most]').dataset.most = 100")  # megabytes take a minute to lay out
    wide.get_by_label("The list").fill("Wells for All, Kenya\n" * 10)
    wide.get_by_role("button", name="Read the list").click()
    expect(wide.get_by_text("what is in the box is larger than 5 MB")).to_be_visible()
    wide.get_by_label("The list").fill("Wells for All, Kenya")
    wide.get_by_role("button", name="Read the list").click()
    expect(wide.get_by_text("Say in a few words where the list comes from.").first).to_be_visible()
