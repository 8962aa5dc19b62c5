"""The shared cache, which may go away: rate limits then count in each process, and pages go on."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)

OPERATIONS = ("add", "get", "set", "touch", "delete", "get_many", "set_many", "delete_many", "has_key", "incr")


class Soft(RedisCache):
    """Redis; while it does not answer, this process's own memory."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = LocMemCache("without redis", params)


def _softly(name: str) -> Callable[..., Any]:
    operation = getattr(RedisCache, name)

    @functools.wraps(operation)
    def softly(self: Soft, *args: Any, **kwargs: Any) -> Any:
        try:
            return operation(self, *args, **kwargs)
        except (ConnectionError, TimeoutError) as error:
            logger.warning("no shared cache: %s", type(error).__name__)
            return getattr(self.own, name)(*args, **kwargs)

    return softly


for _name in OPERATIONS:
    setattr(Soft, _name, _softly(_name))
