"""Receipts of others, on their pages and in their mails, are the same with a withheld signatory and without it."""

from dataclasses import replace

import pytest
from django.test import Client

from letters.services import published
from signatories import receipts
from tests.signatories.non_interference.comparing import found
from tests.signatories.non_interference.short_histories import COUNTED, acts
from tests.signatories.public_outputs import Eyes, Seen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

IN_PRINT = {
    "told": [*COUNTED, *acts("freeze", "publish", "news", since=20)],
    "erased since": [*COUNTED, *acts("freeze", "publish", "*erase", "news", since=20)],
    "named to the addressee, and gone": [*COUNTED, *acts("*show_as", "freeze", "publish", "*erase", "news", since=20)],
    "corrected since": [*COUNTED, *acts("freeze", "*correct", "*decide", "freeze_again", "publish", since=20)],
}


class Receipts:
    """What others are told: their own pages, once all has happened, and their mails."""

    def __init__(self, telling):
        self.notes, eyes = {}, Eyes(Client(), telling.withheld, telling.is_counted)
        for key in telling.keys:
            for page in ("", "data/", "data.json"):
                self.notes[key, page] = eyes.ask(f"/mine/{telling.mine(key).secret}/{page}")
        self.notes["told"] = Seen(told := "\n".join(f"{step}: {what}" for step, what in telling.got), told)


def compared(stage, steps):
    seen = []
    for told in ([step for step in steps if not step.is_hidden], steps):
        with stage.told(told) as telling:
            seen.append(Receipts(telling))
    return found(*seen), seen[0].notes


@pytest.mark.parametrize("name", IN_PRINT)
def test_receipts_of_others_are_the_same(stage, name):
    finds, notes = compared(stage, IN_PRINT[name])
    assert finds == {}
    assert sum("In print" in seen.exact for (_key, *page), seen in notes.items() if page == [""]) >= 4
    assert "You stand in edition" in notes["told"].exact


def lines_that_are_counted_with_the_withheld(patch):
    named = receipts._named

    def leaking(*told):
        receipt = named(*told)
        return replace(receipt, of=receipt.of + receipt.edition.printed_roll.withheld)

    patch.setattr(receipts, "_named", leaking)


def headline_that_counts_the_withheld(patch):
    patch.setattr(published, "named", lambda letter: letter.signatories.listed().count())


def told_that_the_addressees_copy_is_gone(patch):
    """What others do who are named there, too, must not be told."""
    receipt_of = receipts._receipt

    def leaking(standing, edition):
        receipt = receipt_of(standing, edition)
        gone = receipts.AddresseeNames.objects.filter(edition=edition, deleted_at__isnull=False).exists()
        return replace(receipt, heading="gone") if receipt and gone else receipt

    patch.setattr(receipts, "_receipt", leaking)


@pytest.mark.parametrize(
    ("leak", "name"),
    [
        (lines_that_are_counted_with_the_withheld, "told"),
        (headline_that_counts_the_withheld, "told"),
        (told_that_the_addressees_copy_is_gone, "named to the addressee, and gone"),
    ],
)
def test_planted_leak_is_caught(stage, monkeypatch, leak, name):
    leak(monkeypatch)
    assert compared(stage, IN_PRINT[name])[0]
