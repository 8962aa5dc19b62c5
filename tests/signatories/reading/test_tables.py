"""Tables in a paste, and what their headings mean."""

import pytest

from signatories import reading
from signatories.reading import columns


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
