"""Releasing: what was shown goes out, byte for byte, once; and whatever differs does not."""

import hashlib
from email.header import decode_header, make_header

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns import outbox, writing
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail
from letters import services
from letters.models import AddresseeNames, Delivery, Publication
from tests.factories import RevisionFactory, TextFactory
from tests.letters.delivering import parcels
from tests.letters.filed import file_documents

pytestmark = pytest.mark.django_db


def bytes_of(mail):
    """As it goes over the line, without what each mail has to itself: date, id, the marks between its parts."""
    mail.extra_headers = {name: value for name, value in mail.extra_headers.items() if name != "Message-ID"}
    message = mail.message()
    for number, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"part-{number}")
    for name in ("Date", "Message-ID"):
        del message[name]
    return message.as_bytes()


def test_mail_that_goes_out_is_the_one_that_was_shown(prepared, coordinator, mailoutbox):
    dry = services.dry_run(prepared)
    services.release_delivery(prepared, by=coordinator, shown=dry.shown)
    outbox.send_due()
    (mail,) = mailoutbox
    assert (mail.subject, mail.from_email, mail.to, mail.reply_to, mail.body) == (
        dry.mail.subject,
        dry.mail.from_email,
        dry.mail.to,
        dry.mail.reply_to,
        dry.mail.body,
    )
    assert bytes_of(mail) == bytes_of(dry.mail)
    ((name, content, kind),) = mail.attachments
    assert (name, kind) == ("bridge-edition-1-en.pdf", "application/pdf")
    assert hashlib.sha256(content).hexdigest() == parcels.fresh(prepared).sha256


def test_bytes_would_tell_the_least_difference(prepared):
    """The control of the test above."""
    one, other = services.dry_run(prepared).mail, services.dry_run(prepared).mail
    other.body = other.body.replace("genuine", "genuine ")
    assert bytes_of(one) != bytes_of(other)


def test_mail_says_what_it_brings_and_nothing_that_tells_who_reads_it(prepared, coordinator, mailoutbox, settings):
    parcels.released(prepared, coordinator)
    outbox.send_due()
    (mail,) = mailoutbox
    assert mail.from_email == outbox.sender(parcels.FROM_NAME)
    assert mail.reply_to == ["team@campaign.example"]
    for said in (
        "Dear Commissioner,\n\nplease find our letter with this mail.",
        "For the bridge over the Lind\nJoint letter of 2 organizations\nEdition 1, ",
        "The document is attached: bridge-edition-1-en.pdf (",
        parcels.fresh(prepared).sha256,
        f"{settings.SITE_URL}/verify/",
        "Replies go to team@campaign.example.",
    ):
        assert said in mail.body
    html = mail.alternatives[0][0]
    assert "<img" not in html
    assert "unsubscribe" not in (mail.body + html + str(mail.extra_headers)).lower()
    assert set(mail.extra_headers) == {"Message-ID", "Content-Language"}  # not automatic: a receipt is welcome
    assert "Wrenfold" not in mail.body + html


def test_mail_with_a_link_attaches_nothing(edition, coordinator, mailoutbox, settings):
    publish(edition, coordinator)
    linked = services.prepare_delivery(edition, 0, parcels.mail(is_attached=False), by=coordinator)
    parcels.released(linked, coordinator)
    outbox.send_due()
    (mail,) = mailoutbox
    assert mail.attachments == []
    assert f"{settings.SITE_URL}/letters/bridge/1.pdf" in mail.body.splitlines()
    assert parcels.fresh(linked).sha256 in mail.body


def publish(edition, by):
    now = timezone.now()
    facts = {"comes_at": now, "came_at": now, "released_at": now, "released_by": by, "prepared_by": by}
    return Publication.objects.create(letter=edition.letter, edition=edition, status="public", **facts)


def test_link_to_what_is_not_public_any_more_is_not_released(edition, coordinator):
    publication = publish(edition, coordinator)
    linked = services.prepare_delivery(edition, 0, parcels.mail(is_attached=False), by=coordinator)
    shown = services.dry_run(linked).shown
    services.publications.take_back(publication, reason="an error", by=coordinator)
    with pytest.raises(services.NotDeliverable):
        services.release_delivery(linked, by=coordinator, shown=shown)


def test_link_to_what_is_taken_back_before_it_is_sent_does_not_go_out(edition, coordinator, mailoutbox):
    publication = publish(edition, coordinator)
    linked = services.prepare_delivery(edition, 0, parcels.mail(is_attached=False), by=coordinator)
    attached = services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    for one in (linked, attached):
        parcels.released(one, coordinator)
    services.publications.take_back(publication, reason="an error", by=coordinator)
    outbox.send_due()
    services.note_deliveries()
    assert [mail.to for mail in mailoutbox] == [["bo@m.example"]]
    assert parcels.fresh(linked).bounce == (
        "It was not sent: the edition was taken back, so its link would lead nowhere. Attach the document instead."
    )


@pytest.mark.parametrize("part", ["subject", "note", "from_name", "reply_to", "email", "follow_up_days"])
def test_release_refuses_what_was_changed_since_it_was_shown(prepared, coordinator, owner, part):
    shown = services.dry_run(prepared).shown
    other = {"email": "other@site.example", "reply_to": "other@site.example", "follow_up_days": 3}.get(part, "Other")
    changed = parcels.mail(**{part: other})
    services.change_delivery(prepared, changed, by=coordinator, known=prepared.touched_at)
    with pytest.raises(services.ChangedSince):
        services.release_delivery(prepared, by=owner, shown=shown)
    assert not Mail.objects.exists()
    assert parcels.released(parcels.fresh(prepared), owner).status == "released"  # once it was shown anew


def test_release_refuses_without_a_look(prepared, coordinator):
    with pytest.raises(services.ChangedSince):
        services.release_delivery(prepared, by=coordinator, shown="")


def test_release_of_a_file_that_is_not_the_one_that_was_set_is_refused(prepared, coordinator):
    document = prepared.rendering
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 another")
    with pytest.raises(services.NotDeliverable):
        services.dry_run(prepared)
    document.file.storage.delete(document.file.name)
    with pytest.raises(services.NotDeliverable):
        services.release_delivery(prepared, by=coordinator, shown="0" * 64)


def test_mail_does_not_go_out_if_the_words_of_the_site_are_others_by_then(prepared, coordinator, mailoutbox, settings):
    """A new version that says it otherwise, between releasing and sending."""
    parcels.released(prepared, coordinator)
    settings.SITE_NAME = "Another name"
    outbox.send_due()
    services.note_deliveries()
    assert mailoutbox == []
    delivery = parcels.fresh(prepared)
    assert (delivery.status, delivery.bounce) == (
        "bounced",
        "It was not sent: it would not have read as it was released. Prepare it again.",
    )


def test_second_release_is_refused_and_sends_no_second_mail(prepared, coordinator, owner, mailoutbox):
    shown = services.dry_run(prepared).shown
    services.release_delivery(prepared, by=coordinator, shown=shown)
    with pytest.raises(ForbiddenMove):
        services.release_delivery(prepared, by=owner, shown=shown)
    outbox.send_due()
    assert len(mailoutbox) == 1


def test_who_prepared_it_cannot_release_it_where_two_have_to(edition, two_release, coordinator, owner):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    assert delivery.needs_second
    with pytest.raises(services.SecondPersonNeeded):
        parcels.released(delivery, coordinator)
    assert parcels.released(delivery, owner).released_by == owner


def test_who_changed_it_last_cannot_release_it_either(edition, two_release, coordinator, owner):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    services.change_delivery(delivery, parcels.mail(subject="Other"), by=owner, known=delivery.touched_at)
    with pytest.raises(services.SecondPersonNeeded):
        parcels.released(parcels.fresh(delivery), owner)
    assert parcels.released(parcels.fresh(delivery), coordinator).status == "released"


def test_rule_that_was_made_after_preparing_holds(prepared, two_release, coordinator, owner):
    delivery = parcels.fresh(prepared)
    with pytest.raises(services.SecondPersonNeeded):
        parcels.released(delivery, coordinator)
    assert parcels.released(delivery, owner).needs_second


def test_database_refuses_a_release_by_who_prepared_it(prepared, coordinator, owner):
    facts = {"status": "released", "released_at": timezone.now(), "sha256": "0" * 64}
    Delivery.objects.filter(pk=prepared.pk).update(needs_second=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=prepared.pk).update(released_by=coordinator, **facts)
    assert Delivery.objects.filter(pk=prepared.pk).update(released_by=owner, **facts) == 1


@pytest.fixture
def confidential(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.mail(variant="addressee"), by=coordinator)


def test_addressees_copy_goes_out_readable_and_journaled(confidential, coordinator, mailoutbox):
    parcels.released(confidential, coordinator)
    outbox.send_due()
    ((name, content, _kind),) = mailoutbox[0].attachments
    assert content.endswith(b"addressee")
    assert "CONFIDENTIAL" in name
    assert "Please do not pass it on." in mailoutbox[0].body
    entry = JournalEntry.objects.get(verb="took addressee's copy")
    assert (entry.actor_id, entry.data["delivery"]) == (coordinator.pk, confidential.pk)


def test_looking_at_it_takes_no_copy_out(confidential):
    services.dry_run(confidential)
    assert not JournalEntry.objects.filter(verb="took addressee's copy").exists()


def test_addressees_copy_whose_names_go_before_it_is_sent_stays_here(confidential, coordinator, mailoutbox):
    parcels.released(confidential, coordinator)
    services.forget_names(confidential.edition.letter)
    assert AddresseeNames.objects.get().deleted_at
    outbox.send_due()
    services.note_deliveries()
    assert mailoutbox == []
    assert parcels.fresh(confidential).bounce.startswith("It was not sent: the addressee’s copy is not kept any more.")


def test_release_by_other_ways_writes_no_mail(edition, coordinator):
    delivery = services.prepare_delivery(edition, 0, parcels.post(), by=coordinator)
    assert services.dry_run(delivery).mail is None
    assert parcels.released(delivery, coordinator).sha256 == delivery.rendering.sha256
    assert not Mail.objects.exists()


def test_cancelling_a_released_one_holds_its_mail_back(prepared, coordinator, mailoutbox):
    parcels.released(prepared, coordinator)
    assert services.cancel_delivery(prepared, by=coordinator)
    outbox.send_due()
    assert mailoutbox == []
    assert (parcels.fresh(prepared).status, Mail.objects.get().state) == ("cancelled", "dropped")


def test_cancelling_does_not_say_that_nothing_went_out_after_an_attempt(prepared, coordinator):
    parcels.released(prepared, coordinator)
    Mail.objects.update(attempts=1)
    assert not services.cancel_delivery(prepared, by=coordinator)


def test_what_is_being_sent_cannot_be_held_back(prepared, coordinator):
    parcels.released(prepared, coordinator)
    Mail.objects.update(state=Mail.State.SENDING, leased_until=timezone.now())
    with pytest.raises(services.OnItsWay):
        services.cancel_delivery(prepared, by=coordinator)
    assert parcels.fresh(prepared).status == "released"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Lettre commune de 2 organisations"),
        ("es", "Carta conjunta de 2 organizaciones"),
        ("ar", "رسالة مشتركة من منظمتين (2)"),
    ],
)
def test_mail_is_in_the_language_of_the_document(letter, coordinator, mailoutbox, language, said):
    TextFactory(letter=letter, language=language, is_authentic=False, title="Another title")
    RevisionFactory(letter=letter, number=2)
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition)
    delivery = services.prepare_delivery(edition, 0, parcels.mail(language=language), by=coordinator)
    shown = services.dry_run(delivery)
    services.release_delivery(delivery, by=coordinator, shown=shown.shown)
    outbox.send_due()
    (mail,) = mailoutbox
    assert bytes_of(mail) == bytes_of(shown.mail)
    assert f"Another title\n{said}\n" in mail.body
    assert mail.attachments[0][0] == f"bridge-edition-1-{language}.pdf"


def test_name_of_the_sender_in_any_script_is_the_one_that_was_shown(edition, coordinator, mailoutbox):
    parcel = parcels.mail(from_name="تحالف الجسور", subject="=?utf-8?q?x?= الجسر")
    delivery = services.prepare_delivery(edition, 0, parcel, by=coordinator)
    dry = services.dry_run(delivery)
    services.release_delivery(delivery, by=coordinator, shown=dry.shown)
    outbox.send_due()
    assert bytes_of(mailoutbox[0]) == bytes_of(dry.mail)
    sender = str(make_header(decode_header(mailoutbox[0].message()["From"])))
    assert sender.startswith("تحالف الجسور <")


def test_every_form_of_the_mail_has_a_sample():
    assert set(writing.samples()["letters.delivery"].forms()) == {"", "link", "addressee"}
