"""The two ways of writing a letter's body: the editor, and plain text where there is no script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letters import body
from letters.pdf import writing

LONGEST = 300_000  # characters of HTML, about a hundred pages


class BodyWidget(forms.Textarea):
    """A textarea that static/js/editor.js turns into the editor. Put `form.media` on the page; no CSP exception."""

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [Script("js/editor.js", type="module")]

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # a browser cannot point at the textarea while the editor hides it

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        textarea = super().render(name, value, attrs, renderer)
        context = {"textarea": textarea, "id": (attrs or {}).get("id", name)}
        return render_to_string("letters/editor.html", context)  # the form renderer does not know this folder


class BodyField(forms.CharField):
    """A body as HTML. Whatever comes in, `cleaned_data` holds a clean body (letters.body).

    `language` (BCP 47), or later `write_in`, sets the language and direction of writing.
    """

    widget: type[forms.Textarea] = BodyWidget

    def __init__(self, *, language: str = "", max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if language:
            self.write_in(language)

    def write_in(self, language: str) -> None:
        self.widget.attrs.update(lang=language, dir=writing.of(language).direction)

    def to_python(self, value: Any) -> str:
        source = super().to_python(value) or ""
        self.run_validators(source)  # the length, before any work is done on it
        return self.clean_body(source)

    def clean_body(self, source: str) -> str:
        return body.clean(source)


class PlainBodyWidget(forms.Textarea):
    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"rows": 24, **(attrs or {})})


class _Typed(str):
    """Plain text as it was sent, to be shown again as it is."""


class PlainBodyField(BodyField):
    """The same body as plain text: shows `to_text`, takes `from_text`; `cleaned_data` holds a clean body too."""

    widget = PlainBodyWidget

    def bound_data(self, data: Any, initial: Any) -> Any:
        return _Typed(data or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, _Typed) else body.to_text(value or "")

    def clean_body(self, source: str) -> str:
        return body.from_text(source)
