"""The addressee's copy: who stands in it, who may take it out, and that its names are nowhere else."""

import gc
import hashlib
import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from campaigns import rotation
from campaigns.models import JournalEntry
from letters import services
from letters.document import RollLine
from letters.models import AddresseeNames, Letter, Rendering
from letters.pdf import pieces
from letters.services import addressee, editions, renderings
from signatories.models import Line, Signatory, Token
from signatories.services import erase, erasing, keep_retention, retention
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC, TOLD, COUNTED = "Open Fields Trust", "Wrenfold Circle", "Nameless Union"


@pytest.fixture
def closed():
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True, line=Line(PUBLIC, "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line(TOLD, "WC", "IS", "", "Hringur"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line(COUNTED, "", "IS"))
    return letter


@pytest.fixture
def edition(closed):
    return services.freeze(closed, by=UserFactory())


def words(content):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def told(letter):
    return letter.signatories.get(visibility="recipient")


def kept():
    return AddresseeNames.objects.filter(deleted_at__isnull=True).exists()


def rendered(edition, variant):
    renderings.render_due()
    return edition.renderings.get(variant=variant)


def test_names_for_the_addressee_stand_in_its_copy_alone(edition):
    renderings.render_due()
    public, copy = (edition.renderings.get(variant=variant) for variant in ("public", "addressee"))
    shown, named = words(public.file.read()), words(services.take_out(copy, by=UserFactory()))
    assert (PUBLIC in shown, TOLD in shown, COUNTED in shown) == (True, False, False)
    assert (PUBLIC in named, TOLD in named, COUNTED in named) == (True, True, False)
    assert all("and 2 organizations whose names are withheld" in text for text in (shown, named))


def test_edition_without_such_names_has_no_copy(closed):
    told(closed).delete()
    edition = services.freeze(closed, by=UserFactory())
    assert list(edition.renderings.values_list("variant", flat=True)) == ["public"]
    assert not AddresseeNames.objects.exists()
    with pytest.raises(services.NamesDeleted):
        addressee.printed(edition, "en")


def test_copy_has_the_names_as_they_were_frozen(closed, edition):
    told(closed).delete()
    document = addressee.printed(edition, "en")
    assert [line.name for _, _, line in document.for_addressee.every()] == [TOLD]
    assert editions.printed(edition, "en").for_addressee is None


def test_names_and_files_are_stored_encrypted(edition):
    copy = rendered(edition, "addressee")
    stored = copy.file.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_addresseenames")
        row = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM letters_edition")
        row += repr(cursor.fetchall())
    assert TOLD not in row
    assert PUBLIC in row
    assert not stored.startswith(b"%PDF-")
    content = services.take_out(copy, by=UserFactory())
    assert content.startswith(b"%PDF-")
    assert copy.sha256 == hashlib.sha256(content).hexdigest()


def test_copy_cannot_be_made_again_by_who_guesses_a_name(edition):
    """Its hash is known to who has it; a mark that nobody can guess stands in the file."""
    names = edition.addressee_names
    first = services.editions.set_soon(addressee.printed(edition, "en"))
    names.held = {**names.held, "mark": "0" * 32}
    names.save()
    assert services.editions.set_soon(addressee.printed(edition, "en")) != first


def test_taking_a_copy_out_is_journaled(edition):
    user = UserFactory()
    services.take_out(rendered(edition, "addressee"), by=user)
    entry = JournalEntry.objects.get(verb="took addressee's copy")
    assert (entry.actor_id, entry.data) == (user.pk, {"edition": 1, "language": "en"})


def test_public_document_is_not_taken_out_as_a_copy(edition):
    with pytest.raises(ValueError, match="not an addressee's copy"):
        services.take_out(rendered(edition, "public"), by=UserFactory())


@pytest.mark.parametrize("whole", [pieces.WHOLE, 0])
def test_failure_of_a_copy_says_no_character_of_a_name(closed, caplog, monkeypatch, whole):
    """In no log, and not to those of the team who do not see the names; set in one piece, or in several."""
    monkeypatch.setattr(pieces, "WHOLE", whole)
    SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Unset \ue000", "", "KE"))
    copy = rendered(services.freeze(closed, by=UserFactory()), "addressee")
    assert (copy.state, copy.error) == (
        "failed",
        "No installed font has some of its characters. The proof sheet says which.",
    )
    assert f"rendering {copy.pk} failed" in caplog.text
    assert ("\ue000" in caplog.text, "U+E000" in caplog.text) == (False, False)
    SignatoryFactory(letter=closed, listed=True, line=Line("Unset as well \ue000", "", "KE"))
    public = rendered(services.freeze(closed, by=UserFactory()), "public")
    assert ("U+E000" in public.error, "U+E000" in caplog.text) == (True, True)  # the control: of a public name they do


@pytest.mark.parametrize(("variant", "is_named"), [("addressee", False), ("public", True)])
def test_fault_in_a_copy_logs_where_and_not_what(edition, caplog, monkeypatch, variant, is_named):
    def broken(rendering):
        raise KeyError(TOLD if rendering.variant == variant else "another")

    monkeypatch.setattr(renderings, "_document", broken)
    assert rendered(edition, variant).error == "KeyError"
    assert (TOLD in caplog.text, "in broken" in caplog.text) == (is_named, True)


def test_failures_of_copies_go_with_the_names(closed, edition):
    edition.renderings.update(state="failed", error="No installed font has this character: W")
    services.forget_names(closed)
    found = edition.renderings.order_by("variant").values_list("variant", "error")
    assert list(found) == [("addressee", ""), ("public", "No installed font has this character: W")]


def test_whoever_has_its_data_deleted_is_in_no_copy_any_more(closed, edition):
    copy = rendered(edition, "addressee")
    stored = copy.file.read()
    key = edition.addressee_names.key
    erase(Token.objects.mine(told(closed)), keeps_line=False)
    names = AddresseeNames.objects.get()
    assert (names.key, names.held, names.deleted_at is None) == ("", {}, False)
    with pytest.raises(services.NamesDeleted):
        services.take_out(copy, by=UserFactory())
    assert Rendering.objects.get(pk=copy.pk).sha256 == copy.sha256
    assert services.addressee.crypto.decrypt_file(key, stored).startswith(b"%PDF-")  # the control: with it one could


def test_others_who_have_their_data_deleted_leave_the_copy(closed, edition):
    erase(Token.objects.mine(closed.signatories.get(visibility="public")), keeps_line=False)
    assert edition.addressee_names.deleted_at is None


def kept_after(days):
    """Whether the names are kept then, the sweep having run on that day and on none before."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        keep_retention()
    return kept()


def test_copies_go_on_the_day_that_people_were_told(edition, settings):
    """The first sweep comes ten days too late: everybody has two weeks from then, as for contact data."""
    until = settings.CONTACT_RETENTION_DAYS
    assert kept_after(until - 20)
    assert [kept_after(until + days) for days in (10, 11, 23, 25)] == [True, True, True, False]
    assert not Signatory.objects.exclude(contact_email="").exists()


def test_copies_go_when_no_contact_data_is_left(closed, edition, settings):
    for one in closed.signatories.all():
        erase(Token.objects.mine(one), keeps_line=True)
    until = settings.CONTACT_RETENTION_DAYS
    assert [kept_after(until + days) for days in (-14, -1, 1)] == [True, True, False]


def test_copies_of_a_letter_that_is_opened_again_stay(closed, edition, settings):
    until = settings.CONTACT_RETENTION_DAYS
    assert kept_after(until - 14)
    Letter.objects.filter(pk=closed.pk).update(status=Letter.Status.OPEN, closed_at=None)
    assert kept_after(until + 20)


def test_names_are_forgotten_before_rows_look_whether_they_are_named(edition, settings, monkeypatch):
    """Each would decrypt all of them."""
    asked = []
    monkeypatch.setattr(retention, "erase", lambda one, **more: (asked.append(kept()), erasing.erase(one, **more)))
    until = settings.CONTACT_RETENTION_DAYS
    kept_after(until - 14)
    kept_after(until + 1)
    assert set(asked) == {False}


def test_who_has_never_confirmed_is_sought_in_no_copy(closed, edition, monkeypatch):
    sought = []
    monkeypatch.setattr(erasing.letters, "forget_naming", lambda letter, pk: sought.append(pk))
    confirmed = SignatoryFactory(letter=closed, confirmed=True)
    for one in (SignatoryFactory(letter=closed), confirmed):
        erase(Token.objects.mine(one), keeps_line=False)
    assert sought == [str(confirmed.pk)]


def test_copies_stay_readable_when_contact_keys_are_rotated(edition, settings):
    copy = rendered(edition, "addressee")
    settings.CONTACT_KEYS = [Fernet.generate_key().decode(), *settings.CONTACT_KEYS]
    list(rotation.rotate())
    settings.CONTACT_KEYS = settings.CONTACT_KEYS[:1]
    assert services.take_out(copy, by=UserFactory()).startswith(b"%PDF-")


def test_copy_in_another_language_names_countries_in_it():
    letter = OpenLetterFactory(text={"language": "ar", "title": "الجسر"})
    services.close(letter, by=UserFactory())
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line("Cedars", "", "LB"))
    edition = services.freeze(letter, by=UserFactory())
    assert [group.title for group in addressee.printed(edition, "ar").for_addressee.groups] == ["لبنان"]


def test_no_name_stays_in_memory(closed):
    """The process would have it after it is deleted everywhere else."""
    document = addressee.printed(services.freeze(closed, by=UserFactory()), "en")
    assert [line.name for _, _, line in document.for_addressee.every()] == [TOLD]
    shown = closed.roll("en", timezone.now())
    del document
    gc.collect()
    kept = {one.name for one in gc.get_objects() if issubclass(type(one), RollLine)}  # asks nothing of what is lazy
    assert (PUBLIC in kept, TOLD in kept) == (True, False)
    assert [line.name for _, _, line in shown.every()] == [PUBLIC]
