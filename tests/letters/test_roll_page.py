"""The page on which the roll is searched and grouped, without script."""

import html
import re
import threading
from itertools import pairwise

import pytest
from django.test import Client

from campaigns.models import User
from letters.models import Letter
from letters.views import letter_page, rolls
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory

pytestmark = pytest.mark.django_db

WAYS = {"country": "by country", "region": "by region of the world", "name": "by name alone"}
PATIENCE = 20  # seconds; only how long a broken test takes to say so


@pytest.fixture
def letter():
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    for line in (Line("Mto Wetu", "MW", "KE"), Line("Réseau des Rivières", "", "CH"), Line("Мемориал", "", "RU")):
        SignatoryFactory(letter=letter, listed=True, line=line)
    person = Line("Ana Pérez", "", "CO", affiliation="Rector, Universidad del Río")
    SignatoryFactory(letter=letter, listed=True, line=person, kind=Signatory.Kind.INDIVIDUAL)
    return letter


def shown(letter, asked=None, **headers):
    answer = Client().get(f"/letters/{letter.slug}/signatories/", asked or {}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page):
    return [html.unescape(name) for name in re.findall(r"<li><bdi[^>]*>([^<]+?)(?: \([^<)]+\))?</bdi>", page)]


def test_roll_shows_what_the_letter_page_shows(letter):
    SignatoryFactory(letter=letter, line=Line("Pending Canary", "", "KE"))
    SignatoryFactory(letter=letter, confirmed=True, line=Line("Confirmed Canary", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld Canary", "", "IS"))
    page = shown(letter)
    assert names(page) == names(Client().get(letter.get_absolute_url()).content.decode())
    assert names(page) == ["Mto Wetu", "Мемориал", "Réseau des Rivières", "Ana Pérez"]
    for words in ("canary", "iceland"):
        assert names(shown(letter, {"q": words})) == []
    assert "Canary" not in page
    assert "and 1 organization whose name is withheld" in page


def test_roll_says_how_many_match(letter):
    page = shown(letter, {"q": " RESEAU  rivieres "})
    assert names(page) == ["Réseau des Rivières"]
    assert "<b>1</b> of 4 match “<bdi>RESEAU rivieres</bdi>”." in page
    assert f'<a href="/letters/{letter.slug}/signatories/">Show all names</a>' in page
    assert 'value="RESEAU rivieres"' in page


def test_roll_finds_countries_in_the_readers_language(letter):
    assert names(shown(letter, {"q": "switzerland"})) == ["Réseau des Rivières"]
    assert names(shown(letter, {"q": "memorial"})) == ["Мемориал"]


def test_roll_without_a_match_has_a_next_step(letter):
    page = shown(letter, {"q": "nobody", "by": "region"})
    assert "No name on the list matches" in page
    assert f'<a class="button" href="/letters/{letter.slug}/signatories/">Show all names</a>' in page
    assert "<b>0</b> of 4 match" in page


def test_roll_of_nobody_has_a_next_step():
    letter = OpenLetterFactory()
    page = shown(letter)
    assert "No name is on the list yet" in page
    assert f'href="{letter.get_absolute_url()}"' in page


def test_roll_is_grouped_as_asked(letter):
    assert re.findall(r"<h3>(.+?) <span", shown(letter, {"by": "region"})) == ["Africa", "Europe", "Americas"]
    by_name = shown(letter, {"by": "name"})
    assert names(by_name)[0] == "Ana Pérez"
    assert re.search(r"<bdi>Mto Wetu \(MW\)</bdi>, Kenya</li>", by_name)
    assert re.findall(r"<h2>(.+?)</h2>", shown(letter, {"by": "kind"})) == ["Organizations", "Individuals"]
    assert shown(letter, {"by": "<script>"}) == shown(letter)


def test_roll_offers_no_choice_between_kinds_where_there_is_one():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    assert "Organizations and individuals" not in shown(letter)


def test_affiliation_is_for_identification_only(letter):
    page = shown(letter, {"q": "ana"})
    assert "<bdi>Ana Pérez</bdi>, <small><bdi>Rector, Universidad del Río</bdi>*</small>" in page
    assert "* Affiliations are given for identification only." in page
    assert "for identification only" not in shown(letter, {"q": "mto"})


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '" onfocus="x', "\0", "x" * 5000, "\u202e\u2066", "%00'--"]
)
def test_roll_takes_any_words_and_escapes_them(letter, words):
    page = shown(letter, {"q": words})
    assert "<script>alert" not in page
    assert 'onfocus="x' not in page
    assert len(page) < 20_000


def test_roll_shows_no_more_than_it_may(letter, monkeypatch):
    monkeypatch.setattr(rolls, "MOST_SHOWN", 2)
    page = shown(letter)
    assert len(names(page)) == 2
    assert "Only the first 2 are shown here." in page
    assert names(shown(letter, {"by": "name"}))[0] == "Ana Pérez"  # the first of all by name, not of the first two
    assert names(shown(letter, {"by": "name", "q": "mto"})) == ["Mto Wetu"]


def test_roll_is_read_once_in_two_seconds(letter, settings, monkeypatch, django_assert_num_queries):
    settings.HOT_PAGES = True
    now = [1000.0]
    monkeypatch.setattr(rolls.time, "monotonic", lambda: now[0])
    rolls._slots.clear()
    page = Client()
    path = f"/letters/{letter.slug}/signatories/"
    assert names(page.get(path).content.decode()) != []
    with django_assert_num_queries(2):  # the letter; whether search engines may list it
        assert names(page.get(path, {"q": "mto"}).content.decode()) == ["Mto Wetu"]
    SignatoryFactory(letter=letter, listed=True, line=Line("Newcomer", "", "KE"), decided_by=User.objects.first())
    assert "Newcomer" not in page.get(path).content.decode()
    now[0] += 2.1
    assert "Newcomer" in page.get(path).content.decode()
    rolls._slots.clear()


class HeldUp:
    """A letter whose roll takes long to read."""

    pk = -1

    def __init__(self):
        self.reached, self.let = threading.Event(), threading.Event()

    @property
    def revisions(self):
        self.reached.set()
        self.let.wait(PATIENCE)
        raise LookupError


def test_a_long_roll_holds_up_those_of_no_other_letter(letter, settings):
    settings.HOT_PAGES = True
    rolls._slots.clear()
    slow = HeldUp()

    def read():
        with pytest.raises(LookupError):
            rolls._roll(slow, "en")

    reader = threading.Thread(target=read)
    reader.start()
    assert slow.reached.wait(PATIENCE)
    assert names(shown(letter)) != []
    assert reader.is_alive()
    slow.let.set()
    reader.join()
    rolls._slots.clear()


def test_no_more_rolls_are_kept_than_may_be(settings, monkeypatch):
    settings.HOT_PAGES = True
    monkeypatch.setattr(rolls, "MOST_KEPT", 2)
    rolls._slots.clear()
    one, two, three = (OpenLetterFactory() for _ in range(3))
    for each in (one, two, one, three):
        shown(each)
    assert [key[0] for key in rolls._slots] == [one.pk, three.pk]
    rolls._slots.clear()


def test_roll_is_not_for_search_engines_and_of_public_letters_only(letter):
    assert '<meta name="robots" content="noindex">' in shown(letter)
    assert Client().get(f"/letters/{LetterFactory().slug}/signatories/").status_code == 404
    assert Client().post(f"/letters/{letter.slug}/signatories/").status_code == 405


def test_roll_names_nothing_nobody_signed(letter):
    letter.texts.update(title="Something nobody signed")
    assert "Something nobody signed" not in shown(letter)


@pytest.mark.parametrize(
    ("group_by", "offered"),
    [
        ("country", ["region", "name"]),
        ("region", ["country", "name"]),
        ("scope", ["country", "region", "name"]),
        ("kind", ["country", "region", "name"]),
        ("none", ["country", "region"]),
    ],
)
def test_long_roll_on_the_letter_page_offers_what_it_is_not_grouped_by(letter, monkeypatch, group_by, offered):
    monkeypatch.setattr(letter_page, "FEW", 2)
    Letter.objects.update(group_by=group_by)
    page = Client().get(letter.get_absolute_url()).content.decode()
    assert re.findall(r'/signatories/\?by=(\w+)"', page) == offered
    hint = re.sub("<[^>]+>", "", re.search(r"Or list the names.*?</p>", page).group())
    assert hint == f"Or list the names {', '.join(WAYS[way] for way in offered)}."


@pytest.mark.parametrize("by", rolls.BY)
def test_headings_of_the_roll_come_one_below_the_other(letter, by):
    levels = [int(level) for level in re.findall(r"<h(\d)", shown(letter, {"by": by}))]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_headings_come_one_below_the_other_where_only_organizations_sign():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    assert re.findall(r"<h(\d)", shown(letter)) == ["1", "2", "3"]
