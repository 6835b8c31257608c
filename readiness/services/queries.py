"""Queries: what pages, sheets and commands ask about the record's history."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.orm import Session

from readiness.domain.changes import decode
from readiness.domain.editing import shown_code
from readiness.domain.fields import FIELD_NAMES, field_label, is_unsaid
from readiness.domain.views import HistoryRow, StepRow
from readiness.domain.vocabulary import ReviewKind
from readiness.services.people import read_identity
from readiness.services.removed import removed_rows
from readiness.services.undo import undo_state
from readiness.storage.history import (
    IS_EVENT,
    LoggedChange,
    changes,
    done_first,
    found_changes,
    name_of,
    stands,
    undo_links,
)
from readiness.storage.tables import (
    Action,
    Attachment,
    Evidence,
    Item,
    Link,
    Review,
    Revision,
    change,
    step,
)

__all__ = [
    "evidence_history",
    "item_history",
    "read_identity",
    "read_steps",
    "removed_rows",
    "step_changes",
    "undo_state",
]

_UNSAID = frozenset(
    {"inspection_id", "rank", "basis", "framework", "framework_title", "scale", "wording", "claimed_by", "signed"}
)


def item_history(session: Session, item_id: str, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Return what happened to an item and which evidence was used for it, newest first; its making is one line."""
    links = change.c.eid.in_(select(Link.id).where(Link.item_id == item_id))
    query = changes().where((change.c.eid == item_id) | (links & change.c.field.in_(("deleted", "valid_until"))))
    found = found_changes(session, query.order_by(change.c.stamp.desc(), change.c.k.desc()).limit(limit))
    making = {(each.step, each.eid) for each in found if _makes(each)}
    return tuple(
        rows_of_changes(session, (each for each in found if _makes(each) or (each.step, each.eid) not in making))
    )


def evidence_history(session: Session, evidence_id: str, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Return what happened to a piece of evidence, its versions and its uses, newest first; a making is one line."""
    revisions = select(Revision.id).where(Revision.evidence_id == evidence_id)
    files = select(Attachment.id).where(Attachment.revision_id.in_(revisions))
    uses = change.c.eid.in_(select(Link.id).where(Link.evidence_id == evidence_id))
    mine = or_(change.c.eid == evidence_id, change.c.eid.in_(revisions), change.c.eid.in_(files))
    query = changes().where(or_(mine, uses & change.c.field.in_(("deleted", "valid_until"))))
    found = found_changes(session, query.order_by(change.c.stamp.desc(), change.c.k.desc()).limit(limit))
    making = {(each.step, each.eid) for each in found if _makes(each)}
    told = [each for each in found if _makes(each) or (each.step, each.eid) not in making]
    kinds = {each.eid: each.etype for each in told}
    return tuple(_of_evidence(row, kinds[row.record_id]) for row in rows_of_changes(session, told))


def _of_evidence(row: HistoryRow, kind: str) -> HistoryRow:
    """Return a change as it reads below its piece of evidence: which version or file came, where it is used."""
    if kind == "link" and row.field == "Evidence":
        field = "Used for" if row.new != "no longer used" else "No longer used for"
        return replace(row, field=field, old="", new=row.record)
    if kind == "link":
        return replace(row, field=f"Counts for {row.record} until")
    if kind == "revision" and row.new == "Added":
        return replace(row, field=row.record.partition(" of ")[0].capitalize(), new="added")
    return replace(row, field="File", new=row.record) if kind == "attachment" and row.new == "Added" else row


def step_changes(session: Session, step_id: str, limit: int = 500) -> tuple[HistoryRow, ...]:
    """Return what a step changed, in the order in which it was written; of what it made, one line a record.

    What was done with the claim of an item stands with the item.
    """
    found = found_changes(session, changes().where(change.c.step == step_id).order_by(change.c.k).limit(limit))
    made = {each.eid for each in found if _makes(each)}
    rows = list(rows_of_changes(session, (each for each in found if each.eid not in made or _makes(each))))
    places = {row.record_id: place for place, row in reversed(list(enumerate(rows)))}
    return tuple(sorted(rows, key=lambda row: places[row.record_id]))


def _makes(each: LoggedChange) -> bool:
    return each.field == "deleted" and each.new == "false" and not each.parents


def rows_of_changes(session: Session, found: Iterable[LoggedChange]) -> Iterable[HistoryRow]:
    names: dict[str, str] = {}
    for each in found:
        if each.field in _UNSAID or is_unsaid(each.etype, each.field):
            continue
        if each.etype == "review":
            yield _review_row(session, each)
            continue
        if each.etype == "event":
            yield _event_row(each)
            continue
        if each.eid not in names:
            names[each.eid] = _full_name(session, each)
        old, new = (_said(session, each, text) for text in (each.old, each.new))
        if each.etype == "link" and each.field == "deleted":
            old, new = _linked(session, each)
        elif _makes(each):
            old, new = "", "Added"
        yield HistoryRow(
            step_id=each.step,
            at=datetime.fromisoformat(each.at),
            actor=each.actor,
            step_label=each.label,
            record_id=each.eid,
            record=names[each.eid],
            field="Added" if new == "Added" else field_label(each.etype, each.field, FIELD_NAMES),
            old=old,
            new=new,
            is_undo=each.undo_of is not None,
            field_name=each.field,
        )


def _review_row(session: Session, each: LoggedChange) -> HistoryRow:
    """Return a review that was recorded, or taken back by an undo, as a line of its item."""
    review = session.get(Review, each.eid)
    item = session.get(Item, review.item_id) if review is not None else None
    kind = next((kind.label for kind in ReviewKind if review is not None and kind.value == review.kind), "Review")
    said = f"{kind}: {review.note}" if review is not None and review.note else kind
    old, new = (said, "") if decode(each.new) else ("", said)
    record = f"{item.reference} {item.title}" if item is not None else "review"
    about = item.id if item is not None else each.eid
    undoes = each.undo_of is not None
    at = datetime.fromisoformat(each.at)
    return HistoryRow(each.step, at, each.actor, each.label, about, record, "Review", old, new, undoes)


def _event_row(each: LoggedChange) -> HistoryRow:
    """Return an event as one line: what it was about, and the data code then."""
    try:
        found = json.loads(str(decode(each.new)))
    except ValueError:
        found = {}
    told = found if isinstance(found, dict) else {}
    name, code = (str(told.get(key, "")) for key in ("name", "code"))
    field, at = field_label("event", each.field, FIELD_NAMES), datetime.fromisoformat(each.at)
    return HistoryRow(each.step, at, each.actor, each.label, each.eid, name or "The team", field, "", code, False)


def _full_name(session: Session, each: LoggedChange) -> str:
    link = session.get(Link, each.eid) if each.etype == "link" else None
    item = session.get(Item, each.eid if link is None else link.item_id) if each.etype in ("item", "link") else None
    return f"{item.reference} {item.title}" if item is not None else name_of(session, each.etype, each.eid)


def _linked(session: Session, each: LoggedChange) -> tuple[str, str]:
    """Return what a link's coming or going says of its item: which evidence is used for it, or no longer."""
    link = session.get(Link, each.eid)
    evidence = session.get(Evidence, link.evidence_id) if link is not None else None
    title = evidence.title if evidence is not None else "evidence that is not known here"
    return ("", title) if each.new == "false" else (title, "no longer used")


def _said(session: Session, each: LoggedChange, text: str) -> str:
    value, field = decode(text), each.field
    if field == "text":  # a whole framework file: what is in it, its preview shows
        return f"{len(str(value)):,} characters" if value else ""
    if field == "closures":
        return _days(str(value)) if value else ""
    if field == "visit" and value:
        from readiness.services.schemes import visit_title  # reads the files of frameworks

        return visit_title(session, each.eid, str(value))
    if field in ("area_id", "item_id", "finding_id"):
        return name_of(session, field.removesuffix("_id"), str(value)) if value else ""
    return shown_code(field, value, each.etype)


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
    columns = (step.c.k, step.c.id, step.c.at, step.c.actor, step.c.label, step.c.reason, number, step.c.undo_of)
    query = select(*columns, IS_EVENT)
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
    _, id_, at, actor, label, reason, number, undo_of, is_event = row
    ids = touched.get(id_, ())
    return StepRow(id_, datetime.fromisoformat(at), actor, label, reason, number, undo_of, undone, ids, bool(is_event))


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
    """Return the items that steps touched: themselves, in what evidence is used for them, or in their actions."""
    mine = change.c.step.in_(ids)
    itself = select(change.c.step, change.c.eid).where(mine, change.c.etype == "item")
    linked = (
        select(change.c.step, Link.item_id).join(Link, Link.id == change.c.eid).where(mine, change.c.etype == "link")
    )
    used = select(change.c.step, Link.item_id).join(Link, Link.evidence_id == change.c.eid)
    used = used.where(mine, change.c.etype == "evidence", Link.deleted.is_(False))
    acted = select(change.c.step, Action.item_id).join(Action, Action.id == change.c.eid)
    acted = acted.where(mine, change.c.etype == "action", Action.item_id != "")
    touched: dict[str, tuple[str, ...]] = {}
    for step_id, eid in session.execute(union(itself, linked, used, acted)):
        touched[step_id] = (*touched.get(step_id, ()), eid) if len(touched.get(step_id, ())) < 50 else touched[step_id]
    return touched


def actors(session: Session) -> tuple[str, ...]:
    """Return everybody who ever wrote a step, by name."""
    return tuple(session.scalars(select(step.c.actor).distinct().order_by(step.c.actor)))
