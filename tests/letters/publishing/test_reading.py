"""What the public page reads of deliveries and replies: not what is kept in confidence beside them, nor files."""

import base64
import hashlib
import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from letters.models import Delivery, Edition, Publication, Reply
from letters.services import publications
from signatories.models import Signatory
from tests.factories import UserFactory
from tests.letters.desk import team_member, words
from tests.letters.publishing.published import frozen, over, published

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OF_DELIVERIES = ("email", "reply_to", "handed_over", "bounce", "acknowledgement", "proof_name", "proof")
PDF = b"%PDF-1.7 what was answered"
SPOILED = "no key opens this"


@pytest.fixture
def letter():
    return published(over(3)).letter


@pytest.fixture
def delivery(letter):
    now = timezone.now()
    facts = dict.fromkeys(OF_DELIVERIES, "in confidence")
    by = {"prepared_by": UserFactory(), "released_by": UserFactory()}
    moments = {"released_at": now, "sent_at": now, "acknowledged_on": now.date()}
    state = {"channel": "email", "language": "en", "status": "acknowledged", "sha256": "0" * 64, "recipient": 0}
    return Delivery.objects.create(edition=letter.editions.get(), **state, **moments, **by, **facts)


def replied(letter, number=1, says="We have read it."):
    file = {"file": base64.b64encode(PDF).decode(), "sha256": hashlib.sha256(PDF).hexdigest(), "file_name": "a.pdf"}
    said = {"by_whom": "Office of Ada", "received_on": timezone.now().date(), "words": says}
    by = {"entered_by": UserFactory(), "published_at": timezone.now()}
    return Reply.objects.create(letter=letter, number=number, **file, **said, **by)


def asked(read):
    with CaptureQueriesContext(connection) as queries:
        read()
    return " ".join(one["sql"] for one in queries)


def columns(model, names):
    return {f'"{model._meta.db_table}"."{name}"' for name in names}


def spoil(row, *names):
    """As where a key is missing from the environment."""
    sets = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {sets} WHERE id = %s", [SPOILED] * len(names) + [row.pk])


def test_page_asks_for_nothing_that_is_kept_in_confidence(letter, delivery):
    reply = replied(letter)
    held = columns(Delivery, OF_DELIVERIES) | columns(Reply, ("file", "file_name"))
    whole = asked(lambda: (Delivery.objects.get(), Reply.objects.get()))
    assert [one for one in held if one not in whole] == []  # the control
    sql = asked(lambda: Client().get(letter.get_absolute_url()))
    assert [one for one in held if one in sql] == []
    assert [one for one in columns(Reply, ("words",)) if one not in sql] == []  # which the page says
    shown = words(Client().get(letter.get_absolute_url()))
    assert ("Edition 1 delivered to" in shown, f"/replies/{reply.number}.pdf" in shown) == (True, True)


def test_page_reads_of_the_editions_text_to_whom_it_goes(letter, delivery):
    sql = asked(lambda: Client().get(letter.get_absolute_url()))
    (of_delivery,) = [one for one in sql.split("SELECT") if 'FROM "letters_delivery"' in one]
    assert "recipients" in of_delivery
    assert [one for one in ("canonical", "texts", '"roll"', '"record"') if one in of_delivery] == []


def test_page_stands_whatever_of_a_delivery_cannot_be_deciphered(letter, delivery):
    spoil(delivery, *OF_DELIVERIES)
    assert "Edition 1 delivered to" in words(Client().get(letter.get_absolute_url()))


def test_page_says_the_other_replies_where_one_cannot_be_deciphered(letter, caplog):
    spoiled = replied(letter)
    spoil(spoiled, "words")
    replied(letter, 2, "We are on it.")
    with caplog.at_level(logging.WARNING, "letters.services.published"):
        shown = words(Client().get(letter.get_absolute_url()))
    assert ("We are on it." in shown, "/replies/1.pdf" in shown, "/replies/2.pdf" in shown) == (True, False, True)
    assert [one.getMessage() for one in caplog.records if one.name == "letters.services.published"] == [
        f"reply {spoiled.pk} cannot be deciphered and is not shown: a key is missing from CONTACT_KEYS"
    ]


def test_file_of_a_reply_that_cannot_be_deciphered_is_not_there(letter):
    reply = replied(letter)
    path = f"/letters/{letter.slug}/replies/1.pdf"
    spoil(reply, "words")  # which is not asked for
    assert Client().get(path).content == PDF
    spoil(reply, "file")
    assert Client().get(path).status_code == 404


def test_light_editions_leave_out_what_is_long(letter):
    held = columns(Edition, ("roll", "record"))
    assert [one for one in held if one not in asked(lambda: Edition.objects.get())] == []  # the control
    for read in (
        lambda: letter.editions.light().get(),
        lambda: Publication.objects.with_edition().get().edition.revision.digest,
        lambda: letter.publication.edition.front["place"],
    ):
        assert [one for one in held if one in asked(read)] == []


def test_pages_read_of_editions_nothing_that_is_long_once_their_list_is_known(letter, client):
    frozen(letter)
    team_member(client, letter)
    pages = [
        letter.get_absolute_url(),
        "/",
        f"/letters/{letter.slug}/press/",
        reverse("letters:publish", args=[letter.slug]),
    ]
    for path in pages:
        client.get(path)
    sql = " ".join(asked(lambda path=path: client.get(path)) for path in pages)
    assert [one for one in columns(Edition, ("roll", "record")) if one in sql] == []


def test_file_of_a_reply_is_read_only_to_be_sent(letter):
    replied(letter)
    path, file = f"/letters/{letter.slug}/replies/1.pdf", columns(Reply, ["file"])
    etag = Client().get(path)["ETag"]
    unchanged = asked(lambda: Client().get(path, headers={"if-none-match": etag}))
    sent = asked(lambda: Client().get(path))
    publications.take_back(letter.publication, reason="A slip.", by=UserFactory())
    gone = asked(lambda: Client().get(path))
    assert [any(one in sql for one in file) for sql in (sent, unchanged, gone)] == [True, False, False]


@pytest.mark.parametrize("ending", ["1.pdf", "editions/1.json"])
def test_files_of_an_edition_read_nothing_long(letter, settings, ending):
    settings.HOT_PAGES = False
    path, held = f"/letters/{letter.slug}/{ending}", columns(Edition, ("roll", "record"))
    Client().get(path)  # what the list of an edition numbers is kept once it is known
    answers = []
    sql = asked(lambda: answers.append(Client().get(path).status_code))
    assert (answers, [one for one in held if one in sql]) == ([200], [])


@pytest.mark.parametrize("of", ["document", "edition"])
def test_checking_a_hash_reads_nothing_long(letter, of):
    edition, held = letter.editions.get(), columns(Edition, ("roll", "record"))
    sha256 = edition.digest if of == "edition" else edition.renderings.public().get().sha256
    first = Client().get("/verify/", {"hash": sha256}).content.decode()
    assert "3 organizations from 1 country" in first
    sql = asked(lambda: Client().get("/verify/", {"hash": sha256}))
    assert [one for one in held if one in sql] == []


def test_press_kit_that_is_not_there_reads_no_names(letter):
    path = f"/letters/{letter.slug}/press/"
    names = columns(Signatory, ["name"])
    kit = asked(lambda: Client().get(path))
    publications.take_back(letter.publication, reason="A slip.", by=UserFactory())
    gone = asked(lambda: Client().get(path))
    assert [any(one in sql for one in names) for sql in (kit, gone)] == [True, False]
    assert Client().get(path).status_code == 404
