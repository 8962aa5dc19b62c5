"""Translating paragraph by paragraph, several at once."""

import pytest

from letters import courtesy, services
from letters.services import Typed
from tests.factories import UserFactory
from tests.letters.translating.french import ENGLISH, bases, complete, french, key, letter_with_french, save, states

pytestmark = pytest.mark.django_db


def amended(letter, old, new):
    authentic = letter.texts.get(is_authentic=True)
    assert old in authentic.body
    letter.texts.filter(pk=authentic.pk).update(body=authentic.body.replace(old, new))


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


def test_emptying_an_orphan_takes_it_away():
    letter = letter_with_french()
    complete(letter)
    amended(letter, "<p>Two rivers</p>", "")
    assert states(letter) == ["fresh", "orphan", "fresh"]
    gone = {key(letter, "fleuves"): Typed("")}
    services.save_translation(letter, "fr", gone, bases=bases(letter), by=UserFactory())
    assert french(letter) == "<p>Un pont</p><p>Trois villes</p>"
