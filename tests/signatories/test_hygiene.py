"""Doubts about names: each is found, and ordinary names of many countries raise none."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Role
from letters.models import Letter
from letters.pdf import coverage
from signatories import hygiene
from signatories.hygiene import Doubt, Named
from signatories.models import Line, Signatory
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory
from tests.letters.documents import NAMES
from tests.signing_in import sign_in


def found(name, country="KE", **more):
    return list(hygiene.doubts(Named(name, country=country, **more)))


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("FRIENDS OF THE RIVER", Doubt.CAPITALS),
        ("ДРУЗЬЯ НАШЕЙ РЕКИ", Doubt.CAPITALS),
        ("River Friends \U0001f30a", Doubt.PICTURE),
        ("River ✔ Friends", Doubt.PICTURE),
        ("River\u202eFriends", Doubt.HIDDEN),
        ("River\x07 Friends", Doubt.HIDDEN),
        ("River\u200b Friends", Doubt.HIDDEN),
        ("River Friends Inc.", Doubt.LEGAL_FORM),
        ("River Friends, Inc", Doubt.LEGAL_FORM),
        ("Flussfreunde e. V.", Doubt.LEGAL_FORM),
        ("Amigos del Río S.A.", Doubt.LEGAL_FORM),
        ("SMEX (SMEX)", Doubt.TWICE),
        ("Fundación ASLE (Asle)", Doubt.TWICE),
        ("River  Friends", Doubt.SPACES),
        ("River Friends ", Doubt.SPACES),
        ("River , Friends", Doubt.SPACES),
        ("Rivеr Friends", Doubt.LOOKALIKE),  # the second vowel is Cyrillic
        ("The Association of " + "Very " * 25 + "Long Names", Doubt.LONG),
    ],
)
def test_doubt_is_found(name, doubt):
    assert doubt in found(name)


@pytest.mark.parametrize(
    "name",
    [
        *NAMES.values(),
        *("UNICEF", "CARE", "WWF Kenya", "MENA Rights Group", "FIDH", "Médecins Sans Frontières (MSF)", "Cooperativa"),
        *("Incas de los Andes", "Rede da Água", "Fundação Nossa Voz", "کانون نویسندگان ایران", "می\u200cخواهم"),
        *("L’eau pour tous", "東京Waterネット", "«Память рек»", "Tierra S. Martín", "O’Brien & Sons"),
    ],
)
def test_ordinary_names_raise_no_doubt(name):
    assert found(name) == []


def test_second_names_and_affiliations_are_looked_at_too():
    assert found("River Friends", second_name="Друзья  реки") == [Doubt.SPACES]
    assert found("Ada Wren", affiliation="Director\x07, River Friends") == [Doubt.HIDDEN]


def test_acronym_and_second_name_that_the_name_says_are_found():
    assert found("SMEX Social Media Exchange", acronym="SMEX") == [Doubt.TWICE]
    assert found("Red de SMEX en Colombia", acronym="Smex") == [Doubt.TWICE]
    assert found("River Friends", second_name="RIVER FRIENDS") == [Doubt.TWICE]
    assert found("Social Media Exchange", acronym="SMEX", second_name="سمكس") == []
    assert found("APCNet", acronym="APC") == []


def test_missing_country_is_a_doubt():
    assert found("River Friends", country="") == [Doubt.NO_COUNTRY]


def test_what_no_font_has_is_found(monkeypatch):
    assert len(coverage.covered()) > 10_000
    monkeypatch.setattr(coverage, "covered", lambda: coverage_without("ŷ"))
    assert found("River Frŷends") == [Doubt.NO_FONT]
    assert coverage.lacking("Frŷends ŷ \n") == "ŷ"
    monkeypatch.setattr(coverage, "covered", frozenset)  # where fontconfig cannot be asked
    assert found("River Frŷends") == []


def coverage_without(character):
    return frozenset(range(32, 1000)) - {ord(character)}


def test_names_that_look_the_same_are_told_apart():
    """But for capitals and dots, in which fold sees one name anyway."""
    lines = {
        "a": Named("Rover Friends", country="KE"),
        "b": Named("Rоver Friends", country="KE"),  # a Cyrillic о
        "c": Named("Rоver Friends", country="UG"),
        "d": Named("ROVER friends.", country="KE"),
        "e": Named("River Friends", country="KE"),
    }
    looks = {key: (line.country, hygiene.look(line)) for key, line in lines.items()}
    assert hygiene.same_look(looks) == {"a", "b", "d"}
    assert hygiene.doubted(looks)[Doubt.SAME_LOOK] == ["a", "b", "d"]


# --- The page ---


@pytest.fixture
def closed(db):
    return OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())


def page(client, letter, role=Role.OWNER):
    sign_in(client, MembershipFactory(campaign=letter.campaign, role=role).user, with_second_factor=True)
    return client.get(reverse("signatories:proof", args=[letter.slug]))


def shout(letter, name="FRIENDS OF THE RIVER", **more):
    return SignatoryFactory(letter=letter, listed=True, line=Line(name, "", "KE"), **more)


def test_proof_sheet_shows_what_will_be_printed(client, closed):
    shout(closed)
    shout(closed, "FRIENDS OF THE BRIDGE", visibility="recipient")
    shout(closed, "FRIENDS OF THE NIGHT", visibility="counted")
    SignatoryFactory(letter=closed, confirmed=True, line=Line("NOT LISTED YET HERE", "", "KE"))
    shown = page(client, closed).content.decode()
    assert "All in capitals" in shown
    assert ("FRIENDS OF THE RIVER" in shown, "FRIENDS OF THE BRIDGE" in shown) == (True, True)
    assert ("FRIENDS OF THE NIGHT" in shown, "NOT LISTED YET HERE" in shown) == (False, False)
    assert "Very long" not in shown


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TRANSLATOR])
def test_proof_sheet_is_for_who_runs_the_letter(client, closed, role):
    shout(closed, visibility="recipient")
    assert page(client, closed, role).status_code == 404


def test_proof_sheet_leads_vetters_to_where_it_is_put_right(client, closed):
    one = shout(closed)
    sheet = reverse("admin:signatories_signatory_change", args=[one.pk])
    assert sheet not in page(client, closed).content.decode()
    user = MembershipFactory(campaign=closed.campaign, role=Role.OWNER).user
    user.is_superuser = user.is_staff = True
    user.save()
    sign_in(client, user, with_second_factor=True)
    assert sheet in client.get(reverse("signatories:proof", args=[closed.slug])).content.decode()


@pytest.mark.parametrize(
    ("status", "leads_to"), [("draft", "letters:write"), ("open", "letters:overview"), ("closed", "letters:reopen")]
)
def test_proof_sheet_leads_to_the_text_that_cannot_be_set(client, closed, status, leads_to):
    Letter.objects.filter(pk=closed.pk).update(status=status)
    link = f'<a href="{reverse(leads_to, args=[closed.slug])}">'
    words = "In the text of the letter: what no font has"
    section = page(client, closed).content.decode().partition(words)[2]
    assert section == ""
    closed.texts.update(body="<p>We ask for &#1056833;.</p>")  # U+102041, which nobody has given a meaning
    section = client.get(reverse("signatories:proof", args=[closed.slug])).content.decode().partition(words)[2]
    assert (link in section, "\U00102041" in section) == (True, True)


def test_proof_sheet_of_a_clean_list_says_so(client, closed):
    SignatoryFactory(letter=closed, listed=True, line=Line("River Friends", "", "KE"))
    assert "No doubt about any name." in page(client, closed).content.decode()


def test_ten_thousand_names_are_looked_over_with_two_queries(closed, django_assert_num_queries):
    one = shout(closed)
    other = shout(closed, "FRIENDS OF THE BRIDGE", visibility="recipient")
    with django_assert_num_queries(2):
        assert closed.signatories.listed().doubted_names() == {Doubt.CAPITALS: [one.pk, other.pk]}


def test_looks_of_withheld_names_are_not_kept_in_the_process(closed):
    hygiene.look_in_public.cache_clear()
    shout(closed)
    shout(closed, "FRIENDS OF THE BRIDGE", visibility="recipient")
    shout(closed, "FRIENDS OF THE NIGHT", visibility="counted")
    for _ in range(2):
        closed.signatories.listed().doubted_names()
    assert (hygiene.look_in_public.cache_info().misses, hygiene.look_in_public.cache_info().hits) == (1, 1)


def test_control_characters_that_are_stored_are_found(closed):
    """The form takes them out; a row that came another way is found all the same."""
    one = shout(closed, "River Friends")
    with connection.cursor() as cursor:
        table = Signatory._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET name = %s WHERE id = %s",
            ["River\u202eFriends", one.pk.hex if connection.vendor == "sqlite" else one.pk],
        )
    assert Doubt.HIDDEN in closed.signatories.listed().doubted_names()
