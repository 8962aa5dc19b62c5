"""What stands where in a text in hand, and the parts of a letter it becomes."""

from datetime import date

import pytest

from letters import body, intake
from tests.letters import pasted
from tests.letters.taken_in import found_in

OPEN = "<p>{}</p><p>Dear Minister,</p><p>We write to you about wells.</p>"


def roles_in(source):
    return [(piece.role, piece.text) for piece in intake.read(source).pieces]


def repairs_in(source):
    return {repair.kind: repair.count for repair in intake.read(source).repairs}


def test_read_puts_typed_footnotes_where_they_are_called():
    text = found_in(pasted.FORMAL).body
    assert 'about clean water.<sup data-footnote="">Report of the Valley Council, 2023.</sup> The wells' in text
    assert '<li><p>publish the tests.<sup data-footnote="">See Wells, page 4.</sup></p></li>' in text
    assert repairs_in(pasted.FORMAL)["footnotes"] == 2


def test_read_puts_footnotes_behind_line_breaks():
    source = "<ul><li>open<br>the wells [1] now</li></ul><p>[1] All of them.</p>"
    (piece,) = intake.read(source).pieces
    assert piece.html == ('<ul><li><p>open<br>the wells<sup data-footnote="">All of them.</sup> now</p></li></ul>')


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


def test_an_address_with_a_paragraph_for_each_line_is_one_recipient():
    """As Word files have it."""
    parts = (
        "Ostrel, 5 May 2031",
        "H.E. Amina Quill",
        "Minister of Water and Irrigation",
        "Tarn House, Ostrel",
        "Dr Berto Sand",
        "Director of Wells",
        "Open letter on the wells",
        "Re: The northern wells",
        "Dear Minister,",
        "We ask you to open the wells again before the summer comes.",
        "Respectfully,",
    )
    found = intake.assemble(intake.read("\n\n".join(parts)).pieces)
    told = [(one["honorific"], one["name"], one["office"], one["address"]) for one in found.recipients]
    assert told == [
        ("H.E.", "Amina Quill", "Minister of Water and Irrigation", "Tarn House, Ostrel"),
        ("Dr", "Berto Sand", "Director of Wells", ""),
    ]
    assert (found.title, found.re_line) == ("Open letter on the wells", "The northern wells")
    assert found.body == "<p>We ask you to open the wells again before the summer comes.</p>"
