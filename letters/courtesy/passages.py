"""Each line and paragraph of the authentic text with its translation, and the other way round."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from letters import body
from letters.canonical import body_digest, fold
from letters.changes import Pair, Unit, paired, redline, redline_line, units
from letters.changes.alignment import assembled
from letters.changes.sequences import matched
from letters.courtesy.plain import shared_out

LINES = ("title", "headline", "re_line", "salutation", "closing")

Text = Mapping[str, Any]
State = Literal["fresh", "stale", "missing", "orphan"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A line (plain words) or paragraph (HTML) and its translation.

    `key` stays the same while the authentic words do. `kind` is the line's name, or what letters.changes calls the
    paragraph; `authentic` is "" for an orphan and `own` for a missing one; `source` is "" where nobody knows it. A line
    that neither text has is there too.
    """

    key: str
    kind: str
    authentic: str
    own: str
    source: str
    state: State
    doubt: bool = False  # never checked against its source
    tag: str = ""
    place: tuple[str, ...] = ()
    opens: int = 0

    @property
    def is_line(self) -> bool:
        return not self.tag

    @property
    def needs_a_look(self) -> bool:
        return self.state in ("stale", "orphan")

    @property
    def mark(self) -> str:
        """A short digest of the translation: who has changed it can be told by it."""
        return mark(self.own)

    @property
    def redline(self) -> str:
        """What changed in the authentic words since they were translated, as safe HTML; "" if that is not known."""
        if self.state != "stale" or not self.source or fold(self.source) == fold(self.authentic):
            return ""
        return (redline_line if self.is_line else redline)(self.source, self.authentic)

    def saying(self, own: str, source: str, *, doubt: bool = False) -> Passage:
        """With another translation, made from `source`."""
        is_fresh = not doubt and _says_the_same(source, self.authentic, is_line=self.is_line)
        return replace(self, own=own, source=source, doubt=doubt, state=_state(own, self.authentic, is_fresh))


class Progress(NamedTuple):
    """Of `total` authentic paragraphs, lines among them, `done` are translated; `stale` are to be looked at again."""

    total: int
    done: int
    stale: int

    @property
    def missing(self) -> int:
        return self.total - self.done


def mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def beside(text: Text, authentic: Text) -> list[Passage]:
    """The lines and then the paragraphs of both texts, in the order of the authentic one."""
    return [*_lines(text, authentic), *_paragraphs(_pieces(text, authentic), units(authentic["body"]))]


def progress(passages: Iterable[Passage]) -> Progress:
    there = list(passages)
    ours = [one for one in there if one.authentic]
    return Progress(len(ours), sum(bool(one.own) for one in ours), sum(one.needs_a_look for one in there))


def written(passages: Sequence[Passage]) -> dict[str, Any]:
    """The courtesy text that these passages make: its lines, `body` and `sources`."""
    lines = {one.kind: one for one in passages if one.is_line}
    paragraphs = list(_together(one for one in passages if not one.is_line))
    html = body.clean(assembled((one.place, one.opens, one.own) for one in paragraphs))
    sources: dict[str, Any] = {name: one.source for name, one in lines.items() if one.own}
    sources["units"] = [as_piece(one.source, one, doubt=one.doubt) for one in paragraphs]
    sources["body"] = mark(html)
    own = {name: lines[name].own if name in lines else "" for name in LINES}
    return {**own, "body": html, "sources": sources}


def _lines(text: Text, authentic: Text) -> Iterator[Passage]:
    for name in LINES:
        theirs, own, source = authentic[name], text[name], text["sources"].get(name, "")
        yield Passage(
            name, name, theirs, own, source, _state(own, theirs, _says_the_same(source, theirs, is_line=True))
        )


def _state(own: str, authentic: str, is_fresh: bool) -> State:
    if not own:
        return "missing"
    return "orphan" if not authentic else "fresh" if is_fresh else "stale"


def _says_the_same(source: str, authentic: str, *, is_line: bool) -> bool:
    return fold(source) == fold(authentic) if is_line else body_digest(source) == body_digest(authentic)


def _pieces(text: Text, authentic: Text) -> list[Mapping[str, Any]]:
    """As they are stored; of a body that came another way in the order of the authentic one, and all in doubt."""
    if text["sources"].get("body", mark("")) == mark(text["body"]):
        pieces: list[Mapping[str, Any]] = text["sources"].get("units", [])
        return pieces
    theirs = units(authentic["body"]) or (Unit("p", "", ""),)
    shares, _ = shared_out(text["body"], authentic["body"]) if theirs[0].html else ([text["body"]], False)
    passages = (passage("", unit, {"html": share}, "stale") for unit, share in zip(theirs, shares, strict=True))
    return [as_piece(one.authentic, one, doubt=True) for one in passages if one.own]


def as_piece(source: str, one: Passage, *, doubt: bool) -> dict[str, Any]:
    piece = {"source": source, "html": one.own, "place": list(one.place), "opens": one.opens}
    return piece | {"doubt": True} if doubt else piece


def _paragraphs(pieces: Sequence[Mapping[str, Any]], authentic: Sequence[Unit]) -> Iterator[Passage]:
    used: Counter[str] = Counter()
    for here, there, state in _pairs([one["source"] for one in pieces], [unit.html for unit in authentic]):
        piece: Mapping[str, Any] = {} if here is None else pieces[here]
        unit = Unit("p", "", "", tuple(piece["place"]), piece["opens"]) if there is None else authentic[there]
        key = f"p{mark(unit.html)}" if unit.html else f"o{mark(piece['source'] + piece['html'])}"
        used[key] += 1
        state = "stale" if state == "fresh" and piece.get("doubt") else state
        yield passage(key if used[key] == 1 else f"{key}-{used[key]}", unit, piece, state)


def _pairs(sources: Sequence[str], authentic: Sequence[str]) -> list[Pair]:
    """In the order of the authentic ones; one without a counterpart stays behind the one that it stands behind now.

    Most are the same to the letter: only the others are compared as letters.changes does, which has to read them.
    """
    pairs = [Pair(here, there, "fresh") for here, there in matched(sources, authentic)]
    old = _others(len(sources), [pair.source_index for pair in pairs])
    new = _others(len(authentic), [pair.authentic_index for pair in pairs])
    for here, there, state in paired([sources[place] for place in old], [authentic[place] for place in new]):
        if there is not None:
            pairs.append(Pair(None if here is None else old[here], new[there], state))
    pairs.sort(key=lambda pair: pair.authentic_index or 0)
    for place in _others(len(sources), [pair.source_index for pair in pairs]):
        before = [number for number, pair in enumerate(pairs, 1) if pair.source_index == place - 1]
        pairs.insert(before[0] if before else 0, Pair(place, None, "orphan"))
    return pairs


def _others(count: int, taken: Iterable[int | None]) -> list[int]:
    return sorted(set(range(count)).difference(taken))


def passage(key: str, unit: Unit, piece: Mapping[str, Any], state: State) -> Passage:
    return Passage(
        *(key, unit.kind, unit.html, piece.get("html", ""), piece.get("source", ""), state),
        *(bool(piece.get("doubt")), unit.tag, unit.place, unit.opens),
    )


def _together(paragraphs: Iterable[Passage]) -> Iterator[Passage]:
    """Those that are translated; what a missing one would have opened, the next one opens."""
    stays: int | None = None
    for one in paragraphs:
        outside = len(one.place) - one.opens
        if one.own:
            yield one if stays is None else replace(one, opens=max(one.opens, len(one.place) - stays))
        stays = None if one.own else outside if stays is None else min(stays, outside)
