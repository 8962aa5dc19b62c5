"""Which line is what. Recognition only proposes: the coordinator sees every piece with its role and may change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from letters.intake import cues, dating, framing, recipients
from letters.intake.lines import END_MARK, SENTENCE_END, Line, columns

FIRST_LINES = 8  # among which headline, title and date may share a line
LONGEST_DATELINE = 100  # columns
LONGEST_LABELLED = 400
LONGEST_PLACE = 50
KIND = re.compile(
    r"\b(?:letter|statement|appeal|declaration|call|petition|submission|lettre|déclaration|communiqué|appel|carta|declaración"
    r"|comunicado|declaração|nota|brief|erklärung|stellungnahme|aufruf|lettera|письмо|заявление|обращение|barua|mektup)\b"
    r"|رسالة|بيان|نداء|公开信|声明|公開書簡|공개서한|성명",
    re.IGNORECASE,
)
DATE_BEHIND = re.compile(r"\s*(?:[–—|(,،:-]\s*)+$")


def parted(lines: Sequence[Line], language: str) -> list[Line]:
    """Headline, title and date that stand in one line, as lines of their own."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        is_first = at < FIRST_LINES and not line.is_solid and not line.role
        if not is_first or SENTENCE_END.search(line.text) or line.columns > 2 * framing.LONGEST_TITLE:
            found.append(line)
            continue
        for part in _without_headline(line):
            found += _without_date(part, language)
    return found


def _without_headline(line: Line) -> list[Line]:
    """A count of organizations and what they do, before the name of the document: "60 groups urge … Joint letter"."""
    if not (count := cues.COUNT.match(line.text)):
        return [line]
    document = next((one for one in cues.DOCUMENT.finditer(line.text, count.end()) if one[0][0].isupper()), None)
    if not document or line.text[document.start() - 1] != " ":
        return [line]
    start = document.start()
    return [replace(line.cut(0, start), role="headline"), replace(line.cut(start), role="title")]


def _without_date(line: Line, language: str) -> list[Line]:
    dated = None if is_dateline(line, language) or line.columns < 20 else dating.find(line.text, language)
    if not dated or line.text[dated.end :].strip(" )].") or not (cut := DATE_BEHIND.search(line.text[: dated.start])):
        return [line]
    title, when = line.cut(0, cut.start()), line.cut(dated.start, dated.end)
    return [title, replace(when, role="dateline")]


def is_dateline(line: Line, language: str) -> bool:
    """Nothing but a date, and perhaps a place."""
    if line.is_solid or line.columns > LONGEST_DATELINE or not (dated := dating.find(line.text, language)):
        return False
    before, after = dating.around(line.text, dated)
    place = f"{before} {after}".strip()
    if columns(place) > LONGEST_PLACE or len(place.split()) > 6 or KIND.search(place) or cues.RE.match(line.text):
        return False
    return not place[:1].islower() and not any(char.isdigit() for char in place) and not SENTENCE_END.search(place)


def assigned(lines: Sequence[Line], language: str) -> list[Line]:
    """Every line with its role; those that have one keep it."""
    frame = framing.frame(lines)
    head = _head(lines[: frame.greeting], language, is_letter=frame.head > frame.greeting)
    greeting = [_as("salutation", line) for line in lines[frame.greeting : frame.head]]
    has_title = any(line.role == "title" for line in head)
    middle = _middle(lines[frame.head : frame.tail], has_title)
    closing = [_as("closing", line) for line in lines[frame.tail : frame.closing_end]]
    has_date = any(line.role == "dateline" for line in head)
    return [*head, *greeting, *middle, *closing, *_tail(lines[frame.closing_end :], language, has_date)]


def _as(role: str, line: Line) -> Line:
    return line if line.role else replace(line, role=role)


def _head(lines: Sequence[Line], language: str, is_letter: bool) -> list[Line]:
    found = list(_labelled(lines, language))
    found = list(_addressed(found)) if is_letter else found
    has_title = any(line.role == "title" for line in found)
    runs = [list(run) for _, run in groupby(found, key=lambda line: (line.group, line.role))]
    chosen = -1 if has_title else _title(runs, is_letter)
    result: list[Line] = []
    for at, run in enumerate(runs):
        role = run[0].role or ("title" if at == chosen else _beside_title(run, is_letter))
        result += [_as(role, line) for line in run]
    if not any(line.role == "title" for line in result):
        result = [replace(line, role="title") if line.role == "headline" else line for line in result]
    return result


def _labelled(lines: Sequence[Line], language: str) -> Iterator[Line]:
    """What says itself what it is, with the lines that belong to it."""
    label, group, text = "", -1, ""
    for line in lines:
        role = line.role or _label(line, language)
        is_next = line.group == group and not cues.DOCUMENT.match(line.text)
        if not role and label and (is_next or _is_lone_label(text)):
            role = label
        label, group, text = (role if role in ("to", "cc", "re") else ""), line.group, line.text
        yield replace(line, role=role)


def _addressed(lines: Sequence[Line]) -> Iterator[Line]:
    """An address written as Word files have it, each of its lines a paragraph: they are one block."""
    group = -1  # of the address that these lines belong to
    for line in lines:
        if not line.role and recipients.HONORIFIC.match(line.text) and line.columns <= LONGEST_DATELINE:
            group = line.group
        elif group >= 0 and line.group != group and not _goes_on(line):
            group = -1
        yield line if group in (-1, line.group) else replace(line, role="to", group=group)


def _goes_on(line: Line) -> bool:
    """Can it be the next line of an address: an office, a body, a street, "Maji House, Nairobi"?"""
    if line.role or not line.is_words or line.columns > LONGEST_DATELINE or END_MARK.search(line.text):
        return False
    if framing.is_bold(line) or KIND.search(line.text) or recipients.is_addressee(line.text):
        return False
    is_place = "," in line.text and all(not word[:1].islower() for word in line.text.split())
    return is_place or recipients.is_office_or_body(line.text)


def _label(line: Line, language: str) -> str:
    if line.is_solid or line.columns > LONGEST_LABELLED:
        return ""
    for role, cue in (("re", cues.RE), ("cc", cues.CC), ("to", cues.TO), ("to", cues.TO_PHRASE)):
        if cue.match(line.text):
            return role
    if is_dateline(line, language):
        return "dateline"
    return "headline" if cues.COUNT.match(line.text) else ""


def _is_lone_label(text: str) -> bool:
    return any(cue.fullmatch(text) for cue in (cues.TO, cues.CC, cues.RE))


def _title(runs: list[list[Line]], is_letter: bool) -> int:
    """Which run of lines is the title: one that names a document or looks like a heading, or the first that can be."""
    free = [at for at, run in enumerate(runs) if not run[0].role and not _is_address(run, is_letter)]
    for at in free:
        first = runs[at][0]
        if first.is_heading or framing.is_bold(first) or KIND.search(first.text):
            return at
    return free[0] if free else -1


def _is_address(run: list[Line], is_letter: bool) -> bool:
    first = run[0]
    if recipients.is_addressee(first.text):
        return True
    if not is_letter or len(run) == 1 or first.is_heading or framing.is_bold(first) or KIND.search(first.text):
        return False
    said = sum(recipients.is_office_or_body(line.text) for line in run)
    return 2 * said >= len(run) and not run[1].text[:1].islower()


def _beside_title(run: list[Line], is_letter: bool) -> str:
    first = run[0]
    if first.is_solid:
        return "body"
    if _is_address(run, is_letter) or (is_letter and recipients.is_office_or_body(first.text)):
        return "to"
    return "title" if first.is_heading or framing.is_bold(first) else "body"


def _middle(lines: Sequence[Line], has_title: bool) -> list[Line]:
    """The text; a title and a Re line may stand below the greeting."""
    found = list(lines)
    for at, line in enumerate(found[:2]):
        if line.role or line.is_solid or line.columns > framing.LONGEST_TITLE or SENTENCE_END.search(line.text):
            break
        if cues.RE.match(line.text):
            found[at] = replace(line, role="re")
        elif (
            not has_title
            and not END_MARK.search(line.text)
            and (line.is_heading or framing.is_bold(line) or cues.DOCUMENT.match(line.text))
        ):
            found[at] = replace(line, role="title")
            has_title = True
    return [_as("body", line) for line in found]


def _tail(lines: Sequence[Line], language: str, has_date: bool) -> Iterator[Line]:
    """What follows the closing: copies, a date, who signs; and paragraphs that are text again."""
    copied, listed = -1, False
    for line in lines:
        if line.role:
            yield line
        elif framing.is_heading_of_signatories(line) and not listed:
            listed = True
            yield replace(line, role="dropped")
        elif not listed and _label(line, language) == "cc":
            copied = line.group
            yield replace(line, role="cc")
        elif copied == line.group:
            yield replace(line, role="cc")
        elif not listed and not has_date and is_dateline(line, language):
            has_date = True
            yield replace(line, role="dateline")
        elif not listed and line.columns > framing.LONGEST_NAME and SENTENCE_END.search(line.text):
            yield replace(line, role="body")
        else:
            yield replace(line, role="signatories")
