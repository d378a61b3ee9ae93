"""The shared cache, and what it answers while its server is away."""

from __future__ import annotations

from typing import Any

from django_redis.cache import RedisCache


class Cache(RedisCache[Any]):  # type: ignore[misc]
    """Django's cache on Redis; without the server, all is missing and every lock is free."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Return False where the key is there already.

        Without a server that is not known. A False would keep allauth waiting for a lock that
        nobody holds, and refuse every sign-in in the end.
        """
        return super().add(*args, **kwargs) is not False
