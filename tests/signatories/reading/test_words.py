"""Words that are countries, and letters that stand for names."""

import pytest

from signatories.reading import acronyms, places


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Brasil", "BR"),
        ("U.S.A.", "US"),
        ("Mexico", "MX"),
        ("América Latina", "019"),
        ("مصر", "EG"),
        ("日本", "JP"),
        ("the Netherlands", "NL"),
        ("NO", ""),
        ("us", ""),
        ("Nairobi", ""),
    ],
)
def test_countries_are_known_by_whole_names(words, code):
    assert places.code_of(words) == code


@pytest.mark.parametrize(
    ("words", "is_ambiguous"),
    [
        ("Congo", True),
        ("Kongo", True),
        ("the Congo", True),
        ("Le Congo", True),
        ("Corée", True),
        ("GEORGIA", True),
        ("Géorgie", True),
        ("Guinea", True),
        ("Niger", True),
        ("Dominica", True),
        ("Micronesia", True),
        ("Republic of the Congo", False),
        ("RDC", False),
        ("South Korea", False),
        ("Georgien", False),
        ("Guinea-Bissau", False),
        ("Nigeria", False),
        ("Dominican Republic", False),
        ("Micronesia (Federated States of)", False),
    ],
)
def test_names_of_two_countries_are_told(words, is_ambiguous):
    assert (bool(places.code_of(words)), places.is_ambiguous(words)) == (True, is_ambiguous)


def test_codes_are_countries_only_where_codes_are_expected():
    assert [places.code_of(words, codes=True) for words in ("NO", "NOR", "no", "XX")] == ["NO", "NO", "NO", ""]
    assert places.codes_of("Peru / Chile") == ["PE", "CL"]


@pytest.mark.parametrize(
    ("letters", "name", "stands"),
    [
        ("WFA", "Wells for All", True),
        ("Wefora", "Wells for Rabat", True),
        ("qnetz", "Verein für Quellen", False),
        ("Intervozes", "Coletivo de Comunicação Social", False),
    ],
)
def test_letters_stand_for_names_whose_words_they_begin(letters, name, stands):
    assert acronyms.stands_for(letters, name) == stands


def test_official_names_of_countries_are_countries():
    told = ["Iran (Islamic Republic of)", "VENEZUELA (BOLIVARIAN REPUBLIC OF)", "Congo (Kinshasa Chapter)"]
    assert [places.code_of(words) for words in told] == ["IR", "VE", ""]
    assert places.code_of("Кыргызстан") == "KG"
