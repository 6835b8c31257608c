"""Journal: writes steps to the log and keeps the cache in step with it; `arrivals.py` takes in what others wrote.

All of it runs on one driver cursor inside the caller's transaction: log and tables change together or not at all.
Source: merge.md, section 6.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select

from readiness.domain.changes import Change, StepRecord, change_id, encode, packed, stamp_of, tidied
from readiness.domain.errors import InConflict, RemovalInConflict
from readiness.domain.steps import SetField, Step
from readiness.domain.views import Changes
from readiness.storage.prepared import insert_into, prepared, rows, run_all
from readiness.storage.registers import DEFAULTS, Head, Registers, is_known, removal, winner
from readiness.storage.tables import Person, change, change_parent, device, step
from readiness.storage.workspace import PERSON, note

_ADD_STEP = insert_into(step, ignore=True)
_ADD_CHANGE = insert_into(change)
_ADD_PARENT = insert_into(change_parent, ignore=True)
_NONE: ColumnElement[int] = literal_column("0")
_COUNTERS = prepared(
    select(
        select(func.coalesce(func.max(change.c.k), _NONE)).scalar_subquery(),
        select(func.coalesce(func.max(step.c.k), _NONE)).scalar_subquery(),
        select(func.coalesce(func.max(change.c.seq), _NONE)).where(change.c.n == bindparam("n")).scalar_subquery(),
    )
)
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
    said = [name or role for id_ in (laptop, note(cursor, PERSON)) for name, role in rows(cursor, _PERSON, (id_,))]
    return Author(laptop, n, next(filter(None, said), "Somebody"))


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

    Raises InConflict when it would give a field in conflict a value, or remove its record, and is not the choice.
    """
    registers = Registers(cursor, dict.fromkeys(each.id for each in taken.sets))
    wanted = {(each.id, each.field): each for each in sorted(taken.sets, key=partial(_turn, registers))}
    if not taken.settles:
        _refuse_unseen(registers, wanted.values())
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


def _refuse_unseen(registers: Registers, wanted: Iterable[SetField]) -> None:
    """Raise InConflict where a step would settle what somebody is to choose; verbs ask before, this is the door."""
    for each in wanted:
        if _is_removal(each):
            field = registers.hindrance(each.id)
            if field is not None:
                raise RemovalInConflict(each.id, field)
        elif registers.is_contested(each.id, each.field):
            raise InConflict(each.id, each.field)


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
