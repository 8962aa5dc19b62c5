"""The files of a published letter: the editions' documents, manifests, and replies."""

import base64
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from letters.models import Rendering, Reply
from letters.services import publications, records
from tests.factories import UserFactory
from tests.letters.publishing.published import frozen, over, prepared, published, release

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PDF = b"%PDF-1.7 what was answered"


def content(response):
    return b"".join(response.streaming_content)


def answered(letter, **facts):
    file = {"file": base64.b64encode(PDF).decode(), "sha256": hashlib.sha256(PDF).hexdigest()}
    received = {"by_whom": "Ada Example", "received_on": timezone.now().date(), "entered_by": UserFactory()}
    return Reply.objects.create(
        **{"letter": letter, "number": 1, "published_at": timezone.now(), **file, **received, **facts}
    )


def test_edition_has_an_address_in_each_language(client):
    letter = over(courtesy=True)
    edition = published(letter).edition
    for path, language in ((f"/letters/{letter.slug}/1.pdf", "en"), (f"/letters/{letter.slug}/in/fr/1.pdf", "fr")):
        response = client.get(path)
        document = edition.renderings.public().get(language=language)
        assert hashlib.sha256(content(response)).hexdigest() == document.sha256
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'inline; filename="{letter.slug}-edition-1-{language}.pdf"'
        assert response["Cache-Control"] == "public, max-age=60"
        assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
    refused = ("in/en/1.pdf", "in/ar/1.pdf", "2.pdf", "01.pdf")
    assert {client.get(f"/letters/{letter.slug}/{path}").status_code for path in refused} == {404}


def test_addressees_copy_has_no_address(client):
    letter = over()
    edition = frozen(letter, is_set=False)
    Rendering.objects.create(edition=edition, language="en", variant=Rendering.Variant.ADDRESSEE)
    for one in edition.renderings.all():
        one.state, one.done_at, one.sha256, one.file = "done", timezone.now(), f"of {one.variant}", f"{one.variant}.pdf"
        one.save()
    release(prepared(letter, edition=edition))
    public = edition.renderings.public().get()
    public.file.storage.save("public.pdf", ContentFile(b"public"))
    assert client.get(f"/letters/{letter.slug}/1.pdf")["ETag"] == '"of public"'


def test_only_what_was_published_has_an_address(client):
    letter = over()
    first = published(letter)
    frozen(letter)
    paths = [f"/letters/{letter.slug}/{path}" for path in ("1.pdf", "editions/1.json", "2.pdf", "editions/2.json")]
    assert [client.get(path).status_code for path in paths] == [200, 200, 404, 404]
    publications.take_back(first, reason="A slip.", by=UserFactory())
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_replaced_edition_stays_where_it_was(client):
    letter = over()
    published(letter)
    published(letter, edition=frozen(letter))
    assert [client.get(f"/letters/{letter.slug}/{number}.pdf").status_code for number in (1, 2)] == [200, 200]


def test_taking_back_closes_the_files_of_earlier_editions(client):
    letter = over()
    published(letter)
    second = published(letter, edition=frozen(letter))
    paths = [f"/letters/{letter.slug}/{path}" for path in ("1.pdf", "editions/1.json", "2.pdf", "editions/2.json")]
    assert [client.get(path).status_code for path in paths] == [200] * 4
    publications.take_back(second, reason="A slip.", by=UserFactory())
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_manifest_is_the_one_of_the_desk(client):
    publication = published()
    response = client.get(f"/letters/{publication.letter.slug}/editions/1.json")
    assert response.json() == records.manifest(publication.edition)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_reply_is_taken_away_and_shown_by_no_browser(client):
    publication = published()
    answered(publication.letter)
    response = client.get(f"/letters/{publication.letter.slug}/replies/1.pdf")
    assert response.content == PDF
    assert response["Content-Disposition"] == f'attachment; filename="{publication.letter.slug}-reply-1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_reply_is_there_only_as_long_as_it_and_the_letter_are_public(client):
    letter = over()
    reply = answered(letter)
    path = f"/letters/{letter.slug}/replies/1.pdf"
    assert client.get(path).status_code == 404
    publication = published(letter)
    assert client.get(path).status_code == 200
    Reply.objects.filter(pk=reply.pk).update(published_at=None)
    assert client.get(path).status_code == 404
    Reply.objects.filter(pk=reply.pk).update(published_at=timezone.now(), file="")
    assert client.get(path).status_code == 404
    Reply.objects.filter(pk=reply.pk).update(file=reply.file)
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert client.get(path).status_code == 404
