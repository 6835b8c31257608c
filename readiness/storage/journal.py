"""Journal: writes steps to the log, takes in the changes of other devices, and keeps the cache in step with both.

All of it runs on one driver cursor inside the caller's transaction: log and tables change together or not at all.
Source: merge.md, sections 6.2 and 6.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal_column, select

from readiness.domain.changes import Change, StepRecord, change_id, encode, packed, stamp_of, tidied
from readiness.domain.steps import SetField, Step
from readiness.domain.views import Changes
from readiness.storage.prepared import insert_into, prepared, rows, run_all
from readiness.storage.registers import DEFAULTS, Head, Registers, is_known, removal, winner
from readiness.storage.tables import Person, change, change_parent, device, missing, step

_ADD_STEP = insert_into(step, ignore=True)
_ADD_CHANGE = insert_into(change)
_ADD_PARENT = insert_into(change_parent, ignore=True)
_ADD_MISSING = insert_into(missing, ignore=True)
_ADD_DEVICE = prepared(
    insert(device)
    .prefix_with("OR IGNORE")
    .values({name: bindparam(f"p_{name}") for name in ("n", "device", "person", "label", "trust")})
)
_NONE: ColumnElement[int] = literal_column("0")
_COUNTERS = prepared(
    select(
        select(func.coalesce(func.max(change.c.k), _NONE)).scalar_subquery(),
        select(func.coalesce(func.max(step.c.k), _NONE)).scalar_subquery(),
        select(func.coalesce(func.max(change.c.seq), _NONE)).where(change.c.n == bindparam("n")).scalar_subquery(),
    )
)
_KNOWN_ONE = prepared(select(change.c.eid, change.c.field).where(change.c.id == bindparam("id")))
_KNOWN_STEP = prepared(
    select(step.c.actor, step.c.at, step.c.undo_of, device.c.device)
    .select_from(step.join(device, device.c.n == step.c.n))
    .where(step.c.id == bindparam("id"))
)
_UNDOES = prepared(select(step.c.undo_of).where(step.c.id == bindparam("id")))
_CHILDREN = prepared(
    select(change.c.id)
    .select_from(change_parent.join(change, change.c.k == change_parent.c.k))
    .where(
        change_parent.c.pid == bindparam("pid"),
        change.c.eid == bindparam("eid"),
        change.c.field == bindparam("field"),
    )
)
_WAITING = prepared(select(missing.c.eid, missing.c.field).where(missing.c.pid == bindparam("pid")))
_ARRIVED = prepared(delete(missing).where(missing.c.pid == bindparam("pid")))
_DEVICES = prepared(select(device.c.device, device.c.n))
_WHO = prepared(select(device.c.device, device.c.n).where(device.c.trust == bindparam("trust")))
_PERSON = prepared(select(Person.name, Person.role).where(Person.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the device, its short number in this database, and the person's signature."""

    device: str
    n: int
    actor: str


def read_author(cursor: Any) -> Author:
    """Return this laptop and its person."""
    ((laptop, n),) = rows(cursor, _WHO, ("self",))
    person = rows(cursor, _PERSON, (laptop,))
    name, role = person[0] if person else ("", "")
    return Author(laptop, n, name or role or "Somebody")


def moment(at: datetime) -> str:
    """Return a time as the record keeps it: UTC, ISO, milliseconds, "Z"."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_step(cursor: Any, author: Author, taken: Step, at: datetime, step_id: str) -> Changes:
    """Write a step of this device, to the log and to the tables. A step that changes nothing is not kept.

    Args:
        cursor: A driver cursor inside a write transaction.
        author: Who writes.
        taken: What the use case returned; of several settings of one field the last counts.
        at: The author's clock, with its zone.
        step_id: 12 hex digits, random.
    """
    registers = Registers(cursor, dict.fromkeys(each.id for each in taken.sets))
    wanted = {(each.id, each.field): each for each in sorted(taken.sets, key=partial(_turn, registers))}
    ((last_k, last_step, last_seq),) = rows(cursor, _COUNTERS, (author.n,))
    said = (tidied(taken.label), tidied(taken.reason))
    record = StepRecord(step_id, author.device, tidied(author.actor), moment(at), *said, taken.undo_of)
    now_ms = int(at.timestamp() * 1000)
    made: list[tuple[int, Change]] = []
    for each in wanted.values():
        found = _change(registers, record, each, last_seq + len(made) + 1, now_ms)
        if found is not None:
            k = last_k + len(made) + 1
            made.append((k, found))
            registers.supersede(each.id, each.field, found.parents)
            registers.add(each.id, each.field, _head(k, found))
    if not made and taken.undo_of is None:
        return Changes(taken.label, None, {}, taken.left)
    _log(cursor, author.n, last_step + 1, record, made, out=1)
    ids = {kind: frozenset(found) for kind, found in registers.write().items()}
    return Changes(taken.label, step_id, ids, taken.left)


def _turn(registers: Registers, each: SetField) -> int:
    """Return when a setting has its turn: a removal last, since it is to have seen what the step itself wrote.

    A restoring comes first: any other field that is set would bring the record back before it.
    """
    if each.field != "deleted":
        return 0
    if _is_removal(each):
        return 1
    return -1 if registers.field(each.id, each.field) else 0


def _is_removal(each: SetField) -> bool:
    return each.field == "deleted" and each.value is True


def _change(registers: Registers, record: StepRecord, each: SetField, seq: int, now_ms: int) -> Change | None:
    """Return the change a setting makes; None where the field has that value already."""
    heads = registers.field(each.id, each.field)
    old, new = _shown(registers, each, heads), encode(each.value)
    if old == new and all(other.new == new for other in heads):
        return None
    seen = heads
    if _is_removal(each):  # a removal has seen every field as it stands
        seen = [other for found in registers.of(each.id).values() for other in found]
    made = Change(
        id=b"",
        device=record.device,
        seq=seq,
        step=record.id,
        stamp=stamp_of(now_ms, (other.stamp for other in seen)),
        etype=each.kind,
        eid=each.id,
        field=each.field,
        old=old,
        new=new,
        parents=tuple(sorted(other.id for other in seen)),
    )
    return with_id(record, made)


def _shown(registers: Registers, each: SetField, heads: list[Head]) -> str:
    """Return the value people see in a field before it is set."""
    if heads and each.field == "deleted":
        return encode(removal(registers.of(each.id))[0])  # a contested removal does not show
    return winner(each.field, heads).new if heads else _before(each)


def _before(each: SetField) -> str:
    if each.field == "deleted":
        return encode(each.value is not True)  # before it was made it was not there: undoing the making removes it
    return encode(DEFAULTS[each.kind][each.field]) if is_known(each.kind, each.field) else "null"


def with_id(record: StepRecord, made: Change) -> Change:
    """Return a change with the id that its content comes to."""
    return made._replace(id=change_id(record, made))


def _head(k: int, made: Change) -> Head:
    return Head(k, made.id, made.stamp, made.step, made.etype, made.new, packed(made.parents))


def _log(cursor: Any, n: int, step_k: int, record: StepRecord, made: Sequence[tuple[int, Change]], *, out: int) -> None:
    label = (record.label, record.reason, record.undo_of)
    cursor.execute(_ADD_STEP, (step_k, record.id, n, record.actor, record.at, *label, None))
    run_all(
        cursor,
        _ADD_CHANGE,
        [
            (k, c.id, n, c.seq, c.step, c.stamp, c.etype, c.eid, c.field, c.old, c.new, packed(c.parents), c.schema,
             "applied" if is_known(c.etype, c.field) else "unknown", out)
            for k, c in made
        ],
    )  # fmt: skip
    run_all(cursor, _ADD_PARENT, [(parent, k) for k, c in made for parent in c.parents])


def apply_changes(cursor: Any, steps: Iterable[StepRecord], changes: Iterable[Change]) -> Changes:
    """Take in changes of other devices (or our own, restored), in any order and as often as they come.

    Raises ValueError when a change's id is not what its content comes to, or its step is not among `steps` or undoes
    itself; the caller's transaction is then to be rolled back: whole or nothing.
    """
    by_id = {each.id: each for each in steps}
    arrived: dict[bytes, Change] = {}
    for each in changes:
        if each.step not in by_id or change_id(by_id[each.step], each) != each.id:
            raise ValueError(f"change {each.id.hex()} is not what it says it is")
        arrived[each.id] = each
    _refuse_twins(cursor, by_id)
    _refuse_circles(cursor, by_id)
    for id_ in [id_ for id_ in arrived if rows(cursor, _KNOWN_ONE, (id_,))]:
        del arrived[id_]
    if not arrived:
        return Changes("Take in changes", None, {})
    placed = _place(cursor, by_id, arrived.values())
    registers = Registers(cursor, dict.fromkeys(each.eid for each in arrived.values()))
    for k, each in placed:
        _settle(cursor, registers, k, each)
    registers.refresh_missing()
    ids = {kind: frozenset(found) for kind, found in registers.write().items()}
    return Changes("Take in changes", None, ids)


def _refuse_twins(cursor: Any, arriving: dict[str, StepRecord]) -> None:
    """Raise ValueError when a step that is known comes with other content: its changes would not match their ids."""
    for each in arriving.values():
        for actor, at, undo_of, author in rows(cursor, _KNOWN_STEP, (each.id,)):
            if (actor, at, undo_of, author) != (each.actor, each.at, each.undo_of, each.device):
                raise ValueError(f"step {each.id} is not the one that is known")


def _refuse_circles(cursor: Any, arriving: dict[str, StepRecord]) -> None:
    """Raise ValueError when a step undoes itself, by way of others or not: no history could tell what it leaves."""
    for each in arriving.values():
        met, undone = {each.id}, each.undo_of
        while undone is not None:
            if undone in met:
                raise ValueError(f"step {each.id} undoes itself")
            met.add(undone)
            known = arriving.get(undone)
            undone = known.undo_of if known else next((found for (found,) in rows(cursor, _UNDOES, (undone,))), None)


def _place(cursor: Any, steps: dict[str, StepRecord], arrived: Iterable[Change]) -> list[tuple[int, Change]]:
    """Log arrivals, step by step, and return them with their row numbers."""
    numbers = dict(rows(cursor, _DEVICES))
    placed: list[tuple[int, Change]] = []
    ((last_k, last_step, _),) = rows(cursor, _COUNTERS, (0,))
    by_step: dict[str, list[Change]] = {}
    for each in arrived:
        by_step.setdefault(each.step, []).append(each)
    for step_id, together in by_step.items():
        author = steps[step_id].device
        if author not in numbers:
            numbers[author] = max(numbers.values(), default=0) + 1
            cursor.execute(_ADD_DEVICE, (numbers[author], author, steps[step_id].actor, "", "seen"))
        made = [(last_k + number, each) for number, each in enumerate(together, start=1)]
        last_k += len(made)
        last_step += 1
        _log(cursor, numbers[author], last_step, steps[step_id], made, out=0)
        placed.extend(made)
    return placed


def _settle(cursor: Any, registers: Registers, k: int, each: Change) -> None:
    """Move the heads on by one arrival. Source: merge.md, section 6.3."""
    known = {parent: rows(cursor, _KNOWN_ONE, (parent,)) for parent in each.parents}
    lacking = [parent for parent, found in known.items() if not found]
    run_all(cursor, _ADD_MISSING, [(each.eid, each.field, parent, k) for parent in lacking])
    registers.supersede(each.eid, each.field, each.parents)
    if not rows(cursor, _CHILDREN, (each.id, each.eid, each.field)):
        registers.add(each.eid, each.field, _head(k, each))
    for eid, field in rows(cursor, _WAITING, (each.id,)):
        registers.touch(eid, field)
    cursor.execute(_ARRIVED, (each.id,))
