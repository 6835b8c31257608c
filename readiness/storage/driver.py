"""Driver: connections of sqlcipher3 whose long calls let the window's thread have its turn.

One call of the driver holds Python's lock until it returns: many rows fetched or written by one call would stop the
window for as long. So it is done in portions, between which other threads run.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlcipher3 import dbapi2

AT_ONCE = 250
"""Rows of one portion."""


class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the driver brings no types
    """A cursor that reads and writes many rows in portions."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows that are left."""
        found: list[tuple[Any, ...]] = self.fetchmany(AT_ONCE)
        count = len(found)
        while count == AT_ONCE:
            some = self.fetchmany(AT_ONCE)
            count = len(some)
            found += some
        return found

    def executemany(self, sql: str, lines: Iterable[Any]) -> "Cursor":
        """Run a statement for every line of values."""
        left = iter(lines)
        while some := list(islice(left, AT_ONCE)):
            super().executemany(sql, some)
        return self


class Connection(dbapi2.Connection):  # type: ignore[misc]  # the driver brings no types
    """A connection that makes such cursors."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """Return a cursor."""
        return super().cursor(factory)
