"""Lists as people have them, read into rows. tests/data/lists has invented ones, with what is to be read in gold/."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import reading as bench
from signatories import reading
from signatories.reading import Certainty, Code, Kind, acronyms, columns, places

LISTS = Path(__file__).parents[1] / "data" / "lists"
STEMS = sorted(path.stem for path in LISTS.glob("*.txt"))


def pasted(*lines):
    return reading.read_text("\n".join(lines))


def names_of(*lines):
    return [row.organization for row in pasted(*lines).entries]


def parts(line, *others):
    """Name, acronym and country of the first entry."""
    row = pasted(line, *others).entries[0]
    return row.organization, row.acronym, row.country


def codes(row):
    return [reason.code for reason in row.reasons]


@pytest.mark.parametrize("stem", STEMS)
def test_read_text_reads_a_list_as_its_gold_has_it(stem):
    found = reading.read_text((LISTS / f"{stem}.txt").read_text(encoding="utf-8"))
    with (LISTS / "gold" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        gold = [
            (row["organisation"], row["acronym"], row["country"], row["note"], row["certainty"])
            for row in csv.DictReader(file)
        ]
    told = [(row.organization, row.acronym, row.place, row.note, row.certainty.name.lower()) for row in found.entries]
    assert told == gold


@pytest.mark.parametrize("stem", STEMS)
def test_read_text_loses_no_line(stem):
    text = (LISTS / f"{stem}.txt").read_text(encoding="utf-8")
    found = reading.read_text(text)
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert sorted({line for row in found.rows for line in row.lines}) == numbers
    assert found.lines_in == found.lines_shown == len(numbers)


LINE = st.text("Aä (),;:–-|.1و، /\t•و[]*and", max_size=30) | st.sampled_from(
    ["Kenya", "Wells for All (WFA)", "Signatories:", "1. A", "Dear all,", "Name,Country", "Organization: X", "und"]
)


@settings(max_examples=60)
@given(st.lists(LINE, max_size=8))
def test_read_text_shows_every_line_of_anything(lines):
    told = [line for line in "\n".join(lines).split("\n") if line.strip()]
    found = reading.read_text("\n".join(lines))
    assert (found.lines_in, found.lines_shown) == (len(told), len(told))


def test_the_bench_counts_what_is_exact():
    counts = sum(
        (bench.measured(LISTS / f"{stem}.txt", LISTS / "gold" / f"{stem}.csv", False) for stem in STEMS),
        start=bench.Counter(),
    )
    assert bench.shares(counts) | {"lines_in": 0, "lines_shown": 0} == {
        "lines_in": 0,
        "lines_shown": 0,
        "organization_exact": 1.0,
        "acronym_exact": 1.0,
        "country_exact": 1.0,
    }
    assert counts["lines_in"] == counts["lines_shown"] >= 100


# --- Lines ---


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
    rows = pasted("Kenya: Pond Aid, Lake Aid", "Peru: Spring Aid").entries
    assert [(row.organization, row.country) for row in rows] == [
        ("Pond Aid", "KE"),
        ("Lake Aid", "KE"),
        ("Spring Aid", "PE"),
    ]


# --- Entries ---


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Wells for All (WFA), Kenya", ("Wells for All", "WFA", "KE")),
        ("Wells for All (WFA, Kenya)", ("Wells for All", "WFA", "KE")),
        ("Wells for All [United Kingdom]", ("Wells for All", "", "GB")),
        ("Wells for All (WFA)-Kenya", ("Wells for All", "WFA", "KE")),
        ("WFA – Wells for All", ("Wells for All", "WFA", "")),
        ("Wells for All- WFA", ("Wells for All", "WFA", "")),
        ("WFA: Wells for All", ("Wells for All", "WFA", "")),
        ("Wells for All, WFA", ("Wells for All", "WFA", "")),
        ("Wefora - Wells for Rabat", ("Wells for Rabat", "Wefora", "")),
        ("Fórum das Águas – RJ", ("Fórum das Águas – RJ", "", "")),
        ("Lake Society – Bulgaria", ("Lake Society – Bulgaria", "", "BG")),
        ("qnetz – Verein für Quellen", ("qnetz – Verein für Quellen", "", "")),
        ("Quellen (Brunnengruppe)", ("Quellen (Brunnengruppe)", "", "")),
        ("水の友(難民の会)、日本", ("水の友(難民の会)", "", "JP")),
        ("جمعية الماء، تونس", ("جمعية الماء", "", "TN")),
        ("WFA", ("WFA", "WFA", "")),
    ],
)
def test_an_entry_is_taken_apart(line, told):
    assert parts(line, "Pond Aid", "Lake Aid", "River Aid") == told


def test_addresses_marks_and_roles_are_put_aside():
    row = pasted("Pond Aid (secretariat)* <ana@ponds.example> https://ponds.example", "Lake Aid").entries[0]
    assert (row.organization, row.email, row.website) == ("Pond Aid", "ana@ponds.example", "https://ponds.example")
    assert (row.note, codes(row)) == ("secretariat", [Code.MARK, Code.ROLE])


def test_capitals_say_nothing_in_a_list_of_capitals():
    assert parts("PONDS", "LAKES FOR ALL", "RIVERS OF THE NORTH", "SPRING AID")[1] == ""


def test_a_country_behind_dashes_is_the_habit_of_a_list_or_part_of_the_name():
    lines = ["Pond Aid – Kenya", "Lake Aid – Peru", "River Aid – India"]
    assert names_of(*lines) == ["Pond Aid", "Lake Aid", "River Aid"]
    assert names_of(lines[0], *(f"Forum {number}" for number in range(20)))[0] == "Pond Aid – Kenya"


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


# --- Tables in a paste ---


def test_columns_may_be_chosen():
    text = "Pond Aid\tLake Street\tKenya\nRiver Aid\tHill Road\tPeru"
    assert [field for _, field in reading.read_text(text).columns].count("organization") == 1
    chosen = reading.read_text(text, ["note", "organization", "country"]).entries
    assert [(row.organization, row.note) for row in chosen] == [("Lake Street", "Pond Aid"), ("Hill Road", "River Aid")]


def test_bars_and_commas_under_headings_are_tables():
    rows = [("Pond Aid", "KE"), ("River Aid", "PE")]
    for text in (
        "| Name | Country |\n|---|---|\n| Pond Aid | Kenya |\n| River Aid | Peru |",
        "Organization,Country\nPond Aid,Kenya\nRiver Aid,Peru",
    ):
        assert [(row.organization, row.country) for row in reading.read_text(text).entries] == rows


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name of your organization (as it should be printed)", "organization"),
        ("Country where your organization is based", "country"),
        ("Email Address", "email"),
        ("Nombre de la organización", "organization"),
        ("Cargo", "contact_role"),
        ("اسم المنظمة", "organization"),
        ("البلد", "country"),
        ("団体名", "organization"),
        ("단체명", "organization"),
        ("Название организации", "organization"),
        ("Horodateur", "when"),
        ("Pond", ""),
    ],
)
def test_headings_of_columns_are_known_in_many_languages(heading, field):
    assert columns.field_of(heading) == field


# --- Words ---


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Brasil", "BR"),
        ("U.S.A.", "US"),
        ("Mexico", "MX"),
        ("América Latina", "019"),
        ("مصر", "EG"),
        ("日本", "JP"),
        ("the Netherlands", "NL"),
        ("NO", ""),
        ("us", ""),
        ("Nairobi", ""),
    ],
)
def test_countries_are_known_by_whole_names(words, code):
    assert places.code_of(words) == code


def test_codes_are_countries_only_where_codes_are_expected():
    assert [places.code_of(words, codes=True) for words in ("NO", "NOR", "no", "XX")] == ["NO", "NO", "NO", ""]
    assert places.codes_of("Peru / Chile") == ["PE", "CL"]


@pytest.mark.parametrize(
    ("letters", "name", "stands"),
    [
        ("WFA", "Wells for All", True),
        ("Wefora", "Wells for Rabat", True),
        ("qnetz", "Verein für Quellen", False),
        ("Intervozes", "Coletivo de Comunicação Social", False),
    ],
)
def test_letters_stand_for_names_whose_words_they_begin(letters, name, stands):
    assert acronyms.stands_for(letters, name) == stands


def test_official_names_of_countries_are_countries():
    told = ["Iran (Islamic Republic of)", "VENEZUELA (BOLIVARIAN REPUBLIC OF)", "Congo (Kinshasa Chapter)"]
    assert [places.code_of(words) for words in told] == ["IR", "VE", ""]
    assert places.code_of("Кыргызстан") == "KG"


def test_acronyms_of_scripts_without_capitals():
    assert parts("국제평화연대(국평연)", "강물사랑")[:2] == ("국제평화연대", "국평연")
    assert parts("الشبكة العربية لحرية التعبير (شعت)، لبنان") == ("الشبكة العربية لحرية التعبير", "شعت", "LB")
    assert parts("바다와사람들(서울)", "강물사랑")[:2] == ("바다와사람들(서울)", "")


def test_a_city_is_left_out_where_the_list_has_them():
    alone = parts("Law Clinic, Orm, Kenya", "Open Delta, Egypt", "Radio Sol, Peru", "Mekong Voices, Laos")
    assert alone == ("Law Clinic, Orm", "", "KE")
    among = parts("Law Clinic, Orm, Kenya", "Open Delta, Cairo, Egypt", "Radio Sol, Lima, Peru")
    assert among == ("Law Clinic", "", "KE")


def test_an_institution_is_no_city():
    others = ("Open Delta, Cairo, Egypt", "Radio Sol, Lima, Peru", "Mekong Voices, Luang Prabang, Laos")
    assert parts("Law Clinic, Orm University, Kenya", *others)[0] == "Law Clinic, Orm University"


def test_a_remark_in_brackets_is_no_part_of_the_name():
    row = pasted("Hill Shelter (please do not publish), Peru").entries[0]
    assert (row.organization, row.country, row.note) == ("Hill Shelter", "PE", "please do not publish")
