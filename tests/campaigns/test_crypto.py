import tracemalloc

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from campaigns import crypto, rotation
from campaigns.models import Mail, TeamInvitation
from config import keys
from tests.factories import UserFactory
from tests.signing_in import add_second_factor

TEXT = "Ada Ünal <ada@site.example>"


def fresh_key():
    return keys.make()["CONTACT_KEYS"]


def test_encrypt_hides_and_decrypt_shows():
    sealed = crypto.encrypt(TEXT)
    assert crypto.decrypt(sealed) == TEXT
    assert "site.example" not in sealed
    assert crypto.encrypt(TEXT) != sealed  # equal texts are not to be recognized


def test_decrypt_opens_what_an_older_key_sealed(settings):
    sealed, old = crypto.encrypt(TEXT), settings.CONTACT_KEYS[0]
    settings.CONTACT_KEYS = [fresh_key(), old]
    assert crypto.decrypt(sealed) == TEXT
    settings.CONTACT_KEYS = [fresh_key()]
    with pytest.raises(crypto.Undecipherable, match="CONTACT_KEYS"):
        crypto.decrypt(sealed)


def test_decrypt_refuses_an_altered_value():
    sealed = crypto.encrypt(TEXT)
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:])


def test_keyed_hash_depends_on_purpose_parts_and_key(settings):
    hashes = {crypto.keyed_hash("a", "b", "c"), crypto.keyed_hash("b", "b", "c"), crypto.keyed_hash("a", "bc")}
    settings.INDEX_KEY = "another"
    hashes.add(crypto.keyed_hash("a", "b", "c"))
    assert len(hashes) == 4


def test_keyed_hash_is_the_same_every_time():
    assert crypto.keyed_hash("a", "b") == crypto.keyed_hash("a", "b")


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["to", "to__contains", "to__in", "to__startswith"])
def test_encrypted_field_cannot_be_searched(lookup):
    Mail.objects.create(kind="x", to=TEXT, dedupe_key="a", to_hash="")
    if lookup == "to":  # only to ask for the empty
        assert not Mail.objects.filter(to=TEXT).exists()
        assert Mail.objects.exclude(to="").exists()
    else:
        with pytest.raises(FieldError):
            Mail.objects.filter(**{lookup: [TEXT]}).exists()


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM campaigns_mail ORDER BY dedupe_key')
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def mails(db):
    for number in range(3):
        Mail.objects.create(kind="x", to=f"{number}{TEXT}", data={"n": number}, dedupe_key=str(number), to_hash="")
    Mail.objects.create(kind="x", dedupe_key="sent", to_hash="")


def readable():
    return [(mail.to, mail.data) for mail in Mail.objects.order_by("dedupe_key")]


def test_rotation_makes_the_old_key_needless(mails, settings):
    before, old = readable(), settings.CONTACT_KEYS[0]
    settings.CONTACT_KEYS = [fresh_key(), old]
    tallies = {tally.column: (tally.renewed, tally.current) for tally in rotation.rotate()}
    assert tallies["campaigns_mail.to"] == tallies["campaigns_mail.data"] == (3, 0)
    settings.CONTACT_KEYS = settings.CONTACT_KEYS[:1]
    assert readable() == before


def test_without_rotation_the_old_key_is_needed(mails, settings):
    settings.CONTACT_KEYS = [fresh_key()]
    with pytest.raises(crypto.Undecipherable):
        readable()


def test_rotation_resumes_where_it_was_stopped(mails, settings):
    settings.CONTACT_KEYS = [fresh_key(), *settings.CONTACT_KEYS]
    Mail.objects.exclude(to="").first().save()  # this one is under the new key
    done = set(stored("to"))
    tallies = {tally.column: (tally.renewed, tally.current) for tally in rotation.rotate()}
    assert tallies["campaigns_mail.to"] == (2, 1)
    assert len(done & set(stored("to")) - {""}) == 1  # and was left alone
    assert all(tally.renewed == 0 for tally in rotation.rotate())


def test_rotation_goes_on_past_more_than_a_batch(mails, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.CONTACT_KEYS = [fresh_key(), *settings.CONTACT_KEYS]
    tallies = {tally.column: tally.renewed for tally in rotation.rotate()}
    assert tallies["campaigns_mail.to"] == 3


def peak_of_rotation(settings):
    settings.CONTACT_KEYS = [fresh_key(), *settings.CONTACT_KEYS]
    tracemalloc.start()
    tallies = {tally.column: tally.renewed for tally in rotation.rotate()}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert tallies["campaigns_mail.data"] == 20
    return peak


def test_rotation_holds_few_large_values_at_once(db, settings, monkeypatch):
    for number in range(20):
        Mail.objects.create(kind="x", data={"file": "0" * 500_000}, dedupe_key=str(number), to_hash="")
    settings.DEBUG = False  # Django keeps the words of its queries
    monkeypatch.setattr(rotation, "ROOM", 100_000_000)
    everything = peak_of_rotation(settings)
    monkeypatch.setattr(rotation, "ROOM", 1_000_000)
    few = peak_of_rotation(settings)
    assert (everything > 13_000_000, few < 6_500_000) == (True, True)


def test_rotation_leaves_a_value_that_changed_meanwhile(mails, settings):
    """A mail that is sent while we look at it must not get its address back."""
    settings.CONTACT_KEYS = [fresh_key(), *settings.CONTACT_KEYS]
    mail = Mail.objects.exclude(to="").first()
    (sealed,) = [value for value in stored("to") if value and crypto.decrypt(value) == mail.to]
    Mail.objects.filter(pk=mail.pk).update(to="")
    tally = rotation.Tally("to")
    rows = rotation.sealed(Mail, "to")
    rotation.renew(rows.filter(pk=mail.pk, sealed_value=sealed), "to", sealed, tally)
    assert (tally.renewed, Mail.objects.get(pk=mail.pk).to) == (0, "")


def test_rotation_tells_what_no_key_opens(mails, settings):
    settings.CONTACT_KEYS = [fresh_key()]
    tallies = {tally.column: tally.undecipherable for tally in rotation.rotate()}
    assert tallies["campaigns_mail.to"] == 3


def test_rotation_knows_every_encrypted_column(db):
    columns = {tally.column for tally in rotation.rotate()}
    assert columns >= {
        f"{TeamInvitation._meta.db_table}.email",
        "signatories_signatory.contact_email",
        "signatories_signatory.sealed",
    }


def test_second_factor_secrets_are_sealed_and_rotate_too(db, settings):
    authenticator = add_second_factor(UserFactory())
    old = authenticator.data["secret"]
    plain = crypto.decrypt(old)
    assert len(plain) == 32
    settings.CONTACT_KEYS = [fresh_key(), *settings.CONTACT_KEYS]
    tallies = {tally.column: tally.renewed for tally in rotation.rotate()}
    assert tallies["mfa_authenticator.data"] == 1
    settings.CONTACT_KEYS = settings.CONTACT_KEYS[:1]
    authenticator.refresh_from_db()
    assert crypto.decrypt(authenticator.data["secret"]) == plain
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(old)
