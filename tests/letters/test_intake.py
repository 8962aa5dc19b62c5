"""What people have in hand, and the parts of a letter it becomes."""

import re
import time
from datetime import date

import pytest

from letters import body, intake
from letters.canonical import body_digest
from letters.forms.writing import languages
from letters.intake import dating, hyphens, recipients, tongues
from tests.letters import pasted

OPEN = "<p>{}</p><p>Dear Minister,</p><p>We write to you about wells.</p>"


def found_in(source):
    return intake.assemble(intake.read(source).pieces)


def roles_in(source):
    return [(piece.role, piece.text) for piece in intake.read(source).pieces]


def repairs_in(source):
    return {repair.kind: repair.count for repair in intake.read(source).repairs}


# The same letter, circulated and published


def test_read_takes_the_circulated_letter_apart():
    found = found_in(pasted.CIRCULATED)
    assert found.title == "Civil Society Letter to the New Commissioner for Rivers, Amina Example"
    assert (found.date, found.date_precision, found.place) == (date(2024, 3, 1), "month", "")
    assert found.salutation == "Dear Commissioner Example,"
    assert found.closing == "With assurances of our highest consideration,"
    assert (found.headline, found.recipients, found.re_line, found.signatories) == ("", (), "", ())
    assert len(body.paragraphs(found.body)) == 3


def test_read_parts_headline_title_and_date_of_the_published_letter():
    found = found_in(pasted.PUBLISHED)
    assert found.headline == "120+ organizations urge the Commissioner to call out polluters"
    assert found.title == "Joint NGO letter to the new Commissioner for Rivers Amina Example"
    assert (found.date, found.date_precision) == (date(2024, 3, 5), "day")
    assert (found.salutation, found.closing) == ("", "")


def test_read_mends_the_published_letter_and_says_so():
    repairs = intake.read(pasted.PUBLISHED).repairs
    assert [repair.words for repair in repairs] == [
        "joined 1 paragraph split by a page break",
        "2 straight quotes",
    ]
    assert repairs[0].samples == ("ut those who pollute, and to ⏎ publish the measurements of ",)


def test_bodies_of_both_have_the_same_digest_until_a_word_changes():
    circulated, published = found_in(pasted.CIRCULATED), found_in(pasted.PUBLISHED)
    assert body_digest(circulated.body) == body_digest(published.body)
    assert body_digest(circulated.body) != body_digest(published.body.replace("warm", "cold"))


# A formal letter


def test_read_takes_a_formal_letter_apart():
    found = found_in(pasted.FORMAL)
    assert (found.place, found.date) == ("Nairobi", date(2024, 3, 3))
    assert found.re_line == "Access to clean water in the northern valleys"
    assert found.salutation == "Your Excellency,"
    assert found.closing == "Yours sincerely,"
    assert found.signatories == (
        "Water for All",
        "Centre for Rivers, Kenya",
        "جمعية الماء",
        "epicenter.rivers – for running water",
        "Association of Wells (AoW) e.V.",
    )


def test_read_takes_the_addressees_apart():
    assert [{key: value for key, value in one.items() if value} for one in found_in(pasted.FORMAL).recipients] == [
        {
            "line": "to",
            "honorific": "H.E. Dr",
            "name": "Amina Example",
            "office": "Minister of Water",
            "organization": "Ministry of Water and Sanitation",
            "address": "PO Box 100, Capital City",
            "email": "minister@example.org",
        },
        {"line": "cc", "office": "Office of the President"},
        {"line": "cc", "organization": "Permanent Mission of Examplia to the United Nations"},
    ]


def test_read_puts_typed_footnotes_where_they_are_called():
    text = found_in(pasted.FORMAL).body
    assert 'about clean water.<sup data-footnote="">Report of the Valley Council, 2023.</sup> The wells' in text
    assert '<li><p>publish the tests.<sup data-footnote="">See Wells, page 4.</sup></p></li>' in text
    assert repairs_in(pasted.FORMAL)["footnotes"] == 2


@pytest.mark.parametrize(
    "text",
    ["Wells [1] and [1] again\n\n[1] a note", "[1] a note\n\nWells, says [1]", "Wells [2]\n\n[1] a note"],
    ids=["called twice", "told before", "another number"],
)
def test_read_leaves_a_doubtful_footnote_in_the_text(text):
    assert "data-footnote" not in "".join(piece.html for piece in intake.read(text).pieces)


@pytest.mark.parametrize(
    ("source", "language", "place", "re_line", "salutation", "closing", "signatories"),
    [
        (
            pasted.FRENCH,
            "fr",
            "Genève",
            "Accès à l’eau",
            "Madame la Ministre,",
            "Veuillez agréer, Madame la Ministre, l’expression de notre très haute considération.",
            ("Eau pour tous", "Centre des rivières"),
        ),
        (
            pasted.SPANISH,
            "es",
            "",
            "Acceso al agua",
            "Estimada Ministra:",
            "Atentamente,",
            ("Agua para todos", "Centro de los Ríos"),
        ),
        (
            pasted.GERMAN,
            "de",
            "Berlin",
            "Zugang zu Wasser",
            "Sehr geehrte Frau Ministerin,",
            "Mit freundlichen Grüßen",
            ("Wasser für alle e. V.", "Zentrum der Flüsse gGmbH"),
        ),
        (
            pasted.PORTUGUESE,
            "pt",
            "Brasília",
            "Acesso à água",
            "Excelentíssima Senhora Ministra,",
            "Atenciosamente,",
            ("Água para todos", "Centro dos Rios"),
        ),
        (
            pasted.RUSSIAN,
            "ru",
            "",
            "Доступ к воде",
            "Уважаемая госпожа Министр!",
            "С глубоким уважением,",
            ("Вода для всех", "Центр рек"),
        ),
        (
            pasted.ARABIC,
            "ar",
            "تونس",
            "الحق في الماء",
            "السيدة وزيرة المياه المحترمة،",
            "وتفضلوا بقبول فائق الاحترام والتقدير،",
            ("الماء للجميع", "مركز الأنهار"),
        ),
        (pasted.CHINESE, "zh-hans", "", "", "尊敬的部长：", "此致", ("人人有水", "河流中心")),
        (pasted.JAPANESE, "ja", "", "", "拝啓", "敬具", ("すべての人に水を", "川のセンター")),
        (
            pasted.SWAHILI,
            "sw",
            "",
            "",
            "Mheshimiwa Waziri,",
            "Wenu waaminifu,",
            ("Maji kwa Wote", "Kituo cha Mito"),
        ),
    ],
    ids="fr es de pt ru ar zh ja sw".split(),
)
def test_read_knows_letters_in(source, language, place, re_line, salutation, closing, signatories):
    found = found_in(source)
    assert (found.language, found.place, found.re_line) == (language, place, re_line)
    assert (found.date, found.date_precision) == (date(2018, 9, 5), "day")
    assert (found.salutation, found.closing, found.signatories) == (salutation, closing, signatories)
    assert found.title == source.split("\n")[0]
    assert len(body.paragraphs(found.body)) == 1


def test_read_knows_a_statement_without_addressee():
    assert roles_in(pasted.STATEMENT) == [
        ("title", "Joint statement: Open the wells"),
        ("dateline", "Brussels, September 5, 2018"),
        (
            "body",
            "We, the undersigned organizations, call on the government of Examplia to open the wells of the northern"
            " valleys.",
        ),
        ("body", "The wells belong to those who dug them."),
        ("dropped", "The undersigned organizations:"),
        ("signatories", "Water for All\nCentre for Rivers"),
    ]


@pytest.mark.parametrize(
    ("first_lines", "roles"),
    [
        ("<b>Wells</b>", ["title", "salutation", "body"]),
        ("More than 60 NGOs ask for water</p><p>Open letter on wells", ["headline", "title", "salutation", "body"]),
        ("60 organizations ask for water", ["title", "salutation", "body"]),
        ("The Minister of Water<br>Palace Road 4<br>Capital City</p><p>Re: Wells", ["to", "re", "salutation", "body"]),
        ("Ms Amina Example</p><p>Letter on wells", ["to", "title", "salutation", "body"]),
        ("Letter on wells (5 March 2024)", ["title", "dateline", "salutation", "body"]),
        ("Letter on the 5 March 2024 decree", ["title", "salutation", "body"]),
    ],
)
def test_read_knows_what_stands_above_the_salutation(first_lines, roles):
    assert [piece.role for piece in intake.read(OPEN.format(first_lines)).pieces] == roles


def test_read_finds_a_title_below_the_salutation():
    source = "<p>Dear Minister,</p><p>Re: Wells</p><p><b>Joint letter on wells</b></p><p>We write about wells.</p>"
    assert [piece.role for piece in intake.read(source).pieces] == ["salutation", "re", "title", "body"]


def test_read_keeps_demands_at_the_end_in_the_text():
    demands = "Open letter\n\nWe, who live there, call on the government to:\n\n" + "\n".join(
        f"- open well number {number}" for number in range(8)
    )
    assert [piece.role for piece in intake.read(demands).pieces] == ["title", "body", "body"]


@pytest.mark.parametrize("heading", ["\n\nSignatories:\n\n", "\n\nWith respect,\n\n", "\n\n"])
@pytest.mark.parametrize(
    "names",
    [
        [f"Organization {number}, Kenya" for number in range(300)],
        ["-جمعية الماء", "مركز الأنهار", "–شبكة الآبار", "المنظمة - الأولى", "جمعية يقظة", "منظمة المادة 19"],
        ["認定NPO法人井戸", "川のセンター", "RAFIQ(水との共生)", "水の会", "全国井戸協会(事務局)"],
        ["A* – for all", "[B] \\ C", "1. D e. V.", "3. F", "E & F <ngo@example.org>", "Ω S.L.", "G*"],
        ["Water", "", "Africa", "", "epicenter.works", "Wells, Inc.", "", "Name withheld", "Name withheld", "Rivers"],
    ],
    ids="many ar ja marks sections".split(),
)
def test_read_keeps_the_list_of_signatories_whole(names, heading):
    text = "Open letter on wells\n\nWe, who live in the valleys, write to you about the wells.\n\nThey are ours."
    found = found_in(text + heading + "\n".join(names))
    assert list(found.signatories) == [_bare(name) for name in names if name]
    assert body.paragraphs(found.body) == text.split("\n\n")[1:]


def _bare(name):
    return name.removeprefix("- ").removeprefix("1. ").removeprefix("3. ")


def test_assemble_follows_the_roles_given():
    pieces = intake.read(pasted.STATEMENT).pieces
    turned = [intake.Piece(piece.html, piece.text, "closing" if piece.role == "title" else "body") for piece in pieces]
    found = intake.assemble(turned)
    assert (found.title, found.closing, found.date) == ("", "Joint statement: Open the wells", None)
    assert found.body.endswith("<p>The undersigned organizations:</p><p>Water for All<br>Centre for Rivers</p>")


def test_assemble_puts_a_second_date_before_the_text():
    pieces = [
        intake.Piece("", text, role)
        for text, role in [("Geneva, 5 March 2024", "dateline"), ("Rome, May 2024", "dateline")]
    ]
    found = intake.assemble([*pieces, intake.Piece("<p>We write.</p>", "We write.", "body")])
    assert (found.place, found.date, found.body) == (
        "Geneva",
        date(2024, 3, 5),
        "<p>Rome, May 2024</p><p>We write.</p>",
    )


# Dates, languages, recipients


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


# From a PDF file


def test_read_joins_what_the_pages_of_a_pdf_took_apart():
    assert roles_in(pasted.FROM_PDF) == [
        ("title", "Open letter on the closing of the wells"),
        ("salutation", "Dear Minister,"),
        ("body", pasted.AS_IT_WAS[0]),
        ("dropped", "Open letter on the closing of the wells"),
        ("dropped", "2"),
        ("body", pasted.AS_IT_WAS[1]),
        ("closing", "Respectfully,"),
        ("signatories", "Water for All\nCentre for Rivers"),
    ]
    assert repairs_in(pasted.FROM_PDF) == {
        "joined_paragraphs": 1,
        "joined_lines": 9,
        "hyphens": 2,
        "page_numbers": 1,
        "running_heads": 1,
        "ligatures": 1,
        "soft_hyphens": 1,
    }


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_read_joins_lines_whatever_stands_between_them(between):
    """Some programs copy a page with an empty line, or a paragraph of its own, after every printed line."""
    lines = [line for line in pasted.FROM_PDF.split("\n") if line and line != "2"]
    del lines[lines.index(lines[0], 1)]
    assert body.paragraphs(found_in(between.join(lines)).body) == list(pasted.AS_IT_WAS)
    assert body.paragraphs(found_in("".join(f"<p>{line}</p>" for line in lines)).body) == list(pasted.AS_IT_WAS)


@pytest.mark.parametrize(
    ("before", "after", "is_joined"),
    [
        ("We ask you to call out all those who pollute, and to", "publish the measurements.", True),
        ("We ask you to call out those who pollute our rivers,", "Lakes and wells, whoever they may be.", False),
        (
            "We ask you to call out those who pollute our rivers,",
            "Lakes and wells, whoever they are and they may be.",
            True,
        ),
        ("We ask you to call out those who pollute.", "publish the measurements.", False),
        ("We ask you to call out those who pollute:", "publish the measurements.", False),
        ("What we ask of you", "publish the measurements.", False),
        ("We ask you to call out those who pollute our rivers", "Publish the measurements of every station.", False),
        (
            "نطلب منكم الكشف عن كل من يلوث الأنهار والبحيرات في",
            "البلاد ونشر القياسات المتعلقة بكل المحطات القائمة.",
            True,
        ),
        ("نطلب منكم الكشف عن كل من يلوث الأنهار والبحيرات", "ونطلب نشر القياسات المتعلقة بكل المحطات القائمة.", False),
        (
            "私たちは、北の谷の井戸が閉鎖され、何千もの人々が水を失い、",
            "長い間苦しんでいることについてお手紙を差し上げます。",
            True,
        ),
        (
            "私たちは、北の谷の井戸が閉鎖された件でお手紙を差し上げます",
            "井戸は何千もの人々に水を与えてきたものであります。",
            False,
        ),
    ],
)
def test_read_joins_paragraphs_only_on_evidence(before, after, is_joined):
    source = f"Dear Minister,\n\nWe write about wells.\n\n{before}\n\n{after}\n\nThey are ours.\n\nSincerely,"
    assert len(body.paragraphs(found_in(source).body)) == (3 if is_joined else 4)


def test_read_ends_a_list_where_no_empty_line_does():
    source = (
        "Dear Minister,\nWe ask you to open the wells.\n1. Open the wells that have been closed in the valleys since\n"
        "January of this year\n2. Publish the tests\nand pay for them.\nThey are ours.\nSincerely,\nWater for All"
    )
    assert roles_in(source) == [
        ("salutation", "Dear Minister,"),
        ("body", "We ask you to open the wells."),
        (
            "body",
            "Open the wells that have been closed in the valleys since\nJanuary of this year\nPublish the tests\n"
            "and pay for them.",
        ),
        ("body", "They are ours."),
        ("closing", "Sincerely,"),
        ("signatories", "Water for All"),
    ]


def test_read_knows_the_hyphens_of_pdfium():
    source = pasted.FROM_PDF.replace("north-\nern", "north\ufffeern").replace("long-\nterm", "long\ufffe\r\nterm")
    assert body.paragraphs(found_in(source).body) == list(pasted.AS_IT_WAS)


def test_read_leaves_recitals_that_begin_small_apart():
    recitals = [f"noting that well number {number} has been closed by the Agency," for number in range(5)]
    source = "Dear Minister,\n\n" + "\n\n".join([*recitals, "we ask you to open them."])
    assert len(body.paragraphs(found_in(source).body)) == 6


def test_read_joins_nothing_in_a_title_an_address_or_a_list():
    source = (
        "Joint letter on the wells of the northern valleys and\nthe rivers of the south\n\n"
        "The Minister of Water, who is in charge of wells,\nof rivers and of lakes, Capital City\n\n"
        "Dear Minister,\n\nWe write about wells.\n\nSincerely,\n\n"
        "Association for the wells of the northern valleys and\nthe south\n"
    )
    assert repairs_in(source) == {}
    assert found_in(source).signatories == ("Association for the wells of the northern valleys and", "the south")


@pytest.mark.parametrize(
    ("before", "after", "text", "dividing", "joint"),
    [
        ("human rights viola-", "tions by", [], True, "human rights violations by"),
        ("viola\u00ad", "tions", [], False, "violations"),
        ("asset-", "freezes", ["asset-freezes hurt"], True, "asset-freezes"),
        ("asset-", "freezes", ["assetfreezes hurt"], True, "assetfreezes"),
        ("asset-", "freezes", ["an asset", "it freezes"], True, "asset-freezes"),
        ("asset-", "freezes", [], True, "assetfreezes"),
        ("asset-", "freezes", [], False, "asset-freezes"),
        ("non-", "governmental", [], True, "non-governmental"),
        ("evidence-", "based", [], True, "evidence-based"),
        ("co-", "opt", [], True, "co-opt"),
        ("state-of-the-", "art", [], True, "state-of-the-art"),
        ("Anglo-", "Saxon", [], True, "Anglo-Saxon"),
        ("COVID-", "19", [], True, "COVID-19"),
        ("short-", "and long-term", [], True, "short- and long-term"),
        ("https://example.org/a-", "b", [], True, "https://example.org/a-b"),
    ],
)
def test_joint_asks_the_text_whether_a_hyphen_stays(before, after, text, dividing, joint):
    cut, between = hyphens.joint(before, after, hyphens.vocabulary([*text, before, after]), dividing)
    assert before[: len(before) - cut] + between + after == joint


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("They are ours.\n\nPage 2 of 3\n\nAnd yours.", ["Page 2 of 3"]),
        ("They are ours.\n\n1\n\nAnd yours, all of them.\n\n2\n\nAnd theirs.", ["1", "2"]),
        ("They are ours.\n\n12\n\nAnd yours.", []),
        ("In all these years we have asked for them to be\n\n- 7 -\n\nopened.", ["- 7 -"]),
    ],
)
def test_read_leaves_out_page_numbers_on_evidence(text, dropped):
    pieces = intake.read(f"Dear Minister,\n\nWe write about wells.\n\n{text}\n\nSincerely,").pieces
    assert [piece.text for piece in pieces if piece.role == "dropped"] == dropped


# HTML


def test_read_takes_word_and_google_docs_html():
    source = (
        '<b style="font-weight:normal" id="docs-internal-guid-1">'
        '<p><span style="font-weight:700">Open letter</span></p>'
        "<p>Dear Minister,</p><h2>Wells</h2><p>We write <i>to you</i>.</p><p>Sincerely,</p>"
        "<table><tr><td><p>Water</p></td><td><p>Kenya</p></td></tr><tr><td>Rivers</td><td></td></tr></table></b>"
    )
    found = found_in(source)
    assert (found.title, found.salutation, found.closing) == ("Open letter", "Dear Minister,", "Sincerely,")
    assert found.body == "<h2>Wells</h2><p>We write <em>to you</em>.</p>"
    assert found.signatories == ("Water, Kenya", "Rivers")
    assert repairs_in(source) == {"tables": 1}


@pytest.mark.parametrize(
    ("source", "is_text"),
    [
        ("if a<b and c>d", True),
        ("a <b>b</b>", False),
        ("see <https://example.org> & <a@b.org>", True),
        ("1 < 2 > 0", True),
    ],
)
def test_read_takes_no_plain_text_for_html(source, is_text):
    (piece,) = intake.read(source).pieces
    assert (piece.text == source) == is_text


def test_read_leaves_nothing_that_acts_in_hostile_html():
    one = (
        '<div onclick="x()" style="' + "a" * 2000 + '"><script>alert(1)</script><table><tr><td><table><tr><td>cell'
        ' <a href="javascript:alert(1)">link</a><img src=x onerror=alert(1)><a href="data:text/html,A">d</a>'
        '<a href="file:///etc/passwd">f</a></td></tr></table></td></tr></table><p>The text stays here.</p></div>'
    )
    source = (one * 200)[:300_000]
    before = time.process_time()
    reading = intake.read(source)
    assert time.process_time() - before < 1
    html = "".join(piece.html for piece in reading.pieces)
    assert set(re.findall("<[^/][^>]*>", html)) == {"<p>"}
    assert html.count("The text stays here.") == source.count("The text stays here.")
    assert {repair.kind for repair in reading.repairs} == {"images", "tables", "dropped_markup"}


@pytest.mark.parametrize(
    "source",
    ["[", "<", "word-\n", "<p>a", "1\n", "[1] ", "a", "<td>", "A,\n", "<p>ABC<table><tr><td>a<td>b"],
    ids="brackets angles hyphens paragraphs numbers calls letters cells names tables".split(),
)
def test_read_takes_time_in_proportion(source):
    """Four times as much takes about four times as long; where time grows with the square, sixteen times."""
    times = []
    for length in (10_000, 40_000):
        before = time.process_time()
        intake.read(source * (length // len(source)))
        times.append(time.process_time() - before)
    assert times[1] < 9 * max(times[0], 0.05)


def test_read_of_nothing_is_nothing():
    assert intake.read(" \n") == intake.Reading((), ())
    assert intake.assemble(()).body == ""


def test_in_words_knows_every_repair():
    assert intake.in_words(intake.Repair("straight_quotes", 3)) == "3 straight quotes"
    assert intake.in_words(intake.Repair("joined_paragraphs", 2)) == "joined 2 paragraphs split by page breaks"
