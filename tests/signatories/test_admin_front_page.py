"""The front page of a vetter: what waits, and whom mail does not reach."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Mail
from signatories import emails
from tests.factories import MembershipFactory, OpenLetterFactory
from tests.signatories.vetting_desk import confirmed, demonstration, names, staff, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


def test_front_page_counts_what_waits(client, vetter):
    now = timezone.now()
    letter = OpenLetterFactory(text={"title": "For the lake"})
    confirmed("One", letter=letter, at=now - timedelta(hours=1))
    confirmed("Two", letter=letter, at=now - timedelta(days=2))
    _doubted, by_letter, by_age = client.get(reverse("admin:index")).context["queue"][:3]
    assert [(item["label"], item["why"], item["age"]) for item in by_letter["items"]] == [
        ("For the lake", "2 to check", "2\xa0days")
    ]
    assert [item["label"] for item in by_age["items"]] == ["1 waiting for less than a day", "1 waiting for 1 to 3 days"]
    assert [names(client.get(item["url"])) for item in (*by_letter["items"], *by_age["items"])] == [
        ["Two", "One"],
        ["One"],
        ["Two"],
    ]


def test_front_page_shows_whom_mail_does_not_reach(client, vetter):
    reached, bounced, elsewhere = confirmed("Reached"), confirmed("Bounced"), confirmed("Elsewhere")
    for one in (reached, bounced, elsewhere):
        emails.tell(emails.received, one)
    failed = Mail.objects.filter(about_id__in=[str(bounced.pk), str(elsewhere.pk)])
    failed.update(state="failed", error="SMTPRecipientsRefused 550")
    shown = {"everywhere": bounces(client)}
    member = MembershipFactory(campaign=bounced.letter.campaign, role="vetter").user
    type(member).objects.filter(pk=member.pk).update(is_demonstration=True)
    client.force_login(member)
    shown["of a campaign"] = bounces(client)
    said = "SMTPRecipientsRefused 550"
    assert shown == {
        "everywhere": [("Elsewhere", said), ("Bounced", said)],
        "of a campaign": [("Bounced", said)],
    }


def bounces(client):
    blocks = client.get(reverse("admin:index")).context["queue"]
    (found,) = [block for block in blocks if block["title"] == "Mails to signatories that came back"]
    return [(item["label"], item["why"]) for item in found["items"]]


def test_front_page_tells_others_nothing(client):
    confirmed()
    client.force_login(staff("view_signatory"))
    assert "to check" not in client.get(reverse("admin:index")).content.decode()
