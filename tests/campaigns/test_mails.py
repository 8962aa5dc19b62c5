"""The page that shows every mail the site can send."""

import re

import pytest
from django.test.utils import override_settings
from django.urls import reverse

from campaigns import writing
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(UserFactory())
    return client


def test_page_shows_every_mail_in_its_forms(reader):
    page = reader.get(reverse("campaigns:mails")).content.decode()
    for kind, sample in writing.samples().items():
        assert reverse("campaigns:sample_mail", args=[kind]) in page
        for message in sample.forms().values():
            assert " ".join(message.subject.split()).replace("’", "’") in page or "&" in message.subject


def test_a_writer_without_a_sample_would_be_missed():
    """The control of test_every_writer_has_a_sample: a new mail is a writer first."""

    def brand_new(mail):
        return None

    brand_new.__module__ = "campaigns.emails"
    writing.writes(brand_new)
    try:
        assert set(writing.writers()) - set(writing.samples()) == {"campaigns.brand_new"}
    finally:
        del writing._writers["campaigns.brand_new"]


def test_mail_is_framed_where_nothing_runs(reader):
    kind = "signatories.confirm"
    page = reader.get(reverse("campaigns:sample_mail", args=[kind]))
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert page.content.decode().count("<iframe") == 2
    frame = reader.get(reverse("campaigns:sample_frame", args=[kind]))
    policy = frame["Content-Security-Policy"]
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= {part.strip() for part in policy.split(";")}
    assert "'self'" not in policy.replace("frame-ancestors 'self'", "")
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "Amigas del Río Lind" in frame.content.decode()
    opaque = reader.get(reverse("campaigns:sample_frame", args=[kind]), {"form": "opaque"}).content.decode()
    assert "Amigas" not in opaque


def test_unknown_mails_and_forms_are_not_there(reader):
    assert reader.get(reverse("campaigns:sample_mail", args=["signatories.nothing"])).status_code == 404
    assert reader.get(reverse("campaigns:sample_frame", args=["signatories.nothing"])).status_code == 404
    frame = reverse("campaigns:sample_frame", args=["signatories.confirm"])
    assert reader.get(frame, {"form": "nothing"}).status_code == 404


def test_page_asks_for_sign_in(client):
    for name, args in (
        ("mails", []),
        ("sample_mail", ["signatories.confirm"]),
        ("sample_frame", ["signatories.confirm"]),
    ):
        assert client.get(reverse(f"campaigns:{name}", args=args)).status_code == 302


@override_settings(LANGUAGES=[("en", "English"), ("ar", "Arabic")])
def test_page_is_there_in_each_language(reader):
    page = reader.get(reverse("campaigns:mails"), {"in": "ar"}).content.decode()
    assert re.search(r'<pre class="mail-text" lang="ar" dir="rtl">', page)
    assert 'href="?in=en"' in page


def test_showing_changes_nothing(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):  # session, user, and whether that is a vetter
        reader.get(reverse("campaigns:mails"))
