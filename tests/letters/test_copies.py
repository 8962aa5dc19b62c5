from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import hot_pages, services
from letters.models import Letter
from letters.services import copies, working
from signatories.models import Line, Signatory
from tests.factories import (
    LetterFactory,
    OpenLetterFactory,
    RevisionFactory,
    SignatoryFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.desk import team_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def xml(content):
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("word/"))


def url(page, letter, *more):
    return reverse(f"letters:{page}", args=[letter.slug, *more])


def courtesy(letter):
    return TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont sur la Lind")


@pytest.fixture
def letter():
    return OpenLetterFactory()


def test_draft_copy_is_a_word_file_that_says_draft(client):
    letter = LetterFactory()
    team_member(client, letter, "viewer")
    response = client.get(url("draft_copy", letter))
    assert response["Content-Disposition"] == f'attachment; filename="{letter.slug}-draft-en.docx"'
    assert "no-store" in response["Cache-Control"]
    assert "For the bridge over the Lind" in xml(response.content)
    assert "DRAFT – not for circulation" in xml(response.content)


def test_draft_copy_has_every_language_and_no_others(client):
    letter = LetterFactory()
    courtesy(letter)
    team_member(client, letter)
    content = client.get(url("draft_copy", letter, "fr")).content
    assert "Pour le pont sur la Lind" in xml(content)
    assert client.get(url("draft_copy", letter, "de")).status_code == 404


def test_draft_copy_of_an_open_letter_has_its_amendment(client, letter):
    services.prepare_amendment(letter, by=team_member(client, letter))
    words = working.read(letter)
    words.authentic["title"] = "Amended"
    working.write(letter, words, by=UserFactory())
    assert "Amended" in xml(client.get(url("draft_copy", letter)).content)
    assert "Amended" not in xml(client.get(url("board_copy", letter)).content)


def test_copies_of_others_are_not_there(client):
    client.force_login(UserFactory())
    letter = LetterFactory()
    assert client.get(url("draft_copy", letter)).status_code == 404
    assert client.get(url("edition_copy", letter, 1, "en")).status_code == 404


def test_board_copy_is_the_text_in_force_with_its_digest(client, letter):
    response = client.get(url("board_copy", letter))
    content = xml(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="{letter.slug}-en.docx"'
    assert "For the bridge over the Lind" in content
    assert letter.revision.digest in content
    assert "DRAFT" not in content


def test_board_copy_has_no_roll(client, letter):
    SignatoryFactory(letter=letter, listed=True, line=Line("Ferry Friends", "", "KE"))
    roll = letter.roll("en", timezone.now())
    assert "Ferry Friends" in str(roll)
    content = xml(client.get(url("board_copy", letter)).content)
    assert "Ferry Friends" not in content
    assert "signatories as of" not in content


def test_board_copy_in_another_language_says_which_is_authentic(client):
    letter = LetterFactory(status="open", opens_at=timezone.now())
    courtesy(letter)
    RevisionFactory(letter=letter)
    content = xml(client.get(url("board_copy", letter, "fr")).content)
    assert "Pour le pont sur la Lind" in content
    assert "Traduction de courtoisie" in content
    assert client.get(url("board_copy", letter, "en")).status_code == 404
    assert client.get(url("board_copy", letter, "de")).status_code == 404


@pytest.mark.parametrize("status", ["draft", "consultation"])
def test_board_copy_of_what_is_not_public_is_not_there(client, status):
    letter = LetterFactory(status=status)
    RevisionFactory(letter=letter)
    team_member(client, letter)
    assert client.get(url("board_copy", letter)).status_code == 404
    Letter.objects.filter(pk=letter.pk).update(status="open", opens_at=timezone.now())
    assert client.get(url("board_copy", letter)).status_code == 200


def test_board_copy_is_written_once(letter):
    key = copies.key_of(copies.in_force(letter))
    content = services.board_copy(letter)
    assert cache.get(key) == content
    cache.set(key, b"kept")
    assert services.board_copy(letter) == b"kept"


def test_board_copy_follows_what_is_in_force(client, letter):
    client.get(url("board_copy", letter))
    letter.texts.update(title="Amended")
    RevisionFactory(letter=letter, number=2, cause="amended")
    assert "Amended" in xml(client.get(url("board_copy", letter)).content)


def test_board_copy_is_held_like_a_hot_page(letter, settings, django_assert_num_queries):
    settings.HOT_PAGES = True
    client = Client()
    first = client.get(url("board_copy", letter))
    assert first["Cache-Control"] == f"public, max-age={hot_pages.LONGEST:.0f}"
    with django_assert_num_queries(0):
        assert client.get(url("board_copy", letter)).content == first.content


@pytest.fixture
def frozen(client, letter):
    SignatoryFactory(letter=letter, listed=True, line=Line("Ferry Friends", "", "KE"))
    hidden = Signatory.Visibility.COUNTED
    SignatoryFactory(letter=letter, listed=True, line=Line("Secret Society", "", "KE"), visibility=hidden)
    services.close(letter, by=UserFactory())
    team_member(client, letter)
    return services.freeze(letter, by=UserFactory())


def test_edition_copy_has_its_roll_and_withholds_what_the_pdf_withholds(client, frozen):
    content = xml(client.get(url("edition_copy", frozen.letter, 1, "en")).content)
    assert "Ferry Friends" in content
    assert "Edition 1" in content
    assert "Secret Society" not in content
    assert client.get(url("edition_copy", frozen.letter, 1, "de")).status_code == 404
    assert client.get(url("edition_copy", frozen.letter, 2, "en")).status_code == 404


def test_edition_copy_stays_as_it_was_frozen(client, frozen):
    before = client.get(url("edition_copy", frozen.letter, 1, "en")).content
    SignatoryFactory(letter=frozen.letter, listed=True, line=Line("Latecomers", "", "KE"))
    assert client.get(url("edition_copy", frozen.letter, 1, "en")).content == before


def test_pages_lead_to_the_copies(client, frozen):
    letter = frozen.letter
    assert url("edition_copy", letter, 1, "en") not in client.get(url("overview", letter)).content.decode()
    frozen.renderings.update(state="done", done_at=timezone.now(), file="x.pdf", sha256="0" * 64)
    assert url("edition_copy", letter, 1, "en") in client.get(url("overview", letter)).content.decode()
    other = OpenLetterFactory()
    assert url("board_copy", other) in client.get(other.get_absolute_url()).content.decode()
    draft = LetterFactory()
    team_member(client, draft)
    assert url("draft_copy", draft) in client.get(url("overview", draft)).content.decode()
