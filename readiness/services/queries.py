"""Queries: what pages, sheets and commands ask about the record's history."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from readiness.domain.editing import shown_code
from readiness.domain.schemes import Event
from readiness.domain.views import HistoryRow, StepRow
from readiness.domain.vocabulary import ItemField
from readiness.services.people import read_identity
from readiness.services.removed import removed_rows
from readiness.services.undo import undo_state
from readiness.storage.changes import decode
from readiness.storage.history import LoggedChange, changes, done_first, found_changes, name_of, stands, undo_links
from readiness.storage.tables import Item, change, step

__all__ = ["item_history", "read_identity", "read_steps", "removed_rows", "step_changes", "undo_state"]

_FIELDS = {str(field.value): field.label for field in ItemField} | {
    "deleted": "Removed",
    "rank": "Place",
    "area_id": "Area",
    "ready_by": "Ready by",
    "expected_from": "Call expected from",
    "notified_on": "Day of the call",
    "notified_at": "Time of the call",
    "visit": "Kind of visit",
    **{event.value: event.label for event in Event},
    "closures": "Closed days",
    "short_title": "Short title",
    "code": "Letter",
    "text": "File",
    "name": "Name",
    "role": "Role",
    "edition": "Edition",
    "pinned": "Pinned to its edition",
    "reworded": "Confirm again",
    "parked": "Not in edition",
    "on_site_from": "On site from",
    "on_site_to": "On site to",
}
_UNSAID = frozenset({"inspection_id", "rank", "basis", "framework", "framework_title", "scale", "wording"})


def item_history(session: Session, item_id: str, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Return what happened to an item, newest first; laying it out counts as one line."""
    query = changes().where(change.c.eid == item_id).order_by(change.c.stamp.desc(), change.c.k.desc())
    found = found_changes(session, query.limit(limit))
    making = {each.step for each in found if _makes(each)}
    return tuple(_rows(session, (each for each in found if each.step not in making or _makes(each))))


def step_changes(session: Session, step_id: str, limit: int = 500) -> tuple[HistoryRow, ...]:
    """Return what a step changed, in the order in which it was written; of what it made, one line a record."""
    found = found_changes(session, changes().where(change.c.step == step_id).order_by(change.c.k).limit(limit))
    made = {each.eid for each in found if _makes(each)}
    return tuple(_rows(session, (each for each in found if each.eid not in made or _makes(each))))


def _makes(each: LoggedChange) -> bool:
    return each.field == "deleted" and each.new == "false" and not each.parents


def _rows(session: Session, found: Iterable[LoggedChange]) -> Iterable[HistoryRow]:
    names: dict[str, str] = {}
    for each in found:
        if each.field in _UNSAID:
            continue
        if each.eid not in names:
            names[each.eid] = _full_name(session, each)
        old, new = (_said(session, each, text) for text in (each.old, each.new))
        if _makes(each):
            old, new = "", "Added"
        yield HistoryRow(
            step_id=each.step,
            at=datetime.fromisoformat(each.at),
            actor=each.actor,
            step_label=each.label,
            record_id=each.eid,
            record=names[each.eid],
            field="Added" if _makes(each) else _FIELDS.get(each.field, each.field.replace("_", " ").capitalize()),
            old=old,
            new=new,
            is_undo=each.undo_of is not None,
        )


def _full_name(session: Session, each: LoggedChange) -> str:
    name = name_of(session, each.etype, each.eid)
    item = session.get(Item, each.eid) if each.etype == "item" else None
    return f"{name} {item.title}" if item is not None else name


def _said(session: Session, each: LoggedChange, text: str) -> str:
    field, value = each.field, decode(text)
    if field == "text":  # a whole framework file: what is in it, its preview shows
        return f"{len(str(value)):,} characters" if value else ""
    if field == "closures":
        return _days(str(value)) if value else ""
    if field == "visit" and value:
        from readiness.services.schemes import visit_title  # reads the files of frameworks

        return visit_title(session, each.eid, str(value))
    if field == "area_id":
        return name_of(session, "area", str(value)) if value else ""
    return shown_code(field, value)


def _days(text: str) -> str:
    """Return a stored list of days as people read it, "29 Dec 2021, 30 Dec 2021"; "" for none."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return ", ".join(shown_code("closures", day) for day in found) if isinstance(found, list) else text


def read_steps(
    session: Session, limit: int = 200, before: str | None = None, actor: str = "", text: str = ""
) -> tuple[StepRow, ...]:
    """Return what people did, newest first.

    Args:
        session: Where.
        limit: How many at most.
        before: Id of the last step already shown; None starts with the newest.
        actor: Only this person's; "" everybody's.
        text: Only steps whose label, person, or changed item's reference or title contains it; "" all.
    """
    number = select(func.count()).where(change.c.step == step.c.id).scalar_subquery()
    query = select(step.c.k, step.c.id, step.c.at, step.c.actor, step.c.label, step.c.reason, number, step.c.undo_of)
    if before is not None:
        query = query.where(step.c.k < select(step.c.k).where(step.c.id == before).scalar_subquery())
    if actor:
        query = query.where(step.c.actor == actor)
    if text.strip():
        query = query.where(_contains(text.strip()))
    found = session.execute(query.order_by(step.c.k.desc()).limit(limit)).all()
    touched = _touched(session, [row[1] for row in found])
    undone = _undone(session, [row[1] for row in found])
    return tuple(_step_row(row, touched, row[1] in undone) for row in found)


def _undone(session: Session, step_ids: Iterable[str]) -> set[str]:
    """Return which steps the latest word on what was done first says otherwise of: undone, or an undo taken back."""
    links = undo_links(session)
    latest: dict[str, str] = {}
    for id_ in session.scalars(select(step.c.id).where(step.c.undo_of.is_not(None)).order_by(step.c.k)):
        latest[done_first(links, id_)] = id_
    told = {id_: latest.get(done_first(links, id_), id_) for id_ in step_ids}
    return {id_ for id_, last in told.items() if stands(links, last) != stands(links, id_)}


def _step_row(row: Any, touched: dict[str, tuple[str, ...]], undone: bool) -> StepRow:
    _, id_, at, actor, label, reason, number, undo_of = row
    ids = touched.get(id_, ())
    return StepRow(id_, datetime.fromisoformat(at), actor, label, reason, number, undo_of, undone, ids)


def _contains(text: str) -> ColumnElement[bool]:
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    items = select(Item.id).where(
        or_(Item.reference.ilike(pattern, escape="\\"), Item.title.ilike(pattern, escape="\\"))
    )
    return or_(
        step.c.label.ilike(pattern, escape="\\"),
        step.c.actor.ilike(pattern, escape="\\"),
        select(change.c.k).where(change.c.step == step.c.id, change.c.eid.in_(items)).exists(),
    )


def _touched(session: Session, ids: list[str]) -> dict[str, tuple[str, ...]]:
    query = select(change.c.step, change.c.eid).where(change.c.step.in_(ids), change.c.etype == "item").distinct()
    touched: dict[str, tuple[str, ...]] = {}
    for step_id, eid in session.execute(query):
        touched[step_id] = (*touched.get(step_id, ()), eid) if len(touched.get(step_id, ())) < 50 else touched[step_id]
    return touched


def actors(session: Session) -> tuple[str, ...]:
    """Return everybody who ever wrote a step, by name."""
    return tuple(session.scalars(select(step.c.actor).distinct().order_by(step.c.actor)))
