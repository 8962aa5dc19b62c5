"""Logos as they are put into the letterhead on the page “Look of the document”."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import pdf, services
from letters.document import Look
from letters.models import Letter, Logo
from letters.pdf import logos
from letters.services import editions
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.test_look import chosen
from tests.letters.test_pdf_logos import drawn

pytestmark = pytest.mark.django_db
COLORS = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0), (0, 200, 200), (200, 0, 200), (90, 90, 90)]


@pytest.fixture
def letter(client):
    found = LetterFactory()
    team_member(client, found, role="coordinator")
    return found


def file(content=None, name="logo.png"):
    return SimpleUploadedFile(name, drawn() if content is None else content)


def save(client, letter, **changes):
    sent = chosen(client, letter, **changes)
    return client.post(reverse("letters:look", args=[letter.slug]), sent)


def named(letter):
    letter.refresh_from_db()
    return [one.name for one in letter.printed_look.logos]


def with_logos(letter, *names):
    by = UserFactory()
    for name, color in zip(names, COLORS, strict=False):
        services.add_logo(letter, logos.read(drawn(color=color)), name, by=by)
    letter.refresh_from_db()
    return [one.digest for one in letter.printed_look.logos]


def test_page_adds_a_logo_and_shows_it(client, letter):
    assert save(client, letter, logo=file(), logo_name="Reef Watch", paper="letter").status_code == 302
    assert named(letter) == ["Reef Watch"]
    assert letter.printed_look.paper == "letter"
    shown = words(client.get(reverse("letters:look", args=[letter.slug])))
    address = reverse("letters:look_logo", args=[letter.slug, letter.printed_look.logos[0].digest])
    assert f'<img src="{address}"' in shown
    assert "<bdi>Reef Watch</bdi>" in shown
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content) == ("image/png", logos.read(drawn()).content)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"logo": b"<svg/>", "logo_name": "Reef Watch"}, "This is neither PNG nor JPEG."),
        ({"logo": drawn() + bytes(500_000), "logo_name": "Reef Watch"}, "The file is larger than 500 KB."),
        ({"logo": b"", "logo_name": "Reef Watch"}, "The file is empty. Choose another."),
        ({"logo": drawn()}, "Enter the name of the organization whose logo it is, and choose the file again."),
        ({"logo_name": "Reef Watch"}, "Choose the file with the logo, or leave the name out."),
    ],
)
def test_page_says_what_is_wrong_and_keeps_the_rest(client, letter, changes, said):
    changes = {name: file(value) if name == "logo" else value for name, value in changes.items()}
    answer = save(client, letter, paper="letter", columns="2", **changes)
    assert answer.status_code == 200
    assert said in words(answer)
    assert named(letter) == []
    assert letter.look == {}
    assert [answer.context["form"][name].value() for name in ("paper", "columns")] == ["letter", "2"]
    assert answer.context["form"]["logo_name"].value() == changes.get("logo_name", "")


def test_page_moves_and_removes(client, letter):
    _first, second, third = with_logos(letter, "A", "B", "C")
    save(client, letter, move_logo_up=third)
    assert named(letter) == ["A", "C", "B"]
    save(client, letter, remove_logo=second)
    assert named(letter) == ["A", "C"]
    save(client, letter, move_logo_up="nonsense", remove_logo="nonsense")
    assert named(letter) == ["A", "C"]
    assert Logo.objects.count() == 3


def test_seventh_is_refused(client, letter):
    with_logos(letter, *"ABCDEF")
    answer = save(client, letter, logo=file(), logo_name="G")
    assert "The letterhead has room for six logos." in words(answer)
    with pytest.raises(services.TooManyLogos):
        services.add_logo(letter, logos.read(drawn()), "G", by=UserFactory())
    assert named(letter) == list("ABCDEF")


def test_same_picture_again_takes_the_new_name(letter):
    with_logos(letter, "Reef Wtach")
    with_logos(letter, "Reef Watch")
    assert named(letter) == ["Reef Watch"]
    assert Logo.objects.count() == 1


def test_saving_the_look_elsewhere_leaves_the_logos(letter):
    with_logos(letter, "A")
    services.set_look(letter, Look(columns=2), by=UserFactory())
    assert named(letter) == ["A"]


def test_edition_keeps_its_logos(client):
    closed = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    digests = with_logos(closed, "A", "B")
    edition = services.freeze(closed, by=UserFactory())
    first = pdf.typeset(editions.printed(edition, closed.language))
    services.remove_logo(closed, digests[0], by=UserFactory())
    edition.refresh_from_db()
    assert pdf.typeset(editions.printed(edition, closed.language)) == first
    assert [f"logo:{digest}" in first for digest in digests] == [True, True]
    assert named(closed) == ["B"]


def test_database_refuses_to_change_a_logo(letter):
    """Also to delete it, where tests leave the database that trigger."""
    with_logos(letter, "A")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        Logo.objects.update(picture=b"")


def test_journal_names_nobody(letter):
    (digest,) = with_logos(letter, "Reef Watch")
    data = JournalEntry.objects.about(letter).filter(verb="styled").get().data
    assert data == {"logos": [digest]}


def test_trying_a_look_shows_the_logos_that_are_there(client, letter):
    (digest,) = with_logos(letter, "A")
    tried = editions.previewed_in(letter, timezone.now(), letter.printed_look)
    assert [one.digest for one in tried.pictures] == [digest]


def test_viewers_and_strangers_see_no_logo(client, letter):
    (digest,) = with_logos(letter, "A")
    address = reverse("letters:look_logo", args=[letter.slug, digest])
    assert client.get(address).status_code == 200
    other = LetterFactory()
    team_member(client, other, role="coordinator")
    assert client.get(address).status_code == 404
    assert client.get(reverse("letters:look_logo", args=[other.slug, digest])).status_code == 404
