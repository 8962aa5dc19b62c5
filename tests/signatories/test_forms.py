"""What the sign-on forms take and what they say."""

import pytest
from django.utils import translation

from signatories import attestations, countries
from signatories.forms import IndividualForm, LinkForm, SentForm, SignOnForm
from signatories.models import Line, Signatory
from signatories.services import Contact

ORGANIZATION = {
    "name": "Observatoire des rivières",
    "country": "CD",
    "scope": "national",
    "contact_name": "Aline Kabila",
    "contact_role": "Coordinator",
    "contact_email": "aline@rivieres.example",
    "visibility": "public",
    "attested": "on",
}
INDIVIDUAL = {
    "name": "Aline Kabila",
    "country": "CD",
    "contact_email": "aline@rivieres.example",
    "named": "on",
    "attested": "on",
}


def errors(form):
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def test_organization_needs_six_answers_and_a_tick():
    blank = SignOnForm()
    needed = {name for name, field in blank.fields.items() if field.required}
    answered_already = {name for name in needed if blank[name].value()}
    assert answered_already == {"visibility"}
    assert len(needed - answered_already) == 7
    assert set(SignOnForm.folded) == set(blank.fields) - needed


def test_every_field_says_what_becomes_of_it():
    for form in (SignOnForm(), IndividualForm()):
        silent = {name for name, field in form.fields.items() if not field.help_text}
        assert silent == {"attested", "named"} & set(form.fields)  # a sentence of its own each


def test_organization_hands_on_all_it_was_told():
    folded = {
        "acronym": "ODR",
        "second_name": "River Observatory",
        "reading": "Rivieres",
        "website": "www.rivieres.org",
        "second_email": "board@rivieres.org",
    }
    form = SentForm(ORGANIZATION | folded)
    assert errors(form) == {}
    assert form.facts == {
        "kind": "organization",
        "line": Line(
            *("Observatoire des rivières", "ODR", "CD", "www.rivieres.org", "River Observatory", "Rivieres"),
        ),
        "visibility": "public",
        "scope": "national",
        "contact": Contact("Aline Kabila", "Coordinator", "aline@rivieres.example"),
        "second_email": "board@rivieres.org",
    }


def test_individual_signs_by_name_and_is_always_public():
    form = IndividualForm(INDIVIDUAL | {"affiliation": "Professor, University of Marevia"})
    assert errors(form) == {}
    assert form.facts == {
        "kind": "individual",
        "line": Line("Aline Kabila", country="CD", affiliation="Professor, University of Marevia"),
        "visibility": "public",
        "scope": "",
        "contact": Contact("Aline Kabila", "Professor, University of Marevia", "aline@rivieres.example"),
    }


@pytest.mark.parametrize("tick", ["named", "attested"])
def test_individual_is_not_taken_without_asking_to_be_named(tick):
    assert list(IndividualForm(INDIVIDUAL | {tick: ""}).errors) == [tick]


def test_every_level_of_visibility_is_offered_and_explained():
    shown = str(SignOnForm()["visibility"])
    assert [
        value for value in Signatory.Visibility.values if f'value="{value}"' in shown
    ] == Signatory.Visibility.values
    assert shown.count('<span class="hint">') == 3


@pytest.mark.parametrize(
    ("website", "second", "wrong"),
    [
        ("www.rivieres.org", "board@rivieres.org", None),
        ("www.rivieres.org", "board@mail.rivieres.org", None),
        ("www.rivieres.org", "board@other.org", "second_email"),
        ("www.rivieres.org", "rivieres@gmail.com", "second_email"),
        ("www.rivieres.org", "nobody", "second_email"),
        ("www.rivieres.org", "ALINE@rivieres.example", "second_email"),  # who signs
        ("www.rivieres.example", "aline+board@rivieres.example", "second_email"),  # the same mailbox
        ("www.rivieres.example", "board@rivieres.example", None),  # the control
        ("", "board@rivieres.org", "website"),
        ("not a site", "board@rivieres.org", "website"),
    ],
)
def test_second_contact_has_to_be_at_the_organizations_own_domain(website, second, wrong):
    form = SentForm(ORGANIZATION | {"website": website, "second_email": second})
    assert list(form.errors) == ([wrong] if wrong else [])


@pytest.mark.parametrize("name", ["name", "acronym", "second_name", "reading", "contact_name", "contact_role"])
@pytest.mark.parametrize("typed", ["See https://evil.example", "www.evil.example", "…", "\N{FIRE}\N{FIRE}"])
def test_printed_words_hold_no_link_and_no_picture(name, typed):
    assert list(SentForm(ORGANIZATION | {name: typed}).errors) == [name]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Friends \n of\tthe  river ", "Friends of the river"),
        ("جمعية \u202eالنهر\u202c", "جمعية النهر"),
        ("\u2067evil\u2069", "evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("海岸灯塔之友", "海岸灯塔之友"),
        ("x" * 200, "x" * 200),
    ],
)
def test_names_in_any_script_are_kept_and_lose_what_would_turn_their_neighbours(typed, printed):
    assert SentForm(ORGANIZATION | {"name": typed}).is_valid()
    form = SentForm(ORGANIZATION | {"name": typed, "second_name": typed})
    form.is_valid()
    assert (form.line.name, form.line.second_name) == (printed, printed)


def test_fold_is_open_once_something_in_it_matters():
    assert not SignOnForm().is_unfolded
    assert not SignOnForm(ORGANIZATION | {"name": ""}).is_unfolded
    assert SignOnForm(ORGANIZATION | {"acronym": "ODR"}).is_unfolded
    assert SignOnForm(ORGANIZATION | {"second_email": "board@rivieres.org"}).is_unfolded
    asked = SignOnForm(ORGANIZATION)
    asked.turn_to("website")
    assert asked.is_unfolded


def test_turning_to_one_form_leaves_the_next_one_alone():
    SignOnForm().turn_to("name")
    assert "autofocus" not in str(SignOnForm()["name"])


def test_capacity_can_be_repaired_both_ways():
    person = IndividualForm.in_this_capacity(ORGANIZATION)
    assert person == {
        "name": "Aline Kabila",
        "affiliation": "Coordinator, Observatoire des rivières",
        "country": "CD",
        "contact_email": "aline@rivieres.example",
    }
    back = SignOnForm.in_this_capacity(INDIVIDUAL | {"affiliation": "Coordinator"})
    assert back == {
        "contact_name": "Aline Kabila",
        "contact_role": "Coordinator",
        "country": "CD",
        "contact_email": "aline@rivieres.example",
    }


def test_attestation_is_what_the_boxes_say(settings):
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            assert attestations.words("organization") == str(SignOnForm()["attested"].label)
            boxes = IndividualForm()
            assert attestations.words("individual") == f"{boxes['named'].label} {boxes['attested'].label}"
            assert max(len(attestations.words(kind)) for kind in Signatory.Kind.values) <= 400


@pytest.mark.parametrize(
    ("language", "early", "late"), [("en", "Åland Islands", "Albania"), ("fr", "Égypte", "Finlande")]
)
def test_countries_come_after_the_wider_areas_in_the_readers_order(language, early, late):
    with translation.override(language):
        codes = [code for code, _ in countries.choices()]
        shown = [str(name) for _, name in countries.choices()]
    assert codes[: len(countries.WIDER)] == list(countries.WIDER)
    assert shown.index(early) < shown.index(late)


@pytest.mark.parametrize("address", ['"ama"@river.example', "ama@[192.0.2.1]", '"ama mensah"@river.example'])
def test_address_has_one_spelling(address):
    for form, name, answers in (
        (SignOnForm, "contact_email", ORGANIZATION),
        (SignOnForm, "second_email", ORGANIZATION),
        (IndividualForm, "contact_email", INDIVIDUAL),
        (LinkForm, "email", {}),
    ):
        assert name in form(answers | {name: address}).errors


def test_address_loses_what_nobody_sees():
    form = LinkForm({"email": "ama@ri\u200dver.example\u200b"})
    assert form.is_valid()
    assert form.cleaned_data["email"] == "ama@river.example"
