"""Whose letter the mail says it brings."""

import pytest
from django.utils import translation

from letters import services
from letters.emails import delivering
from signatories.models import Signatory
from tests.factories import SignatoryFactory
from tests.letters.delivering import parcels
from tests.letters.filed import file_documents


@pytest.mark.parametrize(
    ("organizations", "persons", "said"),
    [
        (1, 0, "Joint letter of 1 organization"),
        (1214, 0, "Joint letter of 1,214 organizations"),
        (2, 1, "Joint letter of 2 organizations and 1 individual"),
        (0, 1, "Joint letter of 1 individual"),
        (0, 1214, "Joint letter of 1,214 individuals"),
        (0, 0, ""),
    ],
)
def test_signed_by_counts_those_there_are(organizations, persons, said):
    assert delivering.signed_by(organizations, persons) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Lettre commune de 2 particuliers"),
        ("es", "Carta conjunta de 2 personas"),
        ("ar", "رسالة مشتركة من فردين (2)"),
    ],
)
def test_signed_by_is_said_in_the_language_of_the_mail(language, said):
    with translation.override(language):
        assert delivering.signed_by(0, 2) == said


@pytest.mark.django_db
@pytest.mark.parametrize(("persons", "line"), [(2, "Joint letter of 2 individuals\n"), (0, "")])
def test_mail_of_an_edition_without_organizations_speaks_of_none(letter, coordinator, persons, line):
    Signatory.objects.filter(letter=letter).update(status="withdrawn")
    SignatoryFactory.create_batch(persons, letter=letter, listed=True, kind="individual")
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition)
    mail = services.dry_run(services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)).mail
    assert f"For the bridge over the Lind\n{line}Edition 1, " in mail.body
    html = mail.alternatives[0][0]
    assert ("organization" in mail.body, "Joint letter of" in html) == (False, bool(line))
