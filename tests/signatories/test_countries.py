"""What countries are called, by the rule that signatories.countries states; and that lists which say so are read."""

import pytest
from django.conf import settings
from django.utils import translation
from django_countries import countries as iso

from signatories import countries
from signatories.reading import places

SITE = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("HK", ["Hong Kong", "هونغ كونغ", "Hong Kong", "Hong Kong"]),
        ("MM", ["Myanmar", "ميانمار", "Myanmar", "Myanmar"]),
        ("PS", ["Palestine", "فلسطين", "Palestine", "Palestina"]),
        ("CI", ["Côte d’Ivoire", "ساحل العاج", "Côte d’Ivoire", "Côte d’Ivoire"]),
        ("FM", ["Micronesia", "ميكرونيزيا", "Micronésie", "Micronesia"]),
        ("SZ", ["Eswatini", "إسواتيني", "Eswatini", "Esuatini"]),
        (
            "CD",
            [
                "Democratic Republic of the Congo",
                "جمهورية الكونغو الديمقراطية",
                "République démocratique du Congo",
                "República Democrática del Congo",
            ],
        ),
        ("CG", ["Congo", "الكونغو", "Congo", "Congo"]),
        ("GB", ["United Kingdom", "المملكة المتحدة", "Royaume-Uni", "Reino Unido"]),
        ("002", ["Africa (regional)", "أفريقيا (إقليمي)", "Afrique (régional)", "África (regional)"]),
    ],
)
def test_name_is_the_usual_one_in_each_language(code, names):
    assert [countries.name(code, language) for language in ("en", "ar", "fr", "es")] == names


def test_name_is_in_languages_the_site_does_not_speak():
    assert [countries.name("DE", language) for language in ("sw", "de", "zh-hant")] == [
        "Ujerumani",
        "Deutschland",
        "德國",
    ]


@pytest.mark.parametrize("language", SITE)
def test_name_of_each_country_is_its_own_and_plain(language):
    names = [countries.name(code, language) for code in iso.countries]
    assert len(set(names)) == len(names)
    assert [name for name in names if name in iso.countries or "SAR" in name or " - " in name or "&" in name] == (
        ["تيمور - ليشتي"] if language == "ar" else []
    )
    assert [name for name in names if "St. " in name] == []


def test_unknown_code_is_its_own_name():
    assert (countries.name("XX", "en"), countries.name("", "en")) == ("XX", "")


def test_choices_are_sorted_as_the_language_sorts_them():
    with translation.override("fr"):
        names = [name for code, name in countries.choices() if not countries.is_wider(code)]
    assert names[:3] == ["Afghanistan", "Afrique du Sud", "Albanie"]
    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Érythrée")
    assert {code for code, _ in countries.choices()} == {*countries.WIDER, *iso.countries}


@pytest.mark.parametrize("language", SITE)
def test_lists_with_these_names_are_read_and_with_those_of_iso_which_we_used(language):
    unread = {code for code in iso.countries if places.code_of(countries.name(code, language)) != code}
    with translation.override(language):
        unread |= {code for code in iso.countries if places.code_of(str(iso.name(code))) != code}
    assert unread == set()
