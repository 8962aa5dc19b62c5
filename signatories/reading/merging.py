"""Two entries on one line, since a paste or a hand lost what stood between them."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from signatories.matching import words
from signatories.matching.letters import plain
from signatories.reading import acronyms, habits, places, trimming

MOST_WORDS_OF_A_PLACE = 5
LEAST_WORDS = 3
LONGEST = 300  # characters of what may be two names
MOST_TRIED = 6  # places in a line where another name might begin
NUMBER_INSIDE = re.compile(r"\s+\(?(\d{1,3})[.)]\s+(?=[^\W\d_])")
BODY_INSIDE = re.compile(
    r"\s(?=(?:Associação|Asociación|Associazione|Fundação|Fundación|Fondation|Fondazione|Fundacja|Stowarzyszenie"
    r"|Instituto|Movimento|Movimiento|Mouvement|Rede|Red|Réseau|Rete|Centro|Coletivo|Colectivo|Collectif|Comitê|Comité"
    r"|Comissão|Comisión|União|Unión|Sindicato|Syndicat|Federação|Federación|Fédération|Confederação|Fórum|Foro|Grupo"
    r"|Núcleo|Observatório|Observatorio|Observatoire|Ligue|Liga|Corporación|Coordinadora|Plataforma|Verein|Stiftung|Haus|Bund|Bündnis|Netzwerk|Zentrum|Gesellschaft"
    r"|جمعية|منظمة|مؤسسة|شبكة|رابطة|نقابة)\s)"
)

BODY = (
    "Association|Union|Federation|Confederation|Cent(?:re|er)|Committee|Commission|Network|Foundation|Institute|Society"
    "|Forum|Council|Coalition|Alliance|League|Trust|Campaign|Movement|Consortium|Collective|Congress|Initiative"
)
# "Centre for Wells Union of Diggers": one body says of what it is, and another begins behind that
BODY_OF = re.compile(rf"\b(?:{BODY})\s+(?:of|for|against|on)\s.*?([^\W\d_][\w'’]*)\s+(?:{BODY})\s+(?:of|for|against)\s")
# "Women's Network Youth Alliance": two bodies, the second with a word of its own before it
BODY_LAST = re.compile(rf"([\w'’]+)\s+(?:{BODY})\s+((?:[^\W\d_][\w'’]*\s+)+)(?:{BODY})$")
POSSESSIVE = ("'s", "’s", "s'", "s’")
ADJECTIVES = frozenset(
    "bar civil trade labor labour law student women national".split()
)  # "Trade Union of", "Law Society of"


def may_be_two(text: str) -> bool:
    """Whether a second body begins in it, in English, with nothing that leads to it."""
    if len(text) > LONGEST:
        return False
    if found := BODY_OF.search(text):
        before = plain(found[1])
        if found[1].endswith(POSSESSIVE):  # "Coalition of Women's Association of India": it leads to the second
            return False
        return before not in words.small() | words.SIDES | ADJECTIVES and found[1][0].isupper()
    found = BODY_LAST.search(text)
    if not found or plain(found[1]) in words.small() | ADJECTIVES:
        return False
    return all(word[0].isupper() and plain(word) not in words.small() for word in found[2].split())


def cut(text: str, count: int) -> list[str]:
    """The entries in the text, one for most; `count` is the number that stood before it, 0 for none."""
    if len(found := _at_number(text, count)) > 1:
        return found
    if len(found := _at_gap(text)) > 1:
        return found
    for behind in (_behind_place, _behind_acronym, _behind_brackets):
        if len(found := behind(found[0])) > 1:
            return found
    return found


def _at_gap(text: str) -> list[str]:
    found: list[str] = []
    for part in text.split("\t"):
        if found and places.code_of(part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found if all(len(part) > 2 and not part[0].islower() for part in found) else [" ".join(found)]


def _at_number(text: str, count: int) -> list[str]:
    """ "4. Forum 5. Centre": numbers that count."""
    found = list(NUMBER_INSIDE.finditer(text))
    if not count and (first := NUMBER_INSIDE.match(" " + text)):
        count, found = int(first[1]), list(NUMBER_INSIDE.finditer(text := text[first.end() - 1 :]))
    numbers = [count] * bool(count) + [int(one[1]) for one in found]
    if not found or len(numbers) < 2 or any(after - before != 1 for before, after in pairwise(numbers)):
        return [text]
    starts = [0, *(one.end() for one in found)]
    ends = [*(one.start() for one in found), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _behind_place(text: str) -> list[str]:
    """ "Wells for All, Kenya Bridge Watch, Peru": a country ends the one, another begins, and has a country as well."""
    for comma in islice(habits.COMMA.finditer(text), MOST_TRIED):
        told = text[comma.end() :].split(" ")
        for count in range(min(MOST_WORDS_OF_A_PLACE, len(told) - 1), 0, -1):
            place, rest = " ".join(told[:count]), " ".join(told[count:])
            if "," in place or not places.code_of(place) or not _has_place(rest):
                continue
            if _begins_a_name(rest) and not habits.DASH.match(f" {rest}"):
                return [f"{text[: comma.end()]}{place}", *_behind_place(rest)]
    return [text]


def _has_place(rest: str) -> bool:
    """A country behind a comma, and before it a name of more than one word."""
    name, *others = habits.COMMA.split(rest)
    return bool(others) and len(name.split()) > 1 and any(map(places.code_of, others))


def _behind_acronym(text: str) -> list[str]:
    """ "Associação dos Juízes – ADJ Associação Vila Verde – AVV": an acronym ends the one, and another name begins."""
    for dash in islice(habits.DASH.finditer(text), MOST_TRIED):
        before, behind = text[: dash.start()].strip(), text[dash.end() :].strip()
        acronym, _, rest = behind.partition(" ")
        if not rest or not acronyms.is_capitals(acronym) or trimming.is_legal_form(rest) or rest[:1].islower():
            continue
        if (
            len(before.split()) > 1
            and _begins_a_name(rest)
            and (acronyms.is_one(acronym, before) and _ends_well(rest, before))
        ):
            return [f"{text[: dash.end()]}{acronym}", *_behind_acronym(rest)]
    return [text]


def _begins_a_name(rest: str) -> bool:
    first = rest.split(None, 1)[0]
    return len(rest.split()) > 1 and first[0].isupper() and first not in ("II", "III", "NE", "SP") and len(first) > 1


def _ends_well(rest: str, before: str) -> bool:
    """The words behind are a name of their own: with an acronym, or the letters before were no others' beginning."""
    marks = list(habits.DASH.finditer(rest))
    if marks and acronyms.is_one(rest[marks[-1].end() :].strip(), rest[: marks[-1].start()]):
        return True
    return bool(BODY_INSIDE.match(" " + rest)) or bool(habits.BRACKETS.search(rest))


def _behind_brackets(text: str) -> list[str]:
    """ "Centre for Wells (CFW) Union of Diggers (UOD)"."""
    for found in islice(habits.BRACKETS.finditer(text), MOST_TRIED):
        before, rest = text[: found.start()].strip(), text[found.end() :].strip()
        if not rest or not before or not acronyms.is_one(found[1], before) or trimming.is_legal_form(rest):
            continue
        if (
            rest[:1].isupper()
            and len(rest.split()) > 1
            and (habits.BRACKETS.search(rest) or BODY_INSIDE.match(" " + rest) or _is_a_name_of_its_own(rest))
        ):
            return [text[: found.end()].strip(), *_behind_brackets(rest)]
    return [text]


def _is_a_name_of_its_own(rest: str) -> bool:
    """Three words or more, none of which says of what country or branch the one before is."""
    told = rest.split()
    is_part = any(places.code_of(word.strip(",")) or plain(word) in words.branches() for word in told)
    return len(told) >= LEAST_WORDS and not is_part
