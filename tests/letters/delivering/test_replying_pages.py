"""The pages of replies at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.forms.files import LARGEST_FILE
from letters.models import Reply
from letters.models.deliveries import PRIVATE_OF_REPLY
from tests.letters import scans
from tests.letters.delivering import pages, parcels
from tests.letters.delivering.test_releasing import publish
from tests.letters.desk import fields, team_member, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PDF = scans.scan("Reply")


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def enter(letter):
    return reverse("letters:enter_reply", args=["bridge"])


@pytest.fixture
def reply(letter, coordinator):
    received = services.Received("The Commissioner", timezone.now().date(), "Thank you.", ("reply.pdf", PDF))
    return services.enter_reply(letter, received, by=coordinator)


def typed(**other):
    return {"by_whom": "The Commissioner", "received_on": timezone.now().date().isoformat(), "words": "Yes."} | other


def upload(content=PDF, name="reply.pdf"):
    return SimpleUploadedFile(name, content)


def test_reply_is_entered_and_published_and_taken_back(desk, letter, enter):
    answer = desk.post(enter, typed(file=upload()))
    assert answer.url == reverse("letters:kept_replies", args=["bridge"])
    reply = Reply.objects.get()
    page = words(desk.get(answer.url))
    assert "Yes." in page
    assert "Not published" in page
    pages.publish_reply(desk, reply)
    assert Reply.objects.get().is_public
    assert "Take it off the letter’s page" in words(desk.get(answer.url))
    desk.post(pages.reply(reply, "hide_reply"))
    assert not Reply.objects.get().is_public


def test_reply_to_a_delivery_begins_with_who_got_it(desk, prepared, coordinator, enter):
    delivery = parcels.sent(prepared, coordinator)
    page = f"{enter}?delivery={delivery.pk}"
    assert fields(desk.get(page))["by_whom"] == "Ada Example, Commissioner for Bridges"
    pages.sent_from(desk, page, **typed())
    assert Reply.objects.get().delivery == delivery
    assert "1 reply is noted." in words(desk.get(pages.of(delivery)))
    assert "replied to" in words(desk.get(pages.deliver(delivery.edition.letter)))


@pytest.mark.parametrize("pk", ["0", "x", "9" * 30])
def test_reply_to_a_delivery_that_is_not_there_is_not_entered(desk, enter, pk):
    assert desk.get(f"{enter}?delivery={pk}").status_code == 404


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"file": upload(b"PK a Word file", "reply.docx")}, "This is no PDF."),
        ({"file": upload(b"<script>%PDF-", "reply.pdf")}, "This is no PDF."),
        ({"file": upload(b"%PDF-1.7 reply")}, "This PDF does not open: it is damaged"),
        ({"file": upload(scans.locked(user="secret"))}, "This PDF opens with a password only."),
        ({"file": upload(b"%PDF-" + b"0" * LARGEST_FILE)}, "The file is larger than 10 MB."),
        ({"file": upload(b"")}, "The file is empty."),
        ({"by_whom": ""}, "Say who replied."),
        ({"received_on": "2999-01-01"}, "This lies in the future."),
    ],
)
def test_reply_says_what_is_wrong_and_keeps_what_was_typed(desk, enter, other, said):
    answer = desk.post(enter, typed(words="Long words", **other))
    assert said in words(answer)
    assert fields(answer)["words"] == "Long words"
    assert not Reply.objects.exists()


def test_file_of_the_largest_size_is_taken(desk, enter):
    desk.post(enter, typed(file=upload(PDF.ljust(LARGEST_FILE))))
    assert len(services.decoded(Reply.objects.get().file)) == LARGEST_FILE


def test_reply_has_words_or_a_file(desk, enter, reply):
    assert "Enter what the reply says, or choose its PDF below." in words(desk.post(enter, typed(words=" ")))
    desk.post(enter, typed(words="", file=upload()))
    assert Reply.objects.count() == 2
    assert pages.sent_from(desk, pages.reply(reply, "change_reply"), words="").status_code == 302  # it has a file


def test_reply_is_changed_from_what_it_was(desk, reply):
    page = pages.reply(reply, "change_reply")
    assert fields(desk.get(page))["words"] == "Thank you."
    pages.sent_from(desk, page, words="Thank you all.")
    assert Reply.objects.get().words == "Thank you all."


def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(desk, reply, coordinator):
    page = pages.reply(reply, "change_reply")
    shown = fields(desk.get(page))
    other = services.Received("The Commissioner of Bridges", reply.received_on, "No, thank you.")
    services.change_reply(Reply.objects.get(), other, by=coordinator)
    answer = desk.post(page, shown | {"words": "Thank you all."})
    assert "Not saved yet: somebody else has saved this page meanwhile." in words(answer)
    assert "Saved now:</b> <bdi>No, thank you.</bdi>" in words(answer)
    kept = fields(answer)
    assert (kept["words"], kept["by_whom"]) == ("Thank you all.", "The Commissioner of Bridges")
    assert Reply.objects.get().words == "No, thank you."
    assert desk.post(page, kept).status_code == 302  # the control: both were seen
    assert (Reply.objects.get().words, Reply.objects.get().by_whom) == ("Thank you all.", "The Commissioner of Bridges")


def test_file_is_saved_and_never_shown(desk, reply):
    kept = desk.get(pages.reply(reply, "kept_reply"))
    assert kept.content == PDF
    assert kept["Content-Disposition"] == 'attachment; filename="bridge-reply-1.pdf"'
    assert kept["Cache-Control"] == "private, no-store"


def test_what_is_not_public_is_for_who_runs_the_letter(client, reply, letter, edition, coordinator):
    team_member(client, letter, "viewer")
    page = reverse("letters:kept_replies", args=["bridge"])
    assert "Thank you." not in words(client.get(page))
    assert client.get(pages.reply(reply, "kept_reply")).status_code == 404
    services.publish_reply(reply, by=coordinator)
    assert "Thank you." not in words(client.get(page))  # the letter is not published: nobody else can read it either
    publish(edition, coordinator)
    assert "Thank you." in words(client.get(page))
    assert pages.reply(reply, "hide_reply") not in words(client.get(page))


def test_reply_is_not_called_published_before_the_letter_is(desk, reply, edition, coordinator):
    kept = reverse("letters:kept_replies", args=["bridge"])
    news = reverse("signatories:news", args=["bridge"])
    answer = words(pages.publish_reply(desk, reply))
    assert "Noted: it will stand on the letter’s page once the letter is published." in answer
    assert "To be published" in answer
    assert "Published:" not in answer
    assert news not in answer
    assert "It is published." not in words(desk.get(pages.reply(reply, "change_reply")))
    publication = publish(edition, coordinator)
    assert "It is published." in words(desk.get(pages.reply(reply, "change_reply")))
    page = words(desk.get(kept))
    assert "To be published" not in page
    assert news in page
    services.publications.take_back(publication, reason="an error", by=coordinator)
    assert "It will stand on the letter’s page once the letter is published." in words(desk.get(kept))


def test_reply_is_called_published_where_the_letter_is(desk, reply, edition, coordinator):
    publish(edition, coordinator)
    answer = words(pages.publish_reply(desk, reply))
    assert "Published: the reply stands on the letter’s page." in answer
    assert "once the letter is published" not in answer


def test_page_without_replies_offers_to_enter_one(desk, letter, edition, enter):
    page = words(desk.get(reverse("letters:kept_replies", args=["bridge"])))
    assert "No reply yet" in page
    assert enter in page


def test_emptied_reply_is_not_published(desk, reply):
    Reply.objects.update(emptied_at=timezone.now(), **dict.fromkeys(PRIVATE_OF_REPLY, ""))
    answer = pages.publish_reply(desk, reply)
    assert "There is nothing to publish" in words(answer)
    assert "What it said is not kept any more." in words(answer)
    assert not Reply.objects.get().is_public
