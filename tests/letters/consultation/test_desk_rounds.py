"""The desk's page of the consultation: rounds that begin, run and end, and who may."""

import pytest
from django.urls import reverse

from letters import services
from letters.models import Consultation, Letter
from tests.factories import CommentFactory, LetterFactory, OpenLetterFactory, PartnerFactory, UserFactory
from tests.letters.consultation.pages import NOW, Answer, Position, desk, post
from tests.letters.desk import fields, team_member, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(client):
    letter = LetterFactory(zone="Africa/Nairobi")
    team_member(client, letter)
    return letter


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
