"""What teams have, taken in and added."""

from signatories.services import importing
from tests.factories import UserFactory

WORDS = "These organizations agreed to this text."
TABLE = """Organization\tCountry\tE-mail
Wells for All\tKenya\toffice@wells.example
Amigas del Río\tColombia\thola@rio.example
Bridge Watch\tPeru\t
"""


def taken(letter, text=TABLE, **facts):
    facts = {"origin": "mail", "source": "Mail of the secretary"} | facts
    return importing.take_in(letter, by=facts.pop("by", None) or UserFactory(), text=text, **facts)


def add(of):
    importing.add(of, by=of.made_by, words=WORDS, seen=of.letter.revision.number)
    of.refresh_from_db()
    return of


def outcomes(of):
    return [(row.sealed.get("name", ""), row.outcome, row.refusal) for row in of.rows.all()]
