"""Contested: which fields of some records are in conflict, asked of the driver before an edit or a removal."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select, union_all

from readiness.storage.prepared import by_ids, prepared, rows, rows_by_ids
from readiness.storage.registers import AUTO_FIELDS
from readiness.storage.tables import RECORDS, reg

_ONE: ColumnElement[int] = literal_column("1")
_NONE: ColumnElement[int] = literal_column("0")
_CONTESTED = by_ids(select(reg.c.eid, reg.c.field).where(reg.c.nvals > _ONE, reg.c.incomplete == _NONE), reg.c.eid)
_IN_CONFLICT = prepared(
    union_all(
        *(
            select(record.id, record.conflicts).where(record.conflicts > _NONE, record.deleted.is_(False))
            for record in RECORDS.values()
        )
    )
)


def contested(cursor: Any, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Return the fields of some records, by id and name, of which somebody must choose a value."""
    return {
        (eid, field)
        for eid, field in rows_by_ids(cursor, _CONTESTED, list(ids))
        if field not in AUTO_FIELDS and field != "deleted"
    }


def in_conflict(cursor: Any) -> dict[str, int]:
    """Return the records that stand and have something in conflict, and how much: a removal beside edits counts too."""
    return dict(rows(cursor, _IN_CONFLICT))


def hindrances(cursor: Any, ids: Sequence[str]) -> dict[str, str]:
    """Return, of some records, those that must be chosen for before they may be removed, and the first field of each.

    "deleted": the record was removed already, where somebody had edited it meanwhile.
    """
    wanted = in_conflict(cursor).keys() & set(ids)
    fields = sorted(contested(cursor, sorted(wanted))) if wanted else []
    return dict.fromkeys(wanted, "deleted") | dict(reversed(fields))
