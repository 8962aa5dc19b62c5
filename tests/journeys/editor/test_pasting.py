"""What is pasted into the editor."""

import pytest

from letters import body
from tests.journeys.editor.pages import opened, saved

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


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
