"""The editor in a real browser, under the site's own Content-Security-Policy, on a page of nothing else."""

from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from letters import body
from letters.editor import BodyField

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGE = """{% load static %}<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Write</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{% static 'css/undersigned.css' %}">{{ form.media }}</head>
<body><main><h1>Write</h1><form method="post">{% csrf_token %}{{ form.body.label_tag }}{{ form.body }}
<p><button>Save</button></p></form>{% if saved is not None %}<pre>{{ saved }}</pre>{% endif %}</main></body></html>"""


class LetterForm(forms.Form):
    body = BodyField(label="Text of the letter", required=False)


@login_not_required
def write(request):
    form = LetterForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    form.fields["body"].write_in(request.GET.get("language", "en"))
    saved = form.cleaned_data["body"] if form.is_valid() else None
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "saved": saved}, request))


AUTOSAVED = """{% load static %}<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Write</title>
<link rel="icon" href="data:,">{{ form.media }}<script type="module" src="{% static 'js/autosave.js' %}"></script>
</head><body><form method="post" id="letter-en" data-autosave="/save/">{% csrf_token %}{{ form.version }}
{% include "letters/autosave.html" %}{{ form.body.label_tag }}{{ form.body }}<button>Save</button></form>
</body></html>"""
stored = {}


class AutosavedForm(LetterForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


@login_not_required
def draft(request):
    form = AutosavedForm(initial=stored)
    return HttpResponse(engines["django"].from_string(AUTOSAVED).render({"form": form}, request))


@login_not_required
def save(request):
    form = AutosavedForm(request.POST)
    if stored["signed_out"]:
        return redirect("/accounts/login/")
    if not form.is_valid() or "forbidden" in form.cleaned_data["body"]:
        return JsonResponse({"errors": {"body": ["This word is not allowed."]}}, status=422)
    if form.cleaned_data["version"] != stored["version"]:
        return JsonResponse({"version": stored["version"], "by": "Ana"}, status=409)
    stored.update(body=form.cleaned_data["body"], version=stored["version"] + 1)
    return JsonResponse({"version": stored["version"], "saved_at": "14:02"})


urlpatterns = [path("", write), path("draft/", draft), path("save/", save)]


@pytest.fixture
def page(browser, live_server, settings):
    settings.ROOT_URLCONF = __name__
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = complaints = []
    page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    assert complaints == []
    context.close()


def _is_complaint(message):
    """An answer other than 200 is logged by the browser too; the page deals with those."""
    return message.type in ("error", "warning") and not message.text.startswith("Failed to load resource")


def opened(page, html="", language="en"):
    page.goto("/?" + urlencode({"body": html, "language": language}))
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    text = page.get_by_role("textbox", name="Text of the letter")
    text.click()
    return text


def saved(page):
    page.get_by_role("button", name="Save", exact=True).click()
    return page.locator("pre").inner_text()


def pasted(page, html, text=""):
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            data.setData("text/plain", text)
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
            document.querySelector(".editor-text").dispatchEvent(event)
        }""",
        [html, text],
    )


def test_editor_writes_every_kind_of_text(page):
    opened(page)
    keyboard = page.keyboard
    page.get_by_role("button", name="Heading", exact=True).click()
    keyboard.type("Our concern")
    keyboard.press("Enter")
    keyboard.type("Plain ")
    keyboard.press("Control+b")
    keyboard.type("bold")
    keyboard.press("Control+b")
    keyboard.press("Enter")
    page.get_by_role("button", name="Bullets").click()
    keyboard.type("first")
    keyboard.press("Enter")
    keyboard.type("second")
    keyboard.press("Enter")
    keyboard.press("Enter")
    page.get_by_role("button", name="Quote").click()
    keyboard.type("quoted")
    assert saved(page) == (
        "<h2>Our concern</h2><p>Plain <strong>bold</strong></p>"
        "<ul><li><p>first</p></li><li><p>second</p></li></ul><blockquote><p>quoted</p></blockquote>"
    )


def test_editor_links_by_keyboard(page):
    opened(page, "<p>report</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.get_by_label("Web or e-mail address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter a full address")).to_be_visible()
    page.get_by_label("Web or e-mail address").fill("example.org/report")
    page.keyboard.press("Enter")
    assert saved(page) == '<p><a href="https://example.org/report">report</a></p>'


def test_editor_writes_edits_and_removes_footnotes(page):
    opened(page, "<p>Words.</p>")
    page.keyboard.press("End")
    page.get_by_role("button", name="Footnote", exact=True).click()
    page.keyboard.type("See ")
    page.keyboard.press("Control+i")
    page.keyboard.type("Report")
    page.keyboard.press("Enter")
    expect(page.locator("sup.footnote")).to_have_attribute("aria-label", "Footnote: See Report")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type(", page 3")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    assert saved(page) == '<p>Words.<sup data-footnote="">See <em>Report, page 3</em></sup></p>'
    page.locator("sup.footnote").dblclick()
    page.get_by_role("button", name="Remove the footnote").click()
    assert saved(page) == "<p>Words.</p>"


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal style='margin:0'>We are <b style='mso-bidi-font-weight:normal'>alarmed</b><a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
style='mso-special-character:footnote'>[1]</span></span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>first</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;
</span></span>inner</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span>second</p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> A
<i>source</i>.</p></div></div><!--EndFragment--></body></html>"""
WORD_CLEANED = (
    '<p>We are <strong>alarmed</strong><sup data-footnote="">A <em>source</em>.</sup>.</p>'
    "<ul><li><p>first</p><ol><li><p>inner</p></li></ol></li><li><p>second</p></li></ul>"
)
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a"><h1 dir="ltr"><span
style="font-size:20pt;font-weight:400">Title</span></h1><p dir="ltr" style="line-height:1.38"><span
style="font-weight:400">Plain, </span><span style="font-weight:700">bold</span><span style="font-weight:400"> and
</span><span style="font-weight:400;font-style:italic">italic</span><span><sup><a href="#ftnt1"
id="ftnt_ref1">[1]</a></sup></span></p><ul><li dir="ltr" style="list-style-type:disc"><p><span>one</span></p></li>
<ul><li><p><span>inner</span></p></li></ul></ul><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a>
<span>The note.</span></p></div></b>"""
DOCS_CLEANED = (
    '<h2>Title</h2><p>Plain, <strong>bold</strong> and <em>italic</em><sup data-footnote="">The note.</sup></p>'
    "<ul><li><p>one</p><ul><li><p>inner</p></li></ul></li></ul>"
)


@pytest.mark.parametrize(("source", "cleaned"), [(WORD, WORD_CLEANED), (DOCS, DOCS_CLEANED)], ids=["Word", "Docs"])
def test_editor_takes_pasted_documents_as_the_server_does(page, source, cleaned):
    opened(page)
    pasted(page, source)
    assert saved(page) == cleaned == body.clean(source)


def test_editor_takes_pasted_plain_text_as_paragraphs(page):
    opened(page)
    pasted(page, "", "First paragraph.\n\nSecond paragraph.")
    assert saved(page) == "<p>First paragraph.</p><p>Second paragraph.</p>"


def test_editor_runs_nothing_that_is_pasted(page):
    opened(page)
    pasted(
        page, '<p style="color:red" onclick="x()">a<img src=x onerror="x()"><script>x()</script></p><iframe src="x">'
    )
    assert saved(page) == "<p>a</p>"


def test_pasting_needs_its_repair_to_stay_within_the_policy(page):
    opened(page)
    refused = []
    page.on("console", lambda message: refused.append("style-src" in message.text) if message.type == "error" else None)
    page.evaluate("""new DOMParser().parseFromString('<p style="color:red">a</p>', 'text/html').body.innerHTML""")
    page.wait_for_timeout(200)
    page.complaints.clear()
    assert refused == [True]


def test_toolbar_has_one_tab_stop_and_arrows(page):
    opened(page)
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Text of the letter")).to_be_focused()


def test_editor_writes_from_right_to_left(page):
    text = opened(page, "<p>مرحبا</p>", "ar")
    expect(text).to_have_attribute("dir", "rtl")
    expect(text).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("dialog", ["", "Link", "Footnote"])
def test_editor_is_accessible(page, dialog):
    opened(page, '<h2>Title</h2><p>Words<sup data-footnote="">note</sup></p><ul><li><p>a</p></li></ul>')
    if dialog:
        page.get_by_role("button", name=dialog, exact=True).click()
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    assert [violation["id"] for violation in found] == []


@pytest.fixture
def draft_page(page):
    stored.update(body="<p>Before.</p>", version=1, signed_out=False)
    page.goto("/draft/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.get_by_role("textbox", name="Text of the letter").click()
    page.keyboard.press("End")
    return page


def kept_here(page):
    return page.evaluate("JSON.stringify(localStorage)")


def test_autosave_saves_a_pause_after_typing(draft_page):
    draft_page.keyboard.type(" After")
    expect(draft_page.get_by_role("status")).to_have_text("Changes not saved yet")
    assert "After" in kept_here(draft_page)
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02")
    assert (stored["body"], stored["version"]) == ("<p>Before. After</p>", 2)
    assert kept_here(draft_page) == "{}"
    draft_page.keyboard.type(" that")
    expect(draft_page.locator("[name=version]")).to_have_value("3")
    assert stored["body"] == "<p>Before. After that</p>"


def test_autosave_keeps_what_is_typed_without_a_connection(draft_page):
    draft_page.context.set_offline(True)
    draft_page.keyboard.type(" Offline")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: no connection.")
    assert "Offline" in kept_here(draft_page)
    draft_page.context.set_offline(False)
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02")
    assert stored["body"] == "<p>Before. Offline</p>"


@pytest.mark.parametrize(("choice", "shown"), [("Put it back", "Before. Lost"), ("Throw it away", "Before.")])
def test_autosave_offers_what_the_last_visit_could_not_save(draft_page, choice, shown):
    stored["signed_out"] = True
    draft_page.keyboard.type(" Lost")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: you have been signed out.")
    asked = []
    draft_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    draft_page.goto("/draft/")
    assert asked == ["beforeunload"]
    stored["signed_out"] = False
    draft_page.get_by_role("button", name=choice).click()
    expect(draft_page.get_by_role("textbox", name="Text of the letter")).to_have_text(shown)
    draft_page.wait_for_timeout(2_500)
    assert stored["body"] == f"<p>{shown}</p>"
    assert kept_here(draft_page) == "{}"


def test_autosave_goes_on_after_signing_in_again(draft_page):
    stored["signed_out"] = True
    draft_page.keyboard.type(" Later")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: you have been signed out.")
    stored["signed_out"] = False
    draft_page.context.clear_cookies()  # the token of the form is worth nothing now, as after a new sign-in
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02", timeout=20_000)
    assert stored["body"] == "<p>Before. Later</p>"


def test_autosave_shows_a_conflict_and_overwrites_nothing(draft_page):
    stored.update(body="<p>Theirs.</p>", version=7)
    draft_page.keyboard.type(" Mine")
    expect(draft_page.get_by_role("status")).to_contain_text("Ana has changed this letter.")
    expect(draft_page.get_by_role("button", name="See both versions")).to_be_visible()
    draft_page.keyboard.type(" too")
    draft_page.wait_for_timeout(2_500)
    assert stored["body"] == "<p>Theirs.</p>"
    assert "Mine too" in kept_here(draft_page)


def test_autosave_says_what_is_wrong(draft_page):
    draft_page.keyboard.type(" forbidden")
    expect(draft_page.get_by_role("status")).to_have_text("Not saved: This word is not allowed.")
