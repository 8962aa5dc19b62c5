"""A letter with an edition whose documents are set, and what is said around it."""

from datetime import timedelta

from django.utils import timezone

from letters import services
from letters.models import Letter
from letters.services import publications
from letters.services.publications import Plan
from signatories.models import Line
from tests.factories import LetterFactory, RevisionFactory, SignatoryFactory, TextFactory, UserFactory
from tests.letters.filed import file_documents

WORDS = {
    "headline": "{n} organizations ask for a heron bridge",
    "document_line": "Joint plover letter to the Commissioner",
    "lead": "The bittern is to close in spring.",
    "note": "We convened this with the curlew fund.",
}
FRENCH = {
    "title": "Pour le pont sur la Lind",
    "salutation": "Madame,",
    "body": "<p>Gardez le pont.</p>",
    "closing": "Salutations,",
}
CANARIES = ("heron bridge", "plover letter", "bittern is to close", "curlew fund")
"""One word of each part that stands nowhere else."""


def over(number=7, *, text=None, courtesy=False, **facts):
    """A closed letter that so many organizations have signed; `courtesy`: it has a French text, too."""
    facts = {"closes_at": timezone.now() - timedelta(hours=30), "opens_at": timezone.now() - timedelta(days=9)} | facts
    letter = LetterFactory(text=text, status=Letter.Status.OPEN, **facts)
    if courtesy:
        TextFactory(letter=letter, language="fr", is_authentic=False, **FRENCH)
    RevisionFactory(letter=letter)
    for n in range(number):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
    return letter


def frozen(letter, *, is_set=True):
    """An edition; its documents are there, or wait to be set."""
    edition = services.freeze(Letter.objects.get(pk=letter.pk), by=UserFactory())
    if is_set:
        file_documents(edition)
    return edition


def a_plan(**changes):
    plan = {
        "words": {"en": WORDS},
        "shows_salutation": False,
        "shows_closing": False,
        "tells_signatories": False,
        "comes_at": None,
    }
    return Plan(**plan | changes)


def prepared(letter=None, *, by=None, edition=None, **changes):
    letter = letter or over()
    edition = edition or frozen(letter)
    return publications.prepare(edition, a_plan(**changes), by=by or UserFactory())


def release(publication, *, by=None):
    seen = publications.fingerprint(publication)
    return publications.release(publication, by=by or UserFactory(), seen=seen)


def published(letter=None, **changes):
    """The publication of a letter that is public."""
    return release(prepared(letter, **changes))


def soon(**delta):
    return timezone.now() + timedelta(**(delta or {"hours": 2}))
