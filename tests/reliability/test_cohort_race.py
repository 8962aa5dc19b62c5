"""Several vetters at the same cohort, while its people click: one deed each, nobody blocked, nothing half done."""

from datetime import date
from functools import partial

import pytest

from campaigns import sources
from campaigns.models import Mail, Salt
from signatories import services
from signatories.models import InvalidatedSignatory, Invalidation, Purpose, Signatory, Token
from signatories.services import Rule
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS, VETTERS = 5, 4


def outcomes(done, kind):
    return [one for one in done if isinstance(one, kind)]


def test_cohort_is_set_aside_once_and_put_back_once(postgres):
    vetters = UserFactory.create_batch(VETTERS)
    for _ in range(ROUNDS):
        letter = OpenLetterFactory()
        rows = SignatoryFactory.create_batch(20, letter=letter)
        tokens = [Token.objects.found(Purpose.CONFIRM, confirmation_token(one)) for one in rows[:5]]
        rule = services.preview(Rule(letter.pk)).rule
        deeds = [partial(services.invalidate, rule, seen=20, reason="Forged", by=by) for by in vetters]
        clicks = [partial(services.confirm, token) for token in tokens]
        done = signers.at_once([*deeds, *clicks])
        (made,) = outcomes(done, Invalidation)
        assert len(outcomes(done, services.NothingLeft)) == VETTERS - 1
        assert outcomes(done, Exception) == outcomes(done, services.NothingLeft)
        statuses = list(letter.signatories.values_list("status", flat=True))
        assert statuses.count("invalid") + statuses.count("confirmed") == 20
        assert (
            statuses.count("invalid") == made.number == InvalidatedSignatory.objects.filter(invalidation=made).count()
        )

        done = signers.at_once(partial(services.undo, made, by=by) for by in vetters)
        assert len(outcomes(done, services.AlreadyUndone)) == VETTERS - 1
        assert outcomes(done, services.Undone) == [services.Undone(made.number, 0)]


def test_held_ones_are_let_through_once(postgres):
    letter, vetters = OpenLetterFactory(), UserFactory.create_batch(VETTERS)
    for number in range(30):
        SignatoryFactory(letter=letter, held_because="pressure", contact_email=f"somebody{number}@held.example")
    releases = [partial(services.release, Signatory.objects.filter(letter=letter), by=by) for by in vetters]
    done = signers.at_once([*releases, services.let_through])
    assert (outcomes(done, Exception), sum(done)) == ([], 30)
    assert Mail.objects.filter(kind="signatories.confirm").count() == 30


def test_salt_is_made_once(postgres):
    salts = signers.at_once([partial(sources._made, date(2027, 3, 1))] * 8)
    assert len(set(salts)) == 1
    assert Salt.objects.count() == 1
