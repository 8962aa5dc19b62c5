"""Confirming again changes nothing, and of two mailboxes of one organization one is first."""

import time
from functools import partial

import pytest

from campaigns.lifecycle import Lifecycle
from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import Line, Purpose, Signatory, Token
from signatories.models.querysets import SignatoryQuerySet
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS, AT_ONCE = 10, 50
YES = {"choice": "confirm"}


def moves(signatory):
    entries = JournalEntry.objects.about(signatory).filter(verb="moved")
    return [(entry.data["was"], entry.data["now"]) for entry in entries]


def test_confirming_at_once_over_http_confirms_once(house):
    letter = OpenLetterFactory()
    house.web()
    for _ in range(ROUNDS):
        signatory = SignatoryFactory(letter=letter)
        link = f"/confirm/{confirmation_token(signatory)}/"
        told = signers.at_once([partial(house.request, "POST", link, YES)] * AT_ONCE)
        assert {answer.status for answer in told} == {302}
        assert len({answer.body for answer in told}) == 1
        assert moves(signatory) == [("pending", "confirmed")]
        assert list(Mail.objects.about(signatory).values_list("kind", flat=True)) == ["signatories.received"]


def test_mailboxes_of_one_organization_confirming_at_once_are_one_and_doubles(house):
    letter = OpenLetterFactory()
    house.web()
    for number in range(ROUNDS):
        line = Line(f"Friends of {signers.CANARY} {number}", "", "KE")
        links = [f"/confirm/{confirmation_token(SignatoryFactory(letter=letter, line=line))}/" for _ in range(8)]
        told = signers.at_once(partial(house.request, "POST", link, YES) for link in links)
        assert {answer.status for answer in told} == {302}
        statuses = sorted(Signatory.objects.filter(name=line.name).values_list("status", flat=True))
        assert statuses == ["confirmed"] + ["duplicate"] * 7


@pytest.mark.parametrize("defended", [True, False])
def test_confirming_moves_once_by_lock_and_condition(postgres, monkeypatch, defended):
    """With its control: a status that is read, judged and written, with nothing to hold it meanwhile."""
    signatory = SignatoryFactory()
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    if not defended:
        monkeypatch.setattr(SignatoryQuerySet, "select_for_update", lambda self, **options: self)
        monkeypatch.setattr(Lifecycle, "move_to", move_blindly)
    signers.at_once([lambda: services.confirm(token)] * 20)
    if defended:
        assert moves(signatory) == [("pending", "confirmed")]
    else:
        assert len(moves(signatory)) > 1


def move_blindly(row, status, *, by=None, **facts):
    was = row.status
    time.sleep(0.05)
    type(row)._base_manager.filter(pk=row.pk).update(status=status, **facts)
    JournalEntry.objects.record("moved", row, by=by, was=str(was), now=str(status))
