"""What holds of each kind of mail: its one link, its plain form, and who may end it."""

import re

import pytest
from django.core import mail as django_mail
from django.test.utils import override_settings
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from campaigns import outbox, silence, writing
from campaigns.models import Mail
from signatories import emails
from signatories.models import Purpose, Signatory, Token
from tests.signatories.emails.cases import KINDS, Case, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("visibility", ["public", "counted"])
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"signatories.no_sign_on"}))
def test_mail_has_one_link_on_a_line_of_its_own_that_opens_a_page(kind, visibility, client):
    mail = sent(kind, visibility)
    lines = [line for line in mail.body.splitlines() if re.match(r"^http://\S+/(mine|confirm|vouch)/\S+/$", line)]
    assert len(lines) == 1
    address = lines[0].removeprefix("http://127.0.0.1:8000")
    assert resolve(address).view_name.partition(":")[0] == "signatories"
    assert client.get(address).status_code == 200
    page = next(content for content, _ in mail.alternatives)
    assert page.count(f'<a href="{lines[0]}" dir="ltr">{lines[0]}</a>') == 1


@pytest.mark.parametrize("kind", KINDS)
def test_mail_is_plain(kind):
    mail = sent(kind)
    page = next(content for content, _ in mail.alternatives)
    assert not re.search(r"<(img|script|link|style|iframe|form|svg)\b|url\(|\bsrc=|background", page)
    assert "{{" not in page + mail.body
    assert "{%" not in page + mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.extra_headers["Message-ID"] == f"<{Mail.objects.get().pk}@127.0.0.1>"
    assert len(mail.subject) <= 110


@pytest.mark.parametrize("visibility", ["public", "counted"])
@pytest.mark.parametrize("kind", KINDS)
def test_optional_mails_alone_offer_to_unsubscribe(kind, visibility):
    mail = sent(kind, visibility)
    one_click = mail.extra_headers.get("List-Unsubscribe-Post")
    link = mail.extra_headers.get("List-Unsubscribe", "")
    if kind.partition(".")[2] not in emails.OPTIONAL:
        assert (one_click, link, "unsubscribe" in mail.body) == (None, "", False)
        return
    token = Token.objects.get(purpose=Purpose.UNSUBSCRIBE)
    assert (one_click, link) == ("List-Unsubscribe=One-Click", f"<http://127.0.0.1:8000/unsubscribe/{token.secret}/>")
    assert link[1:-1] in mail.body.splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_unsubscribing_ends_the_optional_ones(kind):
    case = Case("public")
    Signatory.objects.update(unsubscribed_at=timezone.now())
    case.write(kind)
    outbox.send_due()
    assert len(django_mail.outbox) == (kind.partition(".")[2] not in emails.OPTIONAL)


def test_the_optional_and_the_caused_ones_exist():
    names = {kind.partition(".")[2] for kind in KINDS}
    assert names > emails.OPTIONAL
    assert names > emails.CAUSED_BY_FORMS
    assert not emails.OPTIONAL & emails.CAUSED_BY_FORMS


@pytest.mark.parametrize("kind", ["signatories.reminder", "signatories.closes_soon"])
def test_a_silenced_mailbox_that_never_confirmed_is_not_reminded(kind):
    case = Case("public")
    silence.keep("somebody@elsewhere.example")
    case.write(kind)
    outbox.send_due()
    assert (len(django_mail.outbox), Mail.objects.get().state) == (0, "dropped")


def test_every_writer_has_a_sample():
    assert set(writing.samples()) == set(writing.writers())


@override_settings(LANGUAGES=[("en", "English"), ("fr", "French"), ("ar", "Arabic")])
def test_samples_ask_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        for kind, sample in writing.samples().items():
            for language in ("en", "fr", "ar"):
                with override(language):
                    assert all(writing.worded(kind, message).text for message in sample.forms().values())
