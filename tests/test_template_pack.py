from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.template import engines
from django.utils.html import format_html

CHOICES = [("a", "Alpha"), ("b", format_html('Beta <span class="hint">{}</span>', "the second & last"))]
GROUPED = [("Africa", [("KE", "Kenya"), ("UG", "Uganda")]), ("Asia", [("JP", "Japan")])]
WRITTEN = {"text", "email", "url", "search"}


class EveryKind(forms.Form):
    text = forms.CharField(label="Name", help_text="As it should be <em>printed</em>.", max_length=5)
    optional = forms.CharField(label="Acronym", required=False)
    ltr = forms.CharField(label="Reference", widget=forms.TextInput(attrs={"dir": "ltr", "class": "short"}))
    email = forms.EmailField(label="Work e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    url = forms.URLField(label="Website", assume_scheme="https")
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    number = forms.IntegerField(label="Number")
    date = forms.DateField(label="Date", widget=forms.DateInput(attrs={"type": "date"}))
    moment = forms.DateTimeField(label="Closes", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    body = forms.CharField(label="Text", widget=forms.Textarea, help_text="Plain words.")
    select = forms.ChoiceField(label="Scope", choices=CHOICES)
    country = forms.ChoiceField(label="Country", choices=GROUPED, help_text="Where you are.")
    several = forms.MultipleChoiceField(label="Languages", choices=CHOICES)
    radio = forms.ChoiceField(label="May we list you?", choices=CHOICES, widget=forms.RadioSelect, help_text="One.")
    boxes = forms.MultipleChoiceField(label="Regions", choices=GROUPED, widget=forms.CheckboxSelectMultiple)
    tick = forms.BooleanField(label="I am authorized", help_text="By your board.")
    file = forms.FileField(label="Letter", help_text="A .docx file.")
    hidden = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise ValidationError("The letter has just closed.")


class Page(HTMLParser):
    """The elements of a page with their attributes and the text of some."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.inside: dict[int, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice on {tag} {attrs}"
        self.elements.append((tag, dict(attrs) | {"within": tuple(self.open)}))
        if tag not in ("input", "br", "meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[dict]:
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def controls(self) -> list[dict]:
        return [control for control in self.all("input", "select", "textarea") if control.get("type") != "hidden"]


def render(source: str, **context) -> str:
    return engines["django"].from_string("{% load crispy_forms_tags %}" + source).render(context)


def page_of(form, source: str = '{% include "components/error_summary.html" %}{{ form|crispy }}') -> Page:
    return Page(render(source, form=form))


@pytest.fixture(params=["blank", "wrong"])
def form(request):
    return EveryKind() if request.param == "blank" else EveryKind({"text": "too long", "hidden": ""}, {})


def test_renders_every_field_with_unique_ids(form):
    page = page_of(form)
    assert len(page.ids) == len(set(page.ids))
    assert {control["name"] for control in page.all("input", "select", "textarea")} == set(form.fields)


def test_labels_every_control(form):
    page = page_of(form)
    labelled = {label["for"] for label in page.all("label")}
    assert labelled == {control["id"] for control in page.controls}


def test_groups_radios_and_checkboxes_under_a_legend(form):
    page = page_of(form)
    assert len(page.all("fieldset")) == len(page.all("legend")) == 2
    for control in page.controls:
        assert ("fieldset" in control["within"]) == (control["name"] in ("radio", "boxes"))


def test_describes_controls_by_hint_and_error_that_exist(form):
    page = page_of(form)
    described = {
        element.get("name", "group"): element["aria-describedby"].split()
        for element in page.controls + page.all("fieldset")
        if "aria-describedby" in element
    }
    assert {id_ for ids in described.values() for id_ in ids} <= set(page.ids)
    with_hint = {name for name, field in form.fields.items() if field.help_text} - {"radio"}
    assert with_hint <= set(described)
    if form.is_bound:
        assert set(described) >= {control["name"] for control in page.controls} - {"radio", "boxes", "optional"}
        assert all(ids[-1].endswith("_error") for ids in described.values())


def test_marks_only_invalid_controls(form):
    page = page_of(form)
    marked = {control["name"] for control in page.controls if control.get("aria-invalid") == "true"}
    assert marked == ({control["name"] for control in page.controls} - {"optional"} if form.is_bound else set())


def test_marks_optional_fields_and_no_others():
    assert render("{{ form|crispy }}", form=EveryKind()).count("(optional)") == 1

    class Filters(EveryKind):
        marks_optional = False

    assert "(optional)" not in render("{{ form|crispy }}", form=Filters())


def test_lets_written_text_choose_its_direction(form):
    for control in page_of(form).controls:
        if control["name"] == "ltr":
            assert (control["dir"], control["class"]) == ("ltr", "short")
        elif control["name"] == "body" or control.get("type") in WRITTEN:
            assert control["dir"] == "auto"
        else:
            assert "dir" not in control


def test_keeps_autocomplete_and_types():
    controls = {control["name"]: control for control in page_of(EveryKind()).controls}
    assert controls["email"]["autocomplete"] == "email"
    assert controls["password"]["autocomplete"] == "current-password"
    assert [controls[name]["type"] for name in ("date", "moment", "number")] == ["date", "datetime-local", "number"]


def test_keeps_what_was_typed_and_escapes_it():
    data = {"text": '"><b>', "body": "</textarea><b>", "radio": "b", "boxes": ["KE", "JP"], "tick": "on"}
    page = page_of(EveryKind(data))
    values = {control["name"]: control.get("value") for control in page.controls}
    assert values["text"] == '"><b>'
    assert page.all("b") == []
    checked = {control["id"] for control in page.controls if "checked" in control}
    assert checked == {"id_radio_1", "id_boxes_0_0", "id_boxes_1_0", "id_tick"}


def test_shows_hints_inside_choice_labels():
    html = render("{{ form|crispy }}", form=EveryKind())
    assert 'Beta <span class="hint">the second &amp; last</span>' in html


def test_says_error_before_every_message():
    html = render("{{ form|crispy }}", form=EveryKind({"text": "too long"}))
    errors = html.count('<span class="visually-hidden">Error:</span>')
    assert errors == len([name for name in EveryKind.base_fields if name not in ("optional", "hidden")]) + 1


def test_summary_links_to_the_first_control_of_each_field():
    page = page_of(EveryKind({}))
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    first = {}
    for control in page.controls:
        first.setdefault(control["name"], control["id"])
    assert targets == [id_ for name, id_ in first.items() if name != "optional"]
    [summary] = [div for div in page.all("div") if div.get("class") == "error-summary"]
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    html = render('{% include "components/error_summary.html" %}', form=EveryKind({}))
    assert "There is a problem" in html
    assert "The letter has just closed." in html
    assert html.count("<li>") == len(targets) + 2  # the form's own error and the hidden field's, neither a link


def test_summary_is_silent_without_errors():
    assert render('{% include "components/error_summary.html" %}', form=EveryKind()).strip() == ""


def test_keeps_prefixes_apart():
    first, second = EveryKind({}, prefix="one"), EveryKind({}, prefix="two")
    page = Page(render("{{ first|crispy }}{{ second|crispy }}", first=first, second=second))
    assert len(page.ids) == len(set(page.ids))


def test_renders_a_layout_with_fieldset_row_and_button():
    form = EveryKind()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Who &amp; where", Row(Column("text"), Column("country"))), "radio")
    form.helper.add_input(Submit("save", "Save <now>", css_class="button-large"))
    html = render("{% crispy form %}", form=form, csrf_token="token")
    page = Page(html)
    assert "<legend>Who &amp; where</legend>" in html
    assert {control["name"] for control in page.controls} == {"text", "country", "radio"}
    [button] = page.all("button")
    assert button["type"] == "submit"
    assert {"button", "button-large"} == set(button["class"].split())
    assert "Save &lt;now&gt;" in html
    assert page.all("form")[0]["enctype"] == "multipart/form-data"
    assert any(element.get("name") == "csrfmiddlewaretoken" for element in page.all("input"))
    assert page.all("style", "script") == []


def test_renders_formsets():
    class Line(forms.Form):
        name = forms.CharField()

    formset = formset_factory(Line, extra=2)()
    for source in ("{{ formset|crispy }}", "{% crispy formset %}"):
        page = Page(render(source, formset=formset))
        assert [control["name"] for control in page.controls] == ["form-0-name", "form-1-name"]
        assert len(page.ids) == len(set(page.ids))
        assert sum(element.get("name") == "form-TOTAL_FORMS" for element in page.all("input")) == 1
