"""What is missing now and may be back later: the database, or room for files."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

# The database is away, or went away in the middle.
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
# A full disk, a used-up quota, and a file larger than its disk or its process may have: what users
# upload is never so large that it were their fault.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_away(error: BaseException | None) -> bool:
    """Return whether an error says that something is missing which may be back later."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, DATABASE_AWAY)
