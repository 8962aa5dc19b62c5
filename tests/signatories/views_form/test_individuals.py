"""Individuals sign by name, where a letter is open to them."""

import pytest
from django.urls import reverse

from signatories import services
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory
from tests.signatories.test_forms import INDIVIDUAL, ORGANIZATION
from tests.signatories.views_form.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_individual_signs_by_name(client):
    letter = OpenLetterFactory(open_to="both")
    page(client, letter, kind="individual", affiliation="Professor, University of Marevia", send="1")
    signatory = letter.signatories.get()
    assert (signatory.kind, signatory.visibility, signatory.scope) == ("individual", "public", "")
    assert signatory.line == Line("Aline Kabila", country="CD", affiliation="Professor, University of Marevia")
    assert (signatory.attestation, signatory.attested_words) == (
        "2026-12",
        "Print my name: on this site, in the letter and in the lists to download."
        " I sign for myself, in a personal capacity, not for an organization.",
    )


def test_individual_has_no_page_on_a_letter_of_organizations(client):
    letter = OpenLetterFactory()
    form = reverse("signatories:sign", args=[letter.slug])
    assert client.get(reverse("signatories:sign_individual", args=[letter.slug])).url == form
    answer = page(client, letter, kind="individual", send="1")
    shown = answer.content.decode()
    assert "takes sign-ons of organizations alone by now" in shown
    assert f'action="{form}"' in shown
    assert answer.context["form"]["contact_email"].value() == INDIVIDUAL["contact_email"]
    assert (letter.signatories.count(), "Who signs?" in client.get(form).content.decode()) == (0, False)
    with pytest.raises(services.NotAccepting):
        services.sign_on(
            letter,
            kind="individual",
            line=Line("Aline Kabila"),
            visibility="public",
            scope="",
            contact=services.Contact("Aline Kabila", "", "aline@rivieres.example"),
            language="en",
        )


def test_capacity_is_chosen_first_and_can_be_changed_with_what_was_entered(client):
    letter = OpenLetterFactory(open_to="both")
    ours, theirs = (reverse(f"signatories:{name}", args=[letter.slug]) for name in ("sign", "sign_individual"))
    assert f'<a href="{theirs}">' in client.get(ours).content.decode()
    assert f'<a href="{ours}">' in client.get(theirs).content.decode()
    assert f'formaction="{theirs}"' in page(client, letter).content.decode()
    turned = client.post(theirs, ORGANIZATION | {"switch": "1"}).content.decode()
    assert 'value="Aline Kabila"' in turned
    assert 'value="Coordinator, Observatoire des rivières"' in turned
    assert 'class="error-summary"' not in turned


def test_an_individual_and_an_organization_of_one_name_are_two(client):
    letter = OpenLetterFactory(open_to="both")
    line = Line("Aline Kabila", country="CD")
    hashes = {
        services.identity_hash(letter.pk, line),
        services.identity_hash(letter.pk, line, "individual"),
        services.identity_hash(letter.pk, Line("Aline Kabila", country="CD", affiliation="Nurse"), "individual"),
    }
    assert len(hashes) == 3
    page(client, letter, kind="individual", send="1")
    assert letter.signatories.get().identity_hash in hashes


def test_the_kind_is_that_of_the_newest_form(client):
    letter = OpenLetterFactory(open_to="both")
    page(client, letter, send="1")
    page(client, letter, kind="individual", send="1")
    signatory = letter.signatories.get()
    assert (signatory.kind, signatory.line.name, signatory.status) == ("individual", "Aline Kabila", "pending")
    assert signatory.attested_words.startswith("Print my name")
    assert Signatory.objects.count() == 1
