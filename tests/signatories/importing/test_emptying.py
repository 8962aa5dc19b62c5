"""What is kept of a list, and when it goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters.models import Letter
from signatories import services, tasks
from signatories.models import Import, Line
from signatories.services import importing
from tests.factories import MembershipFactory, SignatoryFactory
from tests.signatories.importing.lists import add, taken

pytestmark = pytest.mark.django_db


def test_discard_deletes_the_words(letter):
    of = taken(letter, proof=("a.txt", b"x"))
    importing.discard(of, by=of.made_by)
    of.refresh_from_db()
    assert (of.status, of.source, of.proof, of.rows.exclude(sealed="").count()) == ("discarded", "", "", 0)


def test_retention_empties_the_rows_and_then_the_proof(letter):
    of = add(taken(letter, proof=("a.txt", b"x")))
    long_ago = timezone.now() - timedelta(days=31)
    Import.objects.update(added_at=long_ago, touched_at=long_ago)
    tasks.keep_retention()
    of.refresh_from_db()
    assert (of.rows.exclude(sealed="").count(), bool(of.proof)) == (0, True)
    closed = timezone.now() - timedelta(days=200)
    Letter.objects.filter(pk=letter.pk).update(
        status="closed", closed_at=closed, closes_at=closed, opens_at=closed - timedelta(days=1)
    )
    tasks.keep_retention()
    of.refresh_from_db()
    assert (of.proof, of.source, bool(of.emptied_at)) == ("", "", True)


def test_retention_throws_away_what_nobody_looked_at(letter):
    of = taken(letter)
    Import.objects.update(touched_at=timezone.now() - timedelta(days=31))
    tasks.keep_retention()
    of.refresh_from_db()
    assert (of.status, of.rows.exclude(sealed="").count()) == ("discarded", 0)


def test_retention_leaves_what_was_taken_up_again(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), confirmed=True)
    of = add(taken(letter))
    long_ago = timezone.now() - timedelta(days=31)
    Import.objects.update(added_at=long_ago, touched_at=long_ago)
    importing.unmerge(of.rows.get(number=2), by=of.made_by)
    tasks.keep_retention()
    of.refresh_from_db()
    assert (of.status, bool(of.rows.get(number=2).sealed)) == ("ready", True)


def test_erasing_a_sign_on_skips_what_waits_with_its_address(letter):
    signatory = SignatoryFactory(letter=letter, contact_email="office@wells.example", confirmed=True)
    of = taken(letter)
    services.erase(signatory.tokens.model.objects.mine(signatory), keeps_line=False)
    assert [(row.decision, bool(row.sealed)) for row in of.rows.all()][1:3] == [("skip", False), ("add", True)]


def test_erasing_a_sign_on_empties_its_row(letter):
    of = add(taken(letter))
    signatory = of.rows.get(number=2).signatory
    services.erase(signatory.tokens.model.objects.mine(signatory), keeps_line=False)
    assert [bool(row.sealed) for row in of.rows.all()] == [True, False, True, True]


def partly_added(letter):
    of = add(taken(letter, proof=("a.txt", b"x")))
    importing.look_over_again(of, by=of.made_by)  # the third has no address
    return of


def test_discarding_the_rest_keeps_what_the_added_stand_on(letter, client):
    of = partly_added(letter)
    assert importing.discard(of, by=of.made_by) is True
    of.refresh_from_db()
    assert (of.status, bool(of.proof), of.source, of.rows.exclude(sealed="").count()) == (
        "done",
        True,
        "Mail of the secretary",
        0,
    )
    assert [row.outcome for row in of.rows.all()] == ["skipped", "added", "added", "skipped"]
    client.force_login(MembershipFactory(campaign=letter.campaign).user)
    page = client.get(f"/desk/letters/{letter.slug}/lists/").content.decode()
    assert "Mail of the secretary" in page


def test_erasing_the_last_that_a_proof_shows_deletes_it(letter):
    of = add(taken(letter, proof=("a.txt", b"x")))
    for row, is_kept in ((of.rows.get(number=2), True), (of.rows.get(number=3), False)):
        services.erase(row.signatory.tokens.model.objects.mine(row.signatory), keeps_line=False)
        of.refresh_from_db()
        assert bool(of.proof) is is_kept


def test_discarding_leaves_no_proof_of_those_who_are_erased(letter):
    of = partly_added(letter)
    for number in (2, 3):
        signatory = of.rows.get(number=number).signatory
        services.erase(signatory.tokens.model.objects.mine(signatory), keeps_line=False)
    importing.discard(of, by=of.made_by)
    of.refresh_from_db()
    assert (of.status, of.proof, of.source) == ("discarded", "", "")
