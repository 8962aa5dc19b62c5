"""What is kept in a process of what was read last, as far as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Shelf(Generic[Key, Kept]):
    """What was asked for last, as much as weighs no more than `most` together; the last one whatever it weighs."""

    def __init__(self, most: int, weight: Callable[[Kept], int]) -> None:
        self.most, self.weight = most, weight
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Key, read: Callable[[], Kept]) -> Kept:
        """What is kept under the key, or else what `read` returns; two threads may both read it."""
        with self._turn:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        found = read()
        with self._turn:
            self.kept[key] = found
            while len(self.kept) > 1 and sum(map(self.weight, self.kept.values())) > self.most:
                self.kept.popitem(last=False)
        return found
