"""What the mails to a withheld signatory never say."""

import html
import re

import pytest
from django.core import mail as django_mail

from campaigns import outbox, writing
from campaigns.models import Campaign, Mail
from letters.models import Letter
from tests.signatories.emails.cases import CANARIES, KINDS, Case, sent

pytestmark = pytest.mark.django_db


def everything(mail):
    """Every header, decoded and as it goes over the line, text and HTML."""
    raw = mail.message()
    headers = " ".join(f"{name}: {value}" for name, value in raw.items())
    page = next(content for content, _ in mail.alternatives)
    words = [headers, str(mail.subject), mail.body, html.unescape(page), raw.as_string(), " ".join(mail.reply_to)]
    return "\n".join(words).casefold()


def found(mail):
    return {canary for canary in CANARIES if re.search(rf"\b{canary}|{canary}(?=[\w.])", everything(mail))}


@pytest.mark.parametrize("visibility", ["recipient", "counted"])
@pytest.mark.parametrize("kind", KINDS)
def test_mail_of_a_withheld_signatory_names_nothing(kind, visibility, settings):
    mail = sent(kind, visibility)
    assert found(mail) == set()
    assert (mail.from_email, mail.reply_to) == (settings.DEFAULT_FROM_EMAIL, [])


def test_a_withheld_signatory_answers_to_whoever_helps_at_the_site(settings):
    settings.HELP_EMAIL = "help@site.example"
    assert sent("signatories.received", "counted").reply_to == ["help@site.example"]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"signatories.no_sign_on"}))
def test_the_same_mail_could_have_named_it(kind):
    """The control: of a public signatory each names the letter, the campaign to answer to, and the organization."""
    seen = found(sent(kind))
    assert {"kestreltitle", "kestrelname", "kestrelmail", "kestrelslug"} <= seen


@pytest.mark.parametrize("kind", ["signatories.delivered", "signatories.published", "signatories.reply_received"])
def test_news_of_an_edition_show_a_withheld_signatory_none_of_it(kind):
    """With the control: a public one reads how it stands there."""
    said = {visibility: everything(sent_alone(kind, visibility)) for visibility in ("counted", "recipient", "public")}
    assert {visibility: "edition" in words for visibility, words in said.items()} == {
        "counted": False,
        "recipient": False,
        "public": True,
    }


def sent_alone(kind, visibility):
    django_mail.outbox.clear()
    mail = sent(kind, visibility)
    case = Letter.objects.latest("pk")
    Letter.objects.filter(pk=case.pk).update(slug=f"l{case.pk}")
    Campaign.objects.filter(pk=case.campaign_id).update(slug=f"c{case.pk}")
    Mail.objects.all().delete()
    return mail


def test_all_canaries_can_be_seen():
    seen = set()
    for kind in KINDS:
        case = Case("public")
        case.write(kind)
        outbox.send_due()
        seen |= found(django_mail.outbox[-1])
        case.letter.campaign.__class__.objects.filter(pk=case.letter.campaign_id).update(slug=f"c{case.letter.pk}")
        case.letter.__class__.objects.filter(pk=case.letter.pk).update(slug=f"l{case.letter.pk}")
        Mail.objects.all().delete()
    hidden = {"kestrelreading", "kestrelsite"}  # what it is sorted by, and the website, stand in no mail
    assert set(CANARIES) - seen == hidden


def test_an_opaque_mail_is_given_nothing_to_name():
    """Not a matter of what a template happens to print: the facts are not there."""
    for kind in KINDS:
        message = writing.samples()[kind].forms()["opaque"]
        assert set(message.context) <= {"words", "after", "link"}
        assert message.template == "opaque"
