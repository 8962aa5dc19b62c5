"""Two versions of one paragraph as HTML, with what was deleted and inserted between what stayed.

Everything is written by letters.body.model.write_inlines, which escapes, and by the few tags named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from letters.body.model import Break, Inline, Note, Run, escape, write_inlines
from letters.changes.sequences import matched
from letters.changes.tokens import Token, tokens

Pair = tuple[Token | None, Token | None]
Stay = tuple[Token, Token]


@dataclass(frozen=True, slots=True)
class Marked:
    """`html` is what goes between <p> and </p>; `inserted` and `deleted` count words, `is_changed` says if any mark."""

    html: str
    inserted: int = 0
    deleted: int = 0
    is_changed: bool = False


@dataclass(slots=True)
class Change:
    """What stands in one place of the old and of the new version; not both are empty."""

    old: list[Token]
    new: list[Token]

    def take(self, later: list[Stay] | Change) -> None:
        """Make what follows part of this change, whether it stayed or not."""
        self.old += later.old if isinstance(later, Change) else [old for old, _ in later]
        self.new += later.new if isinstance(later, Change) else [new for _, new in later]


def marked(old: Iterable[Inline], new: Iterable[Inline], *, exact: bool = False) -> Marked:
    """Both versions of a paragraph in one. `exact` is that of letters.changes.tokens.tokens."""
    return _marked(tokens(old, exact), tokens(new, exact))


def plain(inlines: Iterable[Inline]) -> str:
    """A paragraph without marks; its footnotes stand in brackets where they are called, as everywhere in a redline."""
    return write_inlines(inlines, lambda note: _note(write_inlines(note.runs)))


def mark(tag: Literal["ins", "del"], html: str) -> str:
    """Inserted or deleted, also for those who see neither lines nor colours."""
    label = _("inserted:") if tag == "ins" else _("deleted:")
    return f"<{tag}>{_unseen(f'[{label} ')}{html}{_unseen(']')}</{tag}>"


def count(found: Iterable[Token]) -> int:
    """Words, those of footnotes included."""
    return sum(token.is_word if token.note is None else count(token.note) for token in found)


def stretches(old: Sequence[Token], new: Sequence[Token]) -> Iterator[list[Stay] | Change]:
    """Both versions from beginning to end: tokens that stayed, as pairs, and changes between them."""
    at, at_new = 0, 0
    stayed: list[Stay] = []
    for here, there in [*_stayed(old, new), (len(old), len(new))]:
        if here > at or there > at_new:
            if stayed:
                yield stayed
            yield Change(list(old[at:here]), list(new[at_new:there]))
            stayed = []
        if here < len(old):
            stayed.append((old[here], new[there]))
        at, at_new = here + 1, there + 1
    if stayed:
        yield stayed


def _stayed(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    found = matched([(token.key, token.style) for token in old], [(token.key, token.style) for token in new])
    # Where both words stayed, nothing but a mark on the second shows that the space between them changed.
    return [
        (here, there)
        for place, (here, there) in enumerate(found)
        if old[here].space == new[there].space or (found[place - 1] if place else (-1, -1)) != (here - 1, there - 1)
    ]


def _marked(old: Sequence[Token], new: Sequence[Token]) -> Marked:
    found = list(stretches(old, new))
    parts = [Marked("", count(one.new), count(one.old), True) for one in found if isinstance(one, Change)]
    for number, one in enumerate(_readable(found)):
        parts += [Marked(_changed(one))] if isinstance(one, Change) else _unchanged(one, follows=bool(number))
    return Marked(
        "".join(part.html for part in parts),
        sum(part.inserted for part in parts),
        sum(part.deleted for part in parts),
        any(part.is_changed for part in parts),
    )


def _readable(found: Iterable[list[Stay] | Change]) -> list[list[Stay] | Change]:
    """Few words that stayed between longer changes are shown as part of one change, which reads better.

    The semantic clean-up of google/diff-match-patch: given up is what is no longer than the changes on either side.
    Lengths are kept beside, and every token moves once, since there may be a hundred thousand of them.
    """
    result: list[list[Stay] | Change] = []
    lengths: list[tuple[int, int]] = []
    for one in found:
        result.append(one)
        length = _length(one)
        first = len(lengths)
        while first >= 2 and isinstance(one, Change):
            before, between = lengths[first - 2 : first]
            if between[0] > min(max(before), max(length)) or not _is_passing(result[first - 1]):
                break
            length = (before[0] + between[0] + length[0], before[1] + between[1] + length[1])
            first -= 2
        whole = result[first]
        if isinstance(whole, Change):
            for later in result[first + 1 :]:
                whole.take(later)
        result[first:], lengths[first:] = [whole], [length]
    return result


def _length(one: list[Stay] | Change) -> tuple[int, int]:
    """In characters, of the old and of the new version."""
    if isinstance(one, Change):
        return sum(len(token.key) for token in one.old), sum(len(token.key) for token in one.new)
    length = sum(len(old.key) for old, _ in one)
    return length, length


def _is_passing(one: list[Stay] | Change) -> bool:
    """Footnotes are compared by themselves, however short the words around them."""
    return not isinstance(one, Change) and all(old.note is None for old, _ in one)


def _changed(change: Change) -> str:
    """Space before a change stands before its mark, unless space is all that changed."""
    old, new = change.old, change.new
    if [(token.key, token.style) for token in old] == [(token.key, token.style) for token in new]:
        return mark("del", plain(_written(old))) + mark("ins", plain(_written(new)))
    html = plain(old[0].gap) + mark("del", plain(_words(old))) if old else ""
    if old and new:
        touch = not new[0].gap and old[-1].is_spaced_word and new[0].is_spaced_word
        html += " " if touch or (new[0].gap and Break() in old[0].gap) else plain(new[0].gap)
    elif new:
        html += plain(new[0].gap)
    return html + mark("ins", plain(_words(new))) if new else html


def _unchanged(stayed: list[Stay], *, follows: bool) -> Iterator[Marked]:
    """Words of one link in one go, and footnotes, which are compared by themselves.

    The new version has no space before what now begins the paragraph, but what was deleted before it needs some.
    """
    for (is_note, old_href, href), group in groupby(stayed, key=_setting):
        pairs = list(group)
        first_old, first = pairs[0]
        gap = first_old.gap if follows and not first.gap else first.gap
        follows = False
        if is_note:
            for before, after in pairs:
                note = _marked(before.note or (), after.note or ())
                yield Marked(plain(gap) + _note(note.html), note.inserted, note.deleted, note.is_changed)
                gap = ()
        else:
            words = plain([*gap, *_words([new for _, new in pairs])])
            yield Marked(words if href == old_href else words + _target(old_href, href), is_changed=href != old_href)


def _setting(pair: Stay) -> tuple[bool, str, str]:
    old, new = pair
    return new.note is not None, old.href, new.href


def _written(found: Iterable[Token]) -> Iterator[Inline]:
    for token in found:
        yield from token.gap
        yield from _inlines(token)


def _words(found: Sequence[Token]) -> list[Inline]:
    """Without the space before them."""
    return [*_inlines(found[0]), *_written(found[1:])]


def _inlines(token: Token) -> tuple[Inline, ...]:
    if token.note is None:
        return token.written
    return (Note(tuple(run for run in _written(token.note) if isinstance(run, Run))),)


def _note(html: str) -> str:
    called = escape(_("Footnote:"))  # gettext finds no words inside an f-string
    return f' <span class="redline-note">[{called} {html}]</span>'


def _target(old: str, new: str) -> str:
    """Where a link leads, when the words stayed and it leads elsewhere."""
    changes = (mark("del", escape(old)) if old else "", mark("ins", escape(new)) if new else "")
    shown = " ".join(change for change in changes if change)
    called = escape(_("Link:"))
    return f' <span class="redline-target">[{called} {shown}]</span>'


def _unseen(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'
