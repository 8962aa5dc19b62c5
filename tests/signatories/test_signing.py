import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns import outbox, silence
from campaigns.lifecycle import StaleMove
from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import emails, services
from signatories.models import Line, Purpose, Signatory, Token
from signatories.services import Contact, Outcome
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

CONTACT = Contact("Ama Mensah", "Director", "ama@river.example")


def sign_on(letter, name="River Watch", contact=CONTACT, visibility="public", **line):
    services.sign_on(
        letter,
        line=Line(name, line.get("acronym", ""), line.get("country", "GH"), line.get("website", "")),
        visibility=visibility,
        scope="national",
        contact=contact,
        language="en",
    )


def link(signatory):
    return Token.objects.filter(signatory=signatory, replaced_at=None).latest("pk")


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


def test_sign_on_again_later_sends_the_same_link_again():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        sign_on(letter)
    assert (Mail.objects.count(), Token.objects.count()) == (2, 1)


def test_sign_on_again_with_another_line_replaces_it_and_its_link():
    letter = OpenLetterFactory()
    sign_on(letter, name="River Wotch")
    old = Token.objects.get()
    sign_on(letter, name="River Watch")
    signatory = letter.signatories.get()
    assert signatory.line.name == "River Watch"
    assert services.confirm(old) == Outcome.CLOSED
    assert services.confirm(link(signatory)) == Outcome.CONFIRMED


def test_links_live_as_long_as_their_letter():
    letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(days=75))
    sign_on(letter)
    with time_machine.travel(timezone.now() + timedelta(days=74)):
        token = Token.objects.found(Purpose.CONFIRM, link(letter.signatories.get()).secret)
        assert services.confirm(token) == Outcome.CONFIRMED


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


def test_confirm_makes_it_a_case_for_the_vetters():
    letter = OpenLetterFactory()
    sign_on(letter)
    assert services.confirm(link(letter.signatories.get())) == Outcome.CONFIRMED
    signatory = letter.signatories.get()
    assert (signatory.status, signatory.agreed_revision) == ("confirmed", letter.revision)


def test_confirm_again_changes_nothing():
    letter = OpenLetterFactory()
    sign_on(letter)
    token = link(letter.signatories.get())
    services.confirm(token)
    before = (list(Signatory.objects.values()), Mail.objects.count(), JournalEntry.objects.count())
    assert services.confirm(token) == Outcome.CONFIRMED
    assert services.refuse(token) == Outcome.CONFIRMED
    assert (list(Signatory.objects.values()), Mail.objects.count(), JournalEntry.objects.count()) == before


def test_confirm_of_an_organization_that_is_there_already_is_a_double():
    letter = OpenLetterFactory()
    first = SignatoryFactory(letter=letter, line=Line("River Watch", "", "GH"), confirmed=True)
    sign_on(letter, name="RIVER  watch!")
    second = letter.signatories.exclude(pk=first.pk).get()
    assert services.confirm(link(second)) == Outcome.CONFIRMED  # to the outside like any other
    second.refresh_from_db()
    assert (second.status, second.duplicate_of) == ("duplicate", first)


@pytest.mark.parametrize("twin", ["public", "counted"])
def test_confirm_tells_nobody_that_the_organization_had_signed(client, twin):
    """The same pages and mails with and without a twin that is there already."""

    def seen(*, with_twin):
        letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(days=7))
        if with_twin:
            line = Line("Quiet Harbor", "", "GH")
            SignatoryFactory(letter=letter, line=line, visibility=twin, listed=True)
        sign_on(letter, name="Quiet Harbor")
        signatory = letter.signatories.get(status="pending")
        address = f"/confirm/{link(signatory).secret}/"
        pages = [client.post(address, {"choice": "confirm"}), client.get(address)]
        mail = emails.received(Mail.objects.get(kind="signatories.received", about_id=str(signatory.pk)))
        words = [page.content.decode().replace(letter.slug, "") for page in pages]
        return [re.sub(r"\d{2}:\d{2}", "", word) for word in words], mail.subject, sorted(mail.context)

    with time_machine.travel(timezone.now(), tick=False):
        assert seen(with_twin=True) == seen(with_twin=False)
    assert set(Signatory.objects.values_list("status", flat=True)) == {"listed", "duplicate", "confirmed"}


def test_mark_duplicate_settles_a_double_and_needs_a_live_one():
    letter, vetter = OpenLetterFactory(), UserFactory()
    one, twin = (SignatoryFactory(letter=letter, confirmed=True) for _ in range(2))
    services.mark_duplicate(one, of=twin, by=vetter)
    with pytest.raises(StaleMove):
        services.mark_duplicate(twin, of=one, by=vetter)  # else both would be aside and nobody listed
    third = SignatoryFactory(letter=letter, confirmed=True)
    third.move_to("duplicate", duplicate_of=twin)
    services.mark_duplicate(third, of=twin, by=vetter)
    third.refresh_from_db()
    assert (third.status, third.decided_by) == ("duplicate", vetter)
    assert third not in Signatory.objects.awaiting_vetting()


def test_confirm_same_name_in_another_country_is_another_organization():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("River Watch", "", "NG"), confirmed=True)
    sign_on(letter, name="River Watch", country="GH")
    assert services.confirm(link(letter.signatories.get(status="pending"))) == Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("after_closing", "outcome"),
    [(timedelta(hours=23, minutes=59), Outcome.CONFIRMED), (timedelta(hours=24), Outcome.CLOSED)],
)
def test_confirm_has_a_day_after_closing(after_closing, outcome):
    letter = OpenLetterFactory()
    sign_on(letter)
    with time_machine.travel(letter.closes_at + after_closing, tick=False):
        assert services.confirm(link(letter.signatories.get())) == outcome


def test_refuse_signs_nothing_and_leaves_the_mailbox_in_peace():
    letter = OpenLetterFactory()
    sign_on(letter)
    assert services.refuse(link(letter.signatories.get())) == Outcome.REFUSED
    assert letter.signatories.get().status == "withdrawn"
    assert JournalEntry.objects.filter(verb="refused").count() == 1
    sign_on(letter, name="River Watch")
    assert (letter.signatories.filter(status="pending").count(), Mail.objects.count()) == (0, 1)
    silence.end(CONTACT.email)
    sign_on(letter, name="River Watch")
    assert letter.signatories.filter(status="pending").count() == 1


def test_found_knows_only_its_own_purpose_and_time():
    signatory = SignatoryFactory()
    token = Token.objects.issue(signatory, Purpose.CONFIRM)
    assert Token.objects.found(Purpose.CONFIRM, token.secret) == token
    assert Token.objects.found("mine", token.secret) is None
    assert Token.objects.found(Purpose.CONFIRM, token.secret[::-1]) is None
    assert Token.objects.found(Purpose.CONFIRM, token.digest) is None
    with time_machine.travel(token.expires_at):
        assert Token.objects.found(Purpose.CONFIRM, token.secret) is None


def test_found_opens_none_that_was_replaced():
    signatory = SignatoryFactory()
    for purpose in Purpose.values:
        token = Token.objects.issue(signatory, purpose)
        assert Token.objects.found(purpose, token.secret) == token
        signatory.tokens.filter(pk=token.pk).update(replaced_at=timezone.now())
        assert Token.objects.found(purpose, token.secret) is None


def test_another_form_replaces_the_link_to_confirm_alone():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    signatory = letter.signatories.get()
    old = link(signatory)
    lasting = [Token.objects.mine(signatory), Token.objects.unsubscribing(signatory)]
    sign_on(letter, name="River Watchers")
    assert letter.signatories.get().name == "River Watchers"
    assert Token.objects.found(Purpose.CONFIRM, old.secret) is None
    assert [Token.objects.found(one.purpose, one.secret) for one in lasting] == lasting
    assert [Token.objects.mine(signatory), Token.objects.unsubscribing(signatory)] == lasting


def test_sign_on_again_sends_no_link_but_one_to_confirm():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    signatory = letter.signatories.get()
    Token.objects.mine(signatory)
    signatory.tokens.filter(purpose=Purpose.CONFIRM).update(expires_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        sign_on(letter)
        purposes = signatory.tokens.filter(expires_at__gt=timezone.now()).values_list("purpose", flat=True)
        assert sorted(purposes) == ["confirm", "mine"]


def test_lapse_unconfirmed_waits_for_the_day_of_grace():
    letter = OpenLetterFactory()
    sign_on(letter)
    Letter.objects.get(pk=letter.pk).move_to("closed", closed_at=timezone.now())
    assert services.lapse_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert services.lapse_unconfirmed() == 1
    assert letter.signatories.get().status == "lapsed"


def test_approve_skips_the_unconfirmed():
    SignatoryFactory()
    assert services.approve(Signatory.objects.all(), by=UserFactory()) == 0


def test_approve_lists_and_tells():
    signatory = SignatoryFactory(confirmed=True)
    vetter = UserFactory()
    assert services.approve(Signatory.objects.all(), by=vetter) == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by) == ("listed", vetter)
    assert list(Mail.objects.values_list("kind", flat=True)) == ["signatories.listed"]
    assert services.approve(Signatory.objects.all(), by=vetter) == 0


def test_decline_takes_off_the_roll_and_reconsider_takes_back():
    signatory = SignatoryFactory(listed=True)
    vetter = UserFactory()
    assert services.decline(Signatory.objects.all(), by=vetter, reason="not_reached", note="No answer.") == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decline_note) == ("declined", "No answer.")
    assert services.reconsider(Signatory.objects.all(), by=vetter) == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by, signatory.decline_note) == ("confirmed", None, "")


def test_approve_after_a_decision_was_taken_back_is_told_again():
    signatory = SignatoryFactory(confirmed=True)
    row, by = Signatory.objects.filter(pk=signatory.pk), UserFactory()
    services.approve(row, by=by)
    services.decline(row, by=by, reason="other")
    services.reconsider(row, by=by)
    services.approve(row, by=by)
    kinds = sorted(Mail.objects.about(signatory).values_list("kind", flat=True))
    assert kinds == ["signatories.listed", "signatories.listed", "signatories.not_accepted"]


def test_reconsider_leaves_a_double_of_a_live_one_alone():
    letter = OpenLetterFactory()
    line = Line("River Watch", "", "GH")
    first = SignatoryFactory(letter=letter, line=line, confirmed=True)
    services.decline(Signatory.objects.filter(pk=first.pk), by=UserFactory(), reason="other")
    SignatoryFactory(letter=letter, line=line, listed=True)
    assert services.reconsider(Signatory.objects.filter(pk=first.pk), by=UserFactory()) == 0
    first.refresh_from_db()
    assert first.status == "declined"


def test_mark_duplicate_needs_another_sign_on_to_the_same_letter():
    one, stranger = SignatoryFactory(confirmed=True), SignatoryFactory(confirmed=True)
    twin = SignatoryFactory(letter=one.letter, confirmed=True)
    with pytest.raises(ValueError, match="same letter"):
        services.mark_duplicate(one, of=stranger, by=UserFactory())
    services.mark_duplicate(one, of=twin, by=UserFactory())
    one.refresh_from_db()
    assert (one.status, one.duplicate_of) == ("duplicate", twin)


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
