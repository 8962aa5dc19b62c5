"""Words divided at the end of a line: is the hyphen the typesetter's, or does it belong to the word?

The rule, in this order. A hidden hyphen (U+00AD) is the typesetter's. The hyphen stays in addresses of the web; before
"and" in any language we know ("short- and long-term"), with a space; before a capital or a digit; and in a word that
has one already ("state-of-the-art"). Then the text itself is asked: the form, with or without, that it uses elsewhere
wins, with the more frequent one if it uses both. Then the parts: after a prefix that English and French hyphenate
("non-governmental"), before a common second part ("evidence-based"), or if both parts are words elsewhere
("asset-freezes"), the hyphen stays. What is left depends on the page: where hardly any line ends with a hyphen, nobody
divided words there and it belongs to the word; otherwise only the typesetter divided it, "viola-tions".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

RARELY = 25  # lines to one divided word; typesetters who divide do so in every tenth line
HYPHENS = "-\u2010\u2011"
SOFT_HYPHEN = "\u00ad"
ENDS = (*HYPHENS, SOFT_HYPHEN)
LAST_WORD = re.compile(rf"(\S{{0,60}}?)([{HYPHENS}{SOFT_HYPHEN}])$")
FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[-‐‑][^\W\d_]+)*")
WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
LETTERS = re.compile(r"[^\W\d_]+$")
PREFIXES = set(
    "all anti cross ex half high ill inter long low mid multi non post pre pro quasi self semi short well vice"
    " après avant contre demi sous mi grand".split()
)
SECONDS = set(
    "based building finding free holders keeping level makers making oriented owned related sharing specific sponsored"
    " term wide".split()
)
# First parts that English writes together with the second, words though both may be.
FUSED = set("down every fore here inter more other over some there under what when where with".split())
AND = set("and or to und oder bis et ou y o e i en of och og eller и или".split())


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """How often each word, in small letters, stands in the text; compounds whole and in parts, divided words not."""
    words: Counter[str] = Counter()
    is_divided = False  # the line before, at its end
    for line in filter(None, lines):
        text = FIRST_WORD.sub("", line, count=1) if is_divided else line
        is_divided = text[-1:] in ENDS
        text = text.rpartition(" ")[0] if is_divided else text
        for word in WORD.findall(text.casefold().replace("\u2010", "-").replace("\u2011", "-")):
            words[word] += 1
            if "-" in word:
                words.update(word.split("-"))
    return words


def joint(before: str, after: str, words: Counter[str], is_dividing: bool) -> tuple[int, str] | None:
    """How two lines meet at a hyphen: how many characters of the first go, and what comes between them.

    None if the first does not end with a hyphen inside a word. `words` is the vocabulary of the whole text;
    `is_dividing` whether words are divided in it as a rule (see `divides`).
    """
    last, first = LAST_WORD.search(before[-80:]), FIRST_WORD.match(after)
    if not last or not last[1] or not last[1][-1].isalnum():
        return None
    stem = LETTERS.search(last[1])
    if last[2] == SOFT_HYPHEN:
        return 1, ""
    if not first or not stem or not first[0][0].islower() or "/" in last[1] or "@" in last[1]:
        return 0, ""
    head, tail = stem[0].casefold(), first[0].casefold()
    if tail in AND:
        return 0, " "
    return (0 if _is_compound(last[1], head, tail, words, is_dividing) else 1), ""


def divides(pairs: Iterable[tuple[str, str]]) -> bool:
    """Are words divided as a rule, by the lines that were broken, each with the one after it?"""
    ends = [is_divided(before, after) for before, after in pairs]
    return sum(ends) * RARELY >= len(ends)


def is_divided(before: str, after: str) -> bool:
    return before[-1:] in ENDS and before[-2:-1].isalnum() and after[:1].islower()


def _is_compound(written: str, head: str, tail: str, words: Counter[str], is_dividing: bool) -> bool:
    if any(hyphen in written for hyphen in HYPHENS):
        return True
    with_it, without = words[f"{head}-{tail}"], words[head + tail]
    if with_it or without:
        return with_it >= without
    if head in PREFIXES or (head == "co" and tail[0] == "o") or (tail in SECONDS and len(head) >= 4):
        return True
    is_both = min(len(head), len(tail)) >= 4 and words[head] > 0 and words[tail] > 0
    return (is_both or not is_dividing) and head not in FUSED
