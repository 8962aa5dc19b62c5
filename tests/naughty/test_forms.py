"""Every naughty string through every field of every public form, over HTTP.

The forms are those on the pages, and the fields those on the forms, so that a new one is covered by being there. Each
string goes to some fields; with NAUGHTY=all in the environment, to every field into which people type, and each of our
own to those that are chosen or hidden as well.
"""

import os
from itertools import islice
from urllib.parse import quote_plus

import pytest
from django.db import transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from campaigns import pausing
from signatories.services import holding
from tests.naughty.forms import forms_of, kept
from tests.naughty.reading import Page, kinds, outside, strange
from tests.naughty.strings import BIG_LIST, BYTES, OWN
from tests.naughty.world import World, pages

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

ALL = bool(os.environ.get("NAUGHTY"))
PARTS = 20 if ALL else 1
TYPED_BY_HAND = {"text", "email", "url", "textarea", "search", "tel"}
TELLING = 6  # characters of a string that stands nowhere by chance


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Once for all tests here, which take back what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def post(client, url, answers, content_type=MULTIPART_CONTENT):
    """The answer, and nothing changed by it."""
    with transaction.atomic():
        if isinstance(answers, bytes):
            response = client.generic("POST", url, answers, content_type)
        else:
            response = client.post(url, answers)
        transaction.set_rollback(True)
    pausing.forget()
    holding.forget()
    return response


def words_of(response):
    return response.content.decode()


class Door:
    """One form on one page: the kinds of what its pages consist of when plain words are sent."""

    def __init__(self, client, name, url, number):
        self.client, self.name, self.url, self.number = client, name, url, number
        page = words_of(client.get(url))
        self.form = forms_of(url, page)[number]
        self.answers = self.form.answers()
        self.known = kinds(Page.of(page))
        self.is_passed = self._learn(self.answers)
        for plain in ("", "https://plain.example/", "Plain " * 2500, "99999999"):
            self._learn(self.answers | dict.fromkeys(self.form.asked, plain))
        for field in self.form.asked:
            self._learn(self.answers | {field: ""})
            if self.is_typed(field):
                self._learn(self.answers | {field: "Plain " * 2500})  # the others go on as if nothing were wrong
            else:
                self._learn(self.answers | {field: "plain"})
                self._learn(self.answers | {field: "99999999"})
        if "website" in self.answers:
            self._learn(self.answers | {"second_email": "second@plain.example"})
        self._learn(self.answers | {"contact_email": "plain@gmial.com"})

    def __str__(self):
        return f"{self.name} {self.number}"

    def is_typed(self, field):
        return self.form.fields[field].type in TYPED_BY_HAND

    def _learn(self, answers):
        """Whether plain answers get through: to another page, or to the one that shows them."""
        response = post(self.client, self.form.action, answers)
        if response.status_code == 302:
            return True
        page = words_of(response)
        self.known |= kinds(Page.of(page))
        return response.status_code == 200 and 'aria-invalid="true"' not in page

    def try_field(self, field, typed):
        """What is wrong with the answer to it; [] if nothing is."""
        response = post(self.client, self.form.action, self.answers | {field: typed})
        if response.status_code == 302:
            return []
        if response.status_code not in {200, 404}:
            return [(str(self), field, typed, response.status_code)]
        html = words_of(response)
        page = Page.of(html)
        found = [("markup", *one) for one in strange(page, self.known)]
        if self.is_typed(field) and len(typed.strip()) >= TELLING:
            found += [("not isolated", said) for said in outside(page, typed.strip())]
        found += self._refused(field, typed, html)
        return [(str(self), field, typed, one) for one in found]

    def _refused(self, field, typed, html):
        """A form that is shown again has to say why, and to hold what was typed."""
        if 'aria-invalid="true"' not in html and "field-error" not in html:
            return []
        again = [form for form in forms_of(self.url, html) if form.asked == self.form.asked]
        found = [] if 'role="alert"' in html else ["no message"]
        if not again:
            return [*found, "no form to correct it in"]
        if self.is_typed(field) and kept(again[0].fields[field].value) != kept(typed):
            found.append(f"not kept: {again[0].fields[field].value[:80]!r}")
        return found


@pytest.fixture(scope="module")
def doors(world):
    """The forms on public pages, each once."""
    found, client = {}, Client()
    for name, url in world.addresses(pages(public=True)):
        response = client.get(url)
        if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
            continue
        for number, form in enumerate(forms_of(url, words_of(response))):
            fields = (name, *form.asked)
            if form.asked and fields not in found:
                found[fields] = Door(client, name, url, number)
    return list(found.values())


def test_public_forms_are_found_and_plain_words_get_through(doors):
    """The control: what is refused below is refused for what it is."""
    assert {door.name for door in doors} >= {
        "signatories:sign",
        "signatories:sign_individual",
        "signatories:confirm",
        "signatories:correct",
        "signatories:question",
        "signatories:amendment",
        "signatories:new_link",
        "letters:comment",
    }
    assert [str(door) for door in doors if not door.is_passed] == []


def cases(doors):
    """Door, field and string: all of them, or each string of our own at some of the fields, the others at one."""
    typed = [(door, field) for door in doors for field in door.form.asked if door.is_typed(field)]
    every = [(door, field) for door in doors for field in door.form.asked]
    if ALL:
        yield from ((*place, one) for place in every for one in OWN.values())
        yield from ((*place, one) for place in typed for one in BIG_LIST)
        return
    for number, one in enumerate(OWN.values()):
        yield from ((*typed[place], one) for place in range(number % 11, len(typed), 11))
    for number, one in enumerate(BIG_LIST):
        yield (*every[number % len(every)], one)


@pytest.mark.parametrize("part", range(PARTS))
def test_naughty_strings_break_no_form(doors, part):
    found, sent = [], 0
    for door, field, typed in islice(cases(doors), part, None, PARTS):
        found += door.try_field(field, typed)
        sent += 1
    assert (found, sent > (20_000 if ALL else 800) // PARTS) == ([], True)


def test_naughty_bytes_break_no_form(doors):
    """What no string holds: it comes in a form's own coding, and the page stays UTF-8."""
    found = []
    every = [(door, field) for door in doors for field in door.form.asked if ALL or door.is_typed(field)]
    for number, (door, field) in enumerate(every):
        for name, sent in list(BYTES.items())[0 if ALL else number % 3 :: 1 if ALL else 3]:
            others = {key: value for key, value in door.answers.items() if key != field and isinstance(value, str)}
            pairs = [(key, quote_plus(value).encode()) for key, value in others.items()]
            body = b"&".join(key.encode() + b"=" + value for key, value in [*pairs, (field, sent)])
            response = post(door.client, door.form.action, body, content_type="application/x-www-form-urlencoded")
            if response.status_code not in {200, 302, 404}:
                found.append((str(door), field, name, response.status_code))
            elif response.status_code == 200 and strange(Page.of(words_of(response)), door.known):
                found.append((str(door), field, name))
    assert found == []


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "ebcdic-cp-be", "no-such", "utf-8"])
def test_odd_codings_are_no_fault_of_ours(doors, charset):
    door = next(door for door in doors if door.name == "signatories:sign")
    body = "&".join(f"{key}={quote_plus(value)}" for key, value in door.answers.items()).encode()
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert post(door.client, door.form.action, body, content_type=kind).status_code in {200, 302, 400}


def test_missing_and_doubled_fields_are_no_fault_of_ours(doors):
    found = []
    for door in doors:
        for field in door.form.asked:
            without = {key: value for key, value in door.answers.items() if key != field}
            for answers in (
                without,
                without | {field: ["a", "b", "\0"]},
                without | {f"{field}[]": "x", "__proto__": "y"},
            ):
                response = post(door.client, door.form.action, answers)
                if response.status_code not in {200, 302, 404}:
                    found.append((str(door), field, response.status_code))
    assert found == []


# --- What the tests above have to notice ---


@pytest.mark.parametrize(
    "leak",
    [
        lambda typed, html: html.replace("</form>", f"{typed}</form>"),
        lambda typed, html: html.replace('role="alert"', "", 1),
        lambda typed, html: html.replace('name="name" value="', 'name="name" value="not '),
    ],
)
def test_a_leaking_form_would_be_noticed(doors, leak, monkeypatch):
    door = next(door for door in doors if door.name == "signatories:sign")
    typed = "https://x.example <i class=x>River</i>"
    assert door.try_field("name", typed) == []
    honest = post

    def leaking(*args, **more):
        response = honest(*args, **more)
        response.content = leak(typed, response.content.decode()).encode()
        return response

    monkeypatch.setattr(f"{__name__}.post", leaking)
    assert door.try_field("name", typed) != []
