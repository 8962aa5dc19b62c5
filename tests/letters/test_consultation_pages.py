"""A partner's private page, and the desk's page of the consultation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.models import Comment, Consultation, Letter, Partner
from letters.services import revisions
from tests.factories import (
    CommentFactory,
    ConsultationFactory,
    LetterFactory,
    OpenLetterFactory,
    PartnerFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.desk import fields, team_member, words

pytestmark = pytest.mark.django_db
NOW = timezone.now
Answer, Position = Comment.Answer, Partner.Position
FRENCH = {"language": "fr", "is_authentic": False, "title": "Pour le pont", "body": "<p>Gardez-le.</p>"}
ARABIC = {"language": "ar", "is_authentic": False, "title": "من أجل الجسر", "body": "<p>أبقوه مفتوحا.</p>"}


def page_of(partner):
    return reverse("letters:comment", args=[partner.secret])


def see(client, partner, **query):
    return words(client.get(page_of(partner), query))


def send(client, partner, act, query="", **values):
    """What the page has filled in, and these."""
    shown = client.get(page_of(partner) + query)
    return client.post(page_of(partner) + query, fields(shown) | {"act": act} | values)


def comment(client, partner, paragraph=2, **values):
    named = {f"unit-{name}": value for name, value in values.items()}
    return send(client, partner, "comment", f"?on={paragraph}", part="unit", **named)


def desk(letter, name="consultation", *more):
    return reverse(f"letters:{name}", args=[letter.slug, *more])


@pytest.fixture
def partner():
    return PartnerFactory(organization="Ferry Friends")


# --- the partner's page ---


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


def test_the_form_opens_at_its_paragraph_with_the_present_wording(client, partner):
    assert "unit-wording" not in fields(client.get(page_of(partner)))
    shown = client.get(page_of(partner), {"on": 2})
    assert fields(shown)["unit-wording"] == "It is the only one."
    for on in ("0", "99", "x", "9" * 5000, "-1"):
        assert client.get(page_of(partner), {"on": on}).status_code == 200


def test_the_form_explains_the_signs_where_there_are_some(client):
    letter = LetterFactory(
        status=Letter.Status.CONSULTATION,
        text={"body": '<p>Plain.</p><p>Noted.<sup data-footnote="">Thus.</sup></p><p>Worded.</p>'},
    )
    partner = PartnerFactory(consultation=ConsultationFactory(letter=letter))
    assert ["Signs stand for" in see(client, partner, on=on) for on in (1, 2, 3)] == [False, True, False]
    comment(client, partner, words="Why?")
    assert [made.wording for made in Comment.objects.all()] == [""]  # footnotes come back as they were


def test_commenting_shows_the_comment_at_its_paragraph(client, partner):
    response = comment(client, partner, words="Which one?", wording="It is the only bridge.")
    assert response.url == f"{page_of(partner)}#unit-2"
    made = Comment.objects.get()
    assert (made.unit, made.words, made.wording) == (1, "Which one?", "It is the only bridge.")
    said = see(client, partner)
    second = said.partition('id="unit-2"')[2].partition('id="whole"')[0]
    assert "Which one?" in second
    assert "<del>" in second
    assert "<ins>" in second
    assert "not answered yet" in second


def test_a_wording_left_as_it_is_is_none(client, partner):
    response = comment(client, partner)
    assert "Write a comment, or change the wording." in words(response)
    comment(client, partner, words="Fine.")
    assert [made.wording for made in Comment.objects.all()] == [""]


def test_bad_input_keeps_what_was_typed(client, partner):
    response = comment(client, partner, words="", wording="It is the only one.  ")
    assert "There is a problem" in words(response)
    response = comment(client, partner, words="x" * 5001, wording="Mine.")
    assert fields(response)["unit-wording"] == "Mine."
    assert "x" * 5001 in words(response)
    response = send(client, partner, "position", position="refuse", unless="")
    assert "Say what would have to change" in words(response)
    assert 'value="refuse" ' in words(response).partition("checked")[0].rpartition("<input")[2]
    assert (Comment.objects.count(), Partner.objects.get().position) == (0, "")


def test_a_mistake_is_shown_where_the_paragraph_stands_by_then(client, partner):
    sent = fields(client.get(page_of(partner), {"on": 2})) | {"act": "comment", "part": "unit"}
    Letter.objects.get().texts.update(
        body="<p>New.</p><p>We ask you to keep the bridge open.</p><p>It is the only one.</p>"
    )
    revisions.keep(Letter.objects.get(), by=UserFactory())
    said = words(client.post(page_of(partner) + "?on=2", sent))
    assert "Comment on paragraph 3</legend>" in said
    client.post(page_of(partner) + "?on=2", sent | {"unit-words": "Which?"})
    assert [(made.unit, made.revision.number) for made in Comment.objects.all()] == [(1, 1)]
    assert "Which?" in see(client, partner).partition('id="unit-3"')[2].partition('id="whole"')[0]


def test_sending_twice_is_sending_once(client, partner):
    for _ in range(2):
        comment(client, partner, words="Which one?")
        send(client, partner, "comment", part="whole", **{"whole-words": "Shorter, please."})
    assert sorted(made.words for made in Comment.objects.all()) == ["Shorter, please.", "Which one?"]


@pytest.mark.parametrize(
    "values",
    [
        {"unit": "7"},
        {"unit": "9" * 5000},
        {"unit": ""},
        {"revision": "2"},
        {"revision": "9" * 30},
        {"revision": "x"},
        {"unit": "-1"},
    ],
)
def test_a_paragraph_that_is_not_there_is_not_commented_on(client, partner, values):
    response = comment(client, partner, words="My precious words", **values)
    assert response.status_code == 200
    assert "My precious words" in words(response)
    assert Comment.objects.count() == 0


def test_position_is_stated_and_changed(client, partner):
    response = send(client, partner, "position", position="refuse", unless="Name the pier.")
    assert response.url == f"{page_of(partner)}#position"
    assert "We cannot sign it unless" in see(client, partner)
    send(client, partner, "position", position="support")
    assert (Partner.objects.get().position, Partner.objects.get().unless) == (Position.SUPPORT, "")


def test_pressing_buttons_alone_does_nothing(client, partner):
    """As a scanner of mails does, that opens links and sends forms as they are."""
    CommentFactory(partner=partner)
    for query in ("", "?on=1"):
        shown = fields(client.get(page_of(partner) + query))
        for values in (
            {"act": "comment", "part": "unit"},
            {"act": "comment", "part": "whole"},
            {"act": "position"},
            {"act": "take_back"},
            {"act": "x"},
            {},
        ):
            client.post(page_of(partner) + query, shown | values)
    assert Comment.objects.standing().count() == 1
    assert Partner.objects.get().position == ""


def test_a_comment_is_taken_back(client, partner):
    made, answered = CommentFactory(partner=partner), CommentFactory(partner=partner)
    others = CommentFactory(partner__consultation=partner.consultation)
    services.answer(answered, answer=Answer.PARTLY, by=UserFactory())
    for one in (made, answered, others):
        send(client, partner, "take_back", comment=one.pk, sure="on")
    assert list(Comment.objects.standing().order_by("pk")) == [answered, others]


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


def test_what_partners_write_is_never_markup(client, partner):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    comment(client, partner, words=hostile, wording=hostile)
    send(client, partner, "position", position="refuse", unless=hostile)
    services.answer(Comment.objects.get(), answer=Answer.PARTLY, words=hostile, by=UserFactory())
    team_member(client, partner.consultation.letter)
    for address in (page_of(partner), desk(partner.consultation.letter)):
        html = client.get(address).content.decode()
        assert "&lt;script&gt;" in html
        assert "<script>alert" not in html
        assert "<img" not in html


# --- the desk ---


@pytest.fixture
def letter(client):
    letter = LetterFactory(zone="Africa/Nairobi")
    team_member(client, letter)
    return letter


@pytest.fixture
def asked(client, partner):
    """A round that runs, with somebody of the team signed in."""
    team_member(client, partner.consultation.letter)
    return partner.consultation


def post(client, letter, name, *more, **values):
    return client.post(desk(letter, name, *more), values, follow=True)


def test_desk_begins_a_round_on_the_letters_clocks(client, letter):
    shown = client.get(desk(letter))
    assert "Set up the round" in words(shown)
    sent = {"opens_at": "", "closes_at": f"{NOW().year + 1}-01-05T18:00", "message": "Be frank."}
    response = client.post(desk(letter), sent, follow=True)
    consultation = Consultation.objects.get()
    assert consultation.closes_at.isoformat() == f"{NOW().year + 1}-01-05T15:00:00+00:00"
    assert consultation.message == "Be frank."
    assert "Nobody has been invited yet." in words(response)
    assert Letter.objects.get().status == Letter.Status.CONSULTATION


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, "Say until when partners can comment."),
        ({"closes_at": "2020-01-01T12:00"}, "This lies in the past."),
        ({"opens_at": "2035-01-02T12:00", "closes_at": "2035-01-01T12:00"}, "The round has to end after it begins."),
    ],
)
def test_desk_says_what_is_wrong_with_a_round_and_keeps_it(client, letter, values, error):
    response = client.post(desk(letter), values | {"message": "Be frank."})
    assert error in words(response)
    assert fields(response)["message"] == "Be frank."
    assert Consultation.objects.count() == 0


def test_desk_invites_line_by_line(client, asked):
    lines = "\n".join(
        [
            "Rivers, Lakes and Ponds, Desk@Rivers.example",
            "",
            "Freunde der Brücke <post@bruecke.example>; de",
            "جمعية الجسر\tsamir@jisr.example, AR",
        ]
    )
    response = post(client, asked.letter, "invite_partners", asked.pk, lines=lines)
    assert "3 invitations go out." in words(response)
    invited = {(one.organization, one.email, one.language) for one in asked.partners.exclude(position="x")}
    assert invited >= {
        ("Rivers, Lakes and Ponds", "desk@rivers.example", ""),
        ("Freunde der Brücke", "post@bruecke.example", "de"),
        ("جمعية الجسر", "samir@jisr.example", "ar"),
    }


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Rivers", "Line 2: there is no e-mail address."),
        ("desk@rivers.example", "Line 2: the name of the organization is missing"),
        ("Rivers, desk@rivers", "Line 2: the e-mail address is not complete."),
        ("Rivers, desk@rivers.example, klingon", "Line 2: we do not know this language."),
        ("Good, GOOD@one.example", "Line 2: this address stands above already."),
        ("R" * 201 + ", desk@rivers.example", "Line 2: name or address is too long."),
        ("R" * 40_000, "Line 2: there is no e-mail address."),
    ],
)
def test_a_bad_line_invites_nobody_and_loses_nothing(client, asked, line, error):
    typed = f"Good, good@one.example\n{line}"
    response = client.post(desk(asked.letter, "invite_partners", asked.pk), {"lines": typed})
    assert error in words(response)
    assert fields(response)["lines"] == typed
    assert asked.partners.count() == 1


def test_desk_fills_in_the_partners_of_the_round_before(client, asked):
    PartnerFactory(consultation=asked, organization="Rivers", email="desk@rivers.example", language="fr")
    services.end_consultation(asked, by=UserFactory())
    second = services.begin_consultation(asked.letter, closes_at=NOW() + timedelta(days=1), by=UserFactory())
    lines = fields(client.get(desk(asked.letter)))["lines"].splitlines()
    assert "Rivers, desk@rivers.example, fr" in lines
    post(client, asked.letter, "invite_partners", second.pk, lines="\n".join(lines))
    assert second.partners.count() == 2


def test_desk_counts_positions_and_comments(client, asked, partner):
    for position in (Position.SUPPORT, Position.SUPPORT, Position.ACCEPT):
        PartnerFactory(consultation=asked, position=position, stated_at=NOW())
    made = CommentFactory(partner=partner)
    said = words(client.get(desk(asked.letter)))
    assert "<b>2</b> support it" in said
    assert "<b>1</b> can live with it" in said
    assert "<b>0</b> cannot sign it unless" in said
    assert "Ferry Friends" in said
    assert "Not answered 1" in said
    services.answer(made, answer=Answer.PARTLY, by=UserFactory())
    assert "Everything is answered." in words(client.get(desk(asked.letter), {"show": "unanswered"}))


def answer(client, made, **values):
    address = desk(made.partner.consultation.letter, "answer_comment", made.pk)
    return client.post(address, {f"comment-{made.pk}-{name}": value for name, value in values.items()})


def test_desk_takes_a_wording_into_the_text(client, asked, partner):
    made = CommentFactory(partner=partner, wording="There is a ferry, too.")
    assert f"comment-{made.pk}-answer" in words(client.get(desk(asked.letter)))
    response = answer(client, made, answer="taken", words="Thank you.")
    assert response.url.endswith(f"#comment-{made.pk}")
    made.refresh_from_db()
    assert (made.answer, made.answer_words) == (Answer.ACCEPTED, "Thank you.")
    assert Letter.objects.get().text.body.endswith("<p>There is a ferry, too.</p>")


def test_desk_says_when_the_paragraph_is_gone_and_keeps_the_answer(client, asked, partner):
    made = CommentFactory(partner=partner, wording="There is a ferry, too.")
    Letter.objects.get().texts.update(body="<p>Quite another text.</p>")
    response = answer(client, made, answer="taken", words="Thank you.")
    assert "The paragraph is no longer in the text." in words(response)
    assert fields(response)[f"comment-{made.pk}-words"] == "Thank you."
    assert Comment.objects.unanswered().count() == 1


def test_desk_asks_why(client, asked, partner):
    made = CommentFactory(partner=partner)
    response = answer(client, made, answer="declined", words=" ")
    assert "Say why: the partner took the trouble to write." in words(response)
    assert '<details class="fold" open>' in words(response)


def test_desk_shows_an_answer_that_came_first(client, asked, partner):
    made = CommentFactory(partner=partner)
    services.answer(made, answer=Answer.ACCEPTED, by=UserFactory())
    response = answer(client, made, answer="declined", words="No.", was="")
    assert "Somebody else has answered this comment meanwhile." in words(response)
    assert Comment.objects.get().answer == Answer.ACCEPTED


def test_desk_extends_ends_reminds_and_revokes(client, asked, partner):
    response = post(client, asked.letter, "extend_consultation", asked.pk, until=f"{NOW().year + 1}-01-05T18:00")
    assert "Partners can comment until" in words(response)
    assert "1 reminder goes out." in words(post(client, asked.letter, "remind_partners", asked.pk))
    assert "each can be reminded once a day" in words(post(client, asked.letter, "remind_partners", asked.pk))
    assert "no longer works" in words(post(client, asked.letter, "revoke_partner", partner.pk))
    assert "The round has ended." in words(post(client, asked.letter, "end_consultation", asked.pk))
    assert "Another round" in words(client.get(desk(asked.letter)))


def test_only_who_runs_the_letter_changes_anything(client, partner):
    made = CommentFactory(partner=partner)
    asked = partner.consultation
    team_member(client, asked.letter, role="viewer")
    said = words(client.get(desk(asked.letter)))
    assert "Ferry Friends" in said
    assert partner.email not in said
    assert "<form" not in said.partition("<main")[2].partition("</main")[0]
    acts = [("extend_consultation", asked.pk), ("end_consultation", asked.pk), ("invite_partners", asked.pk)]
    acts += [("remind_partners", asked.pk), ("revoke_partner", partner.pk), ("answer_comment", made.pk)]
    addresses = [desk(asked.letter, *act) for act in acts]
    assert [client.post(address).status_code for address in [*addresses, desk(asked.letter)]] == [404] * 7
    team_member(client, OpenLetterFactory())
    assert client.get(desk(asked.letter)).status_code == 404


def test_rows_of_another_letter_are_not_there(client, asked, partner):
    other = CommentFactory()
    acts = [("end_consultation", other.partner.consultation.pk), ("revoke_partner", other.partner.pk)]
    acts += [("answer_comment", other.pk)]
    assert [client.post(desk(asked.letter, *act)).status_code for act in acts] == [404] * 3


def test_desk_of_an_open_letter_without_a_round_has_a_next_step(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    assert "There is no consultation" in words(client.get(desk(letter)))


def test_overview_counts_what_waits_for_an_answer(client, asked, partner):
    overview = reverse("letters:overview", args=[asked.letter.slug])
    assert "No comment of a partner waits" in words(client.get(overview))
    CommentFactory(partner=partner)
    assert "1 comment of a partner waits for an answer." in words(client.get(overview))
