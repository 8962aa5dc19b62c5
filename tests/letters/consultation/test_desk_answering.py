"""Comments of partners are answered at the desk."""

import pytest

from letters import services
from letters.models import Comment, Letter
from tests.factories import CommentFactory, UserFactory
from tests.letters.consultation.pages import Answer, desk
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db


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
