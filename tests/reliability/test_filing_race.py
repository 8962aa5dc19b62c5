"""Filing names while vetters decide: it takes what it writes about, and waits for nothing that they hold."""

import pytest
from django.db import transaction

from signatories import services
from signatories.models import Line, NameKey, Nearness, Signatory
from signatories.services import filing
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.reliability.meanwhile import LONG, Meanwhile

pytestmark = pytest.mark.processes

BOATS = ("Oremba Boat Families", "Oremba Boat Family")


@pytest.fixture
def letter(postgres):
    return OpenLetterFactory()


def confirmed(letter, name):
    return SignatoryFactory(letter=letter, confirmed=True, line=Line(name, "", "KE"))


def approve(*signatories):
    keys = [one.pk for one in signatories]
    services.approve(Signatory.objects.filter(pk__in=keys), by=UserFactory())


def test_vetter_who_decides_on_one_that_is_being_filed_waits_and_decides(letter):
    """The vetter has the letter and wants the sign-on; filing has the sign-on, and must not want the letter."""
    one = confirmed(letter, BOATS[0])
    deciding = Meanwhile(lambda: approve(one))
    with transaction.atomic():
        batch = list(Signatory.objects.filter(pk=one.pk).select_for_update())
        deciding.go_as_far_as_it_can()
        filing._file(letter.pk, batch, filing._withheld(letter.pk))
    deciding.join(LONG)
    assert deciding.error is None
    one.refresh_from_db()
    assert (one.status, one.is_filed, NameKey.objects.filter(signatory=one).exists()) == ("listed", True, True)


def test_vetter_who_has_one_of_two_alike_waits_for_the_other_that_is_being_filed(letter):
    """Filing writes for both that they are near: it must not want the one that the vetter has."""
    first, second = sorted((confirmed(letter, name) for name in BOATS), key=lambda one: one.pk)
    Signatory.objects.filter(pk=second.pk).update(is_filed=True)
    filing.file_names()
    Signatory.objects.update(is_filed=True)
    Signatory.objects.filter(pk=second.pk).update(is_filed=False)
    deciding = Meanwhile(lambda: approve(first, second))
    with transaction.atomic():
        batch = list(Signatory.objects.filter(pk=second.pk).select_for_update())
        deciding.go_as_far_as_it_can()
        filing._file(letter.pk, batch, filing._withheld(letter.pk))
    deciding.join(LONG)
    assert deciding.error is None
    assert set(Signatory.objects.values_list("status", flat=True)) == {"listed"}
    assert set(Nearness.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
