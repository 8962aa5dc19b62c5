"""Lists: made of paragraphs that look like points, and brought into the form of the schema."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from letters.body.model import Block, Listing, Paragraph, Quote

DEEPEST_LIST = 8  # lists and quotes inside each other


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph that is to be a list item; `number` 0 is a bullet."""

    level: int
    number: int
    paragraph: Paragraph


def items(blocks: list[Block]) -> list[tuple[Block, ...]]:
    """One list item as items that each begin with a p: a list that begins an item takes the item's place."""
    found: list[tuple[Block, ...]] = []
    while blocks and not isinstance(blocks[0], Paragraph):
        first = blocks[0]
        if isinstance(first, Quote):
            blocks = [*first.blocks, *blocks[1:]]
        else:
            found += first.items
            blocks = blocks[1:]
    if blocks:
        found.append((replace(cast("Paragraph", blocks[0]), kind="p"), *blocks[1:]))
    return found


def gathered(found: list[Block | Point], depth: int) -> list[Block]:
    """The points that follow one another, made into lists."""
    blocks: list[Block] = []
    points: list[Point] = []
    for block in [*found, None]:
        if isinstance(block, Point):
            points.append(block)
            continue
        if points:
            blocks += _listed(points, depth)
            points = []
        if block is not None:
            blocks.append(block)
    return blocks


def _listed(points: list[Point], depth: int) -> list[Block]:
    if depth >= DEEPEST_LIST:
        return [point.paragraph for point in points]
    lists: list[tuple[Point, list[list[Block]]]] = []
    deeper: list[Point] = []
    for point in [*points, None]:
        if point and lists and point.level > points[0].level:
            deeper.append(point)
            continue
        if deeper:
            lists[-1][1][-1] += _listed(deeper, depth + 1)
            deeper = []
        if point:
            if not lists or bool(lists[-1][0].number) != bool(point.number):
                lists.append((point, []))
            lists[-1][1].append([point.paragraph])
    return [Listing(tuple(map(tuple, items)), bool(first.number), first.number or 1) for first, items in lists]


def joined(blocks: list[Block]) -> list[Block]:
    """Lists that follow one another are one, unless the second counts anew."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if (
            isinstance(block, Listing)
            and isinstance(last, Listing)
            and block.ordered == last.ordered
            and (not block.ordered or block.start == last.start + len(last.items))
        ):
            result[-1] = replace(last, items=last.items + block.items)
        else:
            result.append(block)
    return result
