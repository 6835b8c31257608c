"""Prepared statements: Core statements compiled once and run on the driver itself.

The journal writes seven small rows an edit; SQLAlchemy's own execution would cost more than the disk does. The SQL is
still written by Core, and values are still bound.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement, ColumnElement, Select, Table, bindparam, func, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute

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


def among(ids: Iterable[str]) -> Select[Any]:
    """Return a sub-select of some ids, for `column.in_(...)` of any length in a session."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


class ByIds(NamedTuple):
    """A SELECT of the rows that belong to one id, or to many: most edits are of one record, and need no list."""

    one: str
    many: str


def by_ids(statement: Select[*tuple[Any, ...]], column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ByIds:
    """Return a statement narrowed to ids in a column."""
    return ByIds(
        prepared(statement.where(column == bindparam("id"))), prepared(statement.where(column.in_(in_list("ids"))))
    )


def rows_by_ids(cursor: Any, asked: ByIds, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Run a prepared SELECT for some ids and return all it finds."""
    if len(ids) == 1:
        return rows(cursor, asked.one, (ids[0],))
    return rows(cursor, asked.many, (json.dumps(ids),))


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
