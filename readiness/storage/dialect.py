"""Dialect: how SQLAlchemy speaks to our files, and its memory of the statements that it wrote as SQL before.

SQLAlchemy remembers per engine, by the very dialect object that each engine has for itself. Ours are all alike, so one
memory serves them all: what the connection that answers has asked once is not written again for the one that writes,
nor for the next file. Source: SQLAlchemy's documentation, `compiled_cache` in `Connection.execution_options`.
"""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

REMEMBERED = 1000
"""How many statements are kept; there are some hundreds."""

URL = "sqlite+ours://"


class Dialect(SQLiteDialect_pysqlite):
    """SQLite's dialect, equal to every other of its kind: they are all made with the same settings."""

    driver = "ours"
    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect)

    def __hash__(self) -> int:
        return hash(Dialect)


OPTIONS: dict[str, Any] = {"compiled_cache": LRUCache(REMEMBERED)}
"""What every engine of ours is made with: the one memory."""

registry.register("sqlite.ours", __name__, Dialect.__name__)
