"""History: what the log tells, newest first. Questions only; the journal alone writes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from readiness.domain.changes import unpacked
from readiness.storage.prepared import prepared, rows
from readiness.storage.tables import RECORDS, Link, Review, Revision, change, device, head, step
from readiness.storage.workspace import cursor_of

BATCH = 50


@dataclass(frozen=True, slots=True)
class LoggedStep:
    """A step of the log."""

    k: int
    id: str
    actor: str
    at: str
    label: str
    reason: str
    undo_of: str | None


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change of the log, with the step it belongs to."""

    k: int
    id: bytes
    step: str
    stamp: int
    etype: str
    eid: str
    field: str
    old: str
    new: str
    parents: bytes
    actor: str
    at: str
    label: str
    undo_of: str | None


_STEP = (step.c.k, step.c.id, step.c.actor, step.c.at, step.c.label, step.c.reason, step.c.undo_of)
_CHANGE = (
    change.c.k, change.c.id, change.c.step, change.c.stamp, change.c.etype, change.c.eid, change.c.field, change.c.old,
    change.c.new, change.c.parents, step.c.actor, step.c.at, step.c.label, step.c.undo_of,
)  # fmt: skip
_BEYOND = 2**63 - 1
"""More than the number of any step."""
_EVENT: ColumnElement[str] = literal_column("'event'")
_FIRST_KIND = (
    select(change.c.etype)
    .where(change.c.step == step.c.id)
    .order_by(change.c.k)
    .limit(literal_column("1"))
    .offset(literal_column("0"))
    .correlate(step)
    .scalar_subquery()
)
IS_EVENT: ColumnElement[bool] = func.coalesce(_FIRST_KIND, literal_column("''")) == _EVENT
"""Whether a step only tells that something happened; it has one record, and what it sets is all of that."""
_OWN_STEPS = prepared(
    select(*_STEP)
    .join(device, device.c.n == step.c.n)
    .where(
        device.c.trust.in_((literal_column("'self'"), literal_column("'former'"))),
        step.c.k < bindparam("last"),
        ~IS_EVENT,
    )
    .order_by(step.c.k.desc())
    .limit(literal_column(str(BATCH)))
    .offset(literal_column("0"))
)
_UNDO_LINKS = prepared(select(step.c.id, step.c.undo_of).where(step.c.undo_of.is_not(None)))
_STEP_BY_ID = prepared(select(*_STEP).where(step.c.id == bindparam("id")))


def changes() -> Select[Any]:
    """Return the query of all changes with their steps, to be narrowed."""
    return select(*_CHANGE).join(step, step.c.id == change.c.step)


def found_changes(session: Session, query: Select[Any]) -> list[LoggedChange]:
    """Return what a narrowed `changes()` finds."""
    return [LoggedChange(*row) for row in session.execute(query)]


def own_steps(session: Session) -> Iterator[LoggedStep]:
    """Yield this laptop's steps that can be undone, latest first, read as far as the caller goes."""
    last = _BEYOND
    while True:
        found = [LoggedStep(*row) for row in rows(cursor_of(session), _OWN_STEPS, (last,))]
        yield from found
        if len(found) < BATCH:
            return
        last = found[-1].k


def undo_links(session: Session) -> dict[str, str]:
    """Return, for each step that undoes another, that other's id."""
    return dict(rows(cursor_of(session), _UNDO_LINKS))


def done_first(links: Mapping[str, str], step_id: str) -> str:
    """Return the step at the end of a chain of undos and redos: what somebody really did."""
    return _chain(links, step_id)[-1]


def stands(links: Mapping[str, str], step_id: str) -> bool:
    """Whether a step leaves what was done first in place: it is that step, or a redo of it."""
    return len(_chain(links, step_id)) % 2 == 1


def _chain(links: Mapping[str, str], step_id: str) -> list[str]:
    """Return a step, what it undoes, and so on; of links that run in a circle, each once."""
    chain = {step_id: None}
    while step_id in links and links[step_id] not in chain:
        step_id = links[step_id]
        chain[step_id] = None
    return list(chain)


def find_step(session: Session, step_id: str) -> LoggedStep | None:
    """Return a step by its id."""
    found = rows(cursor_of(session), _STEP_BY_ID, (step_id,))
    return LoggedStep(*found[0]) if found else None


def changes_of_step(session: Session, step_id: str) -> list[LoggedChange]:
    """Return what a step changed, in the order in which it was written."""
    return found_changes(session, changes().where(change.c.step == step_id).order_by(change.c.k))


def change_in_step(session: Session, step_id: str, eid: str, field: str) -> LoggedChange | None:
    """Return the change that a step made of one field."""
    found = found_changes(
        session, changes().where(change.c.step == step_id, change.c.eid == eid, change.c.field == field)
    )
    return found[0] if found else None


def heads_beside(session: Session, step_id: str) -> dict[tuple[str, str], list[LoggedChange]]:
    """Return, by record and field, the heads of every field that a step changed: a step may have changed thousands."""
    mine = change.alias()
    query = (
        changes()
        .join(head, head.c.k == change.c.k)
        .join(mine, (mine.c.eid == head.c.eid) & (mine.c.field == head.c.field))
        .where(mine.c.step == step_id)
    )
    found: dict[tuple[str, str], list[LoggedChange]] = {}
    for each in found_changes(session, query):
        found.setdefault((each.eid, each.field), []).append(each)
    return found


def parent_in_field(session: Session, child: LoggedChange) -> list[LoggedChange]:
    """Return the parents of a change that are changes of its own field."""
    ids: Sequence[bytes] = unpacked(child.parents)
    if not ids:
        return []
    return found_changes(
        session,
        changes().where(change.c.id.in_(ids), change.c.eid == child.eid, change.c.field == child.field),
    )


def what_stands(session: Session, links: Mapping[str, str], found: LoggedChange) -> LoggedChange | None:
    """Return the change whose state a change leaves: itself or, where it undid something, what stood before that.

    None: what it undid was the first change of the field.
    """
    current: LoggedChange | None = found
    seen: set[bytes] = set()
    while current is not None and current.undo_of is not None and current.id not in seen:
        seen.add(current.id)
        first = change_in_step(session, done_first(links, current.step), current.eid, current.field)
        if first is None:
            break
        if stands(links, current.step):
            return first
        parents = parent_in_field(session, first)
        if len(parents) > 1:
            break
        current = parents[0] if parents else None
    return current


def unmade(session: Session, ids: Sequence[str]) -> set[str]:
    """Return which removed records are gone because their making was undone; nobody took those out by hand."""
    links = undo_links(session)
    among = func.json_each(json.dumps(list(ids))).table_valued("value").c.value
    query = changes().join(head, head.c.k == change.c.k).where(head.c.field == "deleted", head.c.eid.in_(select(among)))
    pending = {each.eid: each for each in found_changes(session, query) if each.undo_of is not None}
    found: set[str] = set()
    while pending:
        firsts = {eid: done_first(links, each.step) for eid, each in pending.items() if not stands(links, each.step)}
        first = _deletions(session, change.c.step.in_(sorted(set(firsts.values()))), firsts)
        first = [each for each in first if each.step == firsts[each.eid]]
        found |= {each.eid for each in first if not each.parents}
        parents = {id_ for each in first for id_ in unpacked(each.parents)}
        before = _deletions(session, change.c.id.in_(parents), firsts)
        pending = {each.eid: each for each in before if each.undo_of is not None}
    return found


def _deletions(session: Session, which: ColumnElement[bool], ids: Iterable[str]) -> list[LoggedChange]:
    among = func.json_each(json.dumps(list(ids))).table_valued("value").c.value
    return found_changes(session, changes().where(which, change.c.field == "deleted", change.c.eid.in_(select(among))))


_NAMES: dict[str, tuple[str, ...]] = {"item": ("reference",), "area": ("code", "title"), "attachment": ("name",)}
_OTHERWISE = ("short_title", "title", "name")
_WITH_THEIR_KIND = frozenset({"evidence", "finding", "action", "pack"})


def name_of(session: Session, etype: str, eid: str) -> str:
    """Return a record as people call it: an item's reference, an area's letter and title, “evidence Audit”."""
    table = RECORDS.get(etype)
    record = session.get(table, eid) if table is not None else None
    if record is None:
        return etype
    match record:
        case Link():
            return f"{name_of(session, 'evidence', record.evidence_id)} for {name_of(session, 'item', record.item_id)}"
        case Revision():
            return f"version {record.number} of {name_of(session, 'evidence', record.evidence_id)}"
        case Review():
            return f"review of {name_of(session, 'item', record.item_id)}"
    said = [str(getattr(record, name)) for name in _NAMES.get(etype, _OTHERWISE) if getattr(record, name, "")]
    found = " ".join(said if etype == "area" else said[:1])
    return " ".join(filter(None, (etype, found))) if etype in _WITH_THEIR_KIND else found or etype
