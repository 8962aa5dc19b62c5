"""Translating as a service: paragraph by paragraph, several at once, in drafts and in amendments."""

import random
import re

import pytest

from campaigns.models import JournalEntry
from letters import courtesy, services
from letters.models import Letter
from letters.services import Typed, translating, working
from tests.factories import LetterFactory, OpenLetterFactory, TextFactory, UserFactory

pytestmark = pytest.mark.django_db

ENGLISH = "<p>One bridge</p><p>Two rivers</p><p>Three towns</p>"


def letter_with_french(**kwargs):
    letter = LetterFactory(text={"body": ENGLISH, "title": "The bridge"}, **kwargs)
    services.add_text(letter, "fr", by=UserFactory())
    return letter


def passages(letter, language="fr"):
    words = working.read(letter)
    return courtesy.beside(words.text_in(language), words.authentic)


def key(letter, words):
    return next(one.key for one in passages(letter) if words in one.authentic or words in one.own)


def bases(letter):
    return {one.key: one.mark for one in passages(letter)}


def save(letter, typed, *, given=None, language="fr", **more):
    """Type French beside what contains the English words."""
    there = {key(letter, words): words for words in typed}
    seen = {one.key: one.authentic for one in passages(letter)}
    sent = {one: Typed(f"<p>{typed[words]}</p>", seen[one]) for one, words in there.items()}
    return services.save_translation(letter, language, sent, bases=given or bases(letter), by=UserFactory(), **more)


def french(letter):
    return letter.texts.get(language="fr").body


def states(letter):
    return [one.state for one in passages(letter) if not one.is_line]


def amended(letter, old, new):
    authentic = letter.texts.get(is_authentic=True)
    assert old in authentic.body
    letter.texts.filter(pk=authentic.pk).update(body=authentic.body.replace(old, new))


def complete(letter):
    save(letter, {"One": "Un pont", "Two": "Deux fleuves", "Three": "Trois villes"})
    seen = {one.key: one for one in passages(letter)}
    lines = {
        line: Typed(f"fr {seen[line].authentic}", seen[line].authentic) for line in ("title", "salutation", "closing")
    }
    services.save_translation(letter, "fr", lines, bases=bases(letter), by=UserFactory())


def test_add_text_begins_an_empty_courtesy_text():
    letter = letter_with_french()
    assert letter.texts.get(language="fr").is_authentic is False
    assert states(letter) == ["missing"] * 3
    with pytest.raises(services.LanguageTaken):
        services.add_text(letter, "fr", by=UserFactory())
    with pytest.raises(services.LanguageTaken):
        services.add_text(letter, "en", by=UserFactory())
    assert JournalEntry.objects.filter(verb="added text").count() == 1


def test_save_translation_puts_paragraphs_where_the_authentic_ones_are():
    letter = letter_with_french()
    save(letter, {"Three": "Trois villes"})
    save(letter, {"One": "Un pont"})
    assert french(letter) == "<p>Un pont</p><p>Trois villes</p>"
    assert states(letter) == ["fresh", "missing", "fresh"]
    assert letter.texts.get(is_authentic=True).body == ENGLISH


def test_save_translation_does_not_touch_the_authentic_text():
    letter = letter_with_french()
    with pytest.raises(services.NotCourtesy):
        save(letter, {"One": "Something else"}, language="en")
    with pytest.raises(services.NotCourtesy):
        services.remove_text(letter, "en", by=UserFactory())
    assert letter.texts.get(is_authentic=True).body == ENGLISH


def test_a_changed_paragraph_is_stale_until_somebody_says_it_is_right():
    letter = letter_with_french()
    complete(letter)
    amended(letter, "Two rivers", "Two wild rivers")
    assert states(letter) == ["fresh", "stale", "fresh"]
    save(letter, {"Two": "Deux fleuves sau"})  # half typed, saved by itself
    assert states(letter) == ["fresh", "stale", "fresh"]
    right = Typed("<p>Deux fleuves sauvages</p>", "<p>Two wild rivers</p>", is_right=True)
    services.save_translation(letter, "fr", {key(letter, "Two"): right}, bases=bases(letter), by=UserFactory())
    assert states(letter) == ["fresh"] * 3
    assert "Deux fleuves sauvages" in french(letter)


def test_still_right_needs_no_change():
    letter = letter_with_french()
    complete(letter)
    amended(letter, "Two rivers", "Both rivers")
    still = Typed("<p>Deux fleuves</p>", "<p>Both rivers</p>", is_right=True)
    services.save_translation(letter, "fr", {key(letter, "Both"): still}, bases=bases(letter), by=UserFactory())
    assert states(letter) == ["fresh"] * 3


def test_different_paragraphs_merge_silently():
    letter = letter_with_french()
    began = bases(letter)
    save(letter, {"One": "Un pont"}, given=began)
    save(letter, {"Two": "Deux fleuves"}, given=began)
    assert french(letter) == "<p>Un pont</p><p>Deux fleuves</p>"


def test_one_who_left_a_paragraph_alone_does_not_undo_it():
    letter = letter_with_french()
    complete(letter)
    began, untouched = bases(letter), {key(letter, "One"): Typed("<p>Un pont</p>", "<p>One bridge</p>")}
    save(letter, {"One": "Le pont"}, given=began)
    services.save_translation(letter, "fr", untouched, bases=began, by=UserFactory())
    assert "Le pont" in french(letter)


def test_the_same_paragraph_shows_both_and_saves_nothing():
    letter = letter_with_french()
    began = bases(letter)
    save(letter, {"One": "Un pont"}, given=began)
    with pytest.raises(services.BothTranslated) as conflict:
        save(letter, {"One": "Le pont", "Two": "Deux fleuves"}, given=began)
    assert conflict.value.keys == [key(letter, "One")]
    assert french(letter) == "<p>Un pont</p>"
    save(letter, {"One": "Un pont"}, given=began)  # alike


def test_taking_theirs_keeps_theirs_and_saves_the_rest():
    letter = letter_with_french()
    began = bases(letter)
    save(letter, {"One": "Un pont"}, given=began)
    one = key(letter, "One")
    save(letter, {"One": "Le pont", "Two": "Deux"}, given=began | {one: bases(letter)[one]}, taking=[one])
    assert french(letter) == "<p>Un pont</p><p>Deux</p>"
    with pytest.raises(services.BothTranslated):  # theirs is not the one that was preferred any more
        save(letter, {"One": "Le pont"}, given=began, taking=[one])


def test_what_was_typed_beside_a_paragraph_rewritten_meanwhile_is_kept_as_stale():
    letter = letter_with_french()
    began, two = bases(letter), key(letter, "Two")
    amended(letter, "Two rivers", "Two wild rivers")
    typed = {two: Typed("<p>Deux fleuves</p>", "<p>Two rivers</p>")}
    services.save_translation(letter, "fr", typed, bases=began, by=UserFactory())
    assert french(letter) == "<p>Deux fleuves</p>"
    assert states(letter) == ["missing", "stale", "missing"]


def test_what_was_typed_beside_a_paragraph_that_is_gone_is_kept():
    letter = letter_with_french()
    complete(letter)
    began, two = bases(letter), key(letter, "Two")
    amended(letter, "<p>Two rivers</p>", "")
    typed = {
        key(letter, "One"): Typed("<p>Un pont</p>", "<p>One bridge</p>"),
        two: Typed("<p>Mes deux fleuves</p>", "<p>Two rivers</p>"),
    }
    services.save_translation(letter, "fr", typed, bases=began, by=UserFactory())
    assert "Mes deux fleuves" in french(letter)
    assert "orphan" in states(letter)


def test_typing_on_beside_a_paragraph_that_is_gone_goes_on_in_one_place():
    letter = letter_with_french()
    complete(letter)
    began, two = bases(letter), key(letter, "Two")
    amended(letter, "<p>Two rivers</p>", "")
    for words in ("Mes", "Mes deux", "Mes deux fleuves"):
        typed = {two: Typed(f"<p>{words}</p>", "<p>Two rivers</p>")}
        services.save_translation(letter, "fr", typed, bases=began, by=UserFactory())
        began |= {two: courtesy.mark(typed[two].own)}
    assert french(letter) == "<p>Un pont</p><p>Mes deux fleuves</p><p>Trois villes</p>"


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


def test_emptying_an_orphan_takes_it_away():
    letter = letter_with_french()
    complete(letter)
    amended(letter, "<p>Two rivers</p>", "")
    assert states(letter) == ["fresh", "orphan", "fresh"]
    gone = {key(letter, "fleuves"): Typed("")}
    services.save_translation(letter, "fr", gone, bases=bases(letter), by=UserFactory())
    assert french(letter) == "<p>Un pont</p><p>Trois villes</p>"


def test_remove_text_keeps_the_draft_as_a_revision():
    letter = letter_with_french()
    complete(letter)
    services.remove_text(letter, "fr", by=UserFactory())
    assert not letter.texts.filter(language="fr").exists()
    services.restore(letter.revisions.first(), by=UserFactory())
    assert states(letter) == ["fresh"] * 3


def test_make_authentic_swaps_and_can_be_turned_round():
    letter = letter_with_french()
    with pytest.raises(services.Incomplete):
        services.make_authentic(letter, "fr", by=UserFactory())
    complete(letter)
    services.make_authentic(letter, "fr", by=UserFactory())
    letter = Letter.objects.get(pk=letter.pk)
    assert letter.text.language == "fr"
    assert courtesy.progress(passages(letter, "en")).stale == 0
    services.make_authentic(letter, "en", by=UserFactory())
    assert letter.texts.get(is_authentic=True).body == ENGLISH
    assert states(letter) == ["fresh"] * 3


def test_an_open_letter_is_translated_in_its_amendment_only():
    letter = OpenLetterFactory(text={"body": ENGLISH})
    user = UserFactory()
    for act in (services.add_text, services.remove_text):
        with pytest.raises(services.NotDraft):
            act(letter, "fr", by=user)
    services.prepare_amendment(letter, by=user)
    services.add_text(letter, "fr", by=user)
    save(letter, {"One": "Un pont"})
    assert [text["language"] for text in working.read(letter).texts] == ["en", "fr"]
    assert not letter.texts.filter(language="fr").exists()
    with pytest.raises(services.NotDraft):
        services.make_authentic(letter, "fr", by=user)


def test_url_and_title_are_those_of_the_language_somebody_reads():
    letter = OpenLetterFactory(text={"title": "The bridge"})
    TextFactory(letter=letter, language="fr", title="Le pont", is_authentic=False)
    assert letter.url_for("fr-ca") == f"/letters/{letter.slug}/in/fr/"
    assert letter.url_for("en") == letter.url_for("de") == letter.get_absolute_url()
    assert (letter.title_for("fr"), letter.title_for("de")) == ("Le pont", "The bridge")
