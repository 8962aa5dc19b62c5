import pytest
from django.db import IntegrityError, transaction

from campaigns.lifecycle import ForbiddenMove, StaleMove
from campaigns.models import JournalEntry
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory

pytestmark = pytest.mark.django_db


def refused(**changes):
    """Whether the database refuses to write this over a row, whatever our code would have checked."""
    row = SignatoryFactory(**changes.pop("made", {}))
    try:
        with transaction.atomic():
            Signatory.objects.filter(pk=row.pk).update(**changes)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "listed"},
        {"status": "confirmed"},
        {"status": "unheard-of"},
        {"status": "duplicate"},
        {"visibility": "secret"},
        {"visibility": "counted"},
        {"sealed": {"name": "River"}},
        {"name": ""},
        {"made": {"listed": True}, "agreed_revision": None},
        {"made": {"listed": True}, "decided_by": None},
        {"made": {"listed": True}, "status": "declined"},
        {"made": {"visibility": "counted"}, "name": "Quiet Harbor"},
        {"made": {"visibility": "counted"}, "country": "KE"},
    ],
)
def test_database_refuses_what_can_never_be_true(changes):
    assert refused(**changes)


@pytest.mark.parametrize("changes", [{"made": {"confirmed": True}, "website": "river.example"}, {"acronym": "RW"}])
def test_database_takes_what_can(changes):
    assert not refused(**changes)


def test_database_refuses_a_second_live_sign_on_of_one_organization():
    letter, line = OpenLetterFactory(), Line("River Watch", "", "KE")
    SignatoryFactory(letter=letter, line=line, confirmed=True)
    SignatoryFactory(letter=letter, line=line)  # waiting for its mailbox: takes nobody's place
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatoryFactory(letter=letter, line=line, listed=True)


def test_database_refuses_one_address_twice_on_a_letter():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, contact_email="a@b.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatoryFactory(letter=letter, contact_email="A@b.example")


def test_every_pair_of_states_moves_only_along_moves():
    for was in Signatory.Status:
        for now in Signatory.Status:
            signatory = Signatory(status=was)
            assert signatory.can_move_to(now) == (now in Signatory.MOVES[was])


def test_move_to_is_refused_off_the_road_and_when_late():
    signatory = SignatoryFactory()
    late = Signatory.objects.get(pk=signatory.pk)
    with pytest.raises(ForbiddenMove):
        signatory.move_to("listed")
    signatory.move_to("withdrawn")
    with pytest.raises(StaleMove):
        late.move_to("lapsed")
    assert list(JournalEntry.objects.about(signatory).values_list("verb", "data")) == [
        ("moved", {"was": "pending", "now": "withdrawn"})
    ]


def test_nobody_writes_status_but_move_to():
    """A look through the code, since Python cannot forbid an assignment. Thousands at once are the exception."""
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    writes = re.compile(r"\.status\s*=[^=]|update\([^)]*\bstatus=")
    found = {
        str(file.relative_to(root))
        for app in ("campaigns", "letters", "signatories")
        for file in (root / app).rglob("*.py")
        if "migrations" not in file.parts and writes.search(file.read_text())
    }
    crowds = {f"signatories/services/{verb}.py" for verb in ("declining", "invalidating")}
    assert found == {"campaigns/lifecycle.py"} | crowds


def test_contact_data_is_encrypted_at_rest():
    from django.db import connection

    signatory = SignatoryFactory(contact_email="canary@river.example", contact_name="Canary")
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_email, contact_name FROM signatories_signatory")
        stored = cursor.fetchone()
    assert "canary" not in "".join(stored).lower()
    assert Signatory.objects.get(pk=signatory.pk).contact_email == "canary@river.example"


def test_str_holds_no_name():
    assert "River" not in str(SignatoryFactory(line=Line("River Watch", "", "KE")))
