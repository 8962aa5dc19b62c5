"""One letter: its revisions named, compared and restored; then opened, amended, and what the public reads of that."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from letters import services
from letters.models import Amendment, Letter
from letters.services import working
from tests.factories import LetterFactory, MembershipFactory, SignatoryFactory, UserFactory
from tests.journeys.accessible import problems

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("plain_static_files"),
]

FIRST = (
    "<p>We ask you to keep the bridge open.</p><h2>Why</h2><ul><li><p>It is the only one.</p></li>"
    '<li><p>See the <a href="https://example.org/2018">report</a>.<sup data-footnote="">Page 12.</sup></p></li></ul>'
)
SECOND = FIRST.replace("the bridge", "both bridges").replace("It is the only one.", "There are no others.")
ARABIC = {"language": "ar", "title": "من أجل الجسر", "salutation": "سعادة المفوضة،", "closing": "مع الاحترام،"}


@pytest.fixture
def letter():
    """A draft in English and Arabic with three revisions."""
    letter, by = LetterFactory(text={"body": FIRST}, slug="bridge"), UserFactory(name="Nadia Example")
    services.keep(letter, by=by)
    rewrite(letter, by, lambda words: words.authentic.update(body=SECOND, title="For both bridges over the Lind"))
    services.keep(letter, by=by)
    services.add_text(letter, "ar", by=by)
    rewrite(letter, by, lambda words: words.text_in("ar").update(ARABIC, body="<p>نطلب إبقاء الجسر مفتوحا.</p>"))
    services.keep(letter, by=by)
    return letter


def rewrite(letter, by, change):
    words = working.read(letter)
    change(words)
    working.write(letter, words, by=by)


@pytest.fixture
def visit(browser, live_server):
    """A browser signed in as a new coordinator of the letter's team, or as nobody."""
    complaints, contexts = [], []

    def opened(letter=None, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if letter:
            client = Client()
            client.force_login(MembershipFactory(campaign=letter.campaign, role="coordinator").user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def url(letter, page, *more):
    return reverse(f"letters:{page}", args=[letter.slug, *more])


def heading(page):
    return page.get_by_role("heading", level=1).first


@pytest.mark.parametrize("with_script", [True, False])
def test_revisions_named_compared_and_restored(visit, letter, with_script):
    page = visit(letter, java_script_enabled=with_script)
    look = problems if with_script else lambda page: []
    page.goto(url(letter, "overview"))
    page.get_by_role("link", name="Revisions").click()
    assert look(page) == []

    page.get_by_role("link", name="Revision 1", exact=True).click()
    page.get_by_text("Give it a name").click()
    page.get_by_label("Name").fill("As the board saw it")
    page.get_by_role("button", name="Save the name").click()
    expect(heading(page)).to_have_text("As the board saw it")
    assert look(page) == []

    page.get_by_role("link", name="All revisions").click()
    page.get_by_role("radio", name="older revision 1").check()
    page.get_by_role("radio", name="newer revision 2").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(heading(page)).to_have_text("From revision 1 to revision 2")
    expect(page.locator("main")).to_contain_text("8 words inserted, 9 deleted.")
    expect(page.locator("li ins").first).to_contain_text("There are no others")
    assert look(page) == []

    page.get_by_role("link", name="Restore revision 1").click()
    assert look(page) == []
    page.get_by_role("button", name="Restore it").click()
    expect(heading(page)).to_have_text("Write")
    if not with_script:
        page.wait_for_url("**/write/?as=text")  # where a browser without script is sent on to
    assert Letter.objects.get().text.body == FIRST
    assert list(letter.texts.values_list("language", flat=True)) == ["en"]
    page.goto(url(letter, "revisions"))
    listed = page.locator(".letter-list > li")
    expect(listed).to_have_count(4)
    expect(listed.first).to_contain_text("restored")


def begin_the_amendment(page, letter):
    page.goto(url(letter, "overview"))
    page.get_by_role("button", name="Amend the text").click()
    expect(heading(page)).to_have_text("Write the amendment")


def rewrite_in_substance(letter, by):
    rewrite(letter, by, lambda words: words.authentic.update(body=SECOND.replace("2018", "2019"), title="For the Lind"))
    rewrite(letter, by, lambda words: words.recipients[0].update(office="Commissioner for Roads and Bridges"))
    rewrite(letter, by, lambda words: words.front.update(place="Geneva", date="2026-09-05"))


def make_the_amendment(page, letter):
    page.goto(url(letter, "amend"))
    expect(page.get_by_role("radio")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("recipients changed")
    assert problems(page) == []
    page.get_by_label("Of substance: 1 organization leaves the roll").check()
    page.get_by_label("Reason").fill("The Commissioner’s office has a new name.")
    page.get_by_role("button", name="Make the amendment").click()
    expect(page.get_by_text("Everybody who has signed is being asked to agree again.")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("link", name="1 to agree again").click()
    expect(heading(page)).to_have_text("Amendments and answers")
    assert problems(page) == []


def set_anew(letter, by):
    services.prepare_amendment(letter, by=by)
    rewrite(letter, by, lambda words: words.authentic.update(title="For\u00a0the Lind"))
    services.amend(Letter.objects.get(), weight="typographic", reason="Set anew.", by=by)
    assert Amendment.objects.count() == 2


def read_what_changed(reader, letter):
    reader.goto(letter.get_absolute_url())
    assert problems(reader) == []
    expect(reader.get_by_role("link", name="what was set otherwise")).to_be_hidden()
    reader.get_by_text("Typeset anew once").click()
    expect(reader.get_by_role("link", name="what was set otherwise")).to_be_visible()
    reader.get_by_role("link", name="what changed in substance").click()
    expect(reader.locator("main")).to_contain_text("The Commissioner’s office has a new name.")
    expect(reader.locator("ins").filter(has_text="Roads and")).to_be_visible()
    assert problems(reader) == []


def compare_what_is_prepared(page, letter, by):
    """In Arabic, with what is in force."""
    services.prepare_amendment(letter, by=by)
    rewrite(letter, by, lambda words: words.text_in("ar").update(body="<p>نطلب إبقاء الجسرين مفتوحين.</p>"))
    page.goto(url(letter, "compare") + "?old=4&new=now")
    expect(page.locator("div[dir=rtl] ins").first).to_be_visible()
    assert problems(page) == []


def test_open_letter_is_amended_and_the_public_reads_what_changed(visit, letter):
    by = UserFactory()
    services.open_for_signing(letter, by=by)
    SignatoryFactory(letter=letter, listed=True)
    page = visit(letter)
    begin_the_amendment(page, letter)
    letter = Letter.objects.get()
    rewrite_in_substance(letter, by)
    make_the_amendment(page, letter)
    set_anew(letter, by)
    read_what_changed(visit(color_scheme="dark"), letter)
    compare_what_is_prepared(page, letter, by)
