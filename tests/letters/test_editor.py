"""The two form fields for a body, the editor's and the plain-text one."""

from django import forms

from letters import body
from letters.editor import BodyField, PlainBodyField

STORED = '<h2>A</h2><p>b *<sup data-footnote="">c</sup></p>'


class RichForm(forms.Form):
    body = BodyField(label="Text", language="ar")


class PlainForm(forms.Form):
    body = PlainBodyField(label="Text", max_length=100)


def test_body_field_cleans_what_is_sent():
    form = RichForm({"body": '<p onclick="x()">a<script>x()</script></p>'})
    assert form.is_valid()
    assert form.cleaned_data["body"] == "<p>a</p>"


def test_body_field_counts_an_empty_paragraph_as_nothing_written():
    assert RichForm({"body": "<p>&nbsp;</p>"}).errors == {"body": ["This field is required."]}


def test_body_field_shows_the_editor_in_the_direction_of_the_language():
    shown = str(RichForm(initial={"body": STORED})["body"])
    assert 'lang="ar"' in shown
    assert 'dir="rtl"' in shown
    assert 'role="toolbar"' in shown
    assert "&lt;h2&gt;A&lt;/h2&gt;" in shown


def test_body_field_needs_no_inline_script_or_style():
    page = f"{RichForm().media}{RichForm()['body']}"
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") == 1


def test_plain_body_field_shows_text_and_stores_a_body():
    assert PlainForm(initial={"body": STORED})["body"].value() == body.to_text(STORED)
    form = PlainForm({"body": body.to_text(STORED)}, initial={"body": STORED})
    assert form.is_valid()
    assert form.cleaned_data["body"] == STORED
    assert form.changed_data == []


def test_plain_body_field_shows_again_what_was_typed():
    typed = "## A\n" + "* not **stored** " * 10
    form = PlainForm({"body": typed})
    assert not form.is_valid()
    assert form["body"].value() == typed
