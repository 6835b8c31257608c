"""Prepared statements: Core statements compiled once and run on the driver itself.

The journal writes seven small rows an edit; SQLAlchemy's own execution would cost more than the disk does. The SQL is
still written by Core, and values are still bound.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ClauseElement, Table, bindparam, func, insert, select
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect(paramstyle="qmark")


def prepared(statement: ClauseElement) -> str:
    """Return a statement as SQL with `?` where values are bound, in the order in which they are written."""
    return str(statement.compile(dialect=_DIALECT))


def insert_into(table: Table, *, replace: bool = False, ignore: bool = False) -> str:
    """Return an INSERT of all columns, in the table's order."""
    statement = insert(table).values({column.name: bindparam(f"p_{column.name}") for column in table.columns})
    if replace or ignore:
        statement = statement.prefix_with("OR REPLACE" if replace else "OR IGNORE")
    return prepared(statement)


def in_list(name: str) -> Any:
    """Return a sub-select of the values in one bound JSON array, for `column.in_(...)` of any length."""
    values = func.json_each(bindparam(name)).table_valued("value")
    return select(values.c.value)


def run_all(cursor: Any, sql: str, lines: Sequence[Sequence[object]]) -> None:
    """Run a prepared statement once for each line of values."""
    if len(lines) == 1:
        cursor.execute(sql, lines[0])
    elif lines:
        cursor.executemany(sql, lines)


def rows(cursor: Any, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Run a prepared SELECT and return all it finds."""
    found: list[tuple[Any, ...]] = cursor.execute(sql, values).fetchall()
    return found
