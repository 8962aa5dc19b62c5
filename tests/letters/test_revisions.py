"""Revisions: kept at each save that matters, named, gone back to, and recomputed by anybody."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, transaction
from django.urls import reverse

from campaigns.models import JournalEntry
from letters import canonical, courtesy, services
from letters.models import AmendmentDraft, Letter, Revision
from letters.services import working
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.test_amending import amended, rewritten

pytestmark = pytest.mark.django_db


def url(letter, page, *more):
    return reverse(f"letters:{page}", args=[letter.slug, *more])


def rewrite(letter, by, **changes):
    held = working.read(letter)
    held.authentic.update(changes)
    working.write(letter, held, by=by)


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def letter(by):
    """A draft with two revisions."""
    letter = LetterFactory()
    services.keep(letter, by=by)
    rewrite(letter, by, title="For two bridges")
    services.keep(letter, by=by)
    return letter


# --- Keeping, naming, restoring ---


def test_keep_makes_a_revision_only_when_something_has_changed(letter, by):
    assert services.keep(letter, by=by).number == 2
    rewrite(letter, by, title="For three bridges")
    assert services.keep(letter, by=by).number == 3


def test_keep_counts_place_and_date_as_a_change_without_another_digest(letter, by):
    held = working.read(letter)
    held.front["place"] = "Geneva"
    working.write(letter, held, by=by)
    revision = services.keep(letter, by=by)
    assert (revision.number, revision.digest) == (3, letter.revisions.get(number=2).digest)


def test_keep_is_for_drafts(by):
    with pytest.raises(services.NotDraft):
        services.keep(OpenLetterFactory(), by=by)


def test_name_revision_leaves_the_revision_itself_alone(letter, by):
    revision = letter.revisions.get(number=1)
    services.name_revision(revision, "As sent to the board", by=by)
    services.name_revision(revision, "As sent to both boards", by=by)
    assert letter.revisions.get(number=1).named.name == "As sent to both boards"
    services.name_revision(revision, "", by=by)
    assert not hasattr(letter.revisions.get(number=1), "named")


def test_database_refuses_to_change_a_revision(letter):
    with pytest.raises(Error, match="append only"), transaction.atomic():
        letter.revisions.update(digest="0" * 64)


def test_restore_goes_back_and_keeps_what_stood_there(letter, by):
    rewrite(letter, by, title="Never kept")
    services.restore(letter.revisions.get(number=1), by=by)
    assert Letter.objects.get().text.title == "For the bridge over the Lind"
    kept = [(one.number, one.cause, one.authentic["title"]) for one in letter.revisions.order_by("number")][2:]
    assert kept == [(3, "saved", "Never kept"), (4, "restored", "For the bridge over the Lind")]


def test_restore_brings_translations_back_with_what_they_were_made_from(letter, by):
    services.add_text(letter, "fr", by=by)
    held = working.read(letter)
    french = held.text_in("fr")
    made = [
        one.saying("Mot", one.authentic) if one.is_line else one.saying("<p>Mot</p>", one.authentic)
        for one in courtesy.beside(french, held.authentic)
        if one.authentic
    ]
    french.update(courtesy.written(made))
    working.write(letter, held, by=by)
    revision = services.keep(letter, by=by)
    services.remove_text(letter, "fr", by=by)
    services.restore(revision, by=by)
    held = working.read(letter)
    progress = courtesy.progress(courtesy.beside(held.text_in("fr"), held.authentic))
    assert (progress.missing, progress.stale) == (0, 0)


# --- The pages ---


def test_revisions_lists_them_and_offers_the_newest_two(client, letter):
    services.name_revision(letter.revisions.get(number=1), "As sent to the board", by=UserFactory())
    team_member(client, letter, "viewer")
    page = words(client.get(url(letter, "revisions")))
    assert "As sent to the board" in page
    assert 'name="old" value="1" checked' in page
    assert 'name="new" value="2" checked' in page


def test_single_revision_is_compared_with_nothing(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    shown = words(client.get(reverse("letters:revisions", args=[letter.slug])))
    assert ("Revision 1" in shown, "Compare the two" in shown, 'type="radio"' in shown) == (True, False, False)


def test_revisions_of_a_letter_never_saved_says_what_comes_next(client):
    letter = LetterFactory()
    team_member(client, letter)
    assert "No revision yet" in words(client.get(url(letter, "revisions")))


def test_compare_shows_the_redline_whichever_way_they_were_chosen(client, letter):
    team_member(client, letter, "viewer")
    for query in ("?old=1&new=2", "?old=2&new=1"):
        page = words(client.get(url(letter, "compare") + query))
        assert "From revision 1 to revision 2" in page
        assert page.index("<del") < page.index("<ins")


def test_compare_takes_what_is_written_now(client, letter, by):
    rewrite(letter, by, title="For three bridges")
    team_member(client, letter)
    assert "three" in words(client.get(url(letter, "compare") + "?old=2&new=now"))


@pytest.mark.parametrize("query", ["", "?old=9&new=1", "?old=now&new=now", "?old=x&new=1"])
def test_compare_knows_no_others(client, letter, query):
    team_member(client, letter)
    assert client.get(url(letter, "compare") + query).status_code == 404


def test_revision_shows_the_text_and_the_whole_digest(client, letter):
    team_member(client, letter, "viewer")
    page = words(client.get(url(letter, "revision", 1)))
    assert "For the bridge over the Lind" in page
    assert letter.revisions.get(number=1).digest in page
    assert "Restore" not in page


def test_restore_page_changes_nothing_until_it_is_sent(client, letter):
    team_member(client, letter)
    page = client.get(url(letter, "restore", 1))
    assert Letter.objects.get().text.title == "For two bridges"
    seen = working.read(letter).fingerprint()
    assert seen in words(page)
    assert client.post(url(letter, "restore", 1), {"seen": seen}).url == url(letter, "write")
    assert Letter.objects.get().text.title == "For the bridge over the Lind"


def test_restore_page_shows_again_what_somebody_has_changed(client, letter, by):
    team_member(client, letter)
    seen = working.read(letter).fingerprint()
    rewrite(letter, by, title="For three bridges")
    assert client.post(url(letter, "restore", 1), {"seen": seen}).url == url(letter, "restore", 1)
    assert Letter.objects.get().text.title == "For three bridges"


def test_restore_of_an_open_letter_prepares_an_amendment(client):
    letter = OpenLetterFactory()
    amended(letter)
    team_member(client, letter)
    seen = working.read(letter).fingerprint()
    client.post(url(letter, "restore", 1), {"seen": seen})
    letter = Letter.objects.get()
    assert letter.text.body == "<p>We ask for two bridges.</p>"
    assert "keep the bridge open" in working.read(letter).authentic["body"]


def test_restore_of_an_open_letter_that_was_changed_meanwhile_begins_no_amendment(client):
    letter = OpenLetterFactory()
    amended(letter)
    team_member(client, letter)
    assert client.post(url(letter, "restore", 1), {"seen": "something else"}).url == url(letter, "restore", 1)
    assert AmendmentDraft.objects.count() == 0
    assert JournalEntry.objects.filter(verb="prepared amendment", subject_id=str(letter.pk)).count() == 1  # made before


@pytest.mark.parametrize("role", ["viewer", "translator"])
def test_naming_and_restoring_are_for_those_who_run_the_letter(client, letter, role):
    team_member(client, letter, role)
    assert client.post(url(letter, "name_revision", 1), {"name": "Mine"}).status_code == 404
    assert client.post(url(letter, "restore", 1)).status_code == 404
    team_member(client, letter)
    assert client.post(url(letter, "name_revision", 1), {"name": "Ours"}).status_code == 302
    assert letter.revisions.get(number=1).named.name == "Ours"


def test_revisions_of_another_team_are_not_there(client, letter):
    client.force_login(UserFactory())
    for page in (url(letter, "revisions"), url(letter, "revision", 1), url(letter, "revision_copy", 1)):
        assert client.get(page).status_code == 404


# --- The file, and recomputing the digest ---


def test_revision_file_is_public_for_what_was_in_force_alone(client, letter, by):
    assert client.get(url(letter, "revision_file", 1)).status_code == 404
    services.open_for_signing(letter, by=by)
    numbers = {number: client.get(url(letter, "revision_file", number)).status_code for number in (1, 2, 3, 4)}
    assert numbers == {1: 404, 2: 404, 3: 200, 4: 404}


def test_revision_file_says_nothing_of_an_amendment_being_prepared(client):
    letter = OpenLetterFactory()
    rewritten(letter, title="For a secret bridge")
    assert "secret" not in client.get(url(letter, "revision_file", 1)).content.decode()


def test_revision_file_is_answered_from_the_readers_copy(client):
    letter = OpenLetterFactory()
    first = client.get(url(letter, "revision_file", 1))
    again = client.get(url(letter, "revision_file", 1), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_digest_recomputes_a_revision_from_its_file(client, tmp_path, capsys):
    letter = OpenLetterFactory()
    file = tmp_path / "revision.json"
    file.write_bytes(client.get(url(letter, "revision_file", 1)).content)
    call_command("digest", file)
    assert capsys.readouterr().out.splitlines()[0] == f"{letter.revision.digest}  revision"
    held = json.loads(file.read_text())
    held["texts"][0]["body"] = held["texts"][0]["body"].replace("open", "closed")
    file.write_text(json.dumps(held))
    call_command("digest", file)
    assert letter.revision.digest not in capsys.readouterr().out


def test_digest_of_a_pasted_letter_is_that_of_its_body(tmp_path, capsys):
    file = tmp_path / "letter.txt"
    file.write_text('Dear Minister,\n\nWe ask you - all of us - to keep it "open".\n\nRespectfully,\n')
    call_command("digest", file)
    body = canonical.body_digest("<p>We ask you – all of us – to keep it “open”.</p>")
    assert capsys.readouterr().out.split()[0] == body


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.json", None, "No such file"),
        ("broken.json", b"{", "not a revision"),
        ("other.json", b"[1]", "not a revision"),
        ("letter.txt", b"\xff\xfe\x00", "not text in UTF-8"),
        ("letter.docx", b"PK\x03\x04", "letter.docx"),
    ],
)
def test_digest_says_what_is_wrong_with_a_file(tmp_path, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("digest", file)


def test_signed_revisions_are_those_of_opening_and_amending(letter, by):
    services.open_for_signing(letter, by=by)
    amended(Letter.objects.get())
    assert list(Revision.objects.signed().order_by("number").values_list("number", "cause")) == [
        (3, "opened"),
        (4, "amended"),
    ]
