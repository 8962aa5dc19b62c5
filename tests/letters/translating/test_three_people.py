"""Whatever three people do at once, no word that was saved is lost."""

import random
import re

import pytest

from letters import courtesy, services
from letters.services import Typed, translating
from tests.factories import UserFactory
from tests.letters.translating.french import french, letter_with_french, passages

pytestmark = pytest.mark.django_db


class Translator:
    """Somebody with the page open, who only ever adds words, and keeps both where both have written."""

    def __init__(self, letter, rng):
        self.letter, self.rng, self.typed = letter, rng, set()
        self.open()

    def open(self):
        there = passages(self.letter)
        self.rows = {one.key: [one.authentic, one.own] for one in there if not one.is_line}
        self.bases = {one.key: one.mark for one in there}

    def type(self, word):
        if self.rows:
            row = self.rows[self.rng.choice(sorted(self.rows))]
            row[1] = f"{row[1].removesuffix('</p>') or '<p>'} {word}</p>".replace("<p> ", "<p>")
            self.typed.add(word)

    def save(self):
        typed = {one: Typed(own, seen, self.rng.random() < 0.2) for one, (seen, own) in self.rows.items()}
        try:
            services.save_translation(self.letter, "fr", typed, bases=self.bases, by=self.letter.saved_by)
        except services.BothTranslated as conflict:
            there = passages(self.letter)
            places = translating.placed(there, {one: row[0] for one, row in self.rows.items()}, self.bases)
            for both in conflict.keys:
                theirs = there[places[both]].own
                self.bases[both] = courtesy.mark(theirs)
                self.rows[both][1] = f"{theirs.removesuffix('</p>')} {self.rows[both][1].removeprefix('<p>')}"
            self.save()
        else:
            self.bases |= {one: courtesy.mark(row[1]) for one, row in self.rows.items()}


def rewritten(paragraphs, rng, number):
    """What a coordinator does to the authentic text."""
    at = rng.randrange(len(paragraphs) + 1)
    act = rng.choice(["add", "remove", "rewrite", "rewrite", "move"])
    if act == "add" or not paragraphs[at:]:
        return [*paragraphs[:at], f"New paragraph {number} about something else", *paragraphs[at:]]
    rest = [*paragraphs[:at], *paragraphs[at + 1 :]]
    if act == "remove":
        return rest
    if act == "move":
        return [*rest, paragraphs[at]]
    return [*paragraphs[:at], f"{paragraphs[at]} or {number}", *paragraphs[at + 1 :]]


def lost(seed):
    """What two translators have typed and saved, while the authentic text was rewritten, and cannot be found."""
    rng = random.Random(seed)
    letter = letter_with_french()
    letter.saved_by = UserFactory()
    paragraphs = ["One bridge over the water", "Two rivers meet here", "Three towns have one road"]
    authentic = letter.texts.get(is_authentic=True)
    two = [Translator(letter, rng), Translator(letter, rng)]
    for number in range(40):
        one, act = rng.choice(two), rng.choice(["type", "type", "save", "save and reload", "rewrite"])
        if act == "type":
            one.type(f"w{number}")
        elif act == "rewrite":
            paragraphs = rewritten(paragraphs, rng, number)
            letter.texts.filter(pk=authentic.pk).update(body="".join(f"<p>{words}</p>" for words in paragraphs))
        else:
            one.save()
            if act == "save and reload":
                one.open()
    for one in two:
        one.save()
    return (two[0].typed | two[1].typed) - set(re.findall(r"w\d+", french(letter)))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_three_people_do_no_word_that_was_saved_is_lost(seed):
    assert lost(seed) == set()


def test_words_are_lost_where_nobody_is_shown_both(monkeypatch):
    monkeypatch.setattr(translating, "_are_both", lambda *_: False)
    assert any(lost(seed) for seed in range(12))
