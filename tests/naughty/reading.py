"""What a page consists of, as a parser of HTML sees it, and how two pages differ that should differ in names alone."""

import re
from collections import Counter
from dataclasses import dataclass, field

import tinyhtml5

NAMES = {"bdi", "textarea", "title", "option"}  # where somebody's words may stand: isolated, or where no markup is
OWN_WORDS = {"value", "content", "title", "aria-label", "placeholder", "alt"}  # attributes that may repeat them
TONGUE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z]{2,8})*)?")
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # keys
    r"|[0-9a-f]{32,64}|[A-Za-z0-9_-]{43}|[A-Za-z0-9]{64}"  # digests, links, what keeps forgers out
    r"|[0-9a-f]{8,12}\.[0-9a-f]{32}"  # when the form was first shown
    r"|\b[0-9A-F]{8}\b"  # the number of a sign-on
)


COUNTRIES = re.compile(r'(?:<option value="[A-Z0-9]{2,3}"( selected)?>[^<]*</option>\s*){20,}')


@dataclass
class Page:
    """`tags` in order, each with the names of its attributes; `words` outside, `names` inside what isolates them."""

    tags: list = field(default_factory=list)
    words: list = field(default_factory=list)
    names: list = field(default_factory=list)
    values: list = field(default_factory=list)  # of attributes: (tag, attribute, value)

    @classmethod
    def of(cls, html):
        page = cls()
        short = COUNTRIES.sub("", html)  # most of the form's page, and nobody's words
        page._walk(tinyhtml5.parse(short, namespace_html_elements=False), False)
        return page

    def _walk(self, element, within):
        if not isinstance(element.tag, str):  # a comment
            return
        attributes = {name: value for name, value in element.attrib.items() if not _is_tongue(element, name, value)}
        self.tags.append((element.tag, *sorted(attributes)))
        self.values += [(element.tag, name, CHANGING.sub("*", value)) for name, value in attributes.items()]
        isolates = element.tag in NAMES or element.get("dir") == "auto"
        if isolates and not within:
            if element.tag != "title":  # may be cut
                self.names.append(_text(element))
        elif not within:
            self._say(element.text)
        for child in element:
            self._walk(child, within or isolates)
            if not (within or isolates):
                self._say(child.tail)

    def _say(self, text):
        if text and text.strip():
            self.words.append(CHANGING.sub("*", " ".join(text.split(" ")).strip("\n ")))


def _is_tongue(element, name, value):
    """Of a name: its script may tell in which language it is."""
    return element.tag == "bdi" and name == "lang" and bool(TONGUE.fullmatch(value))


def _text(element):
    return "".join(element.itertext())


def differences(plain, naughty, renamed):
    """How the page with naughty names differs from the one with plain names, beyond the names; [] if it does not.

    `renamed` makes of words of the plain page what has to stand in the other. Rows may stand in another order.
    """
    found = []
    if plain.tags != naughty.tags:
        found.append(("elements", _first_other(plain.tags, naughty.tags)))
    if plain.words != naughty.words:
        found.append(("words outside of names", _first_other(plain.words, naughty.words)))
    if missing := Counter(map(renamed, plain.names)) - Counter(naughty.names):
        found.append(
            ("names", list(missing)[:3], list(Counter(naughty.names) - Counter(map(renamed, plain.names)))[:3])
        )
    mine, theirs = (Counter(page.values) for page in (plain, naughty))
    for tag, name, value in (theirs - mine).elements():
        if name not in OWN_WORDS and not (name == "href" and value.startswith(("http://", "https://", "mailto:"))):
            found.append(("attribute", tag, name, value))
    return found


def kinds(*pages):
    """Which elements there are on pages, with which attributes, however often."""
    return {tag for page in pages for tag in page.tags}


def strange(page, known):
    """Elements and attributes on a page that are not of the known kinds."""
    return sorted(kinds(page) - known)


def outside(page, words):
    """Where somebody's words stand outside of what isolates them."""
    return [said for said in page.words if words in said]


def _first_other(one, other):
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place, left, right
    return (len(one), len(other))
