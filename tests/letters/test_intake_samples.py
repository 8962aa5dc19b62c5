"""Letters that were sent, as people have them in hand, and the parts they become."""

from datetime import date

from letters import body, intake
from letters.canonical import body_digest
from tests.letters import pasted
from tests.letters.taken_in import found_in


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
