"""Another text becomes the authentic one, and the others are translations of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from letters.changes import units
from letters.courtesy.passages import LINES, Passage, Text, beside, passage, written


def turned(texts: Sequence[Text], language: str) -> list[dict[str, Any]]:
    """The texts with the one in `language` authentic. The others count as translated from it where nobody is to look.

    Nothing else is known of the rest: it is to be looked at again.
    """
    old = next(text for text in texts if text["is_authentic"])
    new = next(text for text in texts if text["language"] == language)
    heads = [one for one in beside(new, old) if one.authentic]
    turned_round = [{**new, "is_authentic": True, "sources": {}}]
    for text in texts:
        if text is not new:
            passages = list(_headed(_itself(old) if text is old else beside(text, old), heads))
            turned_round.append({**text, "is_authentic": False, **written(passages)})
    return turned_round


def _itself(text: Text) -> list[Passage]:
    """The authentic text as a translation of itself."""
    lines = [Passage(name, name, text[name], text[name], text[name], "fresh") for name in LINES]
    cut = units(text["body"])
    return lines + [passage("", unit, {"html": unit.html, "source": unit.html}, "fresh") for unit in cut]


def _headed(passages: Iterable[Passage], heads: Iterable[Passage]) -> Iterator[Passage]:
    """With what they were translated from in the words of the new authentic text: `heads`, beside the old one."""
    following = iter(heads)
    for one in passages:
        head = next(following) if one.authentic else None
        is_sure = head is not None and head.state == one.state == "fresh"
        source = head.own if head and (is_sure or not one.is_line) else ""
        yield replace(one, source=source, doubt=bool(source) and not is_sure)
