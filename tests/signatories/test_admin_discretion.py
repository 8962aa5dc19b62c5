"""What the desk keeps to itself: addresses stand on one page, names in no log, journal or cookie."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from campaigns.models import JournalEntry
from tests.signatories.vetting_desk import QUEUE, confirmed, decide, demonstration, in_bulk, page, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


def test_addresses_stand_on_the_page_of_one_and_in_no_list(client, vetter):
    signatory = confirmed(contact_email="ama@boats.example", contact_name="Ama Mensah", contact_role="Bursar")
    lists = client.get(QUEUE).content + in_bulk(client, "approve", [signatory]).content
    one = client.get(page(signatory)).content
    for secret in (b"ama@boats.example", b"Ama Mensah", b"Bursar"):
        assert secret in one
        assert secret not in lists


@pytest.mark.parametrize("visibility", ["public", "counted", "recipient"])
def test_no_name_is_kept_by_log_journal_or_cookie(client, vetter, visibility):
    one = confirmed("Quietly Named", "QUNAM", visibility=visibility)
    many = confirmed("Softly Spoken", "SSP", visibility=visibility)
    shown = client.get(QUEUE).content.decode()
    assert "Quietly Named" in shown
    assert "Softly Spoken" in shown
    decide(client, one, "approve")
    sealed = in_bulk(client, "decline", [many]).context["sealed"]
    in_bulk(client, "decline", [many], sure="yes", sealed=sealed, reason="other")
    kept = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    kept += [str(entry.data) for entry in JournalEntry.objects.all()]
    kept += [cookie.value for cookie in client.cookies.values()]
    assert len(LogEntry.objects.all()) == 2
    assert [text for text in kept if re.search("Quietly|Softly|QUNAM|SSP", text)] == []
