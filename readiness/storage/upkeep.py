"""Upkeep: does the file hold together, and do the tables say what the log says? `rebuild` makes the cache again.

Checks change nothing. Source: design.md, section 4; merge.md, section 5.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, inspect, select

from readiness.domain.changes import Change, StepRecord, change_id, unpacked
from readiness.storage.prepared import insert_into, prepared, rows
from readiness.storage.registers import Head, Registers, chunks
from readiness.storage.tables import (
    RECORDS,
    Area,
    Inspection,
    Item,
    change,
    change_parent,
    device,
    head,
    missing,
    reg,
    step,
)
from readiness.storage.workspace import driver_cursor

_CACHES = (head, reg, missing)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold together."""

    kind: str  # "file", "log", "cache" or "reference"
    text: str
    repairable: bool  # making the cache again from the log cures it


def check(connection: Connection) -> list[Fault]:
    """Return every fault: the file's own integrity, the log's ids, the cache against the log, broken references."""
    cursor = driver_cursor(connection)
    broken = [text for (text,) in cursor.execute("PRAGMA integrity_check").fetchall() if text != "ok"]
    if broken:  # what stands in such a file says nothing about the record
        return [Fault("file", text, repairable=False) for text in broken]
    faults: list[Fault] = []
    faults += [Fault("log", text, repairable=False) for text in _log_faults(connection)]
    faults += [Fault("cache", text, repairable=True) for text in _cache_faults(connection)]
    faults += [Fault("reference", text, repairable=False) for text in _reference_faults(connection)]
    return faults


def _log_faults(connection: Connection) -> Iterator[str]:
    """Yield changes whose id is not what their content comes to."""
    devices = {row.n: row.device for row in connection.execute(select(device.c.n, device.c.device))}
    steps = {
        row.id: StepRecord(row.id, devices.get(row.n, ""), row.actor, row.at, row.label, row.reason, row.undo_of)
        for row in connection.execute(select(step))
    }
    for row in connection.execute(select(change)):
        made = Change(
            row.id, devices.get(row.n, ""), row.seq, row.step, row.stamp, row.etype, row.eid, row.field, row.old,
            row.new, unpacked(row.parents), row.schema,
        )  # fmt: skip
        if row.step not in steps:
            yield f"change {row.id.hex()} belongs to no step"
        elif change_id(steps[row.step], made) != row.id:
            yield f"change {row.id.hex()} was altered after it was written"


def _expected_heads(connection: Connection) -> dict[str, list[tuple[str, Head]]]:
    """Return the heads that the log comes to, by record."""
    child = change.alias("child")
    superseded = exists().where(
        change_parent.c.pid == change.c.id,
        child.c.k == change_parent.c.k,
        child.c.eid == change.c.eid,
        child.c.field == change.c.field,
    )
    query = select(
        change.c.eid, change.c.field, change.c.k, change.c.id, change.c.stamp, change.c.step, change.c.etype,
        change.c.new, change.c.parents,
    ).where(~superseded)  # fmt: skip
    found: dict[str, list[tuple[str, Head]]] = {}
    for eid, field, *rest in connection.execute(query):
        found.setdefault(eid, []).append((field, Head(*rest)))
    return found


def _expected_edges(connection: Connection) -> set[tuple[bytes, int]]:
    """Return (parent, row number of the child) as the changes themselves say."""
    query = select(change.c.k, change.c.parents)
    return {(parent, row.k) for row in connection.execute(query) for parent in unpacked(row.parents)}


def _expected_missing(connection: Connection) -> set[tuple[str, str, bytes, int]]:
    """Return which changes wait for parents that have not arrived."""
    known = change.alias("known")
    query = (
        select(change.c.eid, change.c.field, change_parent.c.pid, change.c.k)
        .join(change_parent, change_parent.c.k == change.c.k)
        .where(~exists().where(known.c.id == change_parent.c.pid))
    )
    return {(row[0], row[1], row[2], row[3]) for row in connection.execute(query)}


def _cache_faults(connection: Connection) -> Iterator[str]:
    """Yield where the cache differs from what the log comes to, without changing anything."""
    expected = _expected_heads(connection)
    wanted = {(eid, field, found.k) for eid, heads in expected.items() for field, found in heads}
    kept = {(row.eid, row.field, row.k) for row in connection.execute(select(head))}
    if wanted != kept:
        yield f"{len(wanted ^ kept)} heads of fields are not those of the log"
    if _expected_edges(connection) != {(row.pid, row.k) for row in connection.execute(select(change_parent))}:
        yield "the list of what each change built on is not that of the log"
        return  # heads are worked out from it
    if _expected_missing(connection) != {(r.eid, r.field, r.pid, r.k) for r in connection.execute(select(missing))}:
        yield "the list of changes that have not arrived is not that of the log"
    if wanted != kept:
        return  # the rows below are worked out from the heads as they are kept
    registers = Registers(driver_cursor(connection), expected)
    fields = {registers.register(eid, field) for eid, heads in expected.items() for field, _ in heads}
    if fields != {tuple(row) for row in connection.execute(select(reg))}:
        yield "the values of fields are not those of the log"
    for kind in RECORDS:
        place, every_row = _every_row(kind)
        lines = {line[place]: line for line in rows(driver_cursor(connection), every_row)}
        mine = [eid for eid, heads in expected.items() if heads[0][1].etype == kind]
        for eid in mine:
            if eid not in lines:
                yield f"{kind} {eid} is missing from its table"
            elif tuple(lines[eid]) != registers.record(kind, eid):
                yield f"{kind} {eid} says something else than the log"
        yield from (f"{kind} {eid} stands in its table but not in the log" for eid in lines.keys() - set(mine))


def _reference_faults(connection: Connection) -> Iterator[str]:
    """Yield live records whose parent is not there."""
    for child, parent, column in ((Item, Area, Item.area_id), (Area, Inspection, Area.inspection_id)):
        query = select(child.id).where(child.deleted.is_(False), column.not_in(select(parent.id)))
        for (id_,) in connection.execute(query):
            yield f"{child.__tablename__} {id_} stands under a record that is not there"


def rebuild(connection: Connection) -> int:
    """Make edges, heads, registers and domain tables again from the log; return how many records there are."""
    edges = _expected_edges(connection)
    for table in (change_parent, *_CACHES, *(_table(record) for record in RECORDS.values())):
        connection.execute(delete(table))
    if edges:
        driver_cursor(connection).executemany(insert_into(change_parent), list(edges))
    expected = _expected_heads(connection)
    lacking = _expected_missing(connection)
    if lacking:
        connection.execute(insert(missing), [dict(zip(missing.columns.keys(), line, strict=True)) for line in lacking])
    for eids in chunks(expected):
        registers = Registers(driver_cursor(connection), eids)
        for eid in eids:
            for field, found in expected[eid]:
                registers.add(eid, field, found)
        registers.write()
    return len(expected)


@cache
def _every_row(kind: str) -> tuple[int, str]:
    """Return where the id stands in the row of a kind of record, and the query of every row."""
    table = _table(RECORDS[kind])
    return table.columns.keys().index("id"), prepared(select(table))


def _table(record: type[Any]) -> Table:
    table: Table = inspect(record).local_table
    return table
