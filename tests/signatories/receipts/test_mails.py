"""The receipt in mails."""

from datetime import date

import pytest

from campaigns import outbox
from campaigns.models import Mail
from letters.services import publications
from signatories import services
from signatories.models import Line, Signatory
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.filed import file_documents
from tests.letters.publishing.published import published
from tests.signatories.own_page import corrected, fresh, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db

KINDS = {"delivered": "delivered", "published": "published", "replied": "reply_received"}


def announced(letter, edition=None, kind="delivered", **facts):
    said = {"happened_on": date(2026, 1, 5), "whom": "Ada Example", "words": "So it went.", "by": UserFactory()}
    return services.announce(fresh(letter), kind=kind, edition=edition, **said | facts)


def mails(mailoutbox):
    """What goes out now, by the mailbox it goes to: text, and HTML."""
    services.tell_news()
    outbox.send_due()
    sent = {mail.to[0]: (mail.body, next(content for content, _ in mail.alternatives)) for mail in mailoutbox}
    mailoutbox.clear()
    return sent


@pytest.mark.parametrize("kind", KINDS)
def test_mail_has_line_number_edition_and_words_to_forward(mailoutbox, kind):
    letter = a_letter(numbering="continuous")
    listed(letter, "Accra Bridges", "GH")
    signatory = listed(letter, "", line=Line("River Watch", "RW", "KE", "", "Mto"))
    announced(letter, freeze(letter), kind)
    text, page = mails(mailoutbox)[signatory.contact_email]
    said = " ".join(text.split())
    assert (
        "You stand in edition 1 like this: River Watch (RW) Mto Under the heading: Kenya Number: 2 of 2 Frozen:" in said
    )
    assert "Language of the document: English" in said
    forward = (
        "Words to forward: For the bridge over the Lind River Watch has signed this joint letter. It can be read here: "
        f"http://127.0.0.1:8000/letters/{letter.slug}/ With kind regards"
    )
    assert forward in said
    assert ("<bdi>River Watch (RW)</bdi>" in page, ".pdf" in text + page) == (True, False)
    assert Mail.objects.filter(kind=f"signatories.{KINDS[kind]}").count() == 2


def test_mail_leads_to_the_document_once_anybody_may_have_it(mailoutbox):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    file_documents(edition)
    publication = published(fresh(letter), edition=edition)
    announced(letter, edition)
    address = f"http://127.0.0.1:8000/letters/{letter.slug}/1.pdf"
    text, page = mails(mailoutbox)[signatory.contact_email]
    assert (f"The document (PDF): {address}" in text, f'<a href="{address}" dir="ltr">' in page) == (True, True)
    assert "Words to forward:\n\n1 organizations ask for a heron bridge\nRiver Watch has signed" in text
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    announced(letter, edition, whom="Bea Example")
    assert address not in mails(mailoutbox)[signatory.contact_email][0]


def test_mail_says_how_it_was_printed_whatever_has_changed_since(mailoutbox):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    corrected(signatory, name="RIVER WATCH")
    announced(letter, edition)
    text, _page = mails(mailoutbox)[signatory.contact_email]
    assert "like this:\n\nRiver Watch\n" in text


def test_mail_says_to_who_came_later_that_it_does_not_stand_there(mailoutbox):
    letter = a_letter()
    listed(letter, "River Watch")
    edition = freeze(letter)
    late = SignatoryFactory(letter=letter, listed=True, line=Line("Late Ones", "", "KE"))
    announced(letter, edition)
    text, _page = mails(mailoutbox)[late.contact_email]
    assert "You do not stand in edition 1: you were not on the letter when it was frozen." in text
    assert ("Late Ones" in text, "Number:" in text, "heading" in text) == (True, False, False)


@pytest.mark.parametrize(("visibility", "words"), [("counted", "without your name"), ("recipient", "copy alone")])
def test_mail_to_who_is_named_since_says_how_it_was_counted(mailoutbox, visibility, words):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility=visibility)
    edition = freeze(letter)
    services.show_as(token_of(signatory), "public")
    announced(letter, edition)
    text, _page = mails(mailoutbox)[signatory.contact_email]
    assert ("Edition 1 counts you" in text, words in text, "Number:" in text) == (True, True, False)


def test_mail_to_whose_line_is_lost_says_that_nobody_can_tell(mailoutbox):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    corrected(signatory, name="RIVER WATCH")
    Signatory.objects.filter(pk=signatory.pk).update(earlier={})
    announced(letter, edition)
    for said in mails(mailoutbox)[signatory.contact_email]:
        assert "we cannot tell any more how you stand in it" in " ".join(said.split())
        assert ("RIVER WATCH" in said, "Number:" in said, "without your name" in said) == (True, False, False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("visibility", ["counted", "recipient"])
def test_mail_to_who_is_withheld_says_nothing_of_an_edition(mailoutbox, kind, visibility):
    """It is what it would be without any edition, but for the link."""
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility=visibility)
    edition = freeze(letter)
    file_documents(edition)
    published(fresh(letter), edition=edition)
    announced(letter, None, kind)
    without = mails(mailoutbox)[signatory.contact_email]
    announced(letter, edition, kind)
    assert mails(mailoutbox)[signatory.contact_email] == without
    assert ("dition" in without[0] + without[1], "Quiet" in without[0], ".pdf" in without[0]) == (False, False, False)


def test_mail_to_who_has_its_name_withheld_since_does_not_tell_that_it_was_printed(mailoutbox):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones")
    edition = freeze(letter)
    announced(letter, edition)
    assert "Quiet Ones" in mails(mailoutbox)[signatory.contact_email][0]
    services.show_as(token_of(signatory), "counted")
    announced(letter, edition, whom="Bea Example")
    text, page = mails(mailoutbox)[signatory.contact_email]
    assert ("Quiet" in text + page, "dition" in text + page) == (False, False)


def test_no_mail_names_another_signatory(mailoutbox):
    letter = a_letter()
    names = ["Kestrel", "Bittern", "Curlew"]
    signatories = {name: listed(letter, name) for name in names}
    quiet = listed(letter, "Plover", visibility="counted")
    edition = freeze(letter)
    announced(letter, edition)
    sent = mails(mailoutbox)
    said = {name: "\n".join(sent[one.contact_email]) for name, one in signatories.items()}
    assert {name: [other for other in (*names, "Plover") if other in words] for name, words in said.items()} == {
        name: [name] for name in names
    }
    assert not any(name in "\n".join(sent[quiet.contact_email]) for name in (*names, "Plover"))


def test_mails_of_one_edition_read_its_list_once(mailoutbox, django_assert_max_num_queries):
    letter = a_letter()
    for number in range(4):
        listed(letter, f"Organization number {number}")
    announced(letter, freeze(letter))
    services.tell_news()
    with django_assert_max_num_queries(400) as asked:
        outbox.send_due()
    whole = [one["sql"] for one in asked.captured_queries if '"letters_edition"."roll"' in one["sql"]]
    assert len(whole) == 1
