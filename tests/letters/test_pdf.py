"""The PDF as a reader, a search engine and an attacker meet it. Only the child process knows WeasyPrint."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from bench import invented
from letters import pdf
from letters.document import Addressee, Document, Roll, RollGroup, RollLine
from letters.pdf import engine

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
LIMITS = {"seconds": 60, "megabytes": 2000}


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


@pytest.fixture(scope="module")
def long_roll() -> Roll:
    by_country: dict[str, list[str]] = {"IN": list(NAMES.values())}
    for name, _acronym, code in invented.lines(130):
        by_country.setdefault(code, []).append(name)
    return roll(dict(sorted(by_country.items())), withheld=5)


@pytest.fixture(scope="module")
def printed(long_roll: Roll) -> bytes:
    return pdf.render(document(roll=long_roll))


def test_render_prints_every_word_of_the_letter(printed):
    letter = " ".join([*invented.PARAGRAPHS, *invented.FOOTNOTES, invented.TITLE, invented.RE_LINE, invented.CLOSING])
    assert words_of(letter.replace("{0}", "").replace("{1}", "")) - words_of(text_of(printed)) == set()


def test_render_prints_recipients_with_all_their_parts(printed):
    first_page = text_of(printed, page=1)
    to, copy = invented.ADDRESSEES
    lines = [f"{to.honorific} {to.name}", to.office, to.organization, *to.address.splitlines()]
    assert "\n".join(lines) in first_page
    assert f"{copy.honorific} {copy.name}, {copy.office}, {copy.organization}" in first_page


@pytest.mark.parametrize("script", NAMES)
def test_render_prints_names_that_can_be_found_again(printed, script):
    assert NAMES[script] in text_of(printed)


def test_render_numbers_every_page(printed):
    pages = len(pikepdf.open(BytesIO(printed)).pages)
    assert pages > 3
    found = [re.findall(r"Page (\d+) of (\d+)", text_of(printed, page)) for page in range(1, pages + 1)]
    assert found == [[(str(page), str(pages))] for page in range(1, pages + 1)]


def test_render_says_what_the_file_is(printed):
    file = pikepdf.open(BytesIO(printed))
    assert str(file.Root.Lang) == "en"
    assert str(file.docinfo["/Title"]) == invented.TITLE
    assert str(file.docinfo["/Author"]) == invented.LETTERHEAD
    assert bool(file.Root.MarkInfo.Marked)
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert b"pdfuaid" in file.Root.Metadata.read_bytes()
    assert len(file.Root.StructTreeRoot.K) == 1


def test_render_bookmarks_the_title_the_annex_and_the_countries(printed, long_roll):
    with pikepdf.open(BytesIO(printed)).open_outline() as outline:
        assert [item.title for item in outline.root] == [invented.TITLE, "Annex: Signatories"]
        assert [item.title for item in outline.root[1].children] == [group.title for group in long_roll.groups]


def test_render_counts_names_and_withheld_ones(printed, long_roll):
    text = " ".join(text_of(printed).split())
    count = f"{long_roll.organizations} organizations from {long_roll.countries} countries"
    assert f"{count}, listed in the annex, and 5 organizations whose names are withheld" in text
    assert f"{count}, as the list stood on 30 August 2031, 12:00 UTC" in text


def test_render_seals_the_last_page_only(printed):
    pages = len(pikepdf.open(BytesIO(printed)).pages)
    sealed = [page for page in range(1, pages + 1) if "0123456789abcdef" * 4 in text_of(printed, page)]
    assert sealed == [pages]
    assert "Edition 2 · signatories as of 30 August 2031, 12:00 UTC" in text_of(printed, pages)


def test_render_heads_annex_pages_with_first_and_last_country(printed, long_roll):
    last = len(pikepdf.open(BytesIO(printed)).pages)
    lines = text_of(printed, last).split("\n")
    assert long_roll.groups[-1].title in lines[:5]


def test_render_sets_footnotes_at_the_bottom_of_the_page(printed):
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "-", "-"], input=printed, capture_output=True, check=True
    ).stdout.decode()
    tops = {word: float(top) for top, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)</word>', boxes)}
    last_of_text = max(tops[word] for word in ("granary", "insurer", "answer") if word in tops)
    assert last_of_text < tops["Keeping"] < tops["Page"]
    assert tops["Page"] - tops["Keeping"] < 60  # points


def test_render_gives_the_same_bytes_again(printed, long_roll):
    assert pdf.render(document(roll=long_roll)) == printed


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], None),
        (["Reef Watch"], "The undersigned organization"),
        (["Reef Watch", "Atoll Archive", "Harbour Light"], "The undersigned organizations"),
    ],
)
def test_render_sets_few_signatories_under_the_letter(names, said):
    text = text_of(pdf.render(document(body="<p>Short.</p>", roll=roll({"FJ": names} if names else {}))))
    assert [name for name in names if name in text] == names
    assert "Annex" not in text
    assert "Page 1 of 1" in text
    assert re.findall("The undersigned organizations?", text) == ([said] if said else [])


def test_render_counts_withheld_names_when_no_other_is_printed():
    text = text_of(pdf.render(document(body="<p>Short.</p>", roll=roll({}, withheld=3))))
    assert "3 organizations whose names are withheld" in text


def test_render_turns_a_right_to_left_letter_around():
    content = pdf.render(document(**ARABIC))
    file = pikepdf.open(BytesIO(content))
    assert str(file.Root.ViewerPreferences.Direction) == "/R2L"
    assert str(file.Root.Lang) == "ar"
    assert ARABIC["title"] in text_of(content)
    assert '<html lang="ar" dir="rtl"' in pdf.typeset(document(**ARABIC))


def test_render_sets_chinese_in_a_chinese_font():
    letter = document(language="zh-Hans", title="请公开洪水记录", body="<p>我们是沿岸的组织。</p>")
    fonts = subprocess.run(["pdffonts", "-"], input=pdf.render(letter), capture_output=True, check=True).stdout
    assert b"Noto-Serif-CJK-SC" in fonts
    assert b"Noto-Serif-CJK-JP" not in fonts


def test_typeset_gives_han_names_the_form_of_their_country():
    html = pdf.typeset(document(roll=roll({"JP": ["水の記憶"], "TW": ["水權會"], "KE": ["Harbour Light"]})))
    assert re.findall(r'<li(?: class="(\w+)")?>', html) == ["Jpan", "Hant", ""]


def test_typeset_isolates_names_with_their_direction():
    html = pdf.typeset(document(roll=roll({"EG": ["جمعية (وادي)", "Nile Watch"]})))
    assert '<bdi dir="rtl">جمعية (وادي)</bdi>' in html
    assert '<bdi dir="ltr">Nile Watch</bdi>' in html


def test_typeset_uses_the_figures_of_the_language():
    symbols = re.findall(r"@counter-style figures .*symbols: ([^;]*);", pdf.typeset(document(**ARABIC)))
    assert symbols == [" ".join(f'"{digit}"' for digit in "٠١٢٣٤٥٦٧٨٩") + " "]


def test_render_marks_drafts_and_nothing_else():
    assert "DRAFT" in _letters(pdf.render(document(draft=True, edition=0, digest="")))
    assert "DRAFT" not in _letters(pdf.render(document()))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_render_says_on_every_page_that_a_draft_is_not_for_circulation(long_roll, language):
    """The control: the same letter, no draft, says it nowhere."""
    changes = ARABIC if language == "ar" else {}
    drafted = pdf.render(document(draft=True, roll=long_roll, **changes))
    pages = range(1, len(pikepdf.open(BytesIO(drafted)).pages) + 1)
    assert len(pages) > 2
    said = "Draft: not for circulation"
    assert [page for page in pages if text_of(drafted, page).count(said) == 1] == list(pages)
    assert said not in text_of(pdf.render(document(roll=long_roll, **changes)))


def test_render_says_which_text_is_authentic():
    courtesy = text_of(pdf.render(document(authentic_language="pt-BR")), page=1)
    assert "Courtesy translation. The authentic text is in Brazilian Portuguese." in courtesy
    assert "Courtesy" not in text_of(pdf.render(document()))


def test_render_names_the_characters_that_no_font_has():
    with pytest.raises(pdf.MissingGlyphs) as caught:
        pdf.render(document(roll=roll({"KE": ["Harbour \U0001faef Light \u0378"]})))
    assert caught.value.characters == ("\u0378", "\U0001faef")
    assert "U+0378" in caught.value.reason
    assert "U+1FAEF" in caught.value.reason


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


def test_render_fetches_nothing_for_hostile_names_and_bodies():
    by_country = {"KE": HOSTILE, "FJ": [f"{name} again" for name in HOSTILE]}
    line = HOSTILE[0] + HOSTILE[2] + HOSTILE[6]
    letter = document(
        letterhead=line,
        title=line,
        re_line=line,
        place=line,
        date=line,
        salutation=line,
        closing=line,
        recipients=(Addressee("to", line, line, line, line, line), Addressee("cc", line, line, line, line, line)),
        body="<p>Body" + "".join(HOSTILE) + "</p>",
        roll=roll(by_country),
        url="https://letters.example/" + HOSTILE[1],
    )
    rendering = engine.run(pdf.typeset(letter), **LIMITS)
    assert rendering.refused == ()
    assert rendering.complete_pdf() == rendering.pdf


def test_engine_is_asked_to_fetch_by_markup_that_was_not_escaped():
    """The control: the same strings, let through, do ask for addresses; every one is refused."""
    rendering = engine.run("<html lang=en><title>x</title><body>Body" + "".join(HOSTILE), **LIMITS)
    hosts = {"/".join(address.split("/")[:3]) for address in rendering.refused}
    assert hosts == {"file://", "http://attack.example"}
    assert b"root:" not in rendering.pdf


BOMB = '<html lang=en><style>body { font-family: "Noto Serif" }</style>' + "<p>word " * 5000


def test_engine_stops_a_bomb_at_its_limits():
    """The control first: with room enough the same page goes through, so it is the limits that stop it."""
    assert engine.run(BOMB, seconds=60, megabytes=2000).pages > 100
    with pytest.raises(pdf.RenderingFailed, match="longer than 1 seconds"):
        engine.run(BOMB, seconds=1, megabytes=2000)
    with pytest.raises(pdf.RenderingFailed, match="memory"):
        engine.run(BOMB, seconds=60, megabytes=190)


def test_engine_refuses_endless_nesting():
    with pytest.raises(pdf.RenderingFailed, match="nested too deeply"):
        engine.run("<html lang=en><p>" + "<b><i>" * 3000, **LIMITS)


def test_engine_says_that_fonts_are_missing(monkeypatch, tmp_path):
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    with pytest.raises(pdf.RenderingFailed, match="fonts-noto-core"):
        engine.run("<html lang=en><p>Short.", **LIMITS)


def test_engine_says_that_a_library_is_missing():
    lacking = (
        "import sys; from weasyprint.text import ffi; ffi.harfbuzz_subset = None\n"
        "sys.argv = ['child', '--seconds=60', '--megabytes=2000']\n"
        "from letters.pdf import child; child.main()"
    )
    done = subprocess.run([sys.executable, "-c", lacking], input=b"<p>Short.", capture_output=True, cwd=engine.ROOT)
    assert done.returncode == 1
    assert engine._report(done.stderr) == {"cause": "library", "detail": "libharfbuzz-subset0"}


def test_web_process_never_loads_the_engine_nor_the_child_django():
    seen = "import sys, {}; print(sorted({{'django', 'weasyprint'}} & sys.modules.keys()))"
    loaded = {
        module: subprocess.run(
            [sys.executable, "-c", seen.format(module)], capture_output=True, check=True, cwd=engine.ROOT
        ).stdout.decode()
        for module in ("letters.pdf.child", "letters.pdf.typesetting, letters.pdf.engine")
    }
    assert list(loaded.values()) == ["[]\n", "['django']\n"]


def _letters(content: bytes) -> str:
    """The text without white space: letters across the page come one by one."""
    return "".join(text_of(content).split())
