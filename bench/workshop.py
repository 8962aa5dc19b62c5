"""What reading, comparing and writing letters costs: `python -m bench.workshop`.

One JSON object on standard output. Each work is paired, in turn in the same run, with what it cannot do without:

* paste: 300 KB of hostile HTML read and recognized; against the standard library's HTML parser walking the same bytes.
* redline: two bodies of 20,000 words, every tenth paragraph rewritten; against difflib on the words of each paragraph.
* docx: a letter with 750 names written; against python-docx writing one plain paragraph for each line.

Processor seconds are medians; the ratio is the median of the pairs.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
from collections.abc import Callable
from difflib import SequenceMatcher
from html.parser import HTMLParser
from statistics import median
from typing import Any

import django

from bench import invented
from bench.pdf import invented_document, timed

ROUNDS = 7
PARAGRAPHS, WORDS = 200, 100


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps({"paste": paste(), "redline": redline(), "docx": docx()}))


def paired(name: str, work: Callable[[], Any], floor: Callable[[], Any]) -> dict[str, float]:
    work(), floor()  # what is imported or compiled once is nobody's cost
    ours, theirs, ratios = [], [], []
    for _ in range(ROUNDS):
        seconds, _result = timed(work)
        floor_seconds, _result = timed(floor)
        ours.append(seconds)
        theirs.append(floor_seconds)
        ratios.append(seconds / floor_seconds)
    print(f"{name}: {median(ours):.3f} s, floor {median(theirs):.3f} s", file=sys.stderr)
    found = {"seconds": median(ours), "floor_seconds": median(theirs), "ratio": median(ratios)}
    return {key: round(value, 3) for key, value in found.items()}


def paste() -> dict[str, float]:
    from letters import intake

    source = hostile()
    return paired("paste", lambda: intake.assemble(intake.read(source).pieces), lambda: HTMLParser().feed(source))


def hostile() -> str:
    """300 KB of what nobody should paste, with a paragraph of words in every piece of it."""
    words = " ".join(invented.body().split()[:40]).replace("<", "").replace(">", "")
    piece = (
        f'<table><tr><td onclick="steal()"><table><td><p style="{"x" * 400}">{words}</p></table>'
        '<script>document.write("<p>")</script><img src="data:image/svg+xml,<svg/onload=x>"><a href="javascript:x">'
        "here</a><style>p{display:none}</style></td></tr></table>"
    )
    return piece * (300_000 // len(piece) + 1)


def redline() -> dict[str, float]:
    from letters import changes

    old, new = bodies()
    pairs = list(zip(*(changes.units(body) for body in (old, new)), strict=True))

    def floor() -> None:
        for one, other in pairs:
            SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).get_opcodes()

    return paired("redline", lambda: changes.redline(old, new), floor)


def bodies() -> tuple[str, str]:
    luck = random.Random(5)
    stock = [
        f"{start}{end}" for start in ("ri", "ba", "to", "me", "su") for end in ("ver", "nk", "wns", "adow", "mmer")
    ]
    old = [[luck.choice(stock) for _ in range(WORDS)] for _ in range(PARAGRAPHS)]
    new = [
        [luck.choice(stock) if luck.random() < 0.1 else word for word in paragraph] if not number % 10 else paragraph
        for number, paragraph in enumerate(old)
    ]
    first, second = ("".join(f"<p>{' '.join(words)}</p>" for words in paragraphs) for paragraphs in (old, new))
    return first, second


def docx() -> dict[str, float]:
    from docx import Document

    from letters import docx as ours

    document = invented_document(750)
    lines = [line.name for group in document.roll.groups for line in group.lines]

    def floor() -> None:
        plain = Document()
        for line in lines:
            plain.add_paragraph(line)
        plain.save(io.BytesIO())

    return paired("docx", lambda: ours.write(document), floor)


if __name__ == "__main__":
    main()
