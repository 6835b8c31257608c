"""Arrivals: changes of other laptops, taken into the log in any order, as often as they come, many at a time.

All of it runs on one driver cursor inside the caller's transaction: log and tables change together or not at all.
Source: merge.md, section 6.3.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, insert, literal_column, select

from readiness.domain.changes import Change, StepRecord, change_id, packed
from readiness.domain.views import Changes
from readiness.storage.prepared import in_list, insert_into, prepared, rows, run_all
from readiness.storage.registers import Head, Registers, is_known
from readiness.storage.tables import change, change_parent, device, missing, step

AT_A_TIME = 200
"""How many ids one statement looks up."""

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
    )
)
_MANY: list[ColumnElement[Any]] = [bindparam(f"id_{number}") for number in range(AT_A_TIME)]
_KNOWN = prepared(select(change.c.id, change.c.status).where(change.c.id.in_(_MANY)))
_WAITING = prepared(select(missing.c.pid, missing.c.eid, missing.c.field).where(missing.c.pid.in_(_MANY)))
_SOMETHING_WAITS = prepared(select(exists(select(missing.c.k))))
_ARRIVED = prepared(delete(missing).where(missing.c.pid == bindparam("pid")))
_KNOWN_STEPS = prepared(
    select(step.c.id, step.c.actor, step.c.at, step.c.undo_of, device.c.device)
    .select_from(step.join(device, device.c.n == step.c.n))
    .where(step.c.id.in_(in_list("ids")))
)
_UNDOES = prepared(select(step.c.undo_of).where(step.c.id == bindparam("id")))
_DEVICES = prepared(select(device.c.device, device.c.n, device.c.revoked_after))


def apply_changes(
    cursor: Any,
    steps: Iterable[StepRecord],
    changes: Iterable[Change],
    *,
    received_at: str | None = None,
    are_checked: bool = False,
) -> Changes:
    """Take in changes of other devices (or our own, restored), in any order and as often as they come.

    Args:
        cursor: A driver cursor inside a write transaction.
        steps: What the changes belong to.
        changes: With their ids.
        received_at: Now, by our clock, as the record keeps times; None: not told.
        are_checked: The ids were worked out from the content a moment ago, and need not be again.

    Raises ValueError when a change's id is not what its content comes to, or its step is not among `steps` or undoes
    itself; nothing is written then.
    """
    by_id = {each.id: each for each in steps}
    arrived: dict[bytes, Change] = {}
    for each in changes:
        if each.step not in by_id or not (are_checked or change_id(by_id[each.step], each) == each.id):
            raise ValueError(f"change {each.id.hex()} is not what it says it is")
        arrived[each.id] = each
    _refuse_twins(cursor, by_id)
    _refuse_circles(cursor, by_id)
    known = _known(cursor, {id_ for each in arrived.values() for id_ in (each.id, *each.parents)})
    for id_ in known.keys() & arrived.keys():
        del arrived[id_]
    if not arrived:
        return Changes("Take in changes", None, {})
    placed = _log(cursor, by_id, arrived.values(), received_at)
    return _settle(cursor, placed, known)


def _known(cursor: Any, ids: Iterable[bytes]) -> dict[bytes, str]:
    """Return which ids are in the log, and the status of each."""
    return {bytes(id_): status for id_, status in _found(cursor, _KNOWN, ids)}


def _found(cursor: Any, sql: str, ids: Iterable[bytes]) -> list[tuple[Any, ...]]:
    """Run a statement that looks up `AT_A_TIME` ids, as often as it takes."""
    wanted = list(ids)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), AT_A_TIME):
        some = wanted[start : start + AT_A_TIME]
        found += rows(cursor, sql, some + some[-1:] * (AT_A_TIME - len(some)))
    return found


def _refuse_twins(cursor: Any, arriving: Mapping[str, StepRecord]) -> None:
    """Raise ValueError when a step that is known comes with other content: its changes would not match their ids."""
    from json import dumps

    for id_, actor, at, undo_of, author in rows(cursor, _KNOWN_STEPS, (dumps(list(arriving)),)):
        each = arriving[id_]
        if (actor, at, undo_of, author) != (each.actor, each.at, each.undo_of, each.device):
            raise ValueError(f"step {each.id} is not the one that is known")


def _refuse_circles(cursor: Any, arriving: Mapping[str, StepRecord]) -> None:
    """Raise ValueError when a step undoes itself, by way of others or not: no history could tell what it leaves."""
    for each in arriving.values():
        met, undone = {each.id}, each.undo_of
        while undone is not None:
            if undone in met:
                raise ValueError(f"step {each.id} undoes itself")
            met.add(undone)
            known = arriving.get(undone)
            undone = known.undo_of if known else next((found for (found,) in rows(cursor, _UNDOES, (undone,))), None)


def _log(
    cursor: Any, steps: Mapping[str, StepRecord], arrived: Iterable[Change], received_at: str | None
) -> list[tuple[int, Change, str]]:
    """Log arrivals, step by step, and return them with their row numbers and statuses."""
    laptops = {laptop: (n, after) for laptop, n, after in rows(cursor, _DEVICES)}
    ((last_k, last_step),) = rows(cursor, _COUNTERS)
    by_step: dict[str, list[Change]] = {}
    for each in arrived:
        by_step.setdefault(each.step, []).append(each)
    step_rows: list[tuple[Any, ...]] = []
    placed: list[tuple[int, Change, str]] = []
    change_rows: list[tuple[Any, ...]] = []
    for step_id, together in by_step.items():
        said = steps[step_id]
        if said.device not in laptops:
            laptops[said.device] = (max((n for n, _ in laptops.values()), default=0) + 1, None)
            cursor.execute(_ADD_DEVICE, (laptops[said.device][0], said.device, said.actor, "", "seen"))
        n, after = laptops[said.device]
        last_step += 1
        step_rows.append(
            (last_step, said.id, n, said.actor, said.at, said.label, said.reason, said.undo_of, received_at)
        )
        for c in together:
            last_k += 1
            status = "applied" if is_known(c.etype, c.field) else "unknown"
            if after is not None and c.seq > after:
                status = "held"
            placed.append((last_k, c, status))
            change_rows.append((
                last_k, c.id, n, c.seq, c.step, c.stamp, c.etype, c.eid, c.field, c.old, c.new, packed(c.parents),
                c.schema, status, 0,
            ))  # fmt: skip
    run_all(cursor, _ADD_STEP, step_rows)
    run_all(cursor, _ADD_CHANGE, change_rows)
    run_all(cursor, _ADD_PARENT, [(parent, k) for k, c, _ in placed for parent in c.parents])
    return placed


def _settle(cursor: Any, placed: Sequence[tuple[int, Change, str]], known: Mapping[bytes, str]) -> Changes:
    """Move the heads on by arrivals. What is held is in the log alone, as if it had not arrived."""
    counted = [(k, each) for k, each, status in placed if status != "held"]
    here = {each.id for _, each in counted}
    children = {(parent, each.eid, each.field) for _, each in counted for parent in each.parents}
    waiting = _found(cursor, _WAITING, here) if rows(cursor, _SOMETHING_WAITS)[0][0] else []
    children |= {(bytes(pid), eid, field) for pid, eid, field in waiting}
    registers = Registers(cursor, dict.fromkeys(each.eid for _, each in counted))
    is_here: Callable[[bytes], bool] = lambda id_: id_ in here or known.get(id_, "held") != "held"  # noqa: E731
    lacking = []
    for k, each in counted:
        lacking += [(each.eid, each.field, parent, k) for parent in each.parents if not is_here(parent)]
        if each.parents:
            registers.supersede(each.eid, each.field, each.parents)
        if (each.id, each.eid, each.field) in children:
            registers.touch(each.eid, each.field)
        else:
            registers.add(each.eid, each.field, Head(
                k, each.id, each.stamp, each.step, each.etype, each.new, packed(each.parents)
            ))  # fmt: skip
    run_all(cursor, _ADD_MISSING, lacking)
    run_all(cursor, _ARRIVED, [(pid,) for pid in {bytes(pid) for pid, _, _ in waiting}])
    registers.read_more({eid for _, eid, _ in waiting})
    for _, eid, field in waiting:
        registers.touch(eid, field)
    registers.refresh_missing()
    return Changes("Take in changes", None, {kind: frozenset(ids) for kind, ids in registers.write().items()})
