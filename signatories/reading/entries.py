"""One entry of a list taken apart: name, acronym, country, and what else stands around a name.

Nothing is split on a comma or a dash alone: what stands behind one is taken off where it is known to be a country, an
acronym of what stands before, a mark; everything else is the organization's own and stays in the name.
"""

from __future__ import annotations

import re
from itertools import pairwise

from signatories import names
from signatories.matching.letters import script
from signatories.reading import acronyms, headings, places, trimming
from signatories.reading.habits import BRACKETS, COMMA, DASH, Habits, may_be_city
from signatories.reading.known import Code, Kind, Row

LONGEST = 160  # characters of a name that nobody would wonder at
SPECIAL = re.compile(r"[^\w\s'’&.]|\.\s*$|_|[¹²³⁰-⁹]|www\.|\d$")
HALF_DASH = re.compile(
    rf"(?<=\w)[{trimming.DASHES}]\s+(?=\S+$)|\s+[{trimming.DASHES}](?=\w+$)"
)  # "Estudantes- UNE", "Estudantes -UNE"
BRACKET_DASH = re.compile(r"(?<=[)\]）])[-–](?=\w)")
SLASH = re.compile(r"\s+[/|]\s+")
COLON = re.compile(r"\s*[:：]\s+")
ROLE = re.compile(
    r"^(?:.{0,20}\b)?(?:secretariat|secretary|co-?ordinat\w+|convenor|convener|co-?chair|chair|host"
    r"|lead(?: organi[sz]ation)?|initiator|facilitator|observer|focal point|signatory|secretar[ií]a|coordina\w+"
    r"|coordenação|sekretariat|koordination|secrétariat|coordinat\w+|initiateur|iniciador\w*|member|members|membre|miembro"
    r"|mitglied)\b.{0,20}$"
    r"|^(?:事務局|代表|呼びかけ団体?|幹事(?:団体)?|사무국|간사단체|주관|أمانة|منسق\w*|секретариат|координатор)$",
    re.IGNORECASE,
)
WISH = re.compile(r"\b(?:do not|don['’]t|not (?:to be |be |for )?publi\w*|confidential\w*|anonym\w*)\b", re.IGNORECASE)


def read(row: Row, text: str, habits: Habits = Habits()) -> Row:  # noqa: B008 - frozen
    """Fill the row's name, acronym, country and the rest from `text`, which is tidy and without bullet or number."""
    if not SPECIAL.search(text) or len(text) > 2 * LONGEST:  # most names: nothing to take apart
        return _finished(row, text, habits.is_all_capitals)
    text = trimming.without_addresses(row, text)
    text = trimming.without_marks(row, BRACKET_DASH.sub(" – ", text))
    text = _described(row, text)
    text = _from_behind(row, text, habits)
    text = _from_inside(row, text)
    text = _from_the_front(row, text)
    if row.kind is Kind.INDIVIDUAL:
        text = _described_person(row, text)
    _wonder(row, text)
    return _finished(row, text, habits.is_all_capitals)


# --- Behind the name ---


def _described(row: Row, text: str) -> str:
    """Of "Wells – Kenya – water for all", the name; the country between dashes, and what follows as a note.

    A city may stand before the country: "Wells – Nairobi, Kenya – member".
    """
    if row.country or len(found := list(DASH.finditer(text))) < 2:
        return text
    for dash, following in pairwise(found):
        city, comma, country = text[dash.end() : following.start()].rpartition(",")
        if (not comma or may_be_city(city)) and _take_place(row, country):
            row.note = row.note or text[following.end() :].strip()
            if comma:
                row.because(Code.CITY, city.strip())
            return text[: dash.start()].strip()
    return text


def _from_behind(row: Row, text: str, habits: Habits) -> str:
    """Country, acronym, role and mark, as long as there is one at the end."""
    for _ in range(5):
        rest = (
            _bracket_off(row, text)
            or _comma_off(row, text, habits)
            or _dash_off(row, text, habits.has_dash_places)
            or _slash_off(row, text)
        )
        if not rest:
            break
        text = rest.rstrip(" ,،、–-")
    return text


def _bracket_off(row: Row, text: str) -> str:
    """Without the brackets at its end, or ""."""
    if text[-1:] not in tuple(")）]］】") or not (found := list(BRACKETS.finditer(text))):
        return ""
    last = found[-1]
    before = text[: last.start()].strip()
    if last.end() != len(text) or not before:
        return ""
    if _told_by_brackets(row, last[1].strip(), before):
        return before
    told, kept = script(before), last[1].strip()
    if kept and told != script(kept) and not row.second_name and len(kept) > 1 and not kept.isdigit():
        row.second_name = kept
        row.because(Code.OTHER_SCRIPT, kept)
        return before
    return ""


def _told_by_brackets(row: Row, inside: str, before: str) -> bool:
    """Whether the words in brackets say something known, which then stands in the row."""
    if not inside or ROLE.match(inside) or headings.TALK.search(inside) or WISH.search(inside):
        row.note = row.note or inside
        row.because(Code.ROLE, inside)
        return True
    if _take_place(row, inside, codes=len(inside) == 2 and not acronyms.fits(inside, before)):
        return True
    if _take_bracketed_acronym(row, inside, before):
        return True
    parts = [part for part in re.split(rf"\s*[,;/、،]\s*|{DASH.pattern}", inside) if part]
    if len(parts) == 2 and not row.country:
        for acronym, place in (parts, parts[::-1]):
            if places.code_of(place) and _is_bracketed_acronym(acronym, before):
                _take_place(row, place)
                row.acronym = acronym
                return True
    return False


def _take_place(row: Row, words_: str, *, codes: bool = False) -> bool:
    if row.country or not (code := places.code_of(words_, codes=codes and words_.isupper())):
        return False
    row.country, row.place = code, words_.strip()
    return True


def _is_bracketed_acronym(inside: str, before: str) -> bool:
    if acronyms.is_state(inside):
        return acronyms.is_one(inside, before)
    return acronyms.looks_like_one(inside) or acronyms.stands_for(inside, before)


def _take_bracketed_acronym(row: Row, inside: str, before: str) -> bool:
    inside = inside.strip(" \"'“”«»")
    if row.acronym or not inside or not _is_bracketed_acronym(inside, before):
        return False
    row.acronym = inside
    return True


def _comma_off(row: Row, text: str, habits: Habits) -> str:
    found = list(COMMA.finditer(text))
    if not found or not (before := text[: found[-1].start()].strip()):
        return ""
    behind = text[found[-1].end() :].strip()
    if trimming.is_legal_form(behind):
        return ""
    if _take_place(row, behind):
        return before
    if habits.has_cities and row.country and Code.CITY not in row.codes and may_be_city(behind):
        row.because(Code.CITY, behind)
        return before
    if not row.acronym and not acronyms.is_state(behind) and acronyms.stands_for(behind, before):
        row.acronym = behind
        return before
    return ""


def _dash_off(row: Row, text: str, has_dash_places: bool) -> str:
    found = list(DASH.finditer(text)) or list(HALF_DASH.finditer(text))
    if not found or not (before := text[: found[-1].start()].strip()):
        return ""
    is_half = not DASH.fullmatch(found[-1][0])
    behind = text[found[-1].end() :].strip()
    if not row.country and not is_half and (code := places.code_of(behind)):
        row.country, row.place = code, behind
        if has_dash_places or before.endswith((")", "]", "）")):  # the name had ended before
            return before
        row.because(Code.PLACE_KEPT, behind)
        return ""
    if not row.acronym and acronyms.is_one(behind, before):
        if acronyms.is_one(before, behind):  # "ABC – DEF" says nothing
            return ""
        row.acronym = behind
        return before
    return ""


def _slash_off(row: Row, text: str) -> str:
    """ "Wells / Kenya"; other words behind may be the name in another language."""
    found = list(SLASH.finditer(text))
    if not found or not (before := text[: found[-1].start()].strip()):
        return ""
    return before if _take_place(row, text[found[-1].end() :]) else ""


def wonder_where(row: Row) -> Row:
    """Ask which country is meant where what was written for it is the name of two."""
    if row.country and places.is_ambiguous(row.place):
        row.because(Code.PLACES, row.place)
    return row


# --- Inside and before the name ---


def _from_inside(row: Row, text: str) -> str:
    """The acronym in brackets that a legal form or an institution follows: "Verband (BVD) e.V."."""
    for found in BRACKETS.finditer(text):
        before, inside = text[: found.start()].strip(), found[1].strip()
        if before and _take_bracketed_acronym(row, inside, before):
            behind = text[found.end() :]
            if _begins_another(behind):
                row.because(Code.MAYBE_MERGED)
            return f"{before}{'' if COMMA.match(behind) else ' '}{behind.strip()}"
    return text


def _begins_another(behind: str) -> bool:
    """Whether words follow the acronym that are no legal form, and that no comma or small word leads to."""
    told = behind.split()
    return len(told) > 1 and told[0][0].isupper() and not trimming.is_legal_form(behind) and not places.code_of(behind)


def _from_the_front(row: Row, text: str) -> str:
    for mark in (DASH, COLON, COMMA) if not row.acronym else ():
        if not (found := mark.search(text)):
            continue
        front, rest = text[: found.start()].strip(), text[found.end() :].strip()
        if (
            front
            and rest
            and not trimming.is_legal_form(rest)
            and (acronym := _front_acronym(front, rest, mark is DASH))
        ):
            row.acronym = acronym
            is_known = acronyms.stands_for(acronym, rest)
            if not is_known or acronym != front:
                row.because(Code.ACRONYM, acronym)
            is_apart = acronym == front and (is_known or mark is not COMMA)
            return rest if is_apart else text  # "ISUR, Universidad del Rosario" is ISUR's whole name
    return text


def _front_acronym(front: str, rest: str, is_dash: bool) -> str:
    """The acronym before the mark: all that stands there, or the last word before a dash; "" for none."""
    if " " not in front:
        is_one = acronyms.is_capitals(front) and not acronyms.is_state(front)
        return front if is_one or acronyms.stands_for(front, rest) else ""
    last = front.rsplit(None, 1)[-1]
    return last if is_dash and last[0].isupper() and acronyms.stands_for(last, rest) else ""


def _described_person(row: Row, text: str) -> str:
    """The person's name; title and affiliation become the role."""
    found = COMMA.search(text) or DASH.search(text)
    if not found or not text[: found.start()].strip():
        return text
    row.role = row.role or text[found.end() :].strip()
    return text[: found.start()].strip()


def _wonder(row: Row, text: str) -> None:
    """Say what was left in the name and could have been something else."""
    for code, mark in ((Code.COMMA, COMMA), (Code.DASH, DASH), (Code.COLON, COLON), (Code.BRACKETS, BRACKETS)):
        if found := mark.search(text):
            behind = text[found.end() :].strip() if code is not Code.BRACKETS else found[1].strip()
            if not trimming.is_legal_form(behind) and row.place != behind:
                row.because(code, behind)
    if " / " in text or " | " in text or "\t" in text:
        row.because(Code.SLASH)


def _finished(row: Row, text: str, is_all_capitals: bool) -> Row:
    row.organization = text.strip()
    is_alone = not row.acronym and not row.second_name and not is_all_capitals
    if is_alone and " " not in row.organization and acronyms.is_capitals(row.organization):
        row.acronym = row.organization
    if len(row.organization) > LONGEST:
        row.because(Code.LONG)
    try:
        names.printable(row.organization)
    except names.Unprintable as flaw:
        row.because(Code.UNPRINTABLE, flaw.found)
    return row
