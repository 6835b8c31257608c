"""Contested: which fields of some records are in conflict, asked of the driver before an edit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select

from readiness.storage.prepared import by_ids, rows_by_ids
from readiness.storage.registers import AUTO_FIELDS
from readiness.storage.tables import reg

_ONE: ColumnElement[int] = literal_column("1")
_NONE: ColumnElement[int] = literal_column("0")
_CONTESTED = by_ids(select(reg.c.eid, reg.c.field).where(reg.c.nvals > _ONE, reg.c.incomplete == _NONE), reg.c.eid)


def contested(cursor: Any, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Return the fields of some records, by id and name, of which somebody must choose a value."""
    return {
        (eid, field)
        for eid, field in rows_by_ids(cursor, _CONTESTED, list(ids))
        if field not in AUTO_FIELDS and field != "deleted"
    }
