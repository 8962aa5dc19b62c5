"""Correcting one's line: by its owner at once, or once a vetter has seen another name."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from signatories import services
from signatories.models import Correction, Line, Purpose, Signatory, Token
from signatories.services import correcting
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.signatories.own_page import corrected, fresh, kinds, mine, shown, token_of

pytestmark = pytest.mark.django_db


def test_correct_counts_at_once_before_it_is_listed():
    signatory = SignatoryFactory(confirmed=True)
    corrected(signatory, name="Other Rivers")
    assert fresh(signatory).name == "Other Rivers"
    assert fresh(signatory).identity_hash != signatory.identity_hash


def test_correct_of_a_listed_spelling_counts_at_once_and_another_name_waits():
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    corrected(signatory, name="RIVER–WATCH")
    assert fresh(signatory).name == "RIVER–WATCH"
    corrected(fresh(signatory), name="Ministry of Rivers")
    assert fresh(signatory).name == "RIVER–WATCH"
    assert Signatory.objects.awaiting_vetting().get() == signatory


@pytest.mark.parametrize(
    ("website", "is_at_once"),
    [("http://river.example/us", True), ("", True), ("https://river.test", False)],
)
def test_correct_of_a_listed_website_counts_at_once_within_the_same_domain(website, is_at_once):
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE", website="https://river.example"))
    corrected(signatory, website=website)
    assert (fresh(signatory).website == website, Correction.objects.exists()) == (is_at_once, not is_at_once)


@pytest.mark.parametrize("is_taken", [True, False])
def test_correct_to_a_name_that_is_taken_looks_like_any_other(client, is_taken):
    letter = OpenLetterFactory()
    other = SignatoryFactory(letter=letter, confirmed=True, line=Line("Lake Friends", country="KE"))
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=Line("River Watch", country="KE"))
    if not is_taken:
        services.withdraw(token_of(other))
    corrected(signatory, name="Lake Friends")
    assert (fresh(signatory).name, Correction.objects.count()) == ("Lake Friends", 0)
    assert fresh(signatory).status == ("duplicate" if is_taken else "confirmed")
    assert "your sign-on is confirmed" in shown(client.get(mine(signatory)))
    assert json.loads(client.get(mine(signatory, "holdings_file")).content)["status"] == "confirmed"


def test_correct_of_a_double_to_a_name_of_its_own_ends_the_double():
    letter = OpenLetterFactory()
    line = Line("Lake Friends", country="KE")
    SignatoryFactory(letter=letter, confirmed=True, line=line)
    double = SignatoryFactory(letter=letter, line=line)
    services.confirm(Token.objects.found(Purpose.CONFIRM, confirmation_token(double)))
    assert fresh(double).status == "duplicate"
    corrected(fresh(double), name="Lake Friends of the South")
    assert (fresh(double).status, fresh(double).duplicate_of) == ("confirmed", None)


def test_approving_leaves_out_who_has_changed_its_line_since_the_page_was_made():
    signatory = SignatoryFactory(confirmed=True)
    before = timezone.now()
    corrected(signatory, name="Ministry of Rivers")
    chosen, by = Signatory.objects.filter(pk=signatory.pk), UserFactory()
    assert services.approve(chosen, by=by, shown_at=before) == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert services.approve(chosen, by=by, shown_at=timezone.now()) == 1


def test_saving_what_stands_there_changes_nothing(client):
    """As a program that presses every button does: not even the line asked for is taken back."""
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    corrected(signatory, name="Ministry of Rivers")
    (asked,) = Correction.objects.values()
    page = client.get(mine(signatory, "correct"))
    client.post(mine(signatory, "correct"), {k: v for k, v in page.context["form"].initial.items() if v})
    assert list(Correction.objects.values()) == [asked]
    client.post(mine(signatory, "correct"), page.context["form"].initial | {"name": "River Watch"})
    assert not Correction.objects.exists()


@pytest.mark.parametrize("accept", [True, False])
def test_vetter_decides_on_another_line_and_the_contact_is_told(accept):
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    corrected(signatory, name="River Watch International")
    by = UserFactory()
    assert correcting.decide(Correction.objects.get(), accept=accept, by=by)
    assert fresh(signatory).name == ("River Watch International" if accept else "River Watch")
    assert kinds(signatory) == ["signatories.printed_as"]
    assert not correcting.decide(Correction.objects.get(), accept=accept, by=by)


def test_correct_mends_the_wrong_capacity(client):
    letter = OpenLetterFactory(open_to="both")
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=Line("Ama Doe", country="KE"))
    page = client.get(mine(signatory, "correct"))
    answers = page.context["form"].initial | {"kind": "individual", "affiliation": "Professor, Lake University"}
    client.post(mine(signatory, "correct"), answers)
    found = fresh(signatory)
    assert (found.kind, found.line.affiliation, found.line.acronym) == ("individual", "Professor, Lake University", "")


def test_individual_is_not_named_by_a_correction_alone(client):
    """Who withholds its name raises that itself, in so many words."""
    letter = OpenLetterFactory(open_to="both")
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Ama Doe", country="KE"))
    answers = client.get(mine(signatory, "correct")).context["form"].initial | {"kind": "individual"}
    assert "First choose" in shown(client.post(mine(signatory, "correct"), answers))
    services.show_as(token_of(signatory), "public")
    client.post(mine(signatory, "correct"), answers)
    services.show_as(token_of(signatory), "counted")
    assert not correcting.decide(Correction.objects.get(), accept=True, by=UserFactory())
    assert (fresh(signatory).visibility, fresh(signatory).kind) == ("counted", "organization")


def test_correct_keeps_what_was_typed_and_says_what_is_wrong(client):
    signatory = SignatoryFactory(confirmed=True)
    answer = client.post(mine(signatory, "correct"), {"name": "", "acronym": "RW"})
    assert "Enter the name." in shown(answer)
    assert 'value="RW"' in shown(answer)
