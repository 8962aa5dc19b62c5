"""What is published is told by itself: once, and not once it is taken back."""

import threading
from functools import partial

import pytest
from django.core import mail as mailbox
from django.db import IntegrityError, connection, transaction
from django.db.models.expressions import RawSQL

from campaigns import outbox
from campaigns.models import JournalEntry, Mail
from letters.models import Publication
from letters.services import publications
from signatories import services, tasks
from signatories.models import News, Signatory
from signatories.services import news
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.filed import file_documents
from tests.letters.publishing.published import frozen, over, prepared, published, release, soon
from tests.signatories.own_page import fresh, mine, shown
from tests.signatories.receipts.frozen import freeze

pytestmark = pytest.mark.django_db


def out(letter=None, **more):
    return published(letter or over(3), **{"tells_signatories": True} | more)


def test_publication_is_told_by_who_released_it_with_its_edition():
    publication = out(over(3, zone="Pacific/Auckland"))
    Publication.objects.filter(pk=publication.pk).update(came_at="2027-05-03T20:00:00Z")
    assert (tasks.tell_news(), tasks.tell_news()) == (3, 0)
    news = News.objects.get()
    assert (news.kind, news.edition, news.made_by) == ("published", publication.edition, publication.released_by)
    assert str(news.happened_on) == "2027-05-04"
    assert news.url == f"http://127.0.0.1:8000/letters/{publication.letter.slug}/"
    entry = JournalEntry.objects.get(verb="announced")
    assert entry.data == {"news": news.pk, "kind": "published", "edition": 1}
    assert entry.actor_id == publication.released_by_id


def test_mail_has_the_receipt_and_the_document():
    letter = out().letter
    tasks.tell_news()
    outbox.send_due()
    said = " ".join(mailbox.outbox[0].body.split())
    assert "was published on" in said
    assert "You stand in edition 1 like this:" in said
    assert f"http://127.0.0.1:8000/letters/{letter.slug}/1.pdf" in said
    assert said.count(f"http://127.0.0.1:8000/letters/{letter.slug}/ ") == 2


@pytest.mark.parametrize("tells", [True, False])
def test_nothing_is_told_before_its_time_or_against_its_teams_wish(tells):
    publication = prepared(over(2), tells_signatories=tells, comes_at=soon())
    assert services.announce_published() == 0
    release(publication)
    assert services.announce_published() == 0
    Publication.objects.update(comes_at=soon(hours=-1))
    publications.publish_due()
    assert services.announce_published() == tells
    assert News.objects.count() == tells


def test_what_is_taken_back_before_is_not_told():
    publications.take_back(out(), reason="A slip.", by=UserFactory())
    assert (services.announce_published(), News.objects.count()) == (0, 0)


def test_what_is_taken_back_meanwhile_goes_to_nobody_more():
    publication = out()
    services.announce_published()
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert services.tell_news() == 0
    assert News.objects.untold().count() == 0


def test_mails_that_wait_when_it_is_taken_back_do_not_go():
    publication = out()
    tasks.tell_news()
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    outbox.send_due()
    assert (mailbox.outbox, set(Mail.objects.values_list("state", flat=True))) == ([], {"dropped"})


def test_each_edition_that_is_published_is_told_once():
    letter = over(2)
    first = out(letter)
    tasks.tell_news()
    edition = freeze(fresh(letter))
    file_documents(edition)
    second = out(fresh(letter), edition=edition)
    tasks.tell_news()
    tasks.tell_news()
    assert list(News.objects.order_by("pk").values_list("publication", flat=True)) == [first.pk, second.pk]
    assert Mail.objects.filter(kind="signatories.published").count() == 4


def test_what_is_replaced_before_the_sweep_is_not_told():
    letter = over(2)
    out(letter)
    edition = freeze(fresh(letter))
    file_documents(edition)
    newest = out(fresh(letter), edition=edition)
    assert services.announce_published() == 1
    assert News.objects.get().publication == newest


def test_a_crash_between_noting_and_telling_loses_nothing():
    out()
    services.announce_published()
    assert (Mail.objects.count(), services.announce_published()) == (0, 0)
    assert tasks.tell_news() == 3


def test_the_database_refuses_to_have_one_told_twice():
    out()
    services.announce_published()
    news = News.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        News.objects.create(
            letter=news.letter,
            kind="published",
            publication=news.publication,
            happened_on=news.happened_on,
            made_by=news.made_by,
        )
    assert News.objects.count() == 1


def at_once(*acts):
    """What came of them in threads that begin together, and what went wrong."""
    start, done, wrong = threading.Barrier(len(acts)), [], []

    def work(act):
        try:
            start.wait()
            done.append(act())
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, wrong


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_tell_it_once():
    out(over(5))
    done, wrong = at_once(*[services.announce_published] * 4)
    assert (sorted(done), wrong, News.objects.count()) == ([0, 0, 0, 1], [], 1)
    _done, wrong = at_once(*[services.tell_news] * 4)
    assert (wrong, Mail.objects.count()) == ([], 5)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_taking_back_and_telling_at_once_leave_it_untold_or_ended():
    by = UserFactory()
    for _ in range(5):
        publication = out(over(2))
        take_back = partial(publications.take_back, publication, reason="A slip.", by=by)
        _done, wrong = at_once(services.announce_published, take_back)
        assert wrong == []
        services.tell_news()
        outbox.send_due()
        assert mailbox.outbox == []


def news_on_page(client, signatory):
    page = shown(client.get(mine(signatory)))
    said = ("It was published.", "It was published, and taken back on", "It was delivered:")
    return tuple(map(page.count, said))


def test_ones_own_page_says_that_what_was_published_has_been_taken_back(client):
    publication = out()
    letter = publication.letter
    signatory = letter.signatories.first()
    services.announce(letter, kind="delivered", happened_on="2026-01-05", whom="Ada Example", by=UserFactory())
    services.announce(letter, kind="published", happened_on="2026-01-06", by=UserFactory())  # elsewhere, by the team
    services.announce_published()
    assert news_on_page(client, signatory) == (2, 0, 1)
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert news_on_page(client, signatory) == (1, 1, 1)


def spoilt(letter):
    """One of its mailboxes cannot be deciphered."""
    pk = letter.signatories.first().pk
    Signatory.objects.filter(pk=pk).update(contact_email=RawSQL("'spoilt'", ()))
    return letter


def test_a_letter_that_cannot_be_told_of_does_not_hold_up_the_next(monkeypatch, caplog):
    faulty, good = out(over(2)), out(over(3))
    noted = news._noted

    def failing(said):
        noted(said)
        if said.publication == faulty:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(news, "_noted", failing)
    assert tasks.tell_news() == 3
    assert f"publication {faulty.pk} cannot be told of" in caplog.text
    assert [one.publication for one in News.objects.all()] == [good]
    monkeypatch.setattr(news, "_noted", noted)
    assert tasks.tell_news() == 2


def test_news_that_cannot_be_told_do_not_hold_up_the_next(caplog):
    faulty, good = out(spoilt(over(1))), out(over(3))
    assert tasks.tell_news() == 3
    failed = News.objects.untold().get()
    assert (failed.publication, f"news {failed.pk} cannot be told" in caplog.text) == (faulty, True)
    assert News.objects.get(publication=good).told_at
    Signatory.objects.filter(letter=faulty.letter).update(contact_email="contact@mended.example")
    assert tasks.tell_news() == 1


@pytest.mark.parametrize("tells", [True, False])
def test_whoever_is_to_be_told_of_what_comes_out_is_told_at_once(nudges, django_capture_on_commit_callbacks, tells):
    publication = prepared(over(1), tells_signatories=tells)
    with django_capture_on_commit_callbacks(execute=True):
        release(publication)
    assert ("signatories.tasks.tell_news" in nudges) == tells
    assert publications.TELLS == news.TASK == tasks.tell_news.name


def again(letter, edition):
    """The same edition, published anew."""
    return out(fresh(letter), edition=edition)


@pytest.mark.parametrize("goes", ["taken back", "replaced"])
def test_who_was_told_of_an_edition_is_not_told_again_once_it_comes_out_anew(goes):
    letter = over(3)
    first = out(letter)
    tasks.tell_news()
    outbox.send_due()
    if goes == "taken back":
        publications.take_back(first, reason="A slip.", by=UserFactory())
    late = SignatoryFactory(letter=letter, listed=True)
    second = again(letter, first.edition)
    assert tasks.tell_news() == 1
    assert [one.publication for one in News.objects.order_by("pk")] == [first, second]
    outbox.send_due()
    assert [mail.to for mail in mailbox.outbox[3:]] == [[late.contact_email]]
    assert (News.objects.untold().count(), tasks.tell_news()) == (0, 0)


def test_whom_a_mail_did_not_reach_before_it_was_taken_back_is_told_by_the_next():
    letter = over(3)
    first = out(letter)
    tasks.tell_news()
    reached = Mail.objects.filter(kind="signatories.published").first()
    Mail.objects.filter(pk=reached.pk).update(state=Mail.State.SENT)
    publications.take_back(first, reason="A slip.", by=UserFactory())
    again(letter, first.edition)
    assert tasks.tell_news() == 2
    outbox.send_due()
    assert len(mailbox.outbox) == 2
    assert Mail.objects.filter(about_id=reached.about_id, kind="signatories.published").count() == 1


def test_news_that_the_team_told_itself_are_other_news():
    letter = over(2)
    edition = frozen(letter)
    services.announce(letter, kind="published", edition=edition, happened_on="2026-01-06", by=UserFactory())
    again(letter, edition)
    assert tasks.tell_news() == 4
