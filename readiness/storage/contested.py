"""Contested: which fields of some records are in conflict, and what stands in them, asked of the driver.

A merge can leave thousands: whatever is asked of them is asked of all at once, and nothing is read twice.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, union_all

from readiness.storage.prepared import by_ids, in_list, prepared, rows, rows_by_ids
from readiness.storage.registers import AUTO_FIELDS
from readiness.storage.tables import RECORDS, change, head, reg, step

_ONE: ColumnElement[int] = literal_column("1")
_NONE: ColumnElement[int] = literal_column("0")
_DELETED: ColumnElement[str] = literal_column("'deleted'")
_CONTESTED = by_ids(select(reg.c.eid, reg.c.field).where(reg.c.nvals > _ONE, reg.c.incomplete == _NONE), reg.c.eid)
_TOLD = (
    change.c.id, change.c.n, change.c.etype, change.c.eid, change.c.field, change.c.new, change.c.stamp,
    change.c.parents, step.c.actor, step.c.at, step.c.label,
)  # fmt: skip
_OF_REGISTERS = or_(reg.c.nvals > _ONE, reg.c.field == _DELETED)
_OF_HEADS = head.join(change, change.c.k == head.c.k).join(step, step.c.id == change.c.step)
_HEADS = by_ids(
    select(*_TOLD)
    .select_from(_OF_HEADS.join(reg, and_(reg.c.eid == head.c.eid, reg.c.field == head.c.field)))
    .where(_OF_REGISTERS),
    reg.c.eid,
)
_ALL_HEADS = by_ids(select(*_TOLD).select_from(_OF_HEADS), head.c.eid)
_LINEAGE = by_ids(
    select(change.c.id, reg.c.win, change.c.stamp, change.c.parents)
    .select_from(reg.join(change, and_(change.c.eid == reg.c.eid, change.c.field == reg.c.field)))
    .where(_OF_REGISTERS),
    reg.c.eid,
)
_BY_ID = prepared(
    select(*_TOLD)
    .select_from(change.join(step, step.c.id == change.c.step))
    .where(change.c.id.in_(select(func.unhex(in_list("ids").selected_columns.value))))
)
_IN_CONFLICT = prepared(
    union_all(
        *(
            select(record.id, record.conflicts).where(record.conflicts > _NONE, record.deleted.is_(False))
            for record in RECORDS.values()
        )
    )
)


class Told(NamedTuple):  # a tuple: thousands are made for one list
    """A change of a field in conflict, with what is said of it."""

    id: bytes
    n: int  # the laptop's short number
    etype: str
    eid: str
    field: str
    new: str
    stamp: int
    parents: bytes
    actor: str
    at: str
    label: str


class Ancestor(NamedTuple):
    """A change as far as it takes to see what builds on it."""

    register: int  # tells fields of records apart
    stamp: int
    parents: bytes


def contested(cursor: Any, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Return the fields of some records, by id and name, of which somebody must choose a value."""
    return {
        (eid, field)
        for eid, field in rows_by_ids(cursor, _CONTESTED, list(ids))
        if field not in AUTO_FIELDS and field != "deleted"
    }


def contested_heads(cursor: Any, ids: Collection[str], removed: Collection[str]) -> list[Told]:
    """Return the heads of the fields in conflict of some records; of those that were removed, of every field."""
    found = [Told._make(row) for row in rows_by_ids(cursor, _HEADS, [id_ for id_ in ids if id_ not in removed])]
    return found + [Told._make(row) for row in rows_by_ids(cursor, _ALL_HEADS, list(removed))]


def lineage(cursor: Any, ids: Collection[str]) -> dict[bytes, Ancestor]:
    """Return every change of the fields in conflict of some records, by its id."""
    found = rows_by_ids(cursor, _LINEAGE, list(ids))
    return {bytes(id_): Ancestor(register, stamp, bytes(parents)) for id_, register, stamp, parents in found}


def told(cursor: Any, ids: Iterable[bytes]) -> dict[bytes, Told]:
    """Return some changes by their ids; one that is not here is left out."""
    found = rows(cursor, _BY_ID, (json.dumps([id_.hex() for id_ in ids]),))
    return {each.id: each for each in map(Told._make, found)}


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
