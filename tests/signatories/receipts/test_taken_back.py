"""That what was published has been taken back is told where the team wants it, on the road of all news."""

import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail
from letters.models import Publication
from letters.services import publications
from signatories import services, tasks
from signatories.models import Line, News
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.publishing.published import over, published
from tests.signatories.own_page import fresh, mine, shown, token_of

pytestmark = pytest.mark.django_db


def out(letter=None, **more):
    return published(letter or over(3, zone="Pacific/Auckland"), **{"tells_signatories": True} | more)


def back(publication, *, tells=True, by=None):
    publications.take_back(publication, reason="Canary reason", by=by or UserFactory(), tells=tells)
    publication.refresh_from_db()


def sent(mailoutbox):
    tasks.tell_news()
    outbox.send_due()
    mails = list(mailoutbox)
    mailoutbox.clear()
    return mails


def told(letter):
    return list(News.objects.filter(letter=letter).order_by("pk").values_list("kind", flat=True))


def test_who_was_told_of_both_is_told_that_the_same_edition_is_public_again(mailoutbox):
    publication = out()
    assert len(sent(mailoutbox)) == 3
    assert list(Publication.objects.told()) == [publication]
    back(publication)
    assert len(sent(mailoutbox)) == 3
    assert not Publication.objects.told().exists()  # so the desk proposes to tell them
    out(fresh(publication.letter), edition=publication.edition)
    again = sent(mailoutbox)
    assert {mail.subject for mail in again} == {"Published again: “For the bridge over the Lind”"}
    assert len(again) == 3


def test_who_was_not_told_that_it_went_is_not_told_twice_that_it_came(mailoutbox):
    publication = out()
    sent(mailoutbox)
    back(publication, tells=False)
    out(fresh(publication.letter), edition=publication.edition)
    assert sent(mailoutbox) == []


def test_mail_says_when_it_was_public_and_that_the_sign_on_stands(mailoutbox):
    publication, by = out(), UserFactory()
    Publication.objects.filter(pk=publication.pk).update(came_at="2027-05-03T20:00:00Z")
    sent(mailoutbox)
    with time_machine.travel("2027-05-08T20:00:00Z"):
        back(publication, by=by)
        mails = sent(mailoutbox)
    assert len(mails) == 3
    words = " ".join(mails[0].body.split())
    assert mails[0].subject == "Taken back: “For the bridge over the Lind”"
    assert "took back its publication on 9 May 2027. It had been public since 4 May 2027." in words
    assert "Your sign-on stands as it was." in words
    gone = ("Canary", ".pdf", "Words to forward", "dition 1", "heron bridge")
    assert [one for one in gone if one in words] == []
    assert mails[0].reply_to == [publication.letter.campaign.contact_email]
    news = News.objects.get(kind="taken_back")
    assert (news.made_by, str(news.happened_on), news.edition) == (by, "2027-05-09", None)
    assert JournalEntry.objects.filter(verb="announced", data__kind="taken_back").get().actor_id == by.pk


@pytest.mark.parametrize("tells", [True, False])
def test_it_is_told_as_the_team_chose_and_once(mailoutbox, tells):
    publication = out()
    sent(mailoutbox)
    back(publication, tells=tells)
    assert (len(sent(mailoutbox)), len(sent(mailoutbox))) == (3 * tells, 0)
    assert told(publication.letter) == ["published", *["taken_back"] * tells]


def test_it_goes_to_nobody_who_does_not_get_news(mailoutbox):
    letter = over(1)
    SignatoryFactory(letter=letter, listed=True, unsubscribed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True, attestation="team")
    services.erase(token_of(SignatoryFactory(letter=letter, listed=True)), keeps_line=True)
    SignatoryFactory(letter=letter, status="withdrawn")
    SignatoryFactory(letter=letter, confirmed=True)
    publication = out(letter, tells_signatories=False)
    back(publication)
    reader = services.recipients(letter).get()
    assert [mail.to for mail in sent(mailoutbox)] == [[reader.contact_email]]


def test_who_opted_out_between_the_writing_and_the_sending_has_no_mail(mailoutbox):
    publication = out(over(1))
    sent(mailoutbox)
    back(publication)
    tasks.tell_news()
    publication.letter.signatories.update(unsubscribed_at=timezone.now())
    outbox.send_due()
    assert len(mailoutbox) == 0


def test_who_is_withheld_has_the_same_mail_as_of_any_news(mailoutbox):
    """With the control: who is named reads what became of it."""
    letter = over(1)
    hidden = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden", "", "KE"))
    publication = out(letter)
    first = {mail.to[0]: (mail.subject, mail.body) for mail in sent(mailoutbox)}
    back(publication)
    second = {mail.to[0]: (mail.subject, mail.body) for mail in sent(mailoutbox)}
    same = {to: first[to] == second[to] for to in first}
    assert same == {to: to == hidden.contact_email for to in first}


def test_nothing_is_told_of_what_has_come_out_anew_since(mailoutbox):
    first = out()
    sent(mailoutbox)
    back(first)
    out(fresh(first.letter), edition=first.edition)
    assert (sent(mailoutbox), told(first.letter)) == ([], ["published", "published"])
    back(Publication.objects.public().get(), tells=False)
    assert (sent(mailoutbox), told(first.letter)) == ([], ["published", "published"])  # nor ever


def test_mails_that_wait_when_it_comes_out_anew_do_not_go(mailoutbox):
    first = out()
    sent(mailoutbox)
    back(first)
    tasks.tell_news()
    out(fresh(first.letter), edition=first.edition, tells_signatories=False)
    outbox.send_due()
    assert len(mailoutbox) == 0
    assert set(Mail.objects.filter(kind="signatories.taken_back").values_list("state", flat=True)) == {"dropped"}


def test_a_crash_between_noting_and_telling_loses_nothing(mailoutbox):
    publication = out()
    sent(mailoutbox)
    back(publication)
    assert (services.announce_published(), services.announce_published()) == (1, 0)
    assert len(sent(mailoutbox)) == 3


def test_the_database_refuses_to_have_it_told_twice():
    back(out())
    services.announce_published()
    news = News.objects.get()
    again = News(letter=news.letter, kind=news.kind, publication=news.publication, happened_on=news.happened_on)
    again.made_by = news.made_by
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_tell_it_once():
    back(out())
    start, came = threading.Barrier(4), []

    def work():
        try:
            start.wait()
            came.append(services.announce_published())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(came), News.objects.count()) == ([0, 0, 0, 1], 1)


@pytest.mark.parametrize("tells", [True, False])
def test_whoever_is_to_be_told_is_told_at_once(nudges, django_capture_on_commit_callbacks, tells):
    publication = out(over(1))
    nudges.clear()
    with django_capture_on_commit_callbacks(execute=True):
        back(publication, tells=tells)
    assert (tasks.tell_news.name in nudges) == tells


def own_page(client, letter):
    page = shown(client.get(mine(letter.signatories.first())))
    return page.count("It was published, and taken back on"), page.count("What was published has been taken back.")


@pytest.mark.parametrize("was_told", [True, False])
def test_ones_own_page_says_it_once(client, mailoutbox, was_told):
    publication = out(tells_signatories=was_told)
    sent(mailoutbox)
    back(publication)
    sent(mailoutbox)
    assert own_page(client, publication.letter) == (was_told, not was_told)


def test_ones_own_page_says_it_to_who_was_told_also_without_a_mail(client, mailoutbox):
    publication = out()
    sent(mailoutbox)
    assert own_page(client, publication.letter) == (0, 0)
    back(publication, tells=False)
    assert own_page(client, publication.letter) == (1, 0)
    address = f"http://127.0.0.1:8000/letters/{publication.letter.slug}/"
    assert address not in shown(client.get(mine(publication.letter.signatories.first())))
