"""From what was pasted to blocks: is it HTML or plain text, and what in plain text is a list, a heading, a break."""

from __future__ import annotations

import re

from letters import body
from letters.body import reading
from letters.body.leftovers import BULLETS
from letters.body.model import Block
from letters.intake import tables
from letters.intake.lines import END_MARK
from letters.intake.pieces import Repair

TAGS = (
    "html body head meta p div span br hr h1 h2 h3 h4 h5 h6 b i u a strong em sup sub font ul ol li table tbody tr td"
    " th blockquote pre section article header footer script style iframe img svg form input button object embed video"
)
# With attributes only where they look like some: "if a<b and c>d" is no tag.
TAG = re.compile(rf"<(?:!doctype|!--|(?:{'|'.join(TAGS.split())})(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>)", re.IGNORECASE)
MOST_LINES = 10_000  # that are told apart
WIDE = 60  # characters, beyond which a line may have been broken
LINE_END = re.compile(r"\r\n|[\r\v\x1c-\x1e\x85\u2028]")
DIVIDED = re.compile(r"[\x02\ufffe]\n?(?=\S)")  # how PDFium, and with it Chrome, copies a hyphen that ended a line
PAGE_END = re.compile(r"[\f\u2029]")
RULE = re.compile(r"^\s*([-=_*~#–—])(?:\s*\1){2,}\s*$")
BULLET = re.compile(rf"^(\s*)(?:[{BULLETS}]\s*|[-–—*+]\s+(?!\d+\s*[-–—]\s*$)|o\s{{2,}})(?=\S)")
NUMBER = re.compile(r"^(\s*)(\d{1,2})([.)])\s+(?=\S)")
HEADING = re.compile(r"^#{1,6}\s+\S")
NOTE = re.compile(r"^\[\^[^\]\s]{1,20}\]:")
QUOTED = re.compile(r"^\s{0,3}>")
# Marks of the site's own plain text that stay; all others are words. `*italic*` must look like it.
MARKED = re.compile(
    r"(\\(?:$|(?=[!-/:-@\[-`{-~]))|\*\*+|(?<![\w*])\*(?=[^\s*])[^*\n]{0,300}[^\s*]\*(?![\w*])|\[\^[^\]\s]{1,20}\]"
    r"|\[[^\[\]\n]{1,300}\]\([^()\s]{1,2000}\))|([*\[\\])"
)
OPENER = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+>]|#{1,6}(?:\s|$)))")
SETTLED = re.compile(r"[:：;؛,،.)\]]\s*$")


def is_html(source: str) -> bool:
    return bool(TAG.search(source))


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a body; raises nothing. Every line end of plain text is a line break in its paragraph."""
    html = tables.in_rows(source) if is_html(source) else body.from_text(marked_up(lines_of(source)))
    return reading.read(html)


def lines_of(text: str) -> list[str]:
    text = DIVIDED.sub("-\n", LINE_END.sub("\n", text))
    return PAGE_END.sub("\n\n", text).expandtabs(4).split("\n")


def marked_up(lines: list[str]) -> str:
    """Plain text as letters.body.markdown reads it, and nothing in it a mark that was not meant as one."""
    out = ""
    before, in_list = "", False  # the line before, as it was
    for line, after in zip(lines[:MOST_LINES], [*lines[1:MOST_LINES], ""], strict=False):
        if not line.strip() or RULE.match(line):
            out += "\n\n" if before else ""
            before = ""
            continue
        opens, text = _line(line, before, after, in_list)
        is_in_item = _goes_on(before, line) if before else text.startswith(" ")
        is_apart = opens or HEADING.match(before) or (in_list and not is_in_item)
        in_list = opens == "list" or (in_list and is_in_item)
        if before:
            out += "\n\n" if is_apart else "\n" if QUOTED.match(line) or out.endswith("\\") else "\\\n"
        out += text
        before = line
    return out + "\n" + OPENER.sub(r"\1\\", _escaped(" ".join(" ".join(lines[MOST_LINES:]).split())))


def _line(line: str, before: str, after: str, in_list: bool) -> tuple[str, str]:
    """What the line opens, "" if nothing, and the line as Markdown."""
    for marker, replacement in ((BULLET, r"\1- "), (NUMBER, r"\1\2\3 ")):
        if (found := marker.match(line)) and _begins_item(marker, before, after, in_list):
            return "list", found.expand(replacement) + _escaped(line[found.end() :])
    if HEADING.match(line):
        return "heading", _escaped(line)
    if NOTE.match(line):
        return "note", _escaped(line)
    if QUOTED.match(line):
        return ("" if QUOTED.match(before) else "quote"), _escaped(line)
    words = line.strip()
    indent = len(line) - len(line.lstrip())
    is_in_item = in_list and not before and 2 <= indent <= 6  # deeper is a date or a name set to the right
    return "", (" " * indent if is_in_item else "") + OPENER.sub(r"\1\\", _escaped(words))


def _goes_on(before: str, line: str) -> bool:
    """Is this still the point of the list, with no empty line to tell?"""
    is_wide = len(before) >= WIDE and not END_MARK.search(before)
    return line[:1].isspace() or line[:1].islower() or is_wide or before.endswith("\\")


def _begins_item(marker: re.Pattern[str], before: str, after: str, in_list: bool) -> bool:
    """A dash or a number may also begin a line by chance, in the middle of a sentence."""
    return not before or in_list or bool(SETTLED.search(before) or marker.match(before) or marker.match(after))


def _escaped(text: str) -> str:
    return MARKED.sub(lambda mark: mark[1] or "\\" + mark[2], text.rstrip())


LEFT = {
    "images": re.compile(r"<(?:img|svg|picture)\b", re.IGNORECASE),
    "tables": re.compile(r"<table\b", re.IGNORECASE),
    "dropped_markup": re.compile(
        r"<(?:script|iframe|object|embed|applet|form|input|button|video|audio)\b|\son[a-z]{3,20}\s*=", re.IGNORECASE
    ),
}


def left_behind(source: str) -> list[Repair]:
    """What HTML brought along that a letter has no place for."""
    if not is_html(source):
        return []
    counts = {kind: len(pattern.findall(source)) for kind, pattern in LEFT.items()}
    return [Repair(kind, count) for kind, count in counts.items() if count]
