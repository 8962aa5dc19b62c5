"""How a letter may address those it goes to: proposals, from what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXCELLENCY = frozenset(
    "excellency|h.e.|h. e.|he|his excellency|her excellency|s.e.|s. e.|s.e.m.|s.e. m.|s.e.mme|s.e. mme|son excellence|"
    "su excelencia|excmo.|excma.|exmo.|exma.|seine exzellenz|ihre exzellenz|سعادة|معالي".split("|")
)
MOST = 3


@dataclass(frozen=True)
class Forms:
    """Of one language: to one excellency, to several, and to a person by honorific and name, or by office."""

    excellency: str
    excellencies: str
    person: str = ""
    office: str = ""


# Only what is right whoever it is: in many languages the office's article and the word for "dear" depend on the person.
BY_LANGUAGE = {
    "en": Forms("Your Excellency,", "Your Excellencies,", "Dear {},", "Dear {},"),
    "fr": Forms("Excellence,", "Excellences,", "{},"),
    "es": Forms("Excelencia:", "Excelencias:", "{}:"),
    "pt": Forms("Excelência,", "Excelências,", "{},"),
    "de": Forms("Exzellenz,", "Exzellenzen,", "{},"),
    "it": Forms("Eccellenza,", "Eccellenze,", "{},"),
    "ru": Forms("Ваше Превосходительство!", "Ваши Превосходительства!", "{}!"),
    "ar": Forms("صاحب السعادة،", "أصحاب السعادة،", "{}،"),
    "zh": Forms("阁下：", "各位阁下：", "{}："),
}


def proposed(recipients: Iterable[Mapping[str, str]], language: str) -> tuple[str, ...]:
    """Salutations to choose from, at most three, the most formal first.

    `recipients` have line ("to" or "cc"), honorific, name and office; only those of the line "to" are addressed.
    `language` is a BCP 47 tag; nothing is proposed in one whose forms we do not know.
    """
    forms = BY_LANGUAGE.get(language.partition("-")[0])
    to = [one for one in recipients if one.get("line") == "to" and (one.get("name") or one.get("office"))]
    if forms is None or not to:
        return ()
    excellent = [_is_excellency(_honorific(one).lower()) for one in to]
    found = [forms.excellency if len(to) == 1 else forms.excellencies] if all(excellent) else []
    if len(to) == 1:
        found += _alone(to[0], forms, is_excellent=excellent[0])
    elif not found:
        found += [_joined(to, forms)]
    return tuple(dict.fromkeys(one for one in found if one))[:MOST]


def _alone(one: Mapping[str, str], forms: Forms, *, is_excellent: bool) -> list[str]:
    office, name = one.get("office", "").strip(), one.get("name", "").strip()
    said = [forms.office.format(office) if office else ""]
    if name and _honorific(one) and not is_excellent:
        said.insert(0, forms.person.format(f"{_honorific(one)} {name}"))
    return said


def _joined(to: list[Mapping[str, str]], forms: Forms) -> str:
    """All of them, by what they are called; "" where that says too little of one of them, or too much for a line."""
    names = [f"{_honorific(one)} {one.get('name', '').strip()}" if one.get("name") else "" for one in to]
    if len(to) > MOST or not forms.person or not all(_honorific(one) for one in to) or not all(names):
        return ""
    return forms.person.format(", ".join(names))


def _is_excellency(honorific: str) -> bool:
    """Also where more follows: "H.E. Ms."."""
    return honorific in EXCELLENCY or honorific.startswith(("h.e. ", "h. e. ", "s.e. ", "s. e. "))


def _honorific(one: Mapping[str, str]) -> str:
    return one.get("honorific", "").strip()
