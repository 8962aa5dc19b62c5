"""What a form that is sent makes, changes, and leaves alone when it is sent again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from letters.models import Letter
from signatories import services
from signatories.models import Line, Purpose, Signatory, Token
from signatories.services import Contact, Outcome
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.signing.one_organization import link, sign_on

pytestmark = pytest.mark.django_db


def test_sign_on_waits_for_the_mailbox():
    sign_on(letter := OpenLetterFactory())
    signatory = letter.signatories.get()
    assert (signatory.status, signatory.line.name) == ("pending", "River Watch")
    assert list(Mail.objects.values_list("kind", "about_id")) == [("signatories.confirm", str(signatory.pk))]
    assert letter.roll("en", timezone.now()).organizations == 0


def test_sign_on_twice_is_one_sign_on_and_one_mail():
    letter = OpenLetterFactory()
    sign_on(letter)
    sign_on(letter)
    assert (letter.signatories.count(), Mail.objects.count()) == (1, 1)


def test_sign_on_ignores_capitals_in_the_address():
    letter = OpenLetterFactory()
    sign_on(letter)
    sign_on(letter, contact=Contact("Ama Mensah", "Director", "AMA@River.example"))
    assert letter.signatories.count() == 1


def test_sign_on_again_with_another_line_replaces_it_and_its_link():
    letter = OpenLetterFactory()
    sign_on(letter, name="River Wotch")
    old = Token.objects.get()
    sign_on(letter, name="River Watch")
    signatory = letter.signatories.get()
    assert signatory.line.name == "River Watch"
    assert services.confirm(old) == Outcome.CLOSED
    assert services.confirm(link(signatory)) == Outcome.CONFIRMED


def test_sign_on_after_confirming_tells_the_mailbox():
    letter = OpenLetterFactory()
    sign_on(letter)
    services.confirm(link(letter.signatories.get()))
    sign_on(letter, name="Somebody Else")
    assert letter.signatories.get().line.name == "River Watch"
    kinds = list(Mail.objects.order_by("created_at").values_list("kind", flat=True))
    assert kinds == ["signatories.confirm", "signatories.received", "signatories.already_signed"]


@pytest.mark.parametrize(
    "state",
    [
        {"is_paused": True},
        {"opens_at": timezone.now() + timedelta(hours=1)},
        {"closes_at": timezone.now() - timedelta(seconds=1), "opens_at": timezone.now() - timedelta(days=2)},
        {"status": Letter.Status.CLOSED, "closed_at": timezone.now()},
    ],
)
def test_sign_on_refuses_outside_the_timetable(state):
    letter = OpenLetterFactory(**state)
    with pytest.raises(services.NotAccepting):
        sign_on(letter)
    assert Signatory.objects.count() == 0


def test_sign_on_keeps_a_withheld_name_out_of_the_plain_columns():
    sign_on(letter := OpenLetterFactory(), name="Quiet Harbor", visibility="counted")
    plain = Signatory.objects.values("name", "acronym", "country", "website", "sealed").get()
    assert {**plain, "sealed": None} == dict.fromkeys(("name", "acronym", "country", "website"), "") | {"sealed": None}
    assert letter.signatories.get().line == Line("Quiet Harbor", "", "GH", "")


def test_form_changes_nothing_while_a_board_decides(mailoutbox):
    signatory = SignatoryFactory(
        contact_email="ama@river.example", visibility="counted", reviewing_since=timezone.now()
    )
    letter, token = signatory.letter, Token.objects.issue(signatory, Purpose.CONFIRM)
    forged = Line("Forged", "", "GH", "")
    contact = services.Contact("Somebody", "Director", "ama@river.example")
    services.sign_on(letter, line=forged, visibility="public", scope="national", contact=contact, language="en")
    row = letter.signatories.get()
    assert (row.line, row.visibility, bool(row.reviewing_since)) == (signatory.line, "counted", True)
    assert Token.objects.get(pk=token.pk).replaced_at is None
    assert [mail.kind for mail in Mail.objects.about(signatory)] == ["signatories.already_signed"]
    outbox.send_due()
    assert Token.objects.mine(signatory).secret in mailoutbox[0].body


def test_a_form_let_through_anew_waits_for_no_board():
    signatory = SignatoryFactory(
        contact_email="ama@river.example", held_because="haste", reviewing_since=timezone.now()
    )
    sign_on(signatory.letter, name="Another Name")
    row = signatory.letter.signatories.get()
    assert (row.name, row.reviewing_since) == ("Another Name", None)
