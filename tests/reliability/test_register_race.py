"""The register while two work on one entry: what is filed under it is lost to nobody, and nobody's decision fails."""

import pytest
from django.db import transaction

from signatories import services
from signatories.models import Appearance, Line, Organization, Signatory
from signatories.services import filing, registering
from tests.factories import SignatoryFactory, UserFactory
from tests.reliability.meanwhile import LONG, Meanwhile

pytestmark = pytest.mark.processes

BOATS = Line("Oremba Boat Families", "OBF", "KE")


def listed(*, known, line=BOATS):
    one = SignatoryFactory(listed=True, line=line)
    filing.file_names()
    if known:
        registering.remember([one])
    return one


def decline(signatory):
    services.decline(Signatory.objects.filter(pk=signatory.pk), by=UserFactory(), reason="unknown")


def test_entry_whose_last_appearance_leaves_while_another_comes_stays(postgres):
    old, new = listed(known=True), listed(known=False)
    leaving = Meanwhile(lambda: decline(old))
    with transaction.atomic():
        registering.remember([new])
        leaving.go_as_far_as_it_can()
    leaving.join(LONG)
    assert leaving.error is None
    assert list(Appearance.objects.values_list("pk", flat=True)) == [new.pk]


def test_entry_that_is_leaving_is_not_joined(postgres):
    old, new = listed(known=True), listed(known=False)
    coming = Meanwhile(lambda: registering.remember([new]))
    with transaction.atomic():
        decline(old)
        coming.go_as_far_as_it_can()
    coming.join(LONG)
    assert coming.error is None
    assert list(Appearance.objects.values_list("pk", flat=True)) == [new.pk]


def test_nothing_comes_under_an_entry_that_is_being_merged(postgres):
    gone, into, new = (
        listed(known=True),
        listed(known=True, line=Line("Lind Ferry Crews", "", "KE")),
        listed(known=False),
    )
    gone, into = gone.appearance.organization_id, into.appearance.organization_id
    coming = Meanwhile(lambda: registering.remember([new]))
    with transaction.atomic():
        registering.merge(gone, into, by=UserFactory())
        coming.go_as_far_as_it_can()
    coming.join(LONG)
    assert coming.error is None
    merged = Organization.objects.filter(merged_into__isnull=False)
    assert (Appearance.objects.count(), Appearance.objects.filter(organization__in=merged).count()) == (3, 0)


def test_two_letters_that_list_one_organization_at_once_make_one_entry(postgres):
    one, other = listed(known=False), listed(known=False)
    meanwhile = Meanwhile(transaction.atomic(lambda: registering.remember([other])))
    with transaction.atomic():
        registering.remember([one])
        meanwhile.go_as_far_as_it_can()
    meanwhile.join(LONG)
    assert meanwhile.error is None
    assert (Appearance.objects.count(), Organization.objects.count()) == (2, 1)


def test_two_that_list_many_at_once_do_not_wait_for_each_other(postgres):
    lines = [BOATS, Line("Lind Ferry Crews", "", "KE"), Line("Harbour Nurses", "", "KE")]
    some = [listed(known=False, line=line) for line in lines]
    others = [listed(known=False, line=line) for line in reversed(lines)]
    threads = [
        Meanwhile(transaction.atomic(lambda these=these: registering.remember(these))) for these in (some, others)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert [thread.error for thread in threads] == [None, None]
    assert (Appearance.objects.count(), Organization.objects.count()) == (6, 3)
