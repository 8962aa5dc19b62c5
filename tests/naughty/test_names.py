"""What a name may not be although nothing breaks on it: nothing to see, or drawn over its neighbours."""

import unicodedata

import icu
import pytest
from django.core.exceptions import ValidationError

from signatories import names
from signatories.forms import CorrectionForm, IndividualForm, SignOnForm
from signatories.forms.fields import WHAT_TO_DO, PrintedField
from signatories.names import Flaw
from tests.factories import SignatoryFactory
from tests.naughty.strings import OWN

NAME = SignOnForm.base_fields["name"]
REFUSED = {
    Flaw.NO_LETTER: [
        "marks of direction alone",
        "zero width space alone",
        "Hangul filler alone",
        "Hangul fillers",
        "Khmer vowels that nobody sees",
        "Braille blank",
        "dots",
        "joiners alone",
        "marks alone",
    ],
    Flaw.PILED: ["eight marks", "two hundred marks", "marks above and below", "Thai that is stacked"],
    Flaw.LOOSE_MARK: ["a mark with nothing under it", "a mark on a space", "a mark behind what is not seen"],
    Flaw.PICTURE: ["unassigned", "private use", "replacement", "half a flag", "family joined", "skin"],
    Flaw.LINK: ["address split by a joiner", "script that ends another address"],
}
MORE = {
    "joiners alone": "\u200d\u200c",
    "marks alone": "\u0301\u0302",
    "a mark on a space": " \u0301River",
    "a mark behind what is not seen": "\u200b\u034f\u0e35River",
    "script that ends another address": "River https://evil.example",
}
PRINTED = {
    "override that turns what follows": "Gro.suoitpecer",
    "override left open": "River Watch",
    "embedding closed too often": "River Watch",
    "isolate left open": "River Watch",
    "isolate closed too often": "River Watch",
    "marks of direction around a name": "River Watch",
    "zero width spaces in a name": "River Watch",
    "word joiners": "RiverWatch",
    "soft hyphens": "RiverWatch",
    "combining grapheme joiner": "River Watch",
    "Mongolian vowel separator": "River",
    "byte order mark first": "River Watch",
    "byte order mark within": "RiverWatch",
    "joiners where nothing joins": "ab",
    "Persian with a joiner": "می\u200cخواهم",
    "variation selectors": "River Watch",
    "tags": "River Watch",
    "interlinear annotation": "Riverwater",
    "object replacement": "River Watch",
    "no characters": "River Watch",
    "white space of all kinds": "River Watch",
    "C0": "River [31m Watch",
    "line and paragraph separators": "River Watch Now",
    "a row of its own": 'River" "Second","Row","KE',
    "composed and decomposed": "é é ṩ ṩ",
}


@pytest.mark.parametrize(("flaw", "called"), [(flaw, called) for flaw in REFUSED for called in REFUSED[flaw]])
def test_names_that_cannot_be_seen_or_cover_others_are_refused(flaw, called):
    with pytest.raises(ValidationError) as refused:
        NAME.clean((OWN | MORE)[called])
    assert [one.code for one in refused.value.error_list] == [flaw.value]
    assert "%(" not in refused.value.messages[0]


@pytest.mark.parametrize("called", PRINTED)
def test_names_lose_what_would_act_on_others_or_hides(called):
    assert NAME.clean(OWN[called]) == PRINTED[called]


def test_every_flaw_has_words_that_say_what_to_do():
    assert WHAT_TO_DO.keys() == set(Flaw)


@pytest.mark.django_db
def test_every_field_of_words_to_print_is_as_strict():
    forms = [SignOnForm(), IndividualForm(), CorrectionForm(signatory=SignatoryFactory())]
    typed = {"name", "acronym", "second_name", "reading", "affiliation", "contact_name", "contact_role"}
    loose = {
        (type(form).__name__, name)
        for form in forms
        for name in typed & form.fields.keys()
        if not isinstance(form.fields[name], PrintedField)
    }
    assert loose == set()
    assert typed == typed & {name for form in forms for name in form.fields}


# --- What must pass ---

MANY_MARKS = [
    "Hội Bảo vệ Sông ngòi Việt Nam",
    "עֲמוּתַת זִכְרוֹן הַנְּהָרוֹת",
    "בְּרֵאשִׁ֖ית בָּרָ֣א",
    "جَمْعِيَّةُ ذَاكِرَةِ الأَنْهَارِ",
    "أَللّٰهُمَّ",
    "བོད་ཀྱི་རྒྱལ་ཁབ་ཀྱི་ཆབ་སྲིད་ལྷན་ཚོགས",
    "ༀ་མ་ཎི་པདྨེ་ཧཱུྃ",
    "ཧྐྵྨླྺྱཾ",
    "มูลนิธิสายน้ำร่วม",
    "ที่ผู้ซื้อ",
    "ທີ່ຢູ່",
    "အမျိုးသားမြစ်ချောင်းအဖွဲ့",
    "ကြွှို့",
    "អង្គការទន្លេកម្ពុជា",
    "विमलपुर नदी स्मृति मंच",
    "ज़िंदगी हूँ",
    "श्री गंगा",
    "శ్రీ నది స్మృతి",
    "친환경 강 지킴이",
    "Ọ̀ṣun Ẹgbẹ́ Aláàánú",
    "Nuučaan̓uł ǫ̀̄ r̥̄́",
]
SHAPED = [
    "می\u200cخواهم خانه\u200cها",
    "ශ්\u200dරී ගංගා සංගමය",
    "क्\u200dष दर्\u200dया",
    "ত্\u200d র\u200d্যাব",
    "അവന്\u200d",  # the old spelling of a final n
    "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
    "ᠪᠠᠶᠢᠭ\u180bᠠ",
]


@pytest.mark.parametrize("name", [*MANY_MARKS, *SHAPED])
def test_names_in_scripts_with_many_marks_are_printed_as_they_are(name):
    composed = unicodedata.normalize("NFC", name)
    assert NAME.clean(name) == composed
    assert NAME.clean(unicodedata.normalize("NFD", name)) == composed


@pytest.fixture(scope="module")
def written():
    """Countries and languages as they are called in all languages that CLDR has words of: over 70,000 names."""
    countries = [icu.Locale("", code) for code in icu.Locale.getISOCountries()]
    languages = [icu.Locale(code) for code in icu.Locale.getISOLanguages()]
    found = set()
    for locale in {icu.Locale(icu.Locale(code).getLanguage()) for code in icu.Locale.getAvailableLocales()}:
        found |= {country.getDisplayCountry(locale) for country in countries}
        found |= {language.getDisplayLanguage(locale) for language in languages}
    return found


def test_names_in_all_languages_are_taken(written):
    refused = {}
    for name in written:
        try:
            names.printable(name)
        except names.Unprintable as no:
            refused[name] = no.flaw
    assert len(written) > 50_000
    assert set(refused.values()) <= {Flaw.LOOSE_MARK}  # mistakes of typing, in Ewe
    assert len(refused) <= 2
