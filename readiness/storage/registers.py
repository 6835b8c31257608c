"""Registers: the heads of the fields a step touches, read, moved on and written back as the log's cache.

Everything here is a pure function of the set of changes known for a record: any order, any repetition, same result.
Source: merge.md, sections 5.2, 6.3 and 6.5.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, inspect, literal_column, select, true

from readiness.domain.changes import decode, unpacked
from readiness.storage.prepared import by_ids, insert_into, prepared, rows_by_ids, run_all
from readiness.storage.tables import RECORDS, change, head, meta, missing, reg

CHUNK = 500
"""How many records are read at a time."""

AUTO_FIELDS = frozenset({"rank", "claimed_by", "signed", "reworded", "wording", "parked"})
"""Fields that are never asked about, since they follow from others or from none: the latest wins."""


class Head(NamedTuple):  # a tuple: twenty are made for every edit
    """A change of a field that no known change of that field names as a parent."""

    k: int
    id: bytes
    stamp: int
    step: str
    etype: str
    new: str
    parents: bytes  # read for `deleted` alone


_HEADS = by_ids(
    select(
        change.c.eid, change.c.field, change.c.k, change.c.id, change.c.stamp, change.c.step, change.c.etype,
        change.c.new, change.c.parents,
    ).select_from(head.join(change, change.c.k == head.c.k)),
    head.c.eid,
)  # fmt: skip
GIVEN_UP = "given_up"
"""Note of the file: JSON of the ids, in hex, of changes that fields wait for no longer though they have not arrived."""
_ids = func.json_each(meta.c.v).table_valued("value")
_NO_LONGER = (
    select(_ids.c.value).select_from(meta).join(_ids, true()).where(meta.c.k == literal_column(f"'{GIVEN_UP}'"))
)


def is_waited_for() -> ColumnElement[bool]:
    """Return which rows of `missing` keep a field waiting."""
    return func.hex(missing.c.pid).not_in(_NO_LONGER)


_MISSING = by_ids(select(missing.c.eid, missing.c.field).distinct().where(is_waited_for()), missing.c.eid)
_DROP_HEAD = prepared(
    delete(head).where(head.c.eid == bindparam("e"), head.c.field == bindparam("f"), head.c.k == bindparam("n"))
)
_ADD_HEAD = insert_into(head)
_PUT_REG = insert_into(reg, replace=True)
_PUT_RECORD = {kind: insert_into(inspect(record).local_table, replace=True) for kind, record in RECORDS.items()}
COLUMNS = {kind: tuple(inspect(record).local_table.columns.keys()) for kind, record in RECORDS.items()}
DEFAULTS: dict[str, dict[str, Any]] = {
    kind: {
        column.name: column.default.arg if column.default is not None else None
        for column in inspect(record).local_table.columns
    }
    for kind, record in RECORDS.items()
}
_BOOKKEEPING = frozenset({"id", "deleted", "conflicts", "incomplete", "changed_ms"})
FIELDS = {kind: frozenset(COLUMNS[kind]) - (_BOOKKEEPING - {"deleted"}) for kind in RECORDS}
"""The fields this version knows, by kind of record."""
TYPES: dict[str, dict[str, type]] = {
    kind: {column.name: column.type.python_type for column in inspect(record).local_table.columns}
    for kind, record in RECORDS.items()
}
"""What a field holds; a value of another type, which no version of ours writes, is in the log and does not show."""


def is_known(etype: str, field: str) -> bool:
    """Whether this version of the program has a place for a field."""
    return field in FIELDS.get(etype, ())


class Registers:
    """The fields of some records: their heads as they were read, and as they are to be."""

    def __init__(self, cursor: Any, eids: Iterable[str]) -> None:
        self._cursor = cursor
        self._heads: dict[str, dict[str, list[Head]]] = {}
        self._incomplete: set[tuple[str, str]] = set()
        self._touched: dict[tuple[str, str], None] = {}
        self._dropped: list[tuple[str, str, int]] = []
        self._added: dict[int, tuple[str, str, int]] = {}
        for chunk in chunks(eids):
            self._read(chunk)

    def read_more(self, eids: Iterable[str]) -> None:
        """Read records that were not read yet."""
        for chunk in chunks(eid for eid in eids if eid not in self._heads):
            self._read(chunk)

    def _read(self, eids: list[str]) -> None:
        for found in rows_by_ids(self._cursor, _HEADS, eids):
            self._heads.setdefault(found[0], {}).setdefault(found[1], []).append(Head._make(found[2:]))
        self.read_missing(eids)

    def read_missing(self, eids: list[str]) -> None:
        """Read which fields of some records wait for changes that have not arrived."""
        self._incomplete.update(rows_by_ids(self._cursor, _MISSING, eids))

    def of(self, eid: str) -> dict[str, list[Head]]:
        """Return the heads of all fields of a record."""
        return self._heads.get(eid, {})

    def field(self, eid: str, field: str) -> list[Head]:
        """Return the heads of one field."""
        return self.of(eid).get(field, [])

    def add(self, eid: str, field: str, new: Head) -> None:
        """Make a change a head."""
        self._heads.setdefault(eid, {}).setdefault(field, []).append(new)
        self._added[new.k] = (eid, field, new.k)
        self.touch(eid, field)

    def supersede(self, eid: str, field: str, ids: Iterable[bytes]) -> None:
        """Take changes out of the heads of a field, because another names them as parents."""
        gone = frozenset(ids)
        kept = []
        for each in self.field(eid, field):
            if each.id not in gone:
                kept.append(each)
            elif self._added.pop(each.k, None) is None:
                self._dropped.append((eid, field, each.k))
        if eid in self._heads:
            self._heads[eid][field] = kept
        self.touch(eid, field)

    def is_contested(self, eid: str, field: str) -> bool:
        """Whether somebody must choose a value of a field."""
        heads = self.field(eid, field)
        if len(heads) < 2 or field in AUTO_FIELDS or field == "deleted":
            return False
        return (eid, field) not in self._incomplete and len({each.new for each in heads}) > 1

    def hindrance(self, eid: str) -> str | None:
        """Return the first field of a record that must be chosen for before it may be removed; None: it may be.

        "deleted": it was removed already, where somebody had edited it meanwhile.
        """
        heads = self.of(eid)
        field = next((each for each in sorted(heads) if self.is_contested(eid, each)), None)
        waits = {each for each in heads if (eid, each) in self._incomplete}
        return field or ("deleted" if removal(heads)[1] - waits and "deleted" not in waits else None)

    def touch(self, eid: str, field: str) -> None:
        """Have a field written again even though its heads stay."""
        self._touched[eid, field] = None

    def refresh_missing(self) -> None:
        """Read again what the touched fields wait for, after arrivals."""
        self._incomplete.clear()
        for chunk in chunks({eid for eid, _ in self._touched}):
            self.read_missing(chunk)

    def write(self) -> dict[str, set[str]]:
        """Write heads, registers and domain rows of what was touched; return the ids by kind of record."""
        run_all(self._cursor, _DROP_HEAD, self._dropped)
        run_all(self._cursor, _ADD_HEAD, list(self._added.values()))
        registers = [self.register(eid, field) for eid, field in self._touched if self.field(eid, field)]
        run_all(self._cursor, _PUT_REG, registers)
        touched: dict[str, set[str]] = {}
        records: dict[str, list[tuple[Any, ...]]] = {}
        for eid in dict.fromkeys(eid for eid, _ in self._touched):
            kind = next((heads[0].etype for heads in self.of(eid).values() if heads), None)
            if kind is None:
                continue
            touched.setdefault(kind, set()).add(eid)
            if kind in RECORDS:
                records.setdefault(kind, []).append(self.record(kind, eid))
        for kind, lines in records.items():
            run_all(self._cursor, _PUT_RECORD[kind], lines)
        return touched

    def register(self, eid: str, field: str) -> tuple[str, str, str, int, int, int]:
        """Return the row of `reg` that the heads of a field come to."""
        heads = self.field(eid, field)
        waits = (eid, field) in self._incomplete
        return eid, field, heads[0].etype, winner(field, heads).k, len({each.new for each in heads}), int(waits)

    def record(self, kind: str, eid: str) -> tuple[Any, ...]:
        """Return the domain row that the heads of a record come to, in the table's order."""
        heads = {field: found for field, found in self.of(eid).items() if found}
        row = dict(DEFAULTS[kind])
        known, types = FIELDS[kind], TYPES[kind]
        asked = 0
        waiting = {field for field in heads if (eid, field) in self._incomplete} if self._incomplete else set()
        for field, found in heads.items():
            if field == "deleted":
                continue
            if field in known:
                value = decode(winner(field, found).new)
                if type(value) is types[field]:  # null says nothing, and what another kind of value means nobody knows
                    row[field] = value
            if len(found) > 1 and field not in AUTO_FIELDS and field not in waiting:
                asked += len({each.new for each in found}) > 1
        gone, unseen = removal(heads)
        contested = bool(unseen - waiting) and "deleted" not in waiting  # else it is kept, but nobody is asked yet
        steps = {each.step for found in heads.values() for each in found}
        row.update(
            id=eid,
            deleted=int(gone),
            conflicts=asked + contested,
            incomplete=int(bool(waiting)),
            changed_ms=max(each.stamp for found in heads.values() for each in found) >> 16 if len(steps) > 1 else None,
        )
        return tuple([row[name] for name in COLUMNS[kind]])


def winner(field: str, heads: list[Head]) -> Head:
    """Return the head that is shown: the latest; of a removal and a restoring, the one that keeps the record."""
    if field == "deleted":
        return max(heads, key=lambda each: (each.new != "true", each.stamp, each.id))
    return heads[0] if len(heads) == 1 else max(heads, key=lambda each: (each.stamp, each.id))


def removal(heads: dict[str, list[Head]]) -> tuple[bool, set[str]]:
    """Return whether a record is removed, and the fields with an edit that the remover had not seen: those keep it."""
    found = heads.get("deleted")
    if not found or winner("deleted", found).new != "true":
        return False, set()
    seen = {id_ for each in found for id_ in unpacked(each.parents)}
    unseen = {
        field for field, others in heads.items() if field != "deleted" and any(each.id not in seen for each in others)
    }
    return not unseen, unseen


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield ids in lists of a size that one statement takes well."""
    together = list(ids)
    for start in range(0, len(together), CHUNK):
        yield together[start : start + CHUNK]
