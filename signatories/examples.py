"""Lines of nobody: they show what a list will look like, before anybody has signed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from signatories.roll import INDIVIDUAL, SCOPES, Entry

COUNTRIES = "AR BD BR CO EG FR ID IN JP KE LB MX NG PH SN UA ZA".split()
MANY = 60


def entries() -> Iterator[Entry]:
    """Organizations, two of them initiators, and three individuals, named in the language now active."""
    scopes = list(SCOPES)
    for number in range(1, MANY + 1):
        name = _("Example organization %(number)s") % {"number": number}
        if number % 4 == 0:
            name = _("Example organization %(number)s, with a name so long that it needs another line") % {
                "number": number
            }
        yield Entry(
            name,
            acronym=f"EX{number}" if number % 3 == 0 else "",
            country=COUNTRIES[number * number % len(COUNTRIES)],
            second_name=_("Its name in another language") if number % 7 == 0 else "",
            scope=scopes[number % len(scopes)],
            is_initiator=number in (11, 24),
        )
    for number in range(1, 4):
        name = _("Example person %(number)s") % {"number": number}
        yield Entry(name, country=COUNTRIES[number], affiliation=_("Role, organization"), kind=INDIVIDUAL)
