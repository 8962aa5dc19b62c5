"""A list added once: who is asked, who cannot be added, and what a crash leaves."""

import pytest
from django.utils import timezone

from campaigns.models import Mail
from letters.models import Letter
from signatories import services, tasks
from signatories.services import importing
from signatories.services.importing import Change
from tests.factories import RevisionFactory
from tests.signatories.importing.lists import add, outcomes, taken

pytestmark = pytest.mark.django_db


def test_add_asks_by_mail_and_says_what_it_could_not_add(letter):
    of = add(taken(letter))
    assert outcomes(of)[1:] == [
        ("Wells for All", "added", ""),
        ("Amigas del Río", "added", ""),
        ("Bridge Watch", "refused", "no_address"),
    ]
    assert of.status == "done"
    assert set(letter.signatories.values_list("status", "kind", "visibility")) == {
        ("pending", "organization", "public")
    }
    assert list(Mail.objects.values_list("kind", flat=True)) == ["signatories.confirm"] * 2


def test_add_twice_adds_once(letter):
    add(taken(letter, is_proof=True))
    again = taken(letter, is_proof=True)
    importing.look_over(again, {n: Change("add", "public") for n in (2, 3, 4)}, by=again.made_by)
    assert [why for _, _, why in outcomes(add(again))][1:] == ["already_on"] * 3
    assert letter.signatories.count() == 3


def test_add_takes_an_address_once(letter):
    add(taken(letter))
    again = taken(letter)
    importing.look_over(again, {n: Change("add", "public") for n in (2, 3)}, by=again.made_by)
    assert [why for _, _, why in outcomes(add(again))][1:3] == ["address_taken"] * 2
    assert (letter.signatories.count(), Mail.objects.count()) == (2, 2)


def test_add_goes_on_where_it_was_cut_off(letter, monkeypatch):
    """The process ends after the first rows; the sweep adds the rest, and none twice."""
    monkeypatch.setattr("signatories.services.importing.adding.BATCH", 1)
    monkeypatch.setattr("signatories.services.importing.adding.ADDED_AT_ONCE", 0)
    of = add(taken(letter))
    assert of.status == "adding"
    from signatories.services.importing import adding

    assert [adding._add_some(of.pk) for _ in range(2)] == [1, 1]
    assert letter.signatories.count() == 1
    assert tasks.import_lists() == 2
    of.refresh_from_db()
    assert (of.status, letter.signatories.count()) == ("done", 2)


def test_add_rolls_back_rows_that_were_being_added(letter, monkeypatch):
    of = taken(letter)
    monkeypatch.setattr("signatories.services.importing.adding.ADDED_AT_ONCE", 0)
    add(of)

    def cut_off(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("campaigns.insertion.rewrite", cut_off)
        tasks.import_lists()
    assert (letter.signatories.count(), Mail.objects.count(), of.rows.undone().count()) == (0, 0, 4)
    tasks.import_lists()
    assert (letter.signatories.count(), Mail.objects.count()) == (2, 2)


def test_add_waits_for_decisions(letter):
    of = taken(letter)
    of.rows.filter(number=2).update(decision="ask")
    with pytest.raises(importing.NotDecided):
        add(of)
    assert importing.add_undecided(of, by=of.made_by) == 1
    assert add(of).status == "done"


def test_add_needs_a_letter_that_takes_sign_ons(letter):
    of = taken(letter)
    Letter.objects.filter(pk=letter.pk).update(is_paused=True)
    with pytest.raises(importing.NotNow):
        add(of)
    assert letter.signatories.count() == 0


def test_add_stops_when_the_letter_closes(letter, monkeypatch):
    monkeypatch.setattr("signatories.services.importing.adding.ADDED_AT_ONCE", 0)
    of = add(taken(letter))
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now())
    tasks.import_lists()
    of.refresh_from_db()
    assert (of.status, of.stopped, letter.signatories.count()) == ("ready", "closed", 0)


def test_add_stops_when_the_text_changes_in_substance(letter, monkeypatch):
    monkeypatch.setattr("signatories.services.importing.adding.ADDED_AT_ONCE", 0)
    of = add(taken(letter))
    RevisionFactory(letter=letter, number=2, substance=2)
    Letter.objects.filter(pk=letter.pk).update(substance=2)
    tasks.import_lists()
    of.refresh_from_db()
    assert (of.status, of.stopped, letter.signatories.count()) == ("ready", "amended", 0)


def test_add_writes_to_no_mailbox_that_never_asked(letter):
    from campaigns import silence

    silence.keep("office@wells.example")
    assert outcomes(add(taken(letter)))[1] == ("Wells for All", "refused", "no_more_mail")
    assert letter.signatories.count() == 1


def test_add_writes_no_more_to_one_mailbox_than_a_form_could(letter):
    names = ("Wells", "Orchard", "Lighthouse", "Harbour", "Quarry")
    text = "Organization\tCountry\tE-mail\n"
    text += "\n".join(f"{one} Trust\tKenya\ta+{one}@wells.example" for one in names)
    of = taken(letter, text)
    importing.add_undecided(of, by=of.made_by)
    of.rows.filter(number__gt=1).update(decision="add", same_as_row=None)
    assert [why for _, _, why in outcomes(add(of))][1:] == ["", "", "", "no_more_mail", "no_more_mail"]


def test_add_takes_individuals_where_they_sign(letter):
    of = taken(letter)
    of.rows.filter(number=2).update(kind="individual")
    assert outcomes(add(of))[1] == ("Wells for All", "refused", "individual")


def test_look_over_again_takes_up_what_was_refused(letter):
    of = add(taken(letter))
    assert importing.look_over_again(of, by=of.made_by) == 1
    importing.look_over(of, {4: Change("add", "public", {"email": "post@bridge.example"})}, by=of.made_by)
    assert outcomes(add(of))[3] == ("Bridge Watch", "added", "")
    assert letter.signatories.count() == 3


def test_confirmation_says_what_the_form_would_have_asked(letter):
    of = add(taken(letter))
    signatory = of.rows.get(number=2).signatory
    assert (signatory.attestation, signatory.attested_words) == ("", "")
    services.confirm(signatory.tokens.get())
    signatory.refresh_from_db()
    assert signatory.attested_words == "I am authorized to sign for this organization."


def test_what_a_list_calls_international_or_regional_stands_there(letter):
    add(taken(letter, "Wells for All, International\nPond Aid, Latin America\nLake Aid, Peru", is_proof=True))
    where = dict(letter.signatories.values_list("name", "scope"))
    assert where == {"Wells for All": "international", "Pond Aid": "regional", "Lake Aid": ""}


def test_a_list_is_no_rush(letter, settings):
    from signatories.services import holding

    settings.SIGN_ON_RUSH = 2
    of = add(taken(letter))
    assert holding.is_rush(letter.pk) is False
    of.rows.all().delete()  # without their rows they count
    holding.forget()
    assert holding.is_rush(letter.pk) is True


def test_confirming_ends_that_it_came_in_a_list(letter, django_assert_num_queries):
    signatory = add(taken(letter)).rows.get(number=2).signatory
    with django_assert_num_queries(0):
        assert signatory.came_in_a_list is True
    services.confirm(signatory.tokens.get())
    signatory.refresh_from_db()
    assert signatory.came_in_a_list is False


def test_add_prints_no_acronym_that_the_name_is_or_begins_with(letter):
    text = "SMEX, Lebanon\nISUR, Universidad del Rosario, Colombia\nWells for All (WFA), Kenya"
    of = taken(letter, text, is_proof=True)
    of.rows.update(decision="add")
    assert [row.sealed.get("acronym") for row in of.rows.all()] == ["SMEX", "ISUR", "WFA"]
    add(of)
    printed = dict(letter.signatories.values_list("name", "acronym"))
    assert printed == {"SMEX": "", "ISUR, Universidad del Rosario": "", "Wells for All": "WFA"}


def test_add_takes_nobody_without_a_country(letter):
    of = taken(letter, "Organization\tCountry\tE-mail\nQuay Choir\tAtlantis\tchoir@quay.example")
    of.rows.filter(number=2).update(decision="add")  # as no page decides it
    assert outcomes(add(of))[-1] == ("Quay Choir", "refused", "incomplete")
