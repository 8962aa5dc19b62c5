"""The units of a body, and where each of them went in another version.

A unit is one paragraph: what a partner comments on and a translator translates. One paragraph of a list item or of a
quote is a unit too, since such paragraphs are translated and disputed one by one; what it stands in is its `place`.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from letters import body
from letters.body.model import Block, Break, Inline, Paragraph, Quote, Run, escape, write
from letters.body.reading import read
from letters.canonical import fold
from letters.changes import tokens
from letters.changes.sequences import matched, rising

REWRITTEN = 0.4  # share of common words from which a paragraph is an older one rewritten; 0.25 is found by chance
MOVED = 0.7  # the same when it stands elsewhere
MISSPELT = 0.75  # share of common characters: short headings with a mistake in the only word
FEW = 2500  # pairs that are all compared
FREQUENT = 8  # paragraphs with a word in them from which it no longer tells which paragraph is which
NEAREST = 4  # candidates looked at for one paragraph, where not all pairs are compared
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Unit:
    """`html` is the paragraph alone, a clean body; `text` its words, footnotes in brackets.

    `place` names what it stands in from the outside, such as ("blockquote", "ol 4", "li"); `opens` is how many of
    these it begins itself, counted from the inside, the others being those the unit before it stands in.
    """

    tag: str
    html: str
    text: str
    place: tuple[str, ...] = ()
    opens: int = 0
    inlines: tuple[Inline, ...] = field(default=(), repr=False, compare=False)

    @property
    def kind(self) -> str:
        """A paragraph that begins an item is "li", one in a quote "blockquote"; any other is "p", "h2" or "h3"."""
        return self.place[-1] if self.place and (self.opens or self.place[-1] != "li") and self.tag == "p" else self.tag


def units(html: str) -> tuple[Unit, ...]:
    """The units of a clean body, in order."""
    return tuple(_units(read(html), (), 0))


def joined(units: Iterable[Unit]) -> str:
    """The clean body of these units. joined(units(body)) == body; those of several bodies fit too."""
    return body.clean(assembled((unit.place, unit.opens, unit.html) for unit in units))


def assembled(pieces: Iterable[tuple[tuple[str, ...], int, str]]) -> str:
    """HTML of pieces of HTML, each with its `place` and `opens` as a unit has them."""
    out: list[str] = []
    inside: tuple[str, ...] = ()
    for place, opens, html in pieces:
        shared = 0
        while shared < min(len(inside), len(place) - opens) and inside[shared] == place[shared]:
            shared += 1
        out += [f"</{name.partition(' ')[0]}>" for name in reversed(inside[shared:])]
        out += [_start_tag(name) for name in place[shared:]]
        out.append(html)
        inside = place
    out += [f"</{name.partition(' ')[0]}>" for name in reversed(inside)]
    return "".join(out)


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs of positions: the same paragraph, as it was or rewritten; (None, new) is inserted, (old, None) removed.

    Takes plain texts, in order; every position comes up once. Pairs are in the order of the new ones, those removed
    after what stood before them. A moved paragraph is paired out of order, see `moved`. Texts that fold to the same
    are the same (letters.canonical.fold). Near-linear but for long stretches in which nothing is the same.
    """
    before, after = ([fold(text) for text in texts] for texts in (old, new))
    found = dict(matched(before, after))
    gaps = _gaps(found, len(old), len(new))
    kept = _Kept(old, new)
    for olds, news in gaps:
        found |= kept.best(olds, news, REWRITTEN)
    left_old = [place for place in range(len(old)) if place not in found]
    taken = set(found.values())
    left_new = [place for place in range(len(new)) if place not in taken]
    where: dict[str, list[int]] = defaultdict(list)
    for place in reversed(left_new):
        where[after[place]].append(place)
    same = {place: where[text].pop() for place in left_old if where.get(text := before[place])}
    left_old = [place for place in left_old if place not in same]
    left_new = sorted(set(left_new) - set(same.values()))
    return _in_order(found | same | kept.best(left_old, left_new, MOVED, may_cross=True), len(old), len(new))


def moved(pairs: Sequence[Pair]) -> set[int]:
    """The new positions of those that stand elsewhere than before: the fewest that explain the new order."""
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    staying = rising([old for old, _ in both])
    return {new for place, (_, new) in enumerate(both) if place not in staying}


def carried(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each old text the position to which it went, or None: what is said about a paragraph goes with it."""
    went = {old: new for old, new in align(old, new) if old is not None}
    return [went[place] for place in range(len(old))]


def are_alike(one: str, other: str) -> bool:
    """Is one of two plain texts, standing in the same place, a rewriting of the other?"""
    return _Kept([one], [other]).likeness(0, 0) >= REWRITTEN


def _units(blocks: Iterable[Block], place: tuple[str, ...], opens: int) -> Iterator[Unit]:
    """`opens` is for the first of them; those that follow go on in the same place."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Unit(block.kind, write([block]), said(block.inlines), place, opens, block.inlines)
        elif isinstance(block, Quote):
            yield from _units(block.blocks, (*place, "blockquote"), opens + 1)
        else:
            name = f"ol {block.start}" if block.ordered else "ul"
            for number, item in enumerate(block.items):
                yield from _units(item, (*place, name, "li"), 1 if number else opens + 2)
        opens = 0


def said(inlines: Iterable[Inline]) -> str:
    """The words of a paragraph, its footnotes in brackets where they are called."""
    return "".join(
        inline.text if isinstance(inline, Run) else " " if isinstance(inline, Break) else f" ({said(inline.runs)})"
        for inline in inlines
    )


def _start_tag(name: str) -> str:
    tag, _, start = name.partition(" ")
    return f"<{tag}>" if start in ("", "1") else f'<{tag} start="{escape(start)}">'


def _gaps(found: dict[int, int], old: int, new: int) -> Iterator[tuple[range, range]]:
    """The stretches between what is the same."""
    at, at_new = 0, 0
    for here, there in [*sorted(found.items()), (old, new)]:
        if here > at and there > at_new:
            yield range(at, here), range(at_new, there)
        at, at_new = here + 1, there + 1


class _Kept:
    """Which of the old paragraphs are which of the new ones, rewritten."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.words: dict[str, list[str]] = {}

    def best(
        self, olds: Sequence[int], news: Sequence[int], least: float, *, may_cross: bool = False
    ) -> dict[int, int]:
        """The likest pairs, likest first, each paragraph once."""
        if not olds or not news:
            return {}
        pairs = self.candidates(olds, news)
        scored = sorted((-score, old, new) for old, new in pairs if (score := self.likeness(old, new)) >= least)
        found: dict[int, int] = {}
        taken: set[int] = set()
        in_order: list[tuple[int, int]] = []
        for _, old, new in scored:
            at = bisect(in_order, (old, new))
            crosses = (at and in_order[at - 1][1] > new) or (at < len(in_order) and in_order[at][1] < new)
            if old not in found and new not in taken and (may_cross or not crosses):
                found[old] = new
                taken.add(new)
                in_order.insert(at, (old, new))
        return found

    def candidates(self, olds: Sequence[int], news: Sequence[int]) -> Iterable[tuple[int, int]]:
        if len(olds) * len(news) <= FEW:
            return ((old, new) for old in olds for new in news)
        having: dict[str, list[int]] = defaultdict(list)
        for old in olds:
            for word in set(self.said(self.old[old])):
                having[word].append(old)
        chosen: list[tuple[int, int]] = []
        for new in news:
            shared = Counter(
                old
                for word in set(self.said(self.new[new]))
                if len(having.get(word, ())) <= FREQUENT
                for old in having.get(word, ())
            )
            chosen += [(old, new) for old, _ in shared.most_common(NEAREST)]
        return chosen

    def likeness(self, old: int, new: int) -> float:
        """From 0 to 1: what is common of the words, in order, counted on both sides."""
        one, other = self.old[old], self.new[new]
        score = float(Indel.normalized_similarity(self.said(one), self.said(other)))
        if score < REWRITTEN and min(len(one), len(other)) < 60:
            score = float(Indel.normalized_similarity(one, other, score_cutoff=MISSPELT))
        return score

    def said(self, text: str) -> list[str]:
        if text not in self.words:
            self.words[text] = tokens.words(text)
        return self.words[text]


def _in_order(found: dict[int, int], old: int, new: int) -> list[Pair]:
    back = {there: here for here, there in found.items()}
    order = [back[place] for place in range(new) if place in back]
    staying = {order[place] for place in rising(order)}
    pairs: list[Pair] = []
    at = 0
    for place in range(-1, new):
        if place >= 0:
            pairs.append((back.get(place), place))
        if place < 0 or back.get(place) in staying:
            at = back[place] + 1 if place >= 0 else 0
            while at < old and at not in staying:
                pairs += [] if at in found else [(at, None)]
                at += 1
    return pairs
