"""Everything that anybody can get to see of a letter, found in the URL patterns, and as text to be compared."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from typing import NamedTuple

import pypdf
from django.conf import settings
from django.urls import Resolver404, URLPattern, get_resolver, reverse
from django.utils import translation
from django.utils.html import escape

from config import languages
from letters.document import Roll
from letters.pdf import typesetting, writing
from tests.test_public_pages import PUBLIC

FOREIGN = re.compile("account_|mfa_|admin:")  # the way in knows no letter, and its forms hold a random token each time
MADE_UP = "k" * 43  # for what is secret
FOLLOWS = ("ETag", "Content-Length")  # they follow from the bytes, and so from the number
FIGURE = re.compile(r'"withheld": \d+')  # of the roll as it stands, or as an edition has it
COVERED = "[covering]"
CLOCK = "Age"  # of a page held in memory, by the real clock


def routes():
    """(name, the names of its arguments) of every public page."""

    def walked(resolver, namespace=""):
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield f"{namespace}{one.name}", tuple(one.pattern.converters)
            else:
                yield from walked(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)

    return [route for route in walked(get_resolver()) if route[0] in PUBLIC and not FOREIGN.match(route[0])]


def addresses(*, slug, courtesy, numbers):
    """Every public address about a letter, and those about none; what is secret has a made-up one."""
    known = {"slug": [slug], "language": list(courtesy), "number": list(numbers)}
    found = []
    for name, arguments in routes():
        chosen = [{}]
        for argument in arguments:
            chosen = [one | {argument: value} for one in chosen for value in known.get(argument, [MADE_UP])]
        found += [reverse(name, kwargs=kwargs) for kwargs in chosen]
    return list(dict.fromkeys(found))


def in_every_language(path):
    """(address, headers): under each prefix where it has one, or asked for in each language."""
    found = []
    for code, _ in settings.LANGUAGES:
        prefixed = f"/{code}{path}"
        with suppress(Resolver404):
            languages.found(prefixed)
            found.append((prefixed, {}))
            continue
        found.append((path, {"accept-language": code}))
    return found


class Seen(NamedTuple):
    """What was shown, exactly, and with the one number left out; `is_counted` as in Telling."""

    exact: str
    but_for_number: str
    is_counted: bool = False


def differ(one, other):
    """Whether they do. As long as the hidden one is not counted, not a byte may."""
    if one.is_counted or other.is_counted:
        return one.but_for_number != other.but_for_number
    return one.exact != other.exact


class Eyes:
    """Sees while so many names are withheld. `covering`: hashes that cover the number, or the whole journal, and are
    taken for one another."""

    def __init__(self, client, withheld, is_counted, covering=()):
        self.client, self.withheld, self.is_counted = client, withheld, is_counted
        self.covering = [one for one in covering if one]
        self.lines = sorted(set(_withheld_lines(withheld)), key=len, reverse=True)

    def ask(self, path, method="get", data=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.response(getattr(self.client, method)(path, data, headers=headers))

    def response(self, response):
        content = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {name: value for name, value in response.headers.items() if name != CLOCK}
        known = headers | {name: "there" for name in FOLLOWS if name in headers}
        before = [f"status: {response.status_code}", f"cookies: {sorted(response.cookies)}"]
        exact = content.decode(errors="backslashreplace")
        if content.startswith(b"PK"):
            exact = self.word_file(content).exact
        for one in self.covering:
            if one in exact:
                exact = exact.replace(one, COVERED)
                headers = headers | {name: "there" for name in FOLLOWS if name in headers}
        return Seen(
            "\n".join([*before, *_lines(headers), exact]),
            "\n".join([*before, *_lines(known), self.but_for_number(exact)]),
            self.is_counted,
        )

    def words(self, words):
        return Seen(words, self.but_for_number(words), self.is_counted)

    def word_file(self, content):
        """Of a .docx every part, with its name and its date."""
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            said = [
                f"{one.filename} {one.date_time}\n{parts.read(one).decode(errors='replace')}"
                for one in parts.infolist()
            ]
        return self.words("\n".join(said))

    def pdf(self, content):
        """Of a PDF the text of each page, the fonts with the characters they hold, what it says of itself, and how
        much there is on each page."""
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = [" ".join(page.extract_text().split()) for page in reader.pages]
        said = [f"{key}: {value}" for key, value in sorted((reader.metadata or {}).items())]
        xmp = (
            reader.root_object["/Metadata"].get_object().get_data().decode()
            if "/Metadata" in reader.root_object
            else ""
        )
        return self.words("\n".join([*pages, *said, xmp, *_fonts(reader)]))

    def but_for_number(self, words):
        """With "[withheld]" for the line that counts them, and for the figure in the JSON."""
        for line in self.lines:
            words = words.replace(line, "[withheld]")
        return FIGURE.sub('"withheld": [withheld]', words)


def _lines(headers):
    return [f"{name}: {value}" for name, value in sorted(headers.items())]


def _withheld_lines(number):
    """What says the number, in every language and form in which it is said."""
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            for organizations in (0, 1):
                line = typesetting.withheld_line(Roll((), organizations, 0, number, None))
                for said in (line, writing.of(code).figures(line)):
                    yield from (said, escape(said))


def _fonts(reader):
    """The fonts of each page by name, without the letters that make a subset's name its own."""
    for number, page in enumerate(reader.pages):
        fonts = page.get("/Resources", {}).get("/Font", {})
        names = sorted(str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts.values())
        yield f"page {number}: {names}"
