"""What anybody can have sent to a mailbox that is not theirs."""

from datetime import timedelta
from itertools import count, cycle, islice

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from campaigns import addresses, outbox, silence
from campaigns.models import Mail
from letters import services as letters
from signatories import emails, services
from signatories.models import Line, Purpose, SecondContact, Token
from signatories.services import Contact, limits
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token

pytestmark = pytest.mark.django_db

VICTIM = "ama.mensah@gmail.com"
SPELLINGS = (
    *(VICTIM, "AMA.Mensah@Gmail.com", "amamensah@gmail.com", "a.m.a.mensah@googlemail.com"),
    *("ama.mensah+one@gmail.com", "ama.mensah+two@gmail.com", "ＡＭＡ.mensah@gmail.com"),
    *(
        '"ama.mensah"@gmail.com',
        '"ama.men\\sah"@gmail.com',
        "ama.mensah@gma\u200dil.com",
        "ama.mensah@gma\u200c\u200dil.com",
    ),
)


def sign_on(letter, name="River Watch", address="ama@river.example", **more):
    line = Line(name, "", "GH", "")
    contact = Contact("Ama Mensah", "Director", address)
    services.sign_on(letter, line=line, visibility="public", scope="national", contact=contact, language="en", **more)


def link(signatory):
    return Token.objects.filter(signatory=signatory, purpose=Purpose.CONFIRM, replaced_at=None).latest("pk")


def send():
    """All that may go out now; how many did."""
    return outbox.send_due()


# --- About one letter ---


def test_a_fourth_form_writes_no_mail_and_changes_nothing():
    letter = OpenLetterFactory()
    for n in range(8):
        sign_on(letter, name=f"River Watch {n}")
        send()
    signatory = letter.signatories.get()
    assert (Mail.objects.count(), signatory.line.name) == (3, "River Watch 2")
    shown = [mail.body for mail in django_mail.outbox]
    assert link(signatory).secret in shown[-1]
    assert "River Watch 2" in shown[-1]
    assert services.confirm(link(signatory)) == services.Outcome.CONFIRMED


def test_what_is_confirmed_is_what_a_mail_has_shown():
    """However forms and sending come between each other, the mail that holds the link says what it signs."""
    letter = OpenLetterFactory()
    for n, is_sent in enumerate((True, False, False, True, False, True, False, True)):
        sign_on(letter, name=f"River Watch {n}")
        if is_sent:
            send()
    send()
    signatory = letter.signatories.get()
    (told,) = [mail.body for mail in django_mail.outbox if link(signatory).secret in mail.body]
    assert signatory.line.name in told
    assert len(django_mail.outbox) <= 3


def test_a_mail_that_waits_says_what_the_newest_form_said():
    letter = OpenLetterFactory()
    for n in range(5):
        sign_on(letter, name=f"River Watch {n}")
    assert Mail.objects.count() == 1
    send()
    assert "River Watch 4" in django_mail.outbox[0].body


def test_the_limit_outlives_a_refusal_and_a_day():
    letter = OpenLetterFactory()
    for n in range(5):
        with time_machine.travel(timezone.now() + timedelta(days=n)):
            sign_on(letter, name=f"River Watch {n}")
            send()
            if waiting := letter.signatories.filter(status="pending").first():
                waiting.move_to("withdrawn")
    assert len(django_mail.outbox) == 3
    assert letter.signatories.count() == 3  # what no mail can show is not kept


def test_mails_after_confirming_count_as_well():
    letter = OpenLetterFactory()
    sign_on(letter)
    send()
    services.confirm(link(letter.signatories.get()))
    for n in range(5):
        with time_machine.travel(timezone.now() + timedelta(days=n)):
            sign_on(letter, name="Somebody Else")
            send()
    kinds = list(Mail.objects.order_by("created_at").values_list("kind", flat=True))
    assert kinds == [f"signatories.{kind}" for kind in ("confirm", "received", "already_signed", "already_signed")]


def test_what_the_owner_causes_does_not_count():
    letter = OpenLetterFactory()
    sign_on(letter)
    signatory = letter.signatories.get()
    for n in range(6):
        emails.tell(emails.received, signatory, dedupe=str(n))
    assert limits.has_room(letter.pk, "ama@river.example")


# --- In a day ---


def test_five_go_out_in_a_day_and_the_rest_when_the_window_allows():
    start = timezone.now()
    for n in range(12):
        with time_machine.travel(start + timedelta(minutes=n)):
            sign_on(OpenLetterFactory(closes_at=start + timedelta(days=9)))
            send()
    assert (Mail.objects.count(), len(django_mail.outbox)) == (12, 5)
    with time_machine.travel(start + timedelta(hours=23, minutes=59)):
        assert send() == 0
    with time_machine.travel(start + timedelta(days=1, minutes=2, seconds=30)):
        assert send() == 3  # those of the minutes 0, 1 and 2 are a day old
    for day in (2, 3, 4):
        with time_machine.travel(start + timedelta(days=day)):
            send()
    assert len(django_mail.outbox) == 12
    assert most_in_a_day() == 5


def test_a_standstill_of_the_server_does_not_bunch_them():
    start = timezone.now()
    for _ in range(5):
        sign_on(OpenLetterFactory(closes_at=start + timedelta(days=9)))
    with time_machine.travel(start + timedelta(days=1, hours=1)):
        for _ in range(5):
            sign_on(OpenLetterFactory(closes_at=start + timedelta(days=9)))
        assert send() == 5
    with time_machine.travel(start + timedelta(days=2)):
        assert send() == 0
    with time_machine.travel(start + timedelta(days=2, hours=2)):
        assert send() == 5


def test_waiting_for_the_window_is_no_failed_try():
    for _ in range(6):
        sign_on(OpenLetterFactory())
    send()
    waiting = Mail.objects.get(state=Mail.State.QUEUED)
    assert (waiting.attempts, waiting.error, waiting.run_after > timezone.now() + timedelta(hours=23)) == (0, "", True)


def test_what_others_are_sending_at_this_moment_counts():
    for _ in range(7):
        sign_on(OpenLetterFactory())
    claimed = [outbox._claim() for _ in range(6)]
    assert [outbox._is_held_back(mail) for mail in claimed] == [True] + [False] * 5
    claimed[0].refresh_from_db()
    assert claimed[0].run_after < timezone.now() + timedelta(minutes=2)  # they may yet fail


def most_in_a_day():
    gone = sorted(Mail.objects.filter(state=Mail.State.SENT).values_list("sent_at", flat=True))
    return max(sum(first <= other < first + timedelta(days=1) for other in gone) for first in gone)


# --- Silence ---


def test_a_silenced_mailbox_gets_nothing_that_a_form_causes():
    silence.keep(VICTIM)
    letter = OpenLetterFactory()
    for spelling in SPELLINGS:
        sign_on(letter, address=spelling)
    assert (Mail.objects.count(), letter.signatories.count()) == (0, 0)


def test_silence_reaches_mails_that_wait_already():
    sign_on(OpenLetterFactory(), address=VICTIM)
    silence.keep("amamensah+x@googlemail.com")
    assert (send(), Mail.objects.get().state, Mail.objects.get().to) == (0, "dropped", "")


def test_silence_ends():
    silence.keep(VICTIM)
    silence.keep(VICTIM)
    silence.end(VICTIM.upper())
    sign_on(OpenLetterFactory(), address=VICTIM)
    assert send() == 1


def test_silence_does_not_reach_what_its_owner_signed():
    signatory = SignatoryFactory(confirmed=True, contact_email=VICTIM)
    silence.keep(VICTIM)
    services.approve(signatory.letter.signatories.all(), by=UserFactory())
    assert send() == 1


# --- Everything at once ---


class Attack:
    """All ways to have a mail sent to the victim, over and over."""

    def __init__(self):
        self.letters = [OpenLetterFactory(closes_at=timezone.now() + timedelta(days=30)) for _ in range(3)]
        self.coordinator = UserFactory()
        self.number, self.spellings = count(), cycle(SPELLINGS)
        ways = (self.form, self.same_form, self.link, self.second_contact, self.trial, self.refuse, self.form)
        self.all = ((way, letter) for letter in cycle(self.letters) for way in ways)

    def go_on(self, times):
        for way, letter in islice(self.all, times):
            way(letter)

    def form(self, letter):
        sign_on(letter, name=f"Forged {next(self.number)}", address=next(self.spellings))

    def same_form(self, letter):
        sign_on(letter, name="The Same", address=VICTIM)

    def link(self, letter):
        if limits.has_room(letter.pk, address := next(self.spellings)):
            held = letter.signatories.holding_address().filter(contact_hash=outbox.address_hash(address)).first()
            if held:
                emails.tell(emails.mine_link, held, dedupe=str(next(self.number)))
            else:
                emails.tell_stranger(letter, to=address, dedupe=str(next(self.number)), language="en")

    def second_contact(self, letter):
        line, address = Line(f"Other {next(self.number)}", "", "GH"), next(self.spellings)
        other = SignatoryFactory(letter=letter, confirmed=True, line=line)
        second = SecondContact.objects.create(signatory=other, email=address, email_hash=outbox.address_hash(address))
        Token.objects.issue(other, Purpose.SECOND)
        if limits.has_room(letter.pk, address):
            emails.tell_second(second)

    def trial(self, letter):
        draft = LetterFactory()
        sign_on(draft, address=next(self.spellings), trial=letters.begin_trial(draft, by=self.coordinator))

    def refuse(self, letter):
        if waiting := letter.signatories.filter(status="pending").first():
            waiting.move_to("withdrawn")


def test_whatever_is_tried_three_about_a_letter_and_five_in_a_day():
    start, attack = timezone.now(), Attack()
    for hour in range(0, 72, 6):
        with time_machine.travel(start + timedelta(hours=hour)):
            attack.go_on(21)
            send()
    assert {addresses.mailbox(mail.to[0]) for mail in django_mail.outbox} == {addresses.mailbox(VICTIM)}
    assert (len(django_mail.outbox), most_in_a_day()) == (Mail.objects.filter(state=Mail.State.SENT).count(), 5)
    assert [most_about(letter) for letter in attack.letters] == [3, 3, 3]


def test_the_test_could_see_too_many(monkeypatch):
    """The control: without the limits the same attacks get through."""
    monkeypatch.setattr(limits, "MAILS_PER_LETTER", 1000)
    monkeypatch.setattr(outbox, "MAILS_PER_DAY", 1000)
    attack = Attack()
    for _ in range(21):
        attack.go_on(3)
        send()
    assert most_in_a_day() > 5
    assert max(most_about(letter) for letter in attack.letters) > 3


def most_about(letter):
    return Mail.objects.filter(allowance=f"letter {letter.pk}").exclude(state=Mail.State.DROPPED).count()


@pytest.mark.parametrize("kind", sorted(emails.CAUSED_BY_FORMS))
def test_every_mail_that_a_form_causes_is_counted(kind):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, contact_email=VICTIM)
    writer = getattr(emails, kind)
    if kind == "no_sign_on":
        emails.tell_stranger(letter, to=VICTIM, dedupe="", language="en")
    elif kind == "second_contact":
        emails.tell_second(SecondContact.objects.create(signatory=signatory, email=VICTIM, email_hash=""))
    else:
        confirmation_token(signatory)
        emails.tell(writer, signatory)
    assert Mail.objects.get().allowance == f"letter {letter.pk}"
