"""The forms of a page as a browser has them: where they go, what is filled in already, and what may be chosen."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

CHOSEN = {"kind": "organization", "position": "refuse", "choice": "object", "visibility": "public"}
FILLED_IN = {"country": "GH", "website": "www.plain.example", "second_email": "", "acronym": "PLN"}
DATES = {"date": "2027-05-03", "datetime-local": "2027-05-03T12:00", "number": "1", "email": "plain@plain.example"}
WORKED_OUT = {"sum": "0" * 64}  # by a script of the page
HIDDEN_TOO = {"began", "csrfmiddlewaretoken", "remarks", "challenge", "proof"}  # no answers: what guards the form


class Upload:
    """A file as Django's client takes it, however often it is sent."""

    name, content_type = "plain.pdf", "application/pdf"

    def read(self):
        return b"%PDF-1.7 plain"


@dataclass
class Field:
    name: str
    type: str
    value: str = ""
    values: list = field(default_factory=list)  # to choose from


@dataclass
class Form:
    action: str
    method: str
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)

    def answers(self):
        """What somebody might send who fills it in plainly."""
        filled = {name: self._answer(one) for name, one in self.fields.items()}
        return {name: value for name, value in filled.items() if value is not None}

    def _answer(self, one):
        if one.type == "file":
            return Upload()
        if one.type == "hidden":
            return one.value or WORKED_OUT.get(one.name, "")
        if one.type in {"radio", "select"}:
            wanted = CHOSEN.get(one.name, FILLED_IN.get(one.name))
            return wanted if wanted in one.values else one.value or next(filter(None, one.values), "")
        if one.type == "checkbox":
            return one.values[0] or "on"
        if one.name == "remarks":
            return ""
        return one.value or FILLED_IN.get(one.name, DATES.get(one.type, f"Plain {one.name.replace('_', ' ')}"))

    @property
    def asked(self):
        """The names of the fields that somebody could put something else into."""
        return [name for name in self.fields if name not in HIDDEN_TOO]


class _Forms(HTMLParser):
    def __init__(self, page_url, html):
        super().__init__(convert_charrefs=True)
        self.url, self.forms, self.by_id, self.here, self.within = page_url, [], {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            action = urljoin(self.url, has.get("action") or self.url)
            self.here = Form(action, (has.get("method") or "get").lower())
            self.forms.append(self.here)
            self.by_id[has.get("id")] = self.here
            return
        form = self.by_id.get(has["form"]) if has.get("form") else self.here
        if form is None or not (name := has.get("name")):
            if tag == "option" and self.within:
                self._option(has)
            return
        if tag == "button":
            form.buttons.append((name, has.get("value", ""), has.get("formaction")))
        elif tag in {"textarea", "select"}:
            self.within = form.fields.setdefault(name, Field(name, tag))
        elif tag == "input":
            self._input(form, name, has)

    def _input(self, form, name, has):
        kind = has.get("type", "text")
        one = form.fields.setdefault(name, Field(name, kind))
        if kind in {"radio", "checkbox"}:
            one.values.append(has.get("value", ""))
            if "checked" in has:
                one.value = has.get("value", "on")
        else:
            one.value = has.get("value") or ""

    def _option(self, has):
        self.within.values.append(has.get("value", ""))
        if "selected" in has:
            self.within.value = has.get("value", "")

    def handle_data(self, data):
        if self.within and self.within.type == "textarea":
            self.within.value += data if self.within.value else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None
        elif tag in {"textarea", "select"}:
            self.within = None


def forms_of(url, html):
    """Those that are sent by POST."""
    return [form for form in _Forms(url, html).forms if form.method == "post"]


def kept(typed):
    """What a form has to show again, as a browser reads it back from the page."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
