"""Who may vet, and that nothing but a decision changes anything."""

import re

import pytest
from django.urls import reverse

from signatories.models import Signatory
from tests.factories import UserFactory
from tests.signatories.vetting_desk import QUEUE, confirmed, decide, demonstration, in_bulk, page, staff, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("permissions", "status"), [(["vet_signatory"], 200), (["view_signatory", "change_signatory"], 403)]
)
def test_desk_opens_for_vetters_only(client, permissions, status):
    signatory = confirmed()
    client.force_login(staff(*permissions))
    assert [client.get(address).status_code for address in (QUEUE, page(signatory))] == [status, status]


@pytest.mark.parametrize(("permissions", "now"), [(["vet_signatory"], "listed"), (["change_signatory"], "confirmed")])
def test_decisions_need_the_permission(client, permissions, now):
    one, many = confirmed("One"), confirmed("Many")
    client.force_login(staff(*permissions))
    decide(client, one, "approve")
    in_bulk(client, "approve", [many], sure="yes")
    assert set(Signatory.objects.values_list("status", flat=True)) == {now}


def test_nobody_adds_edits_or_deletes(client):
    signatory = confirmed()
    client.force_login(UserFactory(is_staff=True, is_superuser=True, is_demonstration=True))
    add = reverse("admin:signatories_signatory_add")
    delete = reverse("admin:signatories_signatory_delete", args=[signatory.pk])
    assert [client.post(address).status_code for address in (add, delete)] == [403, 403]
    client.post(page(signatory), {"name": "Another", "status": "listed", "_save": "Save"})
    signatory.refresh_from_db()
    assert (signatory.name, signatory.status) == ("Lantern House", "confirmed")


def test_reading_changes_nothing(client, vetter):
    signatory = confirmed()
    client.get(QUEUE, {"action": "approve", "_selected_action": str(signatory.pk), "sure": "yes"})
    client.get(page(signatory), {"decision": "approve", "seen": "confirmed"})
    assert Signatory.objects.get().status == "confirmed"


def test_pages_need_no_inline_script_or_style(client, vetter):
    signatory = confirmed()
    for response in (client.get(QUEUE), client.get(page(signatory)), in_bulk(client, "decline", [signatory])):
        html = response.content.decode()
        assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html) == []
