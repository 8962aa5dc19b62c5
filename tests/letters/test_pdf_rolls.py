"""Who signed, as it is printed: a few under the letter, many in an annex, individuals after the organizations."""

import re
from datetime import UTC, datetime

import pytest

from letters import pdf
from letters.document import Roll, RollGroup, RollLine
from tests.letters.documents import document, roll, text_of


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


def test_typeset_gives_han_names_the_form_of_their_country():
    html = pdf.typeset(document(roll=roll({"JP": ["水の記憶"], "TW": ["水權會"], "KE": ["Harbour Light"]})))
    assert re.findall(r'<li(?: lang="([\w-]+)")?>', html) == ["ja", "zh-Hant", ""]


def test_typeset_isolates_names_with_their_direction():
    html = pdf.typeset(document(roll=roll({"EG": ["جمعية (وادي)", "Nile Watch"]})))
    assert '<bdi dir="rtl">جمعية (وادي)</bdi>' in html
    assert '<bdi dir="ltr">Nile Watch</bdi>' in html


def test_individuals_stand_after_the_organizations_with_the_note_on_affiliations():
    people = RollGroup("KE", "Kenya", (RollLine("Ama Doe", affiliation="Professor, Lake University"),))
    lines = (RollLine("青溪河流记忆促进会", second_name="Qingxi River Memory Association"), RollLine("Aqua"))
    groups = (RollGroup("CN", "China", lines),)
    mixed = Roll(groups, 2, 2, 0, datetime(2031, 8, 30, tzinfo=UTC), individuals=(people,), persons=1)
    text = " ".join(text_of(pdf.render(document(roll=mixed))).split())
    assert "The undersigned organizations and individuals" in text
    assert "Qingxi River Memory Association" in text
    assert text.index("Aqua") < text.index("Ama Doe") < text.index("Professor, Lake University*")
    assert "* Affiliations are given for identification only." in text
    assert "2 organizations and 1 individual from 2 countries" in text


def test_individuals_have_a_heading_of_their_own_in_a_long_roll():
    many = tuple(RollLine(f"Rivers {number}") for number in range(30))
    people = RollGroup("KE", "Kenya", (RollLine("Ama Doe"),))
    groups = (RollGroup("CL", "Chile", many),)
    mixed = Roll(groups, 30, 2, 0, datetime(2031, 8, 30, tzinfo=UTC), individuals=(people,), persons=1)
    text = " ".join(text_of(pdf.render(document(roll=mixed))).split())
    assert text.index("Rivers 29") < text.index("Individuals") < text.index("Ama Doe")
    assert "identification only" not in text
