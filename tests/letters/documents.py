"""Invented letters as they are typeset, and what a reader finds in the PDF."""

import re
import subprocess
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from bench import invented
from letters.document import Document, Roll, RollGroup, RollLine

NAMES = {
    "Latin": "Łąka Österlund Rivières",
    "Cyrillic": "Общественный центр «Память рек»",
    "Greek": "Ένωση για τα Κοινά Νερά",
    "Arabic": "جمعية ذاكرة الأنهار",
    "Hebrew": "עמותת זיכרון הנהרות",
    "Devanagari": "विमलपुर नदी स्मृति मंच",
    "Bengali": "শ্যামলঘাট নদী স্মৃতি সংঘ",
    "Ethiopic": "የወንዞች ትውስታ ማኅበር",
    "Thai": "มูลนิธิสายน้ําร่วม",
    "Chinese": "青溪河流记忆促进会",
    "Japanese": "月ヶ浜水の記憶ネットワーク",
    "Korean": "새여울 강의 기억 시민모임",
}
ARABIC = {
    "language": "ar",
    "letterhead": "ائتلاف نهر إلفان",
    "title": "افتحوا سجلات الفيضانات قبل موسم الأمطار القادم",
    "re_line": "",
    "recipients": (),
    "salutation": "سعادة المفوضة السامية،",
    "body": "<p>" + "نكتب إليكم بصفتنا منظمات تعيش على ضفاف نهر إلفان أو تعمل إلى جواره. " * 12 + "</p>",
    "closing": "وتفضلوا بقبول فائق الاحترام والتقدير،",
}
HOSTILE = [
    "<img src=file:///etc/passwd>",
    '"><link rel=stylesheet href=http://attack.example/x.css>',
    "<style>@import url(http://attack.example/y.css); li { background: url(file:///etc/hostname) }</style>",
    "</style><svg><image href='http://attack.example/z.png'/></svg>",
    "<link rel=attachment href=file:///etc/passwd>",
    "{% include 'letters/pdf/letter.css' %}{{ document }}",
    "'); } body { background: url(http://attack.example/q.png) } /*",
    "&lt;iframe src=http://attack.example&gt;<object data=file:///etc/passwd>",
]


def roll(names: dict[str, list[str]], withheld: int = 0) -> Roll:
    """A roll from names by country code."""
    groups = tuple(RollGroup(code, f"Land {code}", tuple(map(RollLine, lines))) for code, lines in names.items())
    count = sum(len(lines) for lines in names.values())
    return Roll(groups, count, len(groups), withheld, as_of=datetime(2031, 8, 30, 12, 0, tzinfo=UTC))


def document(**changes) -> Document:
    letter = Document(
        language="en",
        letterhead=invented.LETTERHEAD,
        title=invented.TITLE,
        re_line=invented.RE_LINE,
        place="Orrinport",
        date="30 August 2031",
        recipients=invented.ADDRESSEES,
        salutation=invented.SALUTATION,
        body=invented.body(),
        closing=invented.CLOSING,
        roll=roll({"KE": ["Harbour Light"], "FJ": ["Reef Watch", "Atoll Archive"]}),
        edition=2,
        digest="0123456789abcdef" * 4,
        url="https://letters.example/letters/ilvane/",
    )
    return replace(letter, **changes)


def text_of(content: bytes, page: int | None = None) -> str:
    """What pdftotext reads, without the marks that only set directions."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    found = subprocess.run(["pdftotext", *pages, "-", "-"], input=content, capture_output=True, check=True)
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFC", found.stdout.decode()))


def words_of(text: str) -> set[str]:
    """Words; those hyphenated at the end of a line are put together."""
    return set(re.findall(r"\w+", re.sub("[\u2010-]\n", "", text)))
