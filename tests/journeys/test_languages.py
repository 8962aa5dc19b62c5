"""A letter whose authentic text is Arabic, and its French courtesy text: translated, out of date, mended, read."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from letters import services
from letters.models import Letter
from signatories.models import Line
from tests.factories import LetterFactory, MembershipFactory, SignatoryFactory, UserFactory
from tests.journeys.accessible import problems

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("plain_static_files"),
]

ARABIC = (
    "<p>نحن الموقعين أدناه نطلب من سيادتكم إبقاء الجسر مفتوحا أمام الجميع.</p><h2>المطالب</h2>"
    '<ol><li><p>فتح الجسر كل يوم من السادسة صباحا.</p></li><li><p>نشر تقرير 2018 كاملا.<sup data-footnote="">'
    'انظر <a href="https://example.org/report">التقرير</a>، الصفحة 12.</sup></p></li></ol>'
)
FRENCH = {
    "Title": "Pour le pont de la Lind",
    "Re line": "La fermeture du pont",
    "Salutation": "Madame la Haute-Commissaire,",
    "Closing": "Avec notre très haute considération,",
    "Paragraph 1": "Nous demandons que le pont reste ouvert à tous.",
    "Paragraph 2, heading": "Nos demandes",
    "Paragraph 3, list item": "Ouvrir le pont chaque jour dès 6 heures.",
    "Paragraph 4, list item": "Publier le rapport de 2018.[^1]\n\n[^1]: Page 12.",
}
NAMES = [("Fundación Karisma", "FK", "CO"), ("مركز الخليج", "GC", "LB"), ("日本国際ボランティア", "", "JP")]


@pytest.fixture
def letter():
    text = {"language": "ar", "title": "من أجل جسر ليند", "re_line": "إغلاق الجسر في 2018 (Lind)", "body": ARABIC}
    text |= {"salutation": "سعادة المفوضة السامية،", "closing": "مع فائق الاحترام والتقدير،"}
    return LetterFactory(text=text, place="بيروت", slug="bridge")


@pytest.fixture
def visit(browser, live_server):
    """A browser signed in as a new member of the letter's team, or as nobody."""
    complaints, contexts = [], []

    def opened(letter=None, role="", **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if role:
            client = Client()
            client.force_login(MembershipFactory(campaign=letter.campaign, role=role).user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(message):
    answered = message.text.startswith("Failed to load resource") and any(
        code in message.text for code in ("409", "302")
    )
    return message.type in ("error", "warning") and not answered


def url(letter, page, *more):
    return reverse(f"letters:{page}", args=[letter.slug, *more])


def group(page, name):
    return page.get_by_role("group", name=name)


def saved(page):
    expect(page.locator("[data-save-state]").last).to_contain_text("Saved")


def translate(translator, letter):
    """From the overview: a language is added and every part translated."""
    translator.goto(url(letter, "overview"))
    translator.get_by_role("link", name="Languages and translations").click()
    translator.get_by_label("Language", exact=True).select_option("fr")
    assert problems(translator) == []
    translator.get_by_role("button", name="Add it and translate").click()
    for name, words in FRENCH.items():
        translator.get_by_label(f"{name}, in French").fill(words)
    saved(translator)
    assert problems(translator) == []
    assert Letter.objects.get().texts.get(language="fr").body == (
        "<p>Nous demandons que le pont reste ouvert à tous.</p><h2>Nos demandes</h2>"
        "<ol><li><p>Ouvrir le pont chaque jour dès 6 heures.</p></li>"
        '<li><p>Publier le rapport de 2018.<sup data-footnote="">Page 12.</sup></p></li></ol>'
    )


def change_a_list_item(coordinator, letter):
    """In the authentic text, from the right."""
    coordinator.goto(url(letter, "write"))
    body = coordinator.get_by_role("textbox", name="Text", exact=True)
    expect(body).to_have_attribute("dir", "rtl")
    body.locator("li").first.click()
    coordinator.keyboard.press("End")
    coordinator.keyboard.type(" ومساء")
    saved(coordinator)


def mend_the_translation(translator, letter):
    translator.goto(url(letter, "translate", "fr"))
    expect(translator.get_by_text("Look at it again")).to_have_count(1)
    stale = group(translator, "Paragraph 3, list item")
    expect(stale.locator("ins")).to_contain_text("ومساء")
    assert problems(translator) == []
    stale.get_by_role("textbox").fill("Ouvrir le pont chaque jour dès 6 heures et le soir.")
    saved(translator)
    translator.get_by_role("button", name="Save", exact=True).last.click()
    expect(translator.get_by_text("All paragraphs translated")).to_be_visible()
    expect(translator.get_by_text("Look at it again")).to_have_count(0)
    expect(translator.locator("[data-save-restore]")).to_be_hidden()


def open_with_names(letter):
    letter.refresh_from_db()
    services.open_for_signing(letter, by=UserFactory())
    for name, acronym, country in NAMES:
        SignatoryFactory(letter=letter, listed=True, line=Line(name, acronym, country))


def read_in_both_languages(reader, letter):
    """In Arabic first, then in French as far as the form. What stands over the names is in the page's language."""
    reader.goto("/ar" + letter.get_absolute_url())
    expect(reader.locator(".roll")).to_contain_text("لبنان")
    reader.goto(letter.get_absolute_url())
    expect(reader.locator("article")).to_have_attribute("dir", "rtl")
    expect(reader.locator(".roll")).to_contain_text("Lebanon")
    assert problems(reader) == []
    reader.get_by_role("navigation", name="Languages of the letter").get_by_role("link", name="français").click()
    expect(reader.get_by_text("The authentic text is in Arabic.")).to_be_visible()
    expect(reader.locator("article")).to_contain_text("dès 6 heures et le soir.")
    expect(reader.locator(".roll")).to_contain_text("Colombia")
    expect(reader.locator(".count-line").first).to_contain_text("3 organizations from 3 countries")
    assert problems(reader) == []
    reader.get_by_role("link", name="Sign for your organization").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Pour le pont de la Lind")


def test_translated_out_of_date_mended_and_read(visit, letter):
    translator = visit(letter, "translator")
    translate(translator, letter)
    change_a_list_item(visit(letter, "coordinator"), letter)
    mend_the_translation(translator, letter)
    open_with_names(letter)
    read_in_both_languages(visit(), letter)


def test_what_was_typed_survives_the_end_of_the_session(visit, letter):
    services.add_text(letter, "fr", by=UserFactory())
    translator = visit(letter, "translator")
    translator.goto(url(letter, "translate", "fr"))
    cookies = translator.context.cookies()
    translator.context.clear_cookies(name="sessionid")
    translator.get_by_label("Title, in French").fill("Pour le pont")
    translator.get_by_label("Paragraph 1, in French").fill("Nous demandons.")
    expect(translator.locator("[data-save-state]").last).to_contain_text("Not saved: you have been signed out.")
    translator.on("dialog", lambda dialog: dialog.accept())
    translator.goto("/")
    translator.context.add_cookies(cookies)
    # meanwhile the authentic paragraph is rewritten: it is on the page under another key
    authentic = letter.texts.get(is_authentic=True)
    letter.texts.filter(pk=authentic.pk).update(body=authentic.body.replace("أمام الجميع", "أمام الجميع دائما"))
    translator.goto(url(letter, "translate", "fr"))
    translator.get_by_role("button", name="Put it back").click()
    expect(translator.get_by_label("Paragraph 1, in French")).to_have_value("Nous demandons.")
    saved(translator)
    french = letter.texts.get(language="fr")
    assert (french.title, french.body) == ("Pour le pont", "<p>Nous demandons.</p>")


def test_two_translators_of_one_paragraph_see_both(visit, letter):
    services.add_text(letter, "fr", by=UserFactory())
    first, second = visit(letter, "translator"), visit(letter, "translator")
    for page in (first, second):
        page.goto(url(letter, "translate", "fr"))
    first.get_by_label("Title, in French").fill("Pour le pont")
    saved(first)
    second.get_by_label("Title, in French").fill("Le pont")
    second.get_by_label("Salutation, in French").fill("Madame,")
    expect(second.locator("[data-save-state]").last).to_contain_text("has changed this letter.")
    second.get_by_role("button", name="See both versions").click()
    expect(group(second, "Title")).to_contain_text("Pour le pont")
    expect(second.get_by_label("Title, in French")).to_have_value("Le pont")
    assert problems(second) == []
    second.get_by_label("The one that is saved").check()
    second.get_by_role("button", name="Save", exact=True).last.click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()
    french = letter.texts.get(language="fr")
    assert (french.title, french.salutation) == ("Pour le pont", "Madame,")
