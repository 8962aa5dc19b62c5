"""A partner's private page: what it shows, and when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from letters import services
from letters.models import Comment, Consultation, Letter, Partner
from letters.services import revisions
from tests.factories import CommentFactory, ConsultationFactory, LetterFactory, PartnerFactory, TextFactory, UserFactory
from tests.letters.consultation.pages import NOW, Answer, page_of, see
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db

FRENCH = {"language": "fr", "is_authentic": False, "title": "Pour le pont", "body": "<p>Gardez-le.</p>"}
ARABIC = {"language": "ar", "is_authentic": False, "title": "من أجل الجسر", "body": "<p>أبقوه مفتوحا.</p>"}


def test_page_says_draft_and_until_when(client, partner):
    response = client.get(page_of(partner))
    said = words(response)
    assert "<b>Draft</b> not for circulation" in said
    assert "Ferry Friends" in said
    assert "UTC</time>" in said
    assert '<meta name="robots" content="noindex, nofollow">' in said
    assert "no-store" in response["Cache-Control"]
    assert "Comment on paragraph 2" in said
    assert '<form method="post"' in said


@pytest.mark.parametrize("spoil", ["wrong", "replaced", "revoked", "old"])
def test_a_link_that_does_not_work_says_what_to_do(client, partner, spoil):
    address = page_of(partner)
    assert client.get(address).status_code == 200
    if spoil == "wrong":
        address = reverse("letters:comment", args=["x" * 43])
    elif spoil == "replaced":
        services.invite_partners(
            partner.consultation, [services.Invitee("Ferry Friends", partner.email, "fr")], by=UserFactory()
        )
    elif spoil == "revoked":
        services.revoke_partner(partner, by=UserFactory())
    else:
        Consultation.objects.update(opens_at=NOW() - timedelta(days=99), closes_at=NOW() - timedelta(days=91))
    for response in (client.get(address), client.post(address, {"act": "position", "position": "support"})):
        assert response.status_code == 404
        assert "only the link in the newest one works" in words(response)
    assert Partner.objects.get().position == ""


def test_text_is_the_newest_kept_not_what_is_being_typed(client, partner):
    letter = partner.consultation.letter
    letter.texts.update(body="<p>Half a sente</p>")
    assert "Half a sente" not in see(client, partner)
    revisions.keep(Letter.objects.get(), by=UserFactory())
    assert "Half a sente" in see(client, partner)


def test_get_changes_nothing(client, partner):
    client.get(page_of(partner) + "?act=comment&part=unit&unit-words=Hello&unit-unit=1&unit-revision=1&on=2")
    assert Comment.objects.count() == 0


def test_the_log_holds_everyones_answers_and_names_nobody(client, partner):
    other = PartnerFactory(consultation=partner.consultation, organization="Rival Rowers")
    answered = CommentFactory(partner=other, words="Mention the ferry.")
    CommentFactory(partner=other, words="Still being thought about.")
    mine = CommentFactory(partner=partner, words="What about me?")
    said = see(client, partner)
    assert "Nothing has been answered yet" in said
    for one in (answered, mine):
        services.answer(one, answer=Answer.DECLINED, words="It is off duty.", by=UserFactory(name="Team Person"))
    log = see(client, partner).partition('id="answers">')[2]
    assert "Mention the ferry." in log
    assert "It is off duty." in log
    assert log.count("A partner organization") == 1
    assert log.count("Yours") == 1
    whole = see(client, partner)
    assert [name for name in ("Rival Rowers", "Still being thought", "Team Person") if name in whole] == []
    assert "Rival Rowers" in see(client, other)  # it could be shown: the page names whose it is


def test_a_wording_that_was_taken_stands_in_the_text(client, partner):
    made = CommentFactory(partner=partner, wording="There is a ferry and a ford.")
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=UserFactory())
    said = see(client, partner)
    second = said.partition('id="unit-2"')[2].partition('id="whole"')[0]
    assert second.partition(">")[2].startswith("<p>There is a ferry and a ford.</p>")
    assert "The wording is in the text." in second
    assert "It is the only one." in second  # as it was read, folded away


def test_comments_on_what_is_gone_are_listed_with_the_paragraph(client, partner):
    CommentFactory(partner=partner)
    Letter.objects.get().texts.update(body="<p>We ask you to keep the bridge open.</p>")
    revisions.keep(Letter.objects.get(), by=UserFactory())
    gone = see(client, partner).partition("About paragraphs that are no longer in the text")[2]
    assert "<p>It is the only one.</p>" in gone
    assert "There is a ferry, too." in gone


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"opens_at": NOW() + timedelta(days=1)}, "has not begun yet"),
        ({"closes_at": NOW() - timedelta(hours=1)}, "The consultation has ended."),
        ({"ended_at": NOW() - timedelta(hours=1)}, "The consultation has ended."),
    ],
)
def test_outside_its_time_the_page_is_for_reading(client, partner, times, said):
    sent = fields(client.get(page_of(partner), {"on": 2})) | {"act": "comment", "part": "unit"}
    Consultation.objects.update(**times)
    shown = see(client, partner, on=2)
    assert said in shown
    assert "It is the only one." in shown
    assert "<form" not in shown
    refused = words(client.post(page_of(partner) + "?on=2", sent | {"unit-words": "My precious words"}))
    assert "Not sent" in refused
    assert "My precious words" in refused
    assert Comment.objects.count() == 0


def test_once_the_letter_is_open_the_page_leads_to_it(client, partner):
    made = CommentFactory(partner=partner)
    services.answer(made, answer=Answer.DECLINED, words="It is off duty.", by=UserFactory())
    services.open_for_signing(partner.consultation.letter, by=UserFactory())
    said = see(client, partner)
    assert f'href="{partner.consultation.letter.get_absolute_url()}"' in said
    assert "It is off duty." in said
    assert "not for circulation" not in said
    assert '<article class="letter"' not in said


def test_each_language_has_its_own_comments(client):
    letter = LetterFactory(status=Letter.Status.CONSULTATION)
    for text in (FRENCH, ARABIC):
        TextFactory(letter=letter, **text)
    partner = PartnerFactory(consultation=ConsultationFactory(letter=letter), language="fr-ca")
    said = see(client, partner)
    assert '<article class="letter" lang="fr" dir="ltr">' in said  # nearest to the partner's own
    assert 'hreflang="ar"' in said
    sent = fields(client.get(page_of(partner), {"text": "ar", "on": 1})) | {"act": "comment", "part": "unit"}
    response = client.post(page_of(partner) + "?text=ar&on=1", sent | {"unit-words": "لماذا؟"})
    assert response.url == f"{page_of(partner)}?text=ar#unit-1"
    assert [(made.language, made.unit) for made in Comment.objects.all()] == [("ar", 0)]
    assert "لماذا؟" in see(client, partner, text="ar")
    assert "لماذا؟" not in see(client, partner, text="fr")
    assert "1 comment of yours" in see(client, partner, text="fr")
    assert 'lang="ar" dir="rtl">' in see(client, partner, text="ar")
