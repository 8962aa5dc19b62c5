"""Round numbers for headlines: "750+ organizations call for …". Never more than the truth.

The rule, in words: below 50 down to the next 5, below 250 to the next 10, below 500 to the next 25, from 500 on to the
next 50, each with a "+" for those above; a number that is on such a step, or below 5, stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLACE = "{n}"  # where a headline wants the number
STEPS = ((50, 5), (250, 10), (500, 25))
LAST_STEP = 50
FIGURE = r"(?<!\d)(\d+(?:[.,'’٬\u00a0\u202f ]\d{3})*)"  # in whatever figures
COUNTED = "|".join(  # what a letter's number counts, in the languages of most letters
    [
        r"organi[sz]ations?|ngos?|ingos?|csos?|groups?|associations?|signatories|networks?",
        r"ong|osc|réseaux|signataires|groupes",
        r"organizaciones|asociaciones|entidades|firmantes|colectivos|redes|ongs",
        r"organizações|associações|organizzazioni|associazioni",
        r"organisationen|vereine|verbände|nros?|organisaties|organisationer",
        r"организаци\w*|нко|нпо|объединени\w*",
    ]
)
BETWEEN = (  # words that may stand before it in English, and after the figure in any language
    r"civil|society|human|rights|non-?governmental|international|national|regional|local|global|african|european|humanitarian"
    r"|environmental|women|women['’]s|youth|indigenous|faith-based|grassroots|community|different|other|signatory|member"
    r"|plus|more|or|and|et|y|de|o|más"
)
CLAIMS = re.compile(
    rf"{FIGURE}(?:\s*[+＋]|(?:[\s-]+(?:{BETWEEN}))*[\s-]+(?:{COUNTED})\b"
    r"|\s*(?:منظم|جمعي|مؤسس|هيئ|شبك)\w*|\s*[个個家多余]*\w{0,6}?(?:组织|組織|机构|機構|团体|團體|단체))",
    re.IGNORECASE,
)


def rounded(number: int) -> tuple[int, bool]:
    """Return the round number at or below `number` (at least 0), and whether there are more: (750, True) for 767."""
    floor = number - number % step_of(number)
    return (floor, floor != number) if floor else (number, False)


def step_of(number: int) -> int:
    """Return to what multiples a number of this size is rounded down."""
    return next((step for below, step in STEPS if number < below), LAST_STEP)


def wants_number(headline: str) -> bool:
    return PLACE in headline


def claims(words: str) -> Iterator[tuple[str, int]]:
    """Yield what says in figures how many have signed, as far as that can be told by its form: ("750+", 750) for a
    figure with a "+" after it, ("750 organisations", 750) for one before a word for organizations.
    """
    for found in CLAIMS.finditer(words):
        yield found[0], int(re.sub(r"\D", "", found[1]))


def filled(headline: str, shown: str) -> str:
    """Return the headline with `shown`, the number as its language writes it, in its place."""
    return headline.replace(PLACE, shown)
