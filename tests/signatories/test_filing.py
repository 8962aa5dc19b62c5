"""Which names are near one another, looked up once and kept."""

from datetime import timedelta

from django.db import connection

from signatories.models import Line, NameKey, Nearness, Signatory
from signatories.services import filing, name_keys
from signatories.services.erasing import erase
from tests.factories import OpenLetterFactory, SignatoryFactory

WITHHELD = Signatory.Visibility.COUNTED


def confirmed(name, letter, **more):
    return SignatoryFactory(confirmed=True, letter=letter, line=Line(name, "", "KE"), **more)


def near(signatory):
    (found,) = filing.nearest([signatory], 5).values()
    return [other for other, _match in found]


def test_filed_names_find_each_other(db):
    letter = OpenLetterFactory()
    one = confirmed("Oremba Boat Families", letter)
    other = confirmed("Oremba Boat Familes", letter)
    confirmed("Harbour Nurses", letter)
    assert filing.file_names() == 3
    one.refresh_from_db()
    other.refresh_from_db()
    assert (near(one), near(other)) == ([other], [one])


def test_what_is_not_filed_yet_is_compared_on_the_spot(db):
    letter = OpenLetterFactory()
    one = confirmed("Oremba Boat Families", letter)
    filing.file_names()
    other = confirmed("Oremba Boat Familes", letter)
    one.refresh_from_db()
    assert (near(one), near(other)) == ([other], [one])


def test_later_one_is_found_by_an_earlier_one_withheld_or_not(db):
    letter = OpenLetterFactory()
    hidden = confirmed("Oremba Boat Families", letter, visibility=WITHHELD)
    filing.file_names()
    shown = confirmed("Oremba Boat Familes", letter)
    filing.file_names()
    hidden.refresh_from_db()
    shown.refresh_from_db()
    assert (near(hidden), near(shown)) == ([shown], [hidden])


def test_no_more_withheld_names_are_opened_than_a_sweep_has_time_for(db, monkeypatch):
    monkeypatch.setattr(filing, "WITHHELD", 1)
    letter = OpenLetterFactory()
    older = confirmed("Oremba Boat Families", letter, visibility=WITHHELD)
    newer = confirmed("Oremba Boats Families", letter, visibility=WITHHELD)
    Signatory.objects.filter(pk=older.pk).update(confirmed_at=older.confirmed_at - timedelta(days=1))
    filing.file_names()
    shown = confirmed("Oremba Boat Familes", letter)
    filing.file_names()
    shown.refresh_from_db()
    assert near(shown) == [newer]


def test_other_letters_are_not_looked_at(db):
    one = confirmed("Oremba Boat Families", OpenLetterFactory())
    confirmed("Oremba Boat Families", OpenLetterFactory())
    filing.file_names()
    one.refresh_from_db()
    assert near(one) == []


def test_nothing_is_filed_of_a_withheld_name_and_what_is_near_is_encrypted(db):
    letter = OpenLetterFactory()
    hidden = confirmed("Oremba Boat Families", letter, visibility=WITHHELD)
    shown = confirmed("Oremba Boat Familes", letter)
    filing.file_names()
    assert not NameKey.objects.filter(signatory=hidden).exists()
    assert NameKey.objects.filter(signatory=shown).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT found FROM signatories_nearness")
        kept = [found for (found,) in cursor.fetchall()]
    assert len(kept) == 2
    assert all(str(one.pk) not in found for found in kept for one in (hidden, shown))


def test_withdrawn_ones_are_not_near_any_more(db):
    letter = OpenLetterFactory()
    one, other = (confirmed(name, letter) for name in ("Oremba Boat Families", "Oremba Boat Familes"))
    filing.file_names()
    other.refresh_from_db()
    assert near(other) == [one]
    one.move_to(Signatory.Status.WITHDRAWN)
    assert near(other) == []


def test_name_written_anew_is_filed_anew(db):
    letter = OpenLetterFactory()
    one, other = confirmed("Oremba Boat Families", letter), confirmed("Harbour Nurses", letter)
    filing.file_names()
    other.refresh_from_db()
    other.set_line(Line("Oremba Boat Familes", "", "KE"), other.visibility)
    other.save()
    assert filing.file_names() == 1
    one.refresh_from_db()
    assert near(one) == [other]


def test_erased_name_leaves_nothing_filed(db):
    one = confirmed("Oremba Boat Families", OpenLetterFactory())
    filing.file_names()
    one.refresh_from_db()
    one.move_to(Signatory.Status.WITHDRAWN)
    erase(one, keeps_line=False)
    assert not NameKey.objects.exists()
    assert not Nearness.objects.exists()
    one.refresh_from_db()
    assert (one.sought, one.domain_hash, one.mail_fit) == ("", "", "")


def test_keys_are_the_same_in_every_process():
    assert name_keys.stable(("word", "rivers")) == -8845489343089026863
