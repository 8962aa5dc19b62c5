"""Dates, languages and addressees, by their words."""

from datetime import date

import pytest

from letters.forms.writing import languages
from letters.intake import dating, recipients, tongues


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("5 September 2018", date(2018, 9, 5), "day"),
        ("Wednesday, September 5th, 2018", date(2018, 9, 5), "day"),
        ("Sept. 2018", date(2018, 9, 1), "month"),
        ("5.9.2018", date(2018, 9, 5), "day"),
        ("2018-09-05", date(2018, 9, 5), "day"),
        ("le 1er septembre 2018", date(2018, 9, 1), "day"),
        ("5 de septiembre de 2018", date(2018, 9, 5), "day"),
        ("٥ أيلول/سبتمبر ٢٠١٨", date(2018, 9, 5), "day"),
        ("2018年9月5日", date(2018, 9, 5), "day"),
        ("2018년 9월", date(2018, 9, 1), "month"),
        ("2018. szeptember 5.", date(2018, 9, 5), "day"),
        ("5 กันยายน 2561", date(2018, 9, 5), "day"),
        ("५ सितंबर २०१८", date(2018, 9, 5), "day"),
        ("ngày 5 tháng 9 năm 2018", date(2018, 9, 5), "day"),
    ],
)
def test_find_reads_dates(text, day, precision):
    dated = dating.find(text)
    assert (dated.day, dated.precision, dating.around(text, dated)) == (day, precision, ("", ""))


@pytest.mark.parametrize("text", ["31 February 2018", "May we 2018", "Resolution 2018", "1 January", "12 of 2018"])
def test_find_makes_no_date_of_anything_else(text):
    assert dating.find(text) is None


def test_find_reads_a_month_by_the_language_of_the_letter():
    assert dating.find("5 listopada 2018", "hr").day == date(2018, 10, 5)
    assert dating.find("5 listopada 2018", "pl").day == date(2018, 11, 5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The wells and the rivers of the north are in danger", "en"),
        ("Wir schreiben Ihnen, weil die Brunnen der Täler für uns nicht zu ersetzen sind", "de"),
        ("Ми пишемо вам про криниці і річки", "uk"),
        ("ما درباره چاه‌ها و رودخانه‌ها می‌نویسیم", "fa"),
        ("ہم کنوؤں کے بارے میں لکھ رہے ہیں", "ur"),
        ("我們寫信給您，關於這個國家的水", "zh-hant"),
        ("우리는 우물에 대해 씁니다", "ko"),
        ("Tunaandika kwa ajili ya visima na mito katika nchi", "sw"),
        ("Nous écrivons pour les puits et pour les rivières", "fr"),
        ("123 –", "en"),
        ("", "en"),
    ],
)
def test_guess_tells_languages_apart(text, language):
    assert tongues.guess(text) == language


def test_guess_names_only_languages_a_letter_can_be_written_in():
    known = {code for code, _ in languages()}
    guessed = {*tongues.WORDS, *tongues.SCRIPTS.values(), *dict(tongues.LETTERS), "zh-hant"}
    assert guessed - known == set()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Ms Michelle Example, High Commissioner for Rivers, United Nations, Palais, Geneva",
            {
                "honorific": "Ms",
                "name": "Michelle Example",
                "office": "High Commissioner for Rivers",
                "organization": "United Nations, Palais, Geneva",
            },
        ),
        ("À l’attention de S.E. Mme Ada Exemple", {"honorific": "S.E. Mme", "name": "Ada Exemple"}),
        ("To: The Ministry of Water", {"organization": "The Ministry of Water"}),
        (
            "سعادة السيدة آمنة مثال\nوزيرة المياه",
            {"honorific": "سعادة السيدة", "name": "آمنة مثال", "office": "وزيرة المياه"},
        ),
        ("office@example.org", {"name": "office@example.org", "email": "office@example.org"}),
    ],
)
def test_recipients_are_taken_apart(text, parts):
    (one,) = recipients.read(text, "to")
    assert {key: value for key, value in one.items() if value and key != "line"} == parts


def test_recipients_with_an_honorific_each_are_several():
    text = "To: Dr Ada Example\nMinister of Water\nMr Ben Example\nMinister of Rivers"
    assert [(one["name"], one["office"]) for one in recipients.read(text, "to")] == [
        ("Ada Example", "Minister of Water"),
        ("Ben Example", "Minister of Rivers"),
    ]
