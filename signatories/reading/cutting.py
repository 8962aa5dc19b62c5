"""Lines that hold several entries: sentences, and lists on one line; merging.py has two lines that a paste made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from signatories.matching import words
from signatories.matching.letters import plain
from signatories.reading import conjunctions, headings, merging, places, trimming
from signatories.reading.conjunctions import AND, ARABIC_INNER_AND, ARTICLE, LEADING_AND
from signatories.reading.known import MOST_ROWS, Code
from signatories.reading.refusals import Refusal, Unreadable

OPENS, CLOSES = "([（［«“„「『【", ")]）］»”“」』】"
SEPARATORS = (";؛；", "|｜¦", "•·▪●■◦", "、", "،", ",，")  # the first that a line has enough of
SOFT = SEPARATORS[3:]  # these stand in names, too
MANY = 4  # commas for each other mark, from which on the commas separate
MANY_TOLD = 3  # of them behind which no country stands
FEW = 3  # lines of a text, up to which one of them may be the whole list
LEAST_OF_A_HEAP = 5  # words
LEAST_OF_A_CLAUSE = 4  # words
LONG_ITEM = 75  # characters on average, beyond which commas separate clauses
LEAD = re.compile(r"^(.{3,}?[:：])\s*(?=\S)")
NEXT_PLACE = re.compile(r"[;；|•.]\s*([^\W\d_][^;；|•.:：]{1,40})[:：]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    code: Code | None = None  # how it was cut out
    heading: headings.Heading | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Of the whole text: how many entries it has before cutting, and how long they are."""

    count: int
    length: float
    barred: int  # of 100 have a vertical bar
    ended: int  # of 100 have a separator at their end

    @classmethod
    def of(cls, texts: Sequence[str]) -> Measure:
        count = max(1, len(texts))
        return cls(
            len(texts),
            median(len(text) for text in texts) if texts else 0,
            100 * sum(" | " in text for text in texts) // count,
            100 * sum(text[-1:] in tuple(",;،؛、；，") for text in texts) // count,
        )


def pieces(text: str, measure: Measure, count: int = 0) -> list[Piece]:
    """The entries that one line holds, one piece for most lines. `count` is the number that stood before it."""
    if not _may_hold_several(text):
        return [_doubted(text, measure)]
    lead, rest = _without_lead(text)
    if places.code_of(lead):
        return [piece for under in _by_place(text) for piece in _under_place(under, measure)]
    items = _separated(rest, measure, is_led=bool(lead))
    if len(items) > 1:
        led = [Piece(lead, None, headings.Heading(Code.HEADING))] if lead else []
        return led + items
    text = items[0].text if items else text  # with a country that went back to its name
    merged = merging.cut(text, count)
    return [Piece(one, Code.MERGED) for one in merged] if len(merged) > 1 else [_doubted(merged[0], measure)]


def _may_hold_several(text: str) -> bool:
    return len(text) > 12 and (
        any(mark in text for marks in SEPARATORS for mark in marks) or bool(MERGING.search(text))
    )


MERGING = re.compile(r"\w[:：]\s|[)）\]]\s+\S|\s[-–—]\s|\t|(?:^|\s)\(?\d{1,3}[.)]\s")


def _without_lead(text: str) -> tuple[str, str]:
    """("Signed by:", the rest), where the words before a colon are about a list and not an acronym."""
    if found := headings.UNDERSIGNED.match(text):
        return found[1].strip(), text[found.end() :]
    found = LEAD.match(text)
    if found and places.code_of(found[1]):
        return found[1].strip(), text[found.end() :]
    if not found or not (headings.LISTED.search(found[1]) or len(found[1].split()) >= 5):
        return "", text
    return found[1].strip(), text[found.end() :]


def _by_place(text: str) -> list[str]:
    """ "Kenya: Pond Aid, Lake Aid; Peru: Spring Aid", cut before each country that a colon follows."""
    found = [one for one in NEXT_PLACE.finditer(text) if places.code_of(one[1])]
    starts, ends = [0, *(one.start(1) for one in found)], [*(one.start() for one in found), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _under_place(text: str, measure: Measure) -> list[Piece]:
    lead, rest = _without_lead(text)
    above = Piece(lead, None, headings.Heading(Code.PLACE_HEADING, places.code_of(lead), lead.strip(" :：")))
    return [above, *(_separated(rest, measure, is_led=True) or [_doubted(rest, measure)])]


# --- Lists on one line ---


def _separated(text: str, measure: Measure, *, is_led: bool) -> list[Piece]:
    """`is_led`: words before it said that a list follows."""
    strays = ""
    for marks in SEPARATORS:
        parts = _parts(text, marks)
        if len(parts) > 1 and strays:
            parts = _parts(text, marks + strays)
        if len(parts) > MOST_ROWS:
            raise Unreadable(Refusal.TOO_MANY_ROWS, MOST_ROWS)
        if len(parts) > 1 and _are_strays(parts, marks, measure):
            strays += marks
        elif len(parts) > 1 and (is_led or _is_list(parts, marks, text, measure)):
            return _tidied(parts, marks, Code.RUNNING if measure.count <= FEW or len(parts) > FEW else Code.MERGED)
    return []


def _are_strays(parts: Sequence[str], marks: str, measure: Measure) -> bool:
    """A mark of another kind among many commas, which are what separates there."""
    others, commas = len(parts) - 1, [one for part in parts for one in _behind_commas(part)]
    if marks in SOFT or (len(commas) < MANY * others and len(_told(commas)) < MANY_TOLD * others):
        return False
    if measure.count <= FEW:
        return True
    text = f"{marks[0]} ".join(parts)
    return any(_is_list(_parts(text, marks + soft), soft, text, measure) for soft in SOFT)


def _behind_commas(part: str) -> list[str]:
    return [one for soft in SOFT for one in _parts(part, soft)[1:]]


def _told(parts: Sequence[str]) -> list[str]:
    """Those that are no country and no legal form."""
    return [one for one in parts if not places.code_of(one) and not trimming.is_legal_form(one)]


def _parts(text: str, marks: str) -> list[str]:
    """Cut at the marks that stand in no brackets and no quotes."""
    if not any(mark in text for mark in marks):
        return [text]
    found, start, depth = [], 0, 0
    for place, char in enumerate(text):
        if char in OPENS:
            depth += 1
        elif char in CLOSES:
            depth = max(0, depth - 1)
        elif char in marks and not depth and not _is_inside_word(text, place):
            found.append(text[start:place].strip())
            start = place + 1
    return [part for part in [*found, text[start:].strip()] if part]


def _is_inside_word(text: str, place: int) -> bool:
    """1,000 and Barcelona·laboral"""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return text[place] in ",·" and len(around) == 2 and (around.isdigit() or (text[place] == "·" and around.isalpha()))


def _is_list(parts: Sequence[str], marks: str, text: str, measure: Measure) -> bool:
    separators = len(parts) - 1
    if marks not in SOFT:
        is_habit = measure.barred >= 50 if "|" in marks else True
        return is_habit or separators >= 3 or measure.count <= FEW
    if measure.count <= FEW:
        return separators >= 2 and len(text) / len(parts) <= LONG_ITEM and not _is_one_name(parts)
    return separators >= 5 and len(text) > max(150, 3 * measure.length) and len(text) / len(parts) <= LONG_ITEM


def _is_one_name(parts: Sequence[str]) -> bool:
    """A name with country or legal form behind commas, though there are few lines to tell it from a list."""
    return len(_told(parts[1:])) < 2 and len(parts) <= 4


def _tidied(parts: Sequence[str], marks: str, code: Code) -> list[Piece]:
    """Countries, legal forms and clauses go back to the name they stood behind; "and" is taken off the last one."""
    found: list[str] = []
    doubted: dict[str, Code] = {}
    parts, clause = _without_clause(parts, marks)
    for at, part in enumerate(parts):
        is_soft = marks in SOFT
        goes_back = places.code_of(part) or (is_soft and (trimming.is_legal_form(part) or _is_clause(part)))
        if found and goes_back:
            found[-1] += f"{marks[0] if is_soft else ','} {part}"
        elif found and marks in SOFT and at + 1 < len(parts) and _ends_enumeration(found[-1], part):
            found[-1] += f"{marks[0]} {part}"
            doubted[found[-1]] = Code.AND
        elif marks not in SOFT and len(whole := _with_places(part)) > 1:
            found += whole
            doubted |= dict.fromkeys(whole, Code.MERGED)
        else:
            found.append(part)
            if (
                marks not in SOFT and len(_told(_behind_commas(part))) > 1
            ):  # what separates here, may separate elsewhere in it
                doubted[part] = Code.MAYBE_MERGED
    found[-1] = _without_stop(found[-1])
    items = [conjunctions.without_and(one) for one in found]
    is_open = items[-1] == found[-1] or bool(ARABIC_INNER_AND.search(items[-1]))  # no "and" has been told yet
    last = conjunctions.at_and(items[-1]) if is_open and marks in SOFT else [items[-1]]
    done = [Piece(one, doubted.get(one, code)) for one in items[:-1]]
    return done + [Piece(one, Code.AND if len(last) > 1 else doubted.get(one, code)) for one in last] + clause


def _with_places(part: str) -> list[str]:
    """ "Pond Aid (Peru), Lake Aid (Chile)" between other marks: each ends as an entry does."""
    for soft in SOFT:
        found = _parts(part, soft)
        if len(found) > 1 and all("(" in one and places.code_of(one.rpartition("(")[2].rstrip(")")) for one in found):
            return found
    return [part]


def _without_clause(parts: Sequence[str], marks: str) -> tuple[Sequence[str], list[Piece]]:
    """Without what a sentence goes on with behind its list: "call on the Council to act"."""
    told = parts[-1].split()
    is_one = marks in SOFT and len(parts) > 2 and len(told) >= LEAST_OF_A_CLAUSE and told[0].isalpha()
    if not is_one or not told[0].islower() or LEADING_AND.match(parts[-1]) or ARTICLE.match(parts[-1]):
        return parts, []
    return parts[:-1], [Piece(parts[-1], None, headings.Heading(Code.SENTENCE))]


def _without_stop(last: str) -> str:
    """The full stop of a sentence is no part of its last name; that of an abbreviation is."""
    word = last.rsplit(None, 1)[-1]
    return last[:-1] if last.endswith(".") and "." not in word[:-1] and not trimming.is_legal_form(word) else last


def _ends_enumeration(before: str, part: str) -> bool:
    """ "Centre for Law | Rivers and Justice", in the midst of a list: one name."""
    and_, told = AND.search(part), [plain(word) for word in before.split()]
    is_body = any(word in words.kinds() or word in words.synonyms() for word in told[:2])
    return is_body and bool(and_) and len(part.split()) <= 4 and any(word in words.small() for word in told[1:-1])


def _is_clause(part: str) -> bool:
    first, _, rest = part.partition(" ")
    is_one = bool(rest) and first.islower() and plain(first) in words.small()
    return is_one and not LEADING_AND.match(part) and not (ARTICLE.match(part) and rest[0].isupper())


def _doubted(text: str, measure: Measure) -> Piece:
    """One entry, with a doubt where a second kind of body begins in its middle with nothing that leads to it, or where
    more words follow each other than names have without a small one."""
    text = " ".join(text.split())
    if _is_heap(text, measure) or merging.may_be_two(text):
        return Piece(text, Code.MAYBE_MERGED)
    for found in merging.BODY_INSIDE.finditer(text):
        before = text[: found.start()]
        last = before.rsplit(None, 1)[-1].strip("\"'“«(")
        is_led = plain(last) in words.small() or last[-1:] in tuple(",:;-–—/|&،") or not last[-1:].isalnum()
        if not is_led and len(before.split()) > 1 and last != last.lower() and plain(last) not in words.kinds():
            return Piece(text, Code.MAYBE_MERGED)
    return Piece(text)


def _is_heap(text: str, measure: Measure) -> bool:
    """Five words with capitals and more, on a line that is longer than most, and none that joins them."""
    told = text.split()
    return (
        measure.count > FEW
        and len(told) >= LEAST_OF_A_HEAP
        and 2 * len(text) >= 3 * measure.length
        and text != text.upper()
        and all(word.isalpha() and word[0].isupper() and plain(word) not in words.small() for word in told)
    )
