"""Direction, script, figures and fonts by language."""

import pytest

from letters.pdf import writing


@pytest.mark.parametrize(
    ("language", "direction", "script", "zero"),
    [
        ("en", "ltr", "Latn", "0"),
        ("ar", "rtl", "Arab", "٠"),
        ("ar-MA", "rtl", "Arab", "0"),
        ("fa", "rtl", "Arab", "۰"),
        ("he", "rtl", "Hebr", "0"),
        ("ne", "ltr", "Deva", "०"),
        ("zh", "ltr", "Hans", "0"),
        ("zh-TW", "ltr", "Hant", "0"),
        ("sr-Latn", "ltr", "Latn", "0"),
        ("xx", "ltr", "", "0"),
    ],
)
def test_of_knows_how_a_language_is_written(language, direction, script, zero):
    found = writing.of(language)
    assert (found.direction, found.script, found.digits[0]) == (direction, script, zero)


def test_figures_turns_digits_and_nothing_else():
    assert writing.of("fa").figures("3 of 10") == "۳ of ۱۰"


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Nile Watch", "ltr"), ("(نهر) Nile", "rtl"), ("1. עמותה", "rtl"), ("2030 – 3", "ltr"), ("", "ltr")],
)
def test_direction_of_follows_the_first_strong_character(text, direction):
    assert writing.direction_of(text) == direction


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("fr", "en", "French"),
        ("fr", "fr", "français"),
        ("zh-Hans", "en", "Simplified Chinese"),
        ("ar", "de", "Arabisch"),
        ("xx", "en", "xx"),
    ],
)
def test_name_of_says_a_language_in_another(language, words, name):
    assert writing.name_of(language, words) == name
