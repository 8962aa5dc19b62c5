"""A few hostile names into what is made of names, and that a page which trusts them is noticed: the battery in small.

Each template in which names stand is spoilt in turn, on its way from the disk: once it takes names for markup, once it
does not isolate them.
"""

import re
from collections import Counter

import pytest
from django.template import engines
from django.template.loaders.filesystem import Loader
from django.test import Client
from django.urls import reverse

from letters import pdf
from signatories.models import Line, Token
from tests.factories import LetterFactory, RevisionFactory
from tests.letters.documents import document, text_of
from tests.naughty.lines import NOW, TOKEN, Names
from tests.naughty.made import listed, mails
from tests.naughty.reading import Page, differences, kinds, outside, strange
from tests.naughty.strings import OWN
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = ["script", "picture", "ends everything", "ends an attribute", "entities", "bdi of its own", "half of each"]
NAME = re.compile(r"\{\{ ((?:\w+\.)*name) \}\}")
ISOLATED = re.compile(r"<bdi[^>]*>(\{\{ (?:\w+\.)*name \}\})")
LEAKS = {
    "takes them for markup": lambda source: NAME.sub(r"{{ \1|safe }}", source),
    "does not isolate them": lambda source: ISOLATED.sub(r"<b>\1", source),
}


@pytest.fixture(scope="module")
def names():
    return Names([OWN[called] for called in HOSTILE])


@pytest.fixture
def spoil(monkeypatch):
    """Have one template read as `leak` makes it."""
    honest = Loader.get_contents
    loaders = engines["django"].engine.template_loaders

    def spoilt(template, leak):
        spoilt_ones = []

        def get_contents(self, origin):
            source = honest(self, origin)
            if origin.template_name != template:
                return source
            spoilt_ones.append(leak(source) != source)
            return leak(source)

        monkeypatch.setattr(Loader, "get_contents", get_contents)
        for loader in loaders:
            loader.reset()
        return spoilt_ones

    yield spoilt
    monkeypatch.undo()
    for loader in loaders:
        loader.reset()


def shown(world, names, address):
    """The page at `address` of a letter and one of its signatories: with plain names, and with naughty ones."""
    member, found = Client(), []
    sign_in(member, world.owner, with_second_factor=True)
    for naughty in (False, True):
        letter = LetterFactory(campaign=world.campaign, open_to="both", status="open", opens_at=NOW)
        RevisionFactory(letter=letter)
        names.put(letter, world.owner, naughty=naughty)
        one = next(one for one in letter.signatories.all() if one.line.name == names.rows[0][2 + naughty]["name"])
        found.append(Page.of(member.get(address(letter, one)).content.decode()))
    return found


def wrong(plain, naughty, names):
    """As tests/naughty/test_pages.py finds it, for pages on which rows may stand in another order."""
    lost = Counter(names.renamed(one) for one in plain.names if TOKEN.search(one)) - Counter(naughty.names)
    bare = [said for words in names.words.values() if len(words) >= 8 for said in outside(naughty, words)]
    return [*strange(naughty, kinds(plain)), *bare, *lost]


PAGES = {
    "letters/roll_lines.html": lambda letter, _: reverse("letters:letter", args=[letter.slug]),
    "letters/roll.html": lambda letter, _: reverse("letters:roll", args=[letter.slug]),
    "letters/embed_line.html": lambda letter, _: reverse("letters:embed", args=[letter.slug]),
    "letters/signatories.html": lambda letter, _: reverse("letters:signatories", args=[letter.slug]),
    "components/printed_line.html": lambda _, one: reverse("signatories:mine", args=[Token.objects.mine(one).secret]),
    "admin/signatories/signatory/change_form.html": lambda _, one: reverse(
        "admin:signatories_signatory_change", args=[one.pk]
    ),
}


@pytest.mark.parametrize("template", PAGES)
def test_pages_hold_hostile_names_as_words(template, world, names):
    plain, naughty = shown(world, names, PAGES[template])
    assert names.rows[0][3]["name"] in naughty.names
    assert wrong(plain, naughty, names) == []


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("template", PAGES)
def test_pages_that_trust_names_are_noticed(template, leak, world, names, spoil):
    spoilt = spoil(template, LEAKS[leak])
    plain, naughty = shown(world, names, PAGES[template])
    assert True in spoilt
    assert wrong(plain, naughty, names) != []


def mail_of(monkeypatch, names):
    _, _, plain, naughty = names.rows[0]
    lines = [{field: row[field] for field in ("name", "acronym", "second_name")} for row in (plain, naughty)]
    both = [mails(monkeypatch, Line(**line), line["name"])["signatories.received", ""] for line in lines]
    return [Page.of(words.html) for words in both]


@pytest.mark.parametrize("leak", [None, *LEAKS])
def test_mails_that_trust_names_are_noticed(leak, monkeypatch, names, spoil):
    spoilt = spoil("emails/line.html", LEAKS[leak]) if leak else []
    plain, naughty = mail_of(monkeypatch, names)
    assert (differences(plain, naughty, names.renamed) != [], True in spoilt) == (bool(leak), bool(leak))


@pytest.mark.parametrize("leak", [False, True])
def test_documents_that_trust_names_are_noticed(leak, names, monkeypatch):
    if leak:
        monkeypatch.setattr("letters.pdf.names.escape", lambda words: words)
    words = "".join(text_of(pdf.render(document(roll=listed(names, every=1)))).split())
    called = ["".join(naughty["name"].split()) for _, _, _, naughty in names.rows if naughty["name"].isascii()]
    assert len(called) > 5
    assert ([name for name in called if name not in words] != []) == leak
