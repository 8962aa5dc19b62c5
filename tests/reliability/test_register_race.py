"""The register while two work on one entry: what is filed under it is lost to nobody, and nobody's decision fails."""

import secrets
import threading
import uuid
from contextlib import suppress
from copy import copy
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction

from campaigns import turns
from signatories import services
from signatories.models import (
    Appearance,
    InvalidatedSignatory,
    Invalidation,
    Line,
    Organization,
    Signatory,
)
from signatories.services import filing, registering
from signatories.services.registering import remembering
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


@pytest.fixture
def two_are_many(monkeypatch):
    """Who remembers as few as two names has the register to itself."""
    monkeypatch.setattr(remembering, "FEW", 1)
    monkeypatch.setattr(registering, "FEW", 1)


def entries_of_one_and_of_many_at_once(*, many_first):
    lines = [BOATS, Line("Lind Ferry Crews", "", "KE")]
    one, many = [listed(known=False)], [listed(known=False, line=line) for line in lines]
    first, second = (many, one) if many_first else (one, many)
    meanwhile = Meanwhile(transaction.atomic(lambda: registering.remember(second)))
    with transaction.atomic():
        registering.remember(first)
        meanwhile.go_as_far_as_it_can()
    meanwhile.join(LONG)
    assert meanwhile.error is None
    assert Appearance.objects.count() == 3
    return Organization.objects.count()


@pytest.mark.parametrize("many_first", [True, False])
def test_who_lists_many_and_who_lists_one_find_each_others_entries(postgres, two_are_many, many_first):
    assert entries_of_one_and_of_many_at_once(many_first=many_first) == 2


@pytest.mark.parametrize("many_first", [True, False])
def test_who_lists_one_without_a_share_would_be_noticed(postgres, two_are_many, monkeypatch, many_first):
    monkeypatch.setattr(turns, "share", lambda turn, key: None)
    assert entries_of_one_and_of_many_at_once(many_first=many_first) == 3


def set_aside(names):
    """A letter's sign-ons of these names, which will be put back in this order."""
    one, by = SignatoryFactory(listed=True), UserFactory()
    made = []
    for number, name in enumerate(names):
        another = copy(one)
        another.pk, another.name, another.status = uuid.UUID(int=one.letter_id << 32 | number), name, "invalid"
        another.identity_hash, another.contact_hash = secrets.token_hex(32), secrets.token_hex(32)
        made.append(another)
    Signatory.objects.bulk_create(made, batch_size=1000)
    facts = {"rule": {}, "reason": "Forged", "number": len(made), "made_by": by}
    invalidation = Invalidation.objects.create(letter=one.letter, **facts)
    rows = [InvalidatedSignatory(invalidation=invalidation, signatory=row, was="listed") for row in made]
    InvalidatedSignatory.objects.bulk_create(rows, batch_size=1000)
    return invalidation


def names_of(number):
    """So many that are no two of one organization."""
    return [f"{secrets.token_hex(6)} {secrets.token_hex(6)}" for _ in range(number)]


def test_seven_thousand_are_put_back_and_take_few_locks(postgres):
    invalidation = set_aside(names_of(7000))
    with transaction.atomic():
        assert services.undo(invalidation, by=UserFactory()).restored == 7000
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            taken = cursor.fetchone()[0]
    assert Appearance.objects.count() == 7000
    assert taken < 10


def put_back_at_once(monkeypatch, put_back):
    """Two of one another's names in opposite order, a name at a time, each once the other has its first."""
    names = ["Oremba Boat Families", "Lind Ferry Crews", "Harbour Nurses"]
    several = [set_aside(names), set_aside(names[::-1])]
    both, remember = threading.Barrier(2), remembering.remember

    def remember_and_wait(signatories):
        remember(signatories)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)

    monkeypatch.setattr(remembering, "remember", remember_and_wait)
    threads = [Meanwhile(partial(put_back, one, by=UserFactory())) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    return [thread.error for thread in threads]


def test_two_cohorts_put_back_at_once_do_not_wait_for_each_other(postgres, monkeypatch, two_are_many):
    assert put_back_at_once(monkeypatch, services.undo) == [None, None]
    assert Appearance.objects.count() == 6


def in_one_transaction(invalidation, by):
    with transaction.atomic():
        keys = list(invalidation.rows.order_by("signatory").values_list("signatory", flat=True))
        Signatory.objects.filter(pk__in=keys).update(status="listed")
        registering.remember_again(invalidation.letter_id, keys)


def test_two_that_wait_for_each_other_would_be_noticed(postgres, monkeypatch, two_are_many):
    """The control: few names, whose turns come batch by batch."""
    errors = put_back_at_once(monkeypatch, in_one_transaction)
    assert sorted(isinstance(error, OperationalError) for error in errors) == [False, True]


def test_listing_elsewhere_does_not_wait_until_a_cohort_is_put_back(postgres, two_are_many):
    invalidation, other = set_aside(names_of(3)), listed(known=False)
    listing = Meanwhile(transaction.atomic(lambda: registering.remember([other])))
    with transaction.atomic():
        assert services.undo(invalidation, by=UserFactory()).restored == 3
        listing.start()
        listing.join(LONG)
        assert (listing.is_alive(), listing.error, Appearance.objects.count()) == (False, None, 1)
    assert Appearance.objects.count() == 4
