from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """Cells, all of them text. A `marked` row stands out where a format has colours."""

    cells: tuple[str, ...]
    marked: bool = False
