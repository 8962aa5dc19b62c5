"""What a partner sends from its private page: comments, wordings and a position."""

import pytest

from letters import services
from letters.models import Comment, Letter, Partner
from letters.services import revisions
from tests.factories import CommentFactory, ConsultationFactory, LetterFactory, PartnerFactory, UserFactory
from tests.letters.consultation.pages import Answer, Position, comment, desk, page_of, see, send
from tests.letters.desk import fields, team_member, words

pytestmark = pytest.mark.django_db


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
