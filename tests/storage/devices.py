"""Laptops in memory that hand each other changes; for tests of the merge alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from readiness.domain.changes import Change, StepRecord, unpacked
from readiness.domain.steps import SetField, Step
from readiness.domain.views import Changes
from readiness.services.undo import undo_step
from readiness.storage.arrivals import apply_changes
from readiness.storage.engine import memory_engine
from readiness.storage.journal import Author, write_step
from readiness.storage.tables import metadata
from readiness.storage.upkeep import Fault, check, rebuild
from readiness.storage.workspace import driver_cursor

Carried = tuple[StepRecord, Change]
_LOG = """
    SELECT s.id, d.device, s.actor, s.at, s.label, s.reason, s.undo_of, c.id, c.seq, c.stamp, c.etype, c.eid, c.field,
           c.old, c.new, c.parents, c.schema
    FROM change c JOIN step s ON s.id = c.step JOIN device d ON d.n = c.n
"""
_HEADS = "SELECT h.eid, h.field, c.id, c.new FROM head h JOIN change c ON c.k = h.k"
_REGS = "SELECT r.eid, r.field, r.etype, c.id, r.nvals, r.incomplete FROM reg r JOIN change c ON c.k = r.win"


@cache
def _script() -> str:
    engine = memory_engine()
    made: list[Any] = [CreateTable(table) for table in metadata.sorted_tables]
    made += [CreateIndex(index) for table in metadata.sorted_tables for index in table.indexes]
    return ";\n".join(str(each.compile(engine)) for each in made)


_spare: list[Engine] = []
"""Empty databases of laptops that were closed: their statements are compiled already."""


def _empty_engine() -> Engine:
    if _spare:
        return _spare.pop()
    engine = memory_engine()
    with engine.begin() as connection:
        for statement in _script().split(";\n"):
            driver_cursor(connection).execute(statement)
    return engine


class Device:
    """One laptop: an empty database and a clock of its own."""

    def __init__(self, name: str, now: datetime) -> None:
        self.name = name * 16
        self.now = now
        self.engine = _empty_engine()
        self._driver = self.engine.raw_connection().driver_connection  # it has one, and outside a step it is idle
        self._steps = 0
        with self.engine.begin() as connection:
            cursor = driver_cursor(connection)
            cursor.execute("INSERT INTO device (n, device, trust) VALUES (1, ?, 'self')", (self.name,))

    def write(self, *sets: SetField, label: str = "Edit", undo_of: str | None = None) -> Changes:
        with self.engine.begin() as connection:
            return self._write(driver_cursor(connection), Step(label, sets, undo_of=undo_of))

    def undo(self, step_id: str) -> Changes:
        with self.engine.begin() as connection:
            with Session(connection, autoflush=False) as session:
                step = undo_step(session, step_id)
            return self._write(driver_cursor(connection), step)

    def _write(self, cursor: Any, step: Step) -> Changes:
        self.now += timedelta(milliseconds=1)
        self._steps += 1
        author = Author(self.name, 1, f"Laptop {self.name[0]}")
        chosen = replace(step, settles=True)  # whoever writes here has seen every value
        return write_step(cursor, author, chosen, self.now, f"{self.name[0]}{self._steps:011x}")

    def take(self, carried: Iterable[Carried]) -> Changes:
        carried = list(carried)
        with self.engine.begin() as connection:
            return apply_changes(driver_cursor(connection), [s for s, _ in carried], [c for _, c in carried])

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._driver.execute(sql, values).fetchall()
        return found

    def log(self, step_id: str | None = None) -> list[Carried]:
        """Return all changes with their steps, or those of one step, as they would be handed on."""
        found = self.rows(
            _LOG + ("WHERE c.step = ? ORDER BY c.k" if step_id else "ORDER BY c.k"), [step_id] if step_id else []
        )
        return [
            (
                StepRecord(*row[:7]),
                Change(row[7], row[1], row[8], row[0], *row[9:15], unpacked(row[15]), row[16]),
            )
            for row in found
        ]

    def heads(self) -> dict[tuple[str, str], dict[bytes, str]]:
        """Return the heads by field: their ids and values."""
        found: dict[tuple[str, str], dict[bytes, str]] = {}
        for eid, field, id_, new in self.rows(_HEADS):
            found.setdefault((eid, field), {})[id_] = new
        return found

    def registers(self) -> dict[tuple[str, str], tuple[str, bytes, int, int]]:
        """Return by field: kind, winner's id, number of values, whether it waits for changes."""
        return {(row[0], row[1]): row[2:] for row in self.rows(_REGS)}

    def items(self) -> dict[str, dict[str, Any]]:
        names = [row[1] for row in self.rows("PRAGMA table_info(item)")]
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in self.rows("SELECT * FROM item")}

    def item(self, eid: str) -> dict[str, Any]:
        return self.items()[eid]

    def state(self) -> tuple[object, ...]:
        """Return everything that must be equal on laptops that know the same changes."""
        return (
            sorted(change.id for _, change in self.log()),
            self.heads(),
            self.registers(),
            sorted(self.rows("SELECT m.eid, m.field, m.pid, c.id FROM missing m JOIN change c ON c.k = m.k")),
            *(sorted(self.rows(f"SELECT * FROM {table}")) for table in ("item", "area", "inspection", "person")),
        )

    def check(self) -> list[Fault]:
        with self.engine.begin() as connection:
            return check(connection)

    def rebuild(self) -> None:
        with self.engine.begin() as connection:
            rebuild(connection)

    def close(self) -> None:
        with self.engine.begin() as connection:
            for table in metadata.sorted_tables:
                driver_cursor(connection).execute(f"DELETE FROM {table.name}")
        _spare.append(self.engine)
