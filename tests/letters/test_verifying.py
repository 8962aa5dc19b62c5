"""What the page for checking a document says, and that it tells nothing else."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.models import Letter, Rendering
from letters.services import addressee, renderings
from letters.views import verifying as page
from signatories.models import Line, Token
from signatories.services import withdraw
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.filed import file_documents

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/verify/"
TOLD = "Wrenfold Circle"


@pytest.fixture
def letter():
    return OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())


@pytest.fixture
def leaver(letter):
    return SignatoryFactory(letter=letter, listed=True, line=Line("Leaving Trust", "", "KE"))


@pytest.fixture
def edition(letter, leaver):
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Fields Trust", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line(TOLD, "", "IS"))
    edition = services.freeze(letter, by=UserFactory())
    file_documents(edition)
    return edition


def content(edition):
    return edition.renderings.get(variant="public").file.read()


def check(client, content, **more):
    return client.post(PAGE, {"file": SimpleUploadedFile("x.pdf", content), **more})


def said(response):
    return " ".join(response.content.decode().split())


def test_file_of_an_edition_is_recognized(client, edition):
    answer = said(check(client, content(edition)))
    assert "Yes: this file is edition 1, unchanged." in answer
    assert "None: this is the newest." in answer
    assert "2 organizations from 1 country, and 1 organization whose name is withheld" in answer


def test_one_byte_flipped_is_not(client, edition):
    whole = bytearray(content(edition))
    for at in (0, len(whole) // 2, len(whole) - 1):
        flipped = whole.copy()
        flipped[at] ^= 1
        answer = said(check(client, bytes(flipped)))
        assert "No: this file is not one of ours." in answer
        assert "Yes" not in answer
    assert "No: this file is not one of ours." in said(check(client, bytes(whole) + b"\n"))


def test_hash_is_taken_as_it_is_copied(client, edition):
    sha256 = hashlib.sha256(content(edition)).hexdigest()
    spaced = f" {sha256[:32].upper()}\n {sha256[32:]}\u200e"
    answer = said(client.get(PAGE, {"hash": spaced}))
    assert "This is the SHA-256 of the PDF of edition 1." in answer


@pytest.mark.parametrize(
    ("site", "word"),
    [("same-origin", "Yes: this file is edition 1"), ("cross-site", "This is the SHA-256"), (None, "This")],
)
def test_only_a_file_is_called_genuine(client, edition, site, word):
    """A link or a form elsewhere, as a forged paper may lead to, holds no file."""
    sha256 = hashlib.sha256(content(edition)).hexdigest()
    headers = {"sec-fetch-site": site} if site else {}
    answer = said(client.post(PAGE, f"sum={sha256}", "application/x-www-form-urlencoded", headers=headers))
    assert word in answer
    assert ("Yes" in answer, "only its file can show" in answer) == (site == "same-origin", site != "same-origin")
    assert "Yes" not in said(client.get(PAGE, {"hash": sha256, "file": "1"}))


@pytest.mark.parametrize("typed", ["abc", "g" * 64, "a" * 65, "' OR 1=1 --"])
def test_what_is_no_hash_is_said_so(client, typed):
    response = client.get(PAGE, {"hash": typed})
    assert "has 64 characters" in said(response)
    assert "No: nothing of ours" not in said(response)


def test_unknown_hash_is_a_clear_no(client, edition):
    assert "No: nothing of ours has this hash." in said(client.get(PAGE, {"hash": "0" * 64}))


def test_printed_hashes_lead_to_their_edition(client, edition):
    assert "This SHA-256 stands in edition 1." in said(client.get(PAGE, {"hash": edition.digest}))
    answer = said(client.get(PAGE, {"hash": edition.journal_head}))
    assert "This head of the journal stands in edition 1." in answer
    assert "Whether a document is genuine only its file can show" in answer
    answer = said(client.get(PAGE, {"hash": edition.revision.digest}))
    assert "This SHA-256 is that of the signed text, revision 1." in answer


def test_addressee_copy_is_recognized_and_names_nobody(client, edition):
    copy = edition.renderings.get(variant="addressee")
    answer = said(check(client, services.take_out(copy, by=UserFactory())))
    assert "Yes: this file is the addressee’s copy of edition 1, unchanged." in answer
    assert TOLD not in answer


def test_text_alone_is_recognized(client):
    letter = OpenLetterFactory()
    renderings.ask_for_texts()
    renderings.render_due()
    answer = said(check(client, Rendering.objects.get().file.read()))
    assert "Yes: this file is the text that was signed, revision 1, without the list." in answer
    assert reverse("letters:letter", args=[letter.slug]) in answer


def test_newer_edition_and_who_has_left_are_told(client, edition, leaver, letter):
    withdraw(Token.objects.mine(leaver))
    answer = said(check(client, content(edition)))
    assert "Leaving Trust" in answer
    services.freeze(letter, by=UserFactory())
    answer = said(check(client, content(edition)))
    assert "Yes: edition 2, of" in answer
    assert "Leaving Trust" in answer


def test_who_withholds_its_name_since_is_not_pointed_out(client, edition, leaver, letter):
    leaver.set_line(leaver.line, "counted")
    leaver.save()
    services.freeze(letter, by=UserFactory())
    withdraw(Token.objects.mine(leaver))
    assert "Leaving Trust" not in said(check(client, content(edition)))


def test_amendment_since_is_told(client, edition, letter):
    user = UserFactory()
    services.reopen(letter, closes_at=timezone.now() + timedelta(days=9), reason="to mend it", by=user)
    services.prepare_amendment(letter, by=user)
    draft = Letter.objects.get(pk=letter.pk).amendment_draft
    draft.texts = [{**text, "body": "<p>We ask for two bridges.</p>"} for text in draft.texts]
    draft.save()
    until = timezone.now() + timedelta(days=3)
    services.amend(Letter.objects.get(pk=letter.pk), weight="substance", reason="So agreed.", until=until, by=user)
    assert reverse("letters:amended", args=[letter.slug, 2]) in said(check(client, content(edition)))


def test_drafts_are_unknown(client):
    letter = LetterFactory()
    revision = services.keep(letter, by=UserFactory())
    assert "No: nothing of ours has this hash." in said(client.get(PAGE, {"hash": revision.digest}))


def test_documents_that_are_not_set_yet_are_unknown(client, letter, leaver):
    services.freeze(letter, by=UserFactory())
    assert "No: " in said(client.get(PAGE, {"hash": hashlib.sha256(b"").hexdigest()}))
    assert "Choose the PDF file first." in said(check(client, b""))


def test_nothing_of_what_is_sent_is_kept(client, edition, monkeypatch, settings, tmp_path):
    """No piece reaches a disk: with Django's own handlers a large file would lie in a folder meanwhile."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"
    large = content(edition) + b"0" * 3 * 2**20
    assert check(client, large).status_code == 200
    monkeypatch.setattr(page, "Weighing", TemporaryFileUploadHandler)
    with pytest.raises(FileNotFoundError):
        check(client, large)


def test_too_large_a_file_is_refused(client, monkeypatch):
    monkeypatch.setattr(page, "MOST", 1000)
    assert "too large to be one of ours" in said(check(client, b"%PDF-" + b"x" * 200_000))
    assert "No: this file" in said(check(client, b"%PDF-"))


def test_page_needs_no_cookie_and_leaves_none(edition):
    client = Client(enforce_csrf_checks=True)
    response = check(client, content(edition))
    assert "Yes" in said(response)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("hidden", [False, True])
def test_answers_are_the_same_whoever_is_withheld(client, letter, hidden, django_assert_num_queries):
    """But for the number."""
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Fields Trust", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Other Union", "", "IS"))
    if hidden:
        SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line(TOLD, "TCANARY", "TV"))
    edition = services.freeze(letter, by=UserFactory())
    answer = said(client.get(PAGE, {"hash": edition.digest}))
    assert "1 organization from 1 country" in answer
    assert ("2 organizations whose names are withheld" in answer) == hidden
    assert not any(word in answer for word in (TOLD, "TCANARY", "Tuvalu", "addressee"))


def test_guessed_names_do_not_help(client, letter):
    """Whoever sets the addressee's copy with the right name, but cannot know its mark, has another file."""
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line(TOLD, "", "IS"))
    edition = services.freeze(letter, by=UserFactory())
    renderings.render_due()
    names = edition.addressee_names
    document = addressee.printed(edition, "en")
    guessed = services.editions.set_soon(document)
    assert "Yes" in said(check(client, guessed))  # the control: with the mark it is that very file
    names.held = {**names.held, "mark": "0" * 32}
    names.save()
    assert "No: " in said(check(client, services.editions.set_soon(addressee.printed(edition, "en"))))
