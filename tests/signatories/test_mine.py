"""My sign-on: what can be seen and done behind the link that every mail bears."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail, Suppression
from letters import services as letters
from letters.services import working
from signatories import emails, services
from signatories.models import Line, Purpose, Signatory, Token
from signatories.services import Outcome
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.letters.test_amending import amended
from tests.signatories.own_page import fresh, kinds, mine, shown

pytestmark = pytest.mark.django_db


# --- The choice ---


def test_confirming_leads_to_my_sign_on_and_a_second_click_too(client):
    link = reverse("signatories:confirm", args=[confirmation_token(SignatoryFactory())])
    first, second = (client.post(link, {"choice": "confirm"}) for _ in range(2))
    assert first.url == second.url == mine(Signatory.objects.get())
    assert JournalEntry.objects.filter(verb="moved").count() == 1


def test_links_that_do_not_work_have_one_page(client):
    letter = OpenLetterFactory()
    used, replaced, late, invalid = SignatoryFactory.create_batch(4, letter=letter)
    pages = [reverse("signatories:confirm", args=[confirmation_token(one)]) for one in (used, replaced, late, invalid)]
    client.post(pages[0], {"choice": "confirm"})
    Signatory.objects.filter(pk=used.pk).update(confirmed_at=timezone.now() - timedelta(hours=1))
    replaced.tokens.update(replaced_at=timezone.now())
    late.tokens.update(expires_at=timezone.now())
    Signatory.objects.filter(pk=invalid.pk).update(status="invalid")
    own, second = Token.objects.mine(used).secret, Token.objects.issue(used, Purpose.SECOND).secret
    pages += [reverse("signatories:confirm", args=[secret]) for secret in (own, second, "x", "a" * 43)]
    names = ("mine", "vouch", "unsubscribe", "amendment", "holdings", "withdraw")
    pages += [reverse(f"signatories:{name}", args=["b" * 43]) for name in names]
    answers = [client.get(page) for page in pages] + [client.post(page) for page in pages]
    assert {answer.status_code for answer in answers} == {404}
    answers.append(client.post(pages[0], {"choice": "confirm"}))
    assert len({answer.content for answer in answers}) == 1


def test_board_decides_first_and_then_says_yes(client):
    signatory = SignatoryFactory()
    link = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert "Your board decides" in shown(client.post(link, {"choice": "board"}, follow=True))
    assert fresh(signatory).state_in_words == "Under internal review"
    assert kinds(signatory) == ["signatories.board_pack"]
    assert Signatory.objects.under_review().count() == 1
    answer = client.post(mine(signatory, "decide"), {"choice": "confirm", "revision": "1"}, follow=True)
    assert "your sign-on is confirmed" in shown(answer)
    assert fresh(signatory).status == "confirmed"


def test_refusing_keeps_the_address_from_being_written_to(client):
    signatory = SignatoryFactory()
    link = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert "Nothing was signed" in shown(client.post(link, {"choice": "refuse"}))
    assert (fresh(signatory).status, Suppression.objects.count()) == ("withdrawn", 1)
    assert [entry.verb for entry in JournalEntry.objects.filter(verb="refused")] == ["refused"]


def test_board_that_says_no_keeps_its_mailbox(client):
    signatory = SignatoryFactory()
    link = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    for _ in range(2):  # a double click leads to the same page
        assert client.post(link, {"choice": "board"}).url == mine(signatory)
    assert "what your board has decided" in shown(client.post(mine(signatory, "decide"), {"choice": "refuse"}))
    assert (fresh(signatory).status, Suppression.objects.count()) == ("withdrawn", 0)
    assert [entry.verb for entry in JournalEntry.objects.filter(verb="refused")] == []


def test_confirm_of_older_words_tells_of_the_correction_that_came_between():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter)
    by = UserFactory()
    letters.prepare_amendment(letter, by=by)
    words = working.read(letter)
    words.authentic["body"] = words.authentic["body"].replace("open", "opened")
    working.write(letter, words, by=by)
    until = timezone.now() + timedelta(days=2)
    letters.amend(letter, weight="correction", until=until, reason="A slip.", by=by)
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    assert services.confirm(token, seen=1) is Outcome.CONFIRMED
    assert kinds(signatory) == ["signatories.corrected", "signatories.received"]


def test_board_can_be_asked_while_sign_on_is_open(client, mailoutbox):
    open_one, over = OpenLetterFactory(), OpenLetterFactory(closes_at=timezone.now() - timedelta(minutes=1))
    offered = []
    for letter in (open_one, over):
        signatory = SignatoryFactory(letter=letter)
        link = reverse("signatories:confirm", args=[confirmation_token(signatory)])
        emails.tell(emails.confirm, signatory)
        offered.append("Our board has to decide first" in shown(client.get(link)))
    outbox.send_due()
    assert offered == ["If your board has to decide first" in mail.body for mail in mailoutbox] == [True, False]
    answer = client.post(link, {"choice": "board"})  # chosen a moment before
    assert "That cannot be chosen any more." in shown(answer)
    assert fresh(signatory).reviewing_since is None


@pytest.mark.parametrize("individual", [True, False])
def test_mail_speaks_of_a_board_to_organizations_alone(individual, mailoutbox):
    letter = OpenLetterFactory(open_to="both")
    signatory = SignatoryFactory(letter=letter, kind="individual" if individual else "organization")
    confirmation_token(signatory)
    emails.tell(emails.confirm, signatory)
    outbox.send_due()
    assert ("If your board has to decide first" in mailoutbox[0].body) == (not individual)


def test_pause_leaves_the_answer_open_and_the_page_says_so(client):
    signatory = SignatoryFactory(letter=OpenLetterFactory(is_paused=True))
    link = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert "Sign-on is paused: no new forms are taken at the moment." in shown(client.get(link))
    client.post(link, {"choice": "confirm"})
    assert fresh(signatory).status == "confirmed"
    other = reverse("signatories:confirm", args=[confirmation_token(SignatoryFactory())])
    assert "Sign-on is paused" not in shown(client.get(other))


# --- The page ---


@pytest.mark.parametrize(
    ("facts", "comes"), [({"listed": True}, True), ({"status": "withdrawn"}, False), ({"status": "lapsed"}, False)]
)
def test_mine_promises_reminders_to_those_alone_who_get_them(client, facts, comes):
    said = shown(client.get(mine(SignatoryFactory(**facts))))
    assert ("Reminders and news about this letter come to you." in said) == comes
    assert ("You are not on the letter: no reminders and no news about it come to you." in said) == (not comes)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"confirmed": True}, "your sign-on is confirmed"),
        ({"listed": True}, "You are on the letter"),
        ({"status": "withdrawn"}, "You have withdrawn"),
        ({"status": "lapsed"}, "You are not on the letter"),
        ({"reviewing_since": timezone.now()}, "Your board decides"),
    ],
)
def test_mine_says_how_it_stands(client, facts, said):
    answer = client.get(mine(SignatoryFactory(**facts)))
    assert answer.status_code == 200
    assert said in shown(answer)
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in shown(answer)


def test_looking_changes_nothing(client):
    signatory = SignatoryFactory(listed=True)
    Token.objects.mine(signatory)
    Token.objects.another(signatory)
    link = mine(signatory)
    before = [list(model.objects.values()) for model in (Signatory, Token, Mail, JournalEntry)]
    pages = "correct/ visibility/ withdraw/ data/ data.json mails/ links/ amendment/ decide/".split()
    for page in ("", *pages):
        client.get(link + page)
        client.head(link + page)
    for page in ("", *pages):
        client.post(link + page)  # as a program presses what it finds
    assert [list(model.objects.values()) for model in (Signatory, Token, Mail, JournalEntry)] == before


# --- Visibility ---


def test_show_as_raises_and_lowers_at_once(client):
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    assert signatory.letter.roll("en", timezone.now()).organizations == 1
    client.post(mine(signatory, "visibility"), {"visibility": "counted"})
    assert (fresh(signatory).name, fresh(signatory).line.name) == ("", "River Watch")
    roll = signatory.letter.roll("en", timezone.now())
    assert (roll.organizations, roll.withheld) == (0, 1)
    client.post(mine(signatory, "visibility"), {"visibility": "public"})
    assert fresh(signatory).name == "River Watch"


def test_mine_goes_on_after_the_letter_has_closed(client):
    signatory = SignatoryFactory(listed=True)
    link = mine(signatory)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert client.get(link).status_code == 200


def test_revision_that_was_agreed_to_is_read_on_the_letters_page_while_it_is_in_force(client):
    signatory = SignatoryFactory(listed=True)
    reading = f'<a href="{signatory.letter.get_absolute_url()}">Revision 1</a>'
    assert reading in shown(client.get(mine(signatory)))
    amended(signatory.letter, title="For both bridges")
    told = shown(client.get(mine(signatory)))
    assert (reading in told, "Revision 1 <span" in told, "revisions/1.json" in told) == (False, True, True)
