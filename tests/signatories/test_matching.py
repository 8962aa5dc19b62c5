"""Which organizations are one, which may be, and which are not."""

import csv
from pathlib import Path

import pytest
from django.utils import translation

from signatories.matching import Kind, Known, Reason, Verdict, ascii_of, compare, in_words

PAIRS = Path(__file__).parents[1] / "data" / "name_pairs.csv"
SAME, LIKELY, DIFFERENT = Verdict.SAME, Verdict.LIKELY, Verdict.DIFFERENT


def pairs():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compared(one, other, mine=None, theirs=None):
    return compare(Known("one", one, **(mine or {})), Known("other", other, **(theirs or {})))


def verdict(one, other, mine=None, theirs=None):
    return compared(one, other, mine, theirs).verdict


def test_compare_never_calls_two_organizations_the_same():
    assert [row for row in pairs() if row["same"] == "0" and verdict(row["a"], row["b"]) is SAME] == []


def test_compare_finds_most_and_little_else():
    said = [(row["same"] == "1", verdict(row["a"], row["b"]) is not DIFFERENT) for row in pairs()]
    right = said.count((True, True))
    assert len(said) >= 300
    assert right / (right + said.count((False, True))) >= 0.97
    assert right / (right + said.count((True, False))) >= 0.90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oremba Boat Families", "OREMBA  BOAT FAMILIES"),
        ("The Lantern House of Oremba", "Lantern House of Oremba"),
        ("Coalition for Open Rivers (COR)", "COR – Coalition for Open Rivers"),
        ("“Open Shores” Trust", "Open Shores Trust"),
        ("Hafenlicht e. V.", "Hafenlicht e.V."),
        ("NPO法人青い灯台", "特定非営利活動法人 青い灯台"),
        ("جمعية الأمل", "جمعية الامل"),
    ],
)
def test_compare_is_sure_of_what_is_only_written_otherwise(one, other):
    assert (verdict(one, other), verdict(other, one)) == (SAME, SAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NGO Forum", "Forum NGO"),  # one is a legal form, the other a word
        ("Hafenlicht e.V.", "Hafenlicht gGmbH"),
        ("Rivières", "Rivierés"),
        ("共享水源协会", "共享水源協會"),
        ("Red de Salud", "Red por la Salud"),
    ],
)
def test_compare_is_not_sure_of_what_a_human_should_see(one, other):
    assert (verdict(one, other), verdict(other, one)) == (LIKELY, LIKELY)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Réseau Eau Partagée", "Reseau Eau Partagee", Kind.ACCENTS),
        ("Oremba Pacific", "Oremba Расifiс", Kind.LOOKS),  # Cyrillic Р, а and с
        ("Oremba AIDS Watch", "Oremba AlDS Watch", Kind.LOOKS),  # a small l for the I
        ("Hafenlicht e.V.", "Hafenlicht", Kind.LEGAL_FORM),
        ("Rede pela Justiça das Marés", "Rede de Justiça das Marés", Kind.SMALL_WORDS),
        ("Oremba Boat Families", "Boat Families Oremba", Kind.WORD_ORDER),
        ("Waterwatch Oremba", "Water Watch Oremba", Kind.SPACES),
        ("Asociación de Vecinos Unidos", "Asociación de Vecinas Unidas", Kind.INFLECTION),
        ("Oremba Boat Families", "Oremba Boat Famillies", Kind.LETTERS),
        ("Память рек", "Pamiatʹ rek", Kind.SCRIPT),
        ("Red de Mujeres Ribereñas – REMURI", "Remuri", Kind.ACRONYM),
        ("Network for the Rights of Harbour Families", "NRHF", Kind.INITIALS),
        ("Shore Watch – promoting open coasts", "Shore Watch", Kind.ADDITION),
        ("Tejedoras Libres, Perú", "Tejedoras Libres", Kind.PLACE),
    ],
)
def test_compare_gives_its_reason(one, other, kind):
    for match in (compared(one, other), compared(other, one)):
        assert (match.verdict, match.reasons[0].kind) == (LIKELY, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bargeworkers International", "Bargeworkers International Kenya"),
        ("Barqueros sin Fronteras, Sección Chile", "Barqueros sin Fronteras, Sección Perú"),
        ("Open Rivers Niger", "Open Rivers Nigeria"),
        ("Harbour Nurses Youth", "Harbour Nurses"),
        ("Bund für Gewässer, Ortsgruppe Fulda", "Bund für Gewässer"),
        ("Network for Clean Rivers, Velmora", "Network for Clean Rivers, Tarnmora"),
        ("Oremba Teachers Union, Local 14", "Oremba Teachers Union, Local 15"),
        ("Widows of Oremba", "Women of Oremba"),
        ("Oremba East Forum", "Oremba West Forum"),
        ("青溪共享水源協會", "云渡共享水源協會"),
        ("جمعية المياه المشتركة في وادي السنا", "جمعية المياه المشتركة في عين الريم"),
        ("전남인권센터", "전북인권센터"),
    ],
)
def test_compare_leaves_sisters_apart(one, other):
    assert (verdict(one, other), verdict(other, one)) == (DIFFERENT, DIFFERENT)


def test_compare_reads_the_acronym_given_beside_the_name():
    legal = {"acronym": "BPLF"}
    assert verdict("Boat People’s Legal Fund", "Oremba Court Watch", legal, legal) is LIKELY
    assert verdict("Another Thing Altogether", "Boat Families Legal Fund", {"acronym": "BFLF"}) is LIKELY
    assert verdict("Another Thing Altogether", "Families Legal Fund", {"acronym": "FLF"}) is DIFFERENT  # three fit many
    assert verdict("Red River Aid", "Red River Aid", {"acronym": "RRA"}, {"acronym": "RERA"}) is LIKELY


def test_compare_knows_two_bodies_whose_words_make_one_acronym():
    acronym = {"acronym": "CAL"}
    assert verdict("Centro de Apoyo Legal", "Comité de Agua y Luz", acronym, acronym) is DIFFERENT
    assert verdict("Liga de Barqueros (LIBAR)", "League of Bargemen (LIBAR)") is LIKELY


def test_compare_takes_either_name_but_is_sure_only_of_both():
    arabic = {"second_name": "Friends of the River Lind"}
    found = compared("Friends of the River Lind", "جمعية أصدقاء النهر", theirs=arabic)
    assert found.verdict is LIKELY
    assert verdict("جمعية أصدقاء النهر", "جمعية أصدقاء النهر", arabic) is SAME
    assert verdict("Les amis du Lind", "Freunde des Lind", arabic, arabic) is LIKELY


def test_compare_takes_another_country_as_evidence_against():
    kenya, ghana, wide = {"country": "KE"}, {"country": "GH"}, {"country": "002"}
    assert verdict("Shore Watch", "Shore Watch", kenya, ghana) is LIKELY
    assert compared("Shore Watch", "Shore Watch", kenya, ghana).reasons[-1] == Reason(Kind.OTHER_COUNTRY)
    assert verdict("Shore Watch", "Shore Wach", kenya, ghana) is DIFFERENT
    assert verdict("Shore Watch", "Shore Watch", kenya, wide) is SAME
    assert verdict("Bargeworkers Kenya", "Bargeworkers", {}, kenya) is LIKELY
    assert verdict("Bargeworkers Kenya", "Bargeworkers", {}, ghana) is DIFFERENT


def test_compare_takes_a_common_domain_as_evidence_for():
    site, mail = {"website": "https://www.shores.example/about"}, {"mail_domain": "ana@office.shores.example"}
    assert verdict("Forum der freien Flüsse", "Free Rivers Forum") is DIFFERENT
    assert verdict("Forum der freien Flüsse", "Free Rivers Forum", site, {"website": "shores.example"}) is LIKELY
    assert verdict("Forum der freien Flüsse", "Free Rivers Forum", site, mail) is LIKELY
    free = {"mail_domain": "gmail.com", "website": "https://facebook.com/shores"}
    assert verdict("Forum der freien Flüsse", "Free Rivers Forum", free, free) is DIFFERENT
    assert verdict("Bargeworkers International", "Bargeworkers International Kenya", site, site) is DIFFERENT
    both = site | mail
    assert verdict("Bargeworkers International", "Bargeworkers International Kenya", both, both) is LIKELY


def test_in_words_says_why_in_the_current_language():
    match = compared("Tejedoras Libres, Perú", "Tejedoras Libres")
    assert in_words(match.reasons) == "same but for the place that one adds: Peru"
    with translation.override("fr"):
        assert in_words((Reason(Kind.PLACE, "=DE"),)).endswith("Allemagne")
    several = (Reason(Kind.LEGAL_FORM, "e.v."), Reason(Kind.WEBSITE, "shores.example"))
    assert in_words(several) == "same but for the legal form (e.v.), same website (shores.example)"


def test_ascii_of_writes_any_script_in_ascii():
    assert ascii_of("École Żywych Rzek") == "ecole zywych rzek"
    assert ascii_of("Общая вода") == "obsaa voda"
