"""Removed: what was taken out and can be brought back."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from readiness.domain.views import RemovedRow
from readiness.storage.tables import Area, Inspection, Item, Record, change, head, step


def removed_rows(session: Session) -> tuple[RemovedRow, ...]:
    """Return what can be brought back, latest first: inspections, areas of those that stand, items of areas that stand.

    What went together with a removed area or inspection comes back with it, and is not listed apart.
    """
    queries = (
        ("inspection", _removed(Inspection, Inspection.id, Inspection.framework)),
        ("area", _removed(Area, Area.inspection_id, Area.code).where(_stands(Inspection, Area.inspection_id))),
        (
            "item",
            _removed(Item, Item.inspection_id, Item.reference).where(
                _stands(Inspection, Item.inspection_id), _stands(Area, Item.area_id)
            ),
        ),
    )
    found: dict[str, RemovedRow] = {}
    for kind, query in queries:
        for id_, inspection_id, reference, title, stamp, actor in session.execute(query):
            at = datetime.fromtimestamp((stamp >> 16) / 1000, UTC)
            found[id_] = RemovedRow(id_, kind, inspection_id, reference, title, at, actor)
    return tuple(sorted(found.values(), key=lambda row: row.removed_at, reverse=True))


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
    """Return (kind, id) of the records that went in the step that removed a record, itself left out."""
    own_head, own_change = aliased(head), aliased(change)
    query = (
        select(change.c.etype, change.c.eid)
        .join(head, (head.c.k == change.c.k) & (head.c.field == "deleted"))
        .join(own_change, own_change.c.step == change.c.step)
        .join(own_head, (own_head.c.k == own_change.c.k) & (own_head.c.field == "deleted"))
        .where(own_head.c.eid == id_, change.c.eid != id_, change.c.new == "true")
    )
    return [(row[0], row[1]) for row in session.execute(query)]
