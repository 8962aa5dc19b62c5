"""The team tells the signatories what became of the letter."""

import re
from datetime import date

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail, Role
from signatories import services
from signatories.models import Line, News, Purpose, Signatory, Token
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import team_member

pytestmark = pytest.mark.django_db

DELIVERED = {
    "kind": "delivered",
    "happened_on": "2026-01-05",
    "whom": "Ada Example",
    "words": "In her office.",
    "url": "",
}


def announced(letter, **facts):
    said = {"kind": "delivered", "happened_on": date(2026, 1, 5), "whom": "Ada Example", **facts}
    return services.announce(letter, by=UserFactory(), **said)


def test_news_go_to_those_on_the_letter_who_want_them():
    letter = OpenLetterFactory()
    listed = SignatoryFactory(letter=letter, listed=True)
    SignatoryFactory(letter=letter, listed=True, unsubscribed_at=timezone.now())
    SignatoryFactory(letter=letter, confirmed=True)
    SignatoryFactory(letter=letter)
    SignatoryFactory(listed=True)
    announced(letter)
    assert services.tell_news() == 1
    assert services.tell_news() == 0
    outbox.send_due()
    (mail,) = django_mail.outbox
    assert mail.to == [listed.contact_email]
    assert "was delivered to Ada Example on 5 January 2026" in mail.body


def test_news_go_to_nobody_who_came_in_a_list_and_never_answered(client):
    letter = OpenLetterFactory()
    asked = SignatoryFactory(letter=letter, listed=True)
    SignatoryFactory.create_batch(2, letter=letter, listed=True, attestation="team")
    team_member(client, letter)
    shown = " ".join(page(client, letter).content.decode().split())
    assert (
        "the one listed signatory who takes such mails" in shown,
        "2 are not told: they came in a list" in shown,
    ) == (True, True)
    news = announced(letter)
    assert (services.recipients(letter).get(), services.tell_news()) == (asked, 1)
    outbox.send_due()
    assert services.progress(news) == {"written": 1, "sent": 1}
    preview = " ".join(page(client, letter, **DELIVERED).content.decode().split())
    assert ("Send it to 1 signatory<" in preview, "2 are not told" in preview) == (True, True)


def test_news_go_on_where_they_were_cut_off():
    letter = OpenLetterFactory()
    SignatoryFactory.create_batch(3, letter=letter, listed=True)
    news = announced(letter)
    services.tell_news()
    Mail.objects.filter(about_id=str(letter.signatories.first().pk)).delete()
    News.objects.update(told_at=None)
    assert services.tell_news() == 1
    assert services.progress(news) == {"written": 3, "sent": 0}


def test_a_second_click_announces_nothing_new():
    letter = OpenLetterFactory()
    assert announced(letter) == announced(letter)
    assert announced(letter, whom="Somebody Else") != announced(letter)
    assert News.objects.count() == 2


def test_a_withheld_signatory_reads_it_behind_its_link(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden", "", "KE"))
    announced(letter, kind="published", whom="", url="https://bridges.example/")
    services.tell_news()
    outbox.send_due()
    words = django_mail.outbox[0].body
    assert ("bridges.example" in words, "Lind" in words, "/mine/" in words) == (False, False, True)
    behind = client.get(
        reverse("signatories:mine", args=[Token.objects.get(purpose=Purpose.MINE).secret])
    ).content.decode()
    assert "https://bridges.example/" in behind


def page(client, letter, **answers):
    address = reverse("signatories:news", args=[letter.slug])
    return client.post(address, answers) if answers else client.get(address)


def test_page_shows_the_mail_and_how_many_get_it_and_then_sends(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    SignatoryFactory.create_batch(2, letter=letter, listed=True)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden", "", "KE"))
    shown = page(client, letter, **DELIVERED).content.decode()
    assert "To 3 signatories" in shown
    assert "One of them has its name withheld" in shown
    assert "was delivered to Ada Example on 5 January 2026" in shown
    assert (News.objects.count(), Mail.objects.count()) == (0, 0)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    kept.pop("csrfmiddlewaretoken", None)
    assert page(client, letter, **kept, send="1").status_code == 302
    assert page(client, letter, **kept, send="1").status_code == 302
    news = News.objects.get()
    assert JournalEntry.objects.get(verb="announced").data == {"news": news.pk, "kind": "delivered"}
    assert services.tell_news() == 3
    outbox.send_due()
    told = page(client, letter).content.decode()
    assert re.search(
        r"Ada Example</bdi></th><td>5 January 2026</td><td>–</td><td class=\"num\">3</td><td class=\"num\">3</td>", told
    )
    assert "All written" in told


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"whom": ""}, "whom"),
        ({"kind": "published", "url": ""}, "url"),
        ({"kind": "published", "url": "javascript:alert(1)"}, "url"),
        ({"kind": "replied", "words": "", "url": ""}, "words"),
        ({"kind": ""}, "kind"),
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"happened_on": "soon"}, "happened_on"),
    ],
)
def test_page_says_what_is_missing(client, change, field):
    letter = OpenLetterFactory()
    team_member(client, letter)
    SignatoryFactory(letter=letter, listed=True)
    answer = page(client, letter, **DELIVERED | change, send="1")
    assert list(answer.context["form"].errors) == [field]
    assert News.objects.count() == 0


def test_page_can_be_changed_before_sending(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    SignatoryFactory(letter=letter, listed=True)
    again = page(client, letter, **DELIVERED, change="1").content.decode()
    assert 'value="Ada Example"' in again
    assert "There is a problem" not in again


def test_page_is_for_those_who_run_the_letter(client):
    letter = OpenLetterFactory()
    address = reverse("signatories:news", args=[letter.slug])
    assert client.get(address).status_code == 302
    team_member(client, letter, role=Role.VIEWER)
    assert client.get(address).status_code == 404
    assert client.post(address, DELIVERED | {"send": "1"}).status_code == 404
    draft = LetterFactory()
    team_member(client, draft)
    assert client.get(reverse("signatories:news", args=[draft.slug])).status_code == 404
    assert Signatory.objects.count() == 0
