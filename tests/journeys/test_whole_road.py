"""The whole road of a sign-on on a small screen, by keyboard alone, without script; then without pictures as well."""

import re
import time

import pytest
from playwright.sync_api import expect

from campaigns import outbox
from letters import services
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, SignatoryFactory, TextFactory, UserFactory
from tests.journeys.accessible import RULES
from tests.journeys.by_keyboard import HEIGHT, HTML, NAMES, WIDTH, Reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("plain_static_files"),
]

CAMPAIGN = "Friends of the Lind"
PICTURES = {"image", "font", "media"}
ROADS = {
    "en": {
        "name": "Harbour Pilots of Marrow",
        "better": "Harbor Pilots of Marrow",
        "country": "Kenya",
        "person": "Ada Quill",
        "role": "Director",
    },
    "ar": {
        "name": "جمعيه منارة البحر",
        "better": "جمعية منارة البحر",
        "country": "كينيا",
        "person": "سميرة حداد",
        "role": "المديرة",
    },
}
ARABIC = {
    "language": "ar",
    "is_authentic": False,
    "title": "من أجل الجسر على نهر ليند",
    "salutation": "سعادة المفوض،",
    "body": "<p>نطلب منكم إبقاء الجسر مفتوحا.</p><p>إنه الجسر الوحيد.</p>",
    "closing": "مع فائق الاحترام،",
}


@pytest.fixture
def letter():
    letter = LetterFactory(slug="bridge", campaign__name=CAMPAIGN)
    TextFactory(letter=letter, **ARABIC)
    services.open_for_signing(letter, by=UserFactory())
    for name, country in (("Fundación Karisma", "CO"), ("مركز الخليج", "LB")):
        SignatoryFactory(letter=letter, line=Line(name, "", country), listed=True)
    return letter


@pytest.fixture
def reader(browser, live_server):
    contexts = []

    def somebody(language, pictures):
        for scripts in (False, True):
            size = {"width": WIDTH, "height": HEIGHT}
            context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts, viewport=size)
            if not pictures:
                context.route(re.compile("."), without_pictures)
            contexts.append(context)
        return Reader(*contexts[-2:], language)

    yield somebody
    assert [context.cookies() for context in contexts] == [[], []]
    for context in contexts:
        context.close()


def without_pictures(route):
    if route.request.resource_type in PICTURES or re.search(r"\.svg\b|image/svg", route.request.url):
        route.abort()
    else:
        route.fallback()


def heading(reader, words):
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(words)


def fill_in(reader, said):
    """All but the tick, and with a slip in the address."""
    reader.reach("[name=name]")
    reader.type(said["name"])
    reader.reach("[name=country]")
    reader.strike(said["country"])
    reader.reach("[name=scope]")
    reader.press("Space", "ArrowDown")
    reader.reach("[name=contact_name]")
    reader.type(said["person"])
    reader.reach("[name=contact_role]")
    reader.type(said["role"])
    reader.reach("[name=contact_email]")
    reader.type("ada@harbour")
    reader.follow("form button:not([name])")


def mend(reader, said):
    """By the links of the summary, which is where the focus is when the page opens."""
    summary = reader.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    reader.press("Tab", "Enter")
    expect(reader.page.locator("[name=contact_email]")).to_be_focused()
    assert reader.faults_of_focus() == []
    expect(reader.page.locator("[name=name]")).to_have_value(said["name"])
    expect(reader.page.locator("[name=country]")).to_have_value("KE")
    expect(reader.page.locator("[name=contact_email]")).to_have_value("ada@harbour")
    reader.type("ada@harbour.example")
    reader.reach(".error-summary a >> nth=1", key="Shift+Tab")
    reader.press("Enter")
    expect(reader.page.locator("[name=attested]")).to_be_focused()
    assert reader.faults_of_focus() == []
    reader.press("Space")
    reader.follow("form button:not([name])")


def open_mail(reader, mail, said):
    """As a mail program shows it, by itself; its one link stands on a line of its own in the plain version."""
    text, html = mail.body, mail.alternatives[0].content
    (link,) = re.findall(r"^https?://\S+/confirm/\S+$", text, re.MULTILINE)
    assert said["name"] in text
    if reader.language == "ar":
        printed = f"{CAMPAIGN}|{NAMES}|Kenya"  # the line stands there as in the letter, which is English
        ours = re.sub(rf"https?://\S+|\S+@\S+|{printed}", "", mail.subject + text)
        assert re.findall("[A-Za-z]{2,}", ours) == []
    reader.page.route("https://mail.example/", lambda route: route.fulfill(body=html, content_type=HTML))
    reader.page.goto("https://mail.example/")
    expect(reader.page.locator("html")).to_have_attribute("lang", reader.language)
    expect(reader.page.locator("html")).to_have_attribute("dir", reader.direction)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert reader.violations(rules=[rule for rule in RULES if rule != "best-practice"]) == []  # a mail is no page
    return link


def walk_through_the_letter(reader):
    """By Tab to the end; then past what every page begins with."""
    reader.open(f"/{reader.language}/letters/bridge/")
    stops, asked = reader.walk_through()
    assert stops == asked
    reader.skip()


def sign(reader, said):
    """From the letter until a mail is on its way."""
    began = time.monotonic()
    reader.follow("main .call a")
    fill_in(reader, said)
    mend(reader, said)
    expect(reader.page.locator(".printed-line")).to_contain_text(said["name"])
    missing = max(0, 3.2 - (time.monotonic() - began))  # whoever is faster is held for a while
    reader.page.wait_for_timeout(missing * 1000)
    reader.follow("button[name=send]")


def confirm(reader, link):
    reader.follow(f"a[href='{link}']")
    reader.reach("[name=choice]")
    reader.press("Space")
    reader.follow("form button")
    assert Signatory.objects.exclude(status="listed").get().status == "confirmed"


def correct(reader, said):
    reader.follow("a[href='correct/']")
    reader.reach("[name=name]")
    reader.type(said["better"])
    reader.follow("form button")
    expect(reader.page.locator(".printed-line")).to_contain_text(said["better"])


def withhold(reader):
    reader.follow("a[href='visibility/']")
    reader.reach("[name=visibility]")
    reader.press("ArrowDown")
    reader.follow("form button")


def withdraw(reader):
    """After a look at what is kept."""
    reader.follow("a[href='data/']")
    reader.follow("main > p a[href='../']")
    reader.follow("a[href='withdraw/']")
    reader.reach("[name=sure]")
    reader.press("Space")
    reader.follow("form button")


@pytest.mark.parametrize("pictures", [True, False], ids=["plain", "without pictures"])
@pytest.mark.parametrize("language", ROADS)
def test_whole_road_by_keyboard(reader, letter, mailoutbox, settings, live_server, language, pictures):
    settings.SITE_URL = live_server.url
    said = ROADS[language]
    someone = reader(language, pictures)
    walk_through_the_letter(someone)
    sign(someone, said)
    outbox.send_due()
    (mail,) = mailoutbox
    confirm(someone, open_mail(someone, mail, said))
    correct(someone, said)
    withhold(someone)
    withdraw(someone)
    signatory = Signatory.objects.exclude(status="listed").get()
    assert (signatory.line.name, signatory.status, signatory.visibility) == (said["better"], "withdrawn", "recipient")


# --- That a reader would say so --------------------------------------------------------------------------------------

FINE = """<!DOCTYPE html><html lang="ar" dir="rtl"><title>صفحة طويلة</title><body style="margin: 0">
<style>:focus { outline: 3px solid #000 } main { padding: 20px } a, button { display: block; height: 30px }</style>
<main><h1>رسالة</h1><p><a href="#one">رابط</a></p><button>زر</button></main>"""
PLANTED = {
    "is set as": ('dir="rtl"', 'dir="ltr"'),
    "pixels wide": ("<h1>", "<div style='width: 400px; height: 5px'></div><h1>"),
    "has 2 headings": ("</h1>", "</h1><h1>أخرى</h1>"),
    "has no title": ("صفحة طويلة", ""),
    "is hard to hit": ("<button>", "<button style='width: 20px; padding: 0'>"),
    "is not translated": ("زر", "Button"),
    "is outside the window": ("<button>", "<button style='position: fixed; top: -50px'>"),
    "is under": ("<main>", "<div style='position: fixed; inset: 0; z-index: 1'></div><main>"),
    "has no ring": (":focus { outline: 3px solid #000 }", ":focus { outline: 0 }"),
    "color-contrast": ("<button>", "<button style='color: #999; background: #aaa'>"),
}


def faults(reader, html):
    address = "https://page.example/"
    reader.page.route(address, lambda route: route.fulfill(body=html, content_type=HTML))
    reader.page.goto(address)
    found = reader.faults_of_page() + [rule for rule, _nodes in reader.violations(rules=["wcag2aa"])]
    for _stop in range(2):
        reader.press("Tab")
        found += reader.faults_of_focus()
    return found


def test_reader_finds_nothing_wrong_with_a_good_page(reader):
    someone = reader("ar", pictures=True)
    assert faults(someone, FINE) == []
    someone.page.reload()
    assert someone.walk_through() == (2, 2)


@pytest.mark.parametrize("fault", PLANTED)
def test_reader_finds_what_is_wrong(reader, fault):
    found = faults(reader("ar", pictures=True), FINE.replace(*PLANTED[fault]))
    assert [one for one in found if fault in one] != []
