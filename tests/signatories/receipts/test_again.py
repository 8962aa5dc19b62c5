"""What is published a second time says what is new about it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from campaigns import outbox
from letters import services as letters
from letters.models import Letter, Publication
from letters.services import publications
from signatories import tasks
from signatories.models import Line
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.filed import file_documents
from tests.letters.publishing.published import over, published
from tests.letters.test_amending import rewritten
from tests.signatories.own_page import fresh
from tests.signatories.receipts.frozen import freeze

pytestmark = pytest.mark.django_db
PLAIN = "the joint letter “For the bridge over the Lind” was published on"


def out(letter, edition=None, **more):
    if edition is None:
        edition = freeze(fresh(letter))
        file_documents(edition)
    return published(fresh(letter), edition=edition, tells_signatories=True, **more)


def mail_about_it(mailoutbox):
    """Subject and words of the first one that goes out now."""
    tasks.tell_news()
    outbox.send_due()
    sent = [(mail.subject, " ".join(mail.body.split())) for mail in mailoutbox]
    mailoutbox.clear()
    return sent[0]


@pytest.fixture
def letter():
    return over(3, zone="Pacific/Auckland")


def came(publication, at):
    Publication.objects.filter(pk=publication.pk).update(came_at=at)


def test_first_publication_says_that_it_is_published(mailoutbox, letter):
    out(letter)
    subject, words = mail_about_it(mailoutbox)
    assert subject == "Published: “For the bridge over the Lind”"
    assert (PLAIN in words, "Names on the list" in words, "takes the place" in words) == (True, False, False)


def test_newer_edition_says_what_it_replaces_and_how_many_names_there_are(mailoutbox, letter):
    first = out(letter)
    mail_about_it(mailoutbox)
    came(first, "2026-05-03T20:00:00Z")
    SignatoryFactory.create_batch(2, letter=letter, listed=True)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden", "", "KE"))
    out(letter)
    subject, words = mail_about_it(mailoutbox)
    assert subject == "Edition 2 is published: “For the bridge over the Lind”"
    assert "edition 2 of the joint letter “For the bridge over the Lind” was published on" in words
    assert "It takes the place of edition 1, which came out on 4 May 2026." in words  # there
    assert "Names on the list: 5. In edition 1: 3." in words
    assert ("has been amended" in words, "taken back" in words) == (False, False)


def test_newer_edition_says_that_the_text_is_another(mailoutbox, letter):
    out(letter)
    mail_about_it(mailoutbox)
    later = timezone.now() + timedelta(days=3)
    Letter.objects.filter(pk=letter.pk).update(status="open", closes_at=later, closed_at=None)
    by = rewritten(fresh(letter), body="<p>We ask for two bridges.</p>")
    letters.amend(fresh(letter), weight="correction", reason="A slip.", until=timezone.now() + timedelta(days=2), by=by)
    Letter.objects.filter(pk=letter.pk).update(status="closed", closes_at=timezone.now(), closed_at=timezone.now())
    out(letter)
    assert "The text has been amended since edition 1." in mail_about_it(mailoutbox)[1]


def test_what_comes_out_again_says_that_it_had_been_taken_back(mailoutbox, letter):
    first = out(letter)
    with time_machine.travel("2027-05-03T20:00:00Z"):
        publications.take_back(first, reason="A slip.", by=UserFactory())
    second = out(letter, first.edition)
    subject, words = mail_about_it(mailoutbox)
    assert subject == "Published again: “For the bridge over the Lind”"
    assert "edition 1 of the joint letter" in words
    assert "What had been published before was taken back on 4 May 2027." in words
    assert ("Names on the list" in words, "A slip" in words) == (False, False)
    publications.take_back(second, reason="Another.", by=UserFactory())
    SignatoryFactory(letter=letter, listed=True)
    out(letter)
    subject, words = mail_about_it(mailoutbox)
    assert (subject.startswith("Published again"), "Names on the list: 4. In edition 1: 3." in words) == (True, True)


def test_other_words_around_the_same_edition_are_nothing_new_to_who_came_late(mailoutbox, letter):
    first = out(letter)
    mail_about_it(mailoutbox)
    SignatoryFactory(letter=letter, listed=True)
    out(letter, first.edition)
    subject, words = mail_about_it(mailoutbox)
    assert (subject, PLAIN in words) == ("Published: “For the bridge over the Lind”", True)


def test_who_is_withheld_reads_the_same_mail_whichever_time_it_is(mailoutbox):
    letter = over(0)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden", "", "KE"))
    first = out(letter)
    once = mail_about_it(mailoutbox)
    publications.take_back(first, reason="A slip.", by=UserFactory())
    out(letter)
    assert mail_about_it(mailoutbox) == once


@pytest.mark.parametrize("language", ["ar", "es", "fr"])
def test_all_of_it_is_said_in_each_language(language):
    said = [
        "Published again: “%(title)s”",
        "Edition %(edition)s is published: “%(title)s”",
        "Taken back: “%(title)s”",
        "Names on the list: %(names)s. In edition %(earlier)s: %(before)s.",
        "The text has been amended since edition %(earlier)s.",
        "It was published, and taken back on %(day)s.",
        "What was published has been taken back.",
    ]
    with translation.override(language):
        assert [one for one in said if translation.gettext(one) == one] == []
