"""What comes in of plain text: its encoding, and what separates its cells."""

import pytest

from signatories.reading import Code
from signatories.reading.files import decoding, separated
from tests.signatories.reading.opened import opened, told


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_cells_is_found(mark):
    text = f'Organization{mark}Country\r\n"Water{mark} Wells"{mark}Kenya\r\nPond Aid{mark}Peru\r\n'
    assert told("a.csv", text.encode()) == [
        (f"Water{mark} Wells".replace("\t ", " "), "", "KE"),
        ("Pond Aid", "", "PE"),
    ]


def test_a_column_alone_is_one_name_a_row():
    assert [name for name, *_ in told("a.csv", b"Organization\nPond, Inc.\nLake Aid\n")] == ["Pond, Inc.", "Lake Aid"]


def test_quotes_that_do_not_pair_swallow_no_row():
    rows = "".join(f"Forum {number},Kenya\n" for number in range(30))
    found = opened("a.csv", f'Organization,Country\n"Pond" Aid,Peru\n"Lake,Peru\n{rows}'.encode())
    assert [one.organization for one in found.entries][:3] == ['"Pond" Aid', '"Lake', "Forum 0"]
    assert (len(found.entries), [one.code for one in found.notices]) == (32, [Code.QUOTES])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Fundación Ñandú;Perú", "utf-8-sig"),
        ("Fundación Ñandú;Perú", "utf-16"),
        ("Fundación Ñandú;Perú", "utf-16-le"),
        ("Fundación Ñandú;Perú", "cp1252"),
        ("Può Libertà;Italia", "cp1252"),
        ("جمعية الماء للجميع;تونس", "cp1256"),
        ("Общество «Колодец»;Россия", "cp1251"),
        ("Stowarzyszenie Źródło;Polska\nŁódź nad Wodą;Polska", "cp1250"),
        ("Ελληνική Ένωση Νερού;Ελλάδα", "cp1253"),
        ("Su Hakları Derneği;Türkiye\nKuyu Vakfı;Türkiye", "cp1254"),
        ("האגודה לזכויות המים;ישראל", "cp1255"),
        ("水の友ネットワーク;日本", "cp932"),
        ("맑은물연대;한국", "cp949"),
        ("中国水权会;中国", "gb18030"),
        ("Fundación Ñandú;Perú", "mac-roman"),
    ],
)
def test_encodings_are_told(text, encoding):
    data = text.encode(encoding)
    found, guessed = decoding.decoded(data)
    assert found == text
    assert bool(guessed) == (not encoding.startswith("utf"))


def test_a_quote_in_the_last_row_is_no_reason_to_lose_the_first():
    assert separated.separator("a,b\nc,d\n") == ","
    assert [name for name, *_ in told("a.csv", b'Organization,Country\nPond Aid,Peru\n"Lake Aid,Peru\n')] == [
        "Pond Aid",
        '"Lake Aid',
    ]
