"""Removed: what was taken out and can be brought back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import Session

from readiness.domain.views import Narratives, RemovedRow
from readiness.domain.vocabulary import ItemStatus
from readiness.services.records import is_derived
from readiness.services.removed_registers import removed_registers
from readiness.storage.history import changes, found_changes, undo_links, unmade, what_stands
from readiness.storage.tables import (
    Area,
    Attachment,
    Evidence,
    Inspection,
    Item,
    Link,
    Record,
    Revision,
    change,
    head,
    step,
)


def removed_rows(session: Session) -> tuple[RemovedRow, ...]:
    """Return what can be brought back, latest first: inspections, areas of those that stand, items of areas that stand.

    Evidence belongs to no inspection and is listed too. What went together with something else comes back with it, and
    is not listed apart; what an edition no longer has is listed wherever it stood. What a move to an edition added and
    its undoing took away is not listed.
    """
    queries = (
        ("inspection", _removed(Inspection, Inspection.id, Inspection.framework)),
        ("area", _removed(Area, Area.inspection_id, Area.code).where(_stands(Inspection, Area.inspection_id))),
        (
            "item",
            _removed(Item, Item.inspection_id, Item.reference).where(
                _stands(Inspection, Item.inspection_id), or_(_stands(Area, Item.area_id), Item.parked != "")
            ),
        ),
        ("evidence", _removed(Evidence, literal(""), literal(""))),
    )
    found: dict[str, RemovedRow] = {}
    for kind, query in queries:
        for id_, inspection_id, reference, title, stamp, actor in session.execute(query):
            at = datetime.fromtimestamp((stamp >> 16) / 1000, UTC)
            found[id_] = RemovedRow(id_, kind, inspection_id, reference, title, at, actor)
    for id_ in unmade(session, [id_ for id_ in found if is_derived(id_)]):
        del found[id_]
    items = {row.id: _with_content(found[row.id], row) for row in _contents(session, found)}
    rows = sorted([*(found | items).values(), *removed_registers(session)], key=lambda row: row.reference)
    return tuple(sorted(rows, key=lambda row: row.removed_at, reverse=True))


def _contents(session: Session, ids: Iterable[str]) -> Sequence[Any]:
    """Return what removed items hold."""
    columns = (Item.id, Item.parked, Item.status, Item.guidance, Item.position, Item.impact, Item.gap)
    among = select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
    return session.execute(select(*columns).where(Item.id.in_(among))).all()


def _with_content(row: RemovedRow, held: Any) -> RemovedRow:
    texts = Narratives(held.guidance, held.position, held.impact, held.gap)
    status = next((word for word in ItemStatus if word.value == held.status), ItemStatus.NOT_STARTED)
    return replace(row, parked=held.parked, status=status, texts=texts)


def _removed(table: Any, inspection_id: Any, reference: Any) -> Select[Any]:
    return (
        select(table.id, inspection_id, reference, table.title, change.c.stamp, step.c.actor)
        .join(head, (head.c.eid == table.id) & (head.c.field == "deleted"))
        .join(change, change.c.k == head.c.k)
        .join(step, step.c.id == change.c.step)
        .where(table.deleted.is_(True))
    )


def _stands(table: type[Record], id_: Any) -> Any:
    return id_.in_(select(table.id).where(table.deleted.is_(False)))


def removed_with(session: Session, id_: str) -> list[tuple[str, str]]:
    """Return (kind, id) of what went in the step that removed an area or inspection, out of what stands under it.

    Where that step was taken back and done again, or a restoring was undone, it is still the first removal that counts.
    """
    under = [
        *session.scalars(select(Item.id).where(Item.area_id == id_, Item.deleted.is_(True))),
        *session.scalars(select(Item.id).where(Item.inspection_id == id_, Item.deleted.is_(True))),
        *session.scalars(select(Area.id).where(Area.inspection_id == id_, Area.deleted.is_(True))),
    ]
    return _gone_with(session, id_, under)


def removed_with_evidence(session: Session, id_: str) -> list[tuple[str, str]]:
    """Return (kind, id) of the revisions, files and links that went in the step that removed a piece of evidence."""
    revisions = select(Revision.id).where(Revision.evidence_id == id_)
    under = [
        *session.scalars(select(Revision.id).where(Revision.evidence_id == id_, Revision.deleted.is_(True))),
        *session.scalars(
            select(Attachment.id).where(Attachment.revision_id.in_(revisions), Attachment.deleted.is_(True))
        ),
        *session.scalars(select(Link.id).where(Link.evidence_id == id_, Link.deleted.is_(True))),
    ]
    return _gone_with(session, id_, under)


def _gone_with(session: Session, id_: str, under: list[str]) -> list[tuple[str, str]]:
    removals = _removals(session, undo_links(session), [id_, *under])
    return [(kind, eid) for eid, (kind, step_id) in removals.items() if eid != id_ and step_id == removals[id_][1]]


def _removals(session: Session, links: Mapping[str, str], ids: list[str]) -> dict[str, tuple[str, str]]:
    """Return, for each removed record, its kind and the step that removed it."""
    found: dict[str, tuple[str, str]] = {}
    query = (
        changes()
        .join(head, head.c.k == change.c.k)
        .where(
            head.c.field == "deleted",
            head.c.eid.in_(select(func.json_each(json.dumps(ids)).table_valued("value").c.value)),
        )
    )
    for each in found_changes(session, query):
        first = what_stands(session, links, each) if each.undo_of is not None else each
        found[each.eid] = (each.etype, first.step if first is not None else each.step)
    return found
