"""Lines: what is taken off them, joined, cut, left as it is, and shown as no entry."""

import pytest

from signatories import reading
from signatories.reading import Certainty, Code, Kind
from tests.signatories.reading.pasted import codes, names_of, pasted


@pytest.mark.parametrize(
    "lines",
    [
        ["- Wells", "– Lakes", "-Ponds"],
        ["1. Wells", "2. Lakes", "3. Ponds"],
        ["(1) Wells", "(2) Lakes", "(3) Ponds"],
        ["1-Wells", "2-Lakes", "3-Ponds"],
        ["١. Wells", "٢. Lakes", "٣. Ponds"],
        ["1 Wells", "2 Lakes", "3 Ponds"],
        ["① Wells", "② Lakes", "③ Ponds"],
        ["a) Wells", "b) Lakes", "c) Ponds"],
        ["> Wells", "> Lakes", "> Ponds"],
        ["✓ Wells,", "☐ Lakes;", "· Ponds."],
    ],
)
def test_markers_are_taken_off(lines):
    assert names_of(*lines) == ["Wells", "Lakes", "Ponds"]


@pytest.mark.parametrize("name", ["21 March Movement", "/r/ Foundation", "350 Wells", "eco.wells", "7amleh Wells"])
def test_names_keep_their_digits_and_signs(name):
    assert names_of("Lakes for All", name, "Pond Society")[1] == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Water Society of", "Great Plains"], "Water Society of Great Plains"),
        (["Forum (for wells", "and lakes)", "Pond Aid"], "Forum (for wells and lakes)"),
        (["Verein der Brunnen-", "freunde"], "Verein der Brunnenfreunde"),
        (["1. Water Society", "Great Plains", "2. Pond Aid", "3. Lake Aid"], "Water Society Great Plains"),
    ],
)
def test_wrapped_lines_are_joined_and_doubted(lines, name):
    row = pasted(*lines).entries[0]
    assert (row.organization, row.certainty, codes(row)[:1]) == (name, Certainty.DOUBTFUL, [Code.WRAPPED])


def test_a_line_that_may_go_on_is_doubted():
    rows = pasted("Pond Society", "rural advice", "qnetz – Verein", *(f"Lake {one} Aid" for one in "ABCDEFGH")).entries
    assert [codes(row) for row in rows[:3]] == [[], [Code.MAYBE_WRAPPED], [Code.DASH]]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("1. Pond Aid 2. Lake Aid", ["Pond Aid", "Lake Aid"]),
        ("Pond Aid\t\tLake Aid", ["Pond Aid", "Lake Aid"]),
        ("Pond Aid; Lake Aid", ["Pond Aid", "Lake Aid"]),
        ("Union of Ponds (UOP) League of Lakes (LOL)", ["Union of Ponds", "League of Lakes"]),
        ("Union of Ponds – UOP League of Lakes – LOL", ["Union of Ponds", "League of Lakes"]),
    ],
)
def test_merged_lines_are_cut_and_doubted(line, names):
    rows = pasted(line, "Wells", "Springs", "Rivers for All").entries
    assert [row.organization for row in rows[:2]] == names
    assert {row.certainty for row in rows[:2]} == {Certainty.DOUBTFUL}


@pytest.mark.parametrize(
    ("line", "is_doubted"),
    [
        ("Centre for Wells Union of Diggers", True),
        ("Women's Network Youth Alliance", True),
        ("Pond Watch Foundation Hill Society", True),
        ("Union des Femmes Réseau des Eaux", True),
        ("Union of Wells and Federation of Diggers", False),
        ("Committee for Workers' Trade Union of Peru", False),
        ("International Trade Union Confederation", False),
        ("Civil Society Education Network", False),
        ("Law Society of Kenya", False),
        ("Bar Association Rights Committee", False),
        ("Coalition of Women's Association of India", False),
        ("Centre for the Study of Wells", False),
    ],
)
def test_a_second_body_without_a_mark_is_doubted(line, is_doubted):
    row = pasted("Pond Aid of the North", line, "Lake Aid of the South", "River Aid of the East").entries[1]
    assert (row.organization, codes(row) == [Code.MAYBE_MERGED]) == (line, is_doubted)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Pond Aid, Lake Aid; River Aid, Hill Aid, Spring Aid", ["Pond Aid", "Lake Aid", "River Aid", "Hill Aid"]),
        ("Pond Aid, Lake Aid, River Aid, Hill Aid; Spring Aid", ["Pond Aid", "Lake Aid", "River Aid", "Hill Aid"]),
        ("Pond Aid (Peru); Lake Aid (Chile), River Aid (Laos); Hill Aid", ["Pond Aid", "Lake Aid", "River Aid"]),
        ("Pond Aid, Orm, Peru; Lake Aid, Ulm, Chile; Hill Aid, Olm, Laos", ["Pond Aid, Orm", "Lake Aid, Ulm"]),
    ],
)
def test_one_mark_of_another_kind_is_one_more_separator(line, names):
    assert names_of(line)[: len(names)] == names


@pytest.mark.parametrize(
    ("line", "doubted"),
    [
        ("Pond Aid; Leather, Textile and Shoe Workers; Lake Aid", []),
        ("Pond Aid; Leather, Textile, and Shoe Workers; Lake Aid", ["Leather, Textile, and Shoe Workers"]),
        ("Pond Aid; Lake Aid (Chile), River Aid (Laos); Hill Aid", ["Lake Aid", "River Aid"]),
    ],
)
def test_what_may_have_been_separated_otherwise_is_doubted(line, doubted):
    rows = pasted(line).entries
    assert [row.organization for row in rows if row.certainty is Certainty.DOUBTFUL] == doubted


@pytest.mark.parametrize(
    "name",
    [
        "Garment, Leather, Textile and Shoe Workers Union",
        "Ferreira, Nunes e Lima",
        "共に生きる水、違う海に向かう連帯",
        "Grupo Raízes | Escola de Direito",
        "Center for Ponds, Universidad del Lago",
        "Water Watch, Inc.",
        "Vodní Právo, z.s.",
    ],
)
def test_names_are_not_cut_at_their_commas(name):
    assert names_of("Pond Aid", name, "Lake Aid", "River Aid")[1] == name


def test_a_sentence_is_cut_at_its_and():
    rows = pasted("Signed by: Pond Aid, Lakes for All and Index on Rivers.").rows
    assert [(row.kind, row.organization) for row in rows] == [
        (Kind.SKIPPED, ""),
        (Kind.ORGANIZATION, "Pond Aid"),
        (Kind.ORGANIZATION, "Lakes for All"),
        (Kind.ORGANIZATION, "Index on Rivers"),
    ]
    assert codes(rows[-1]) == [Code.AND]


def test_what_a_sentence_names_may_have_an_and_of_its_own():
    assert names_of("Pond Aid, Centre for Law, Rivers and Justice, Lake Aid, and Spring Aid")[1:3] == [
        "Centre for Law, Rivers and Justice",
        "Lake Aid",
    ]


def test_a_country_before_a_colon_holds_for_what_follows():
    for lines in (["Kenya: Pond Aid, Lake Aid", "Peru: Spring Aid"], ["Kenya: Pond Aid, Lake Aid; Peru: Spring Aid"]):
        rows = pasted(*lines).entries
        assert [(row.organization, row.country) for row in rows] == [
            ("Pond Aid", "KE"),
            ("Lake Aid", "KE"),
            ("Spring Aid", "PE"),
        ]


def test_many_countries_on_one_line_are_read_one_after_the_other():
    rows = pasted(" ".join(f"Kenya: Pond Aid {number}; Peru: Lake Aid {number};" for number in range(1000))).entries
    assert {row.country for row in rows} == {"KE", "PE"}
    assert len(rows) == 2000


def test_the_undersigned_before_a_colon_are_a_list():
    line = "We, the undersigned organizations: Pond Aid, Lake Aid, River Aid; Hill Aid, and Spring Aid."
    assert names_of(line) == ["Pond Aid", "Lake Aid", "River Aid", "Hill Aid", "Spring Aid"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("-----", Code.NOTHING),
        ("Signatories:", Code.HEADING),
        ("Signatories of the statement on wells", Code.HEADING),
        ("ORGANIZACIONES FIRMANTES (12)", Code.HEADING),
        ("Kenya:", Code.PLACE_HEADING),
        ("From: Ana <ana@ponds.example>", Code.MAIL_HEADER),
        ("Kind regards,", Code.GREETING),
        ("We would like you to add these organizations to the letter, please.", Code.SENTENCE),
    ],
)
def test_what_is_no_entry_is_shown_with_its_reason(line, code):
    rows = pasted("Pond Aid", line, *(f"Lake {number}" for number in "ABCDEFGH")).rows
    assert (rows[1].kind, rows[1].raw, codes(rows[1])) == (Kind.SKIPPED, line, [code])


def test_reasons_have_words():
    row = pasted("Lake Society – Bulgaria", "Pond Aid").entries[0]
    assert reading.in_words(row.reasons) == "Bulgaria is taken for the country and stays in the name"
    assert reading.certainty_in_words(row.certainty) == "probably right"
    assert {code for code in Code if code not in reading.reasons.WORDS} == set()
    assert {field for field in reading.FIELDS if not reading.column_in_words(field)} == set()


def test_a_paste_of_far_too_many_lines_is_refused():
    with pytest.raises(reading.Unreadable) as refused:
        reading.read_text("Pond Aid\n" * (reading.MOST_ROWS + 1))
    assert refused.value.code is reading.Refusal.TOO_MANY_ROWS
