"""The headline of a published letter, and its number."""

import pytest

from letters import headlines
from letters.models import Letter
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.letters.publishing.published import over, published

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def headed(headline, number, **more):
    letter = over(number)
    published(letter, words={"en": {"headline": headline}}, **more)
    return letter


def page(client, letter):
    return client.get(letter.get_absolute_url()).content.decode()


def test_headline_has_its_number_rounded_down_and_says_by_what_rule(client):
    shown = page(client, headed("{n} organizations ask for a bridge", 7))
    assert '<h1 lang="en" dir="ltr">5+ organizations ask for a bridge</h1>' in shown
    assert "The headline rounds down to a multiple of 5: 7 organizations are named below." in shown
    assert shown.count("<h1") == 1


def test_headline_counts_nobody_whose_name_is_withheld(client):
    letter = headed("{n} organizations ask", 4)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "KE"))
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_headline_is_never_above_the_truth(client):
    letter = headed("{n} organizations ask", 5)
    assert ">5 organizations ask</h1>" in page(client, letter)
    letter.signatories.first().move_to("withdrawn")
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_letter_keeps_its_title_without_the_number_that_its_headline_wants(client):
    assert ">For the bridge over the Lind</h1>" in page(client, headed("{n} organizations ask", 0))
    assert ">They ask</h1>" in page(client, headed("They ask", 0))


def test_number_is_written_as_the_language_writes_it(client):
    letter = OpenLetterFactory(text={"language": "ar", "title": "الجسر"})
    for n in range(7):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
    published(letter, words={"ar": {"headline": "أكثر من {n} منظمات"}})
    assert ">أكثر من ٥+ منظمات</h1>" in page(client, letter)


@pytest.mark.parametrize(
    ("said", "claim", "number"),
    [
        ("750+ call for a bridge", "750+", 750),
        ("1,250 + call", "1,250 +", 1250),
        ("More than 750 organisations call", "750 organisations", 750),
        ("750 NGOs call", "750 NGOs", 750),
        ("750 civil society organizations call", "750 civil society organizations", 750),
        ("750 human rights groups call", "750 human rights groups", 750),
        ("750-plus organizations call", "750-plus organizations", 750),
        ("Plus de 1\u202f250 organisations demandent", "1\u202f250 organisations", 1250),
        ("750 ONG demandent", "750 ONG", 750),
        ("750 associations et 12 villes", "750 associations", 750),
        ("Más de 1.250 organizaciones piden", "1.250 organizaciones", 1250),
        ("٧٥٠+ يطالبون", "٧٥٠+", 750),
        ("أكثر من ٧٥٠ منظمة تطالب", "٧٥٠ منظمة", 750),
        ("٥ منظمات تطالب", "٥ منظمات", 5),
        ("750 Organisationen fordern", "750 Organisationen", 750),
        ("Более 750 организаций требуют", "750 организаций", 750),
        ("750多个民间组织呼吁", "750多个民间组织", 750),
    ],
)
def test_number_of_signatories_is_told_in_many_languages(said, claim, number):
    assert list(headlines.claims(said)) == [(claim, number)]


@pytest.mark.parametrize(
    "said",
    [
        "{n} organizations call for 2030 trees",
        "{n} organisations demandent 12 ponts",
        "In 2030 organizers will look back",
        "Since 2019, organizations have asked",
        "After 25 years: organizations ask",
        "12,000 people and many organizations",
        "Convention no. 169 and its organs",
        "بعد 25 عاما: المنظمات تطالب",
    ],
)
def test_other_numbers_are_none_of_signatories(said):
    assert list(headlines.claims(said)) == []
