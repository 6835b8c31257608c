"""Removed: what was taken out and can be brought back."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from readiness.domain.views import RemovedRow
from readiness.storage.tables import Area, Inspection, Item, change, head, step


def removed_rows(session: Session) -> tuple[RemovedRow, ...]:
    """Return removed areas and items, latest first; those of removed inspections too."""
    found: list[RemovedRow] = []
    for kind, table, name in (("area", Area, Area.code), ("item", Item, Item.reference)):
        query = (
            select(table.id, table.inspection_id, name, table.title, change.c.stamp, step.c.actor)
            .join(head, (head.c.eid == table.id) & (head.c.field == "deleted"))
            .join(change, change.c.k == head.c.k)
            .join(step, step.c.id == change.c.step)
            .where(table.deleted.is_(True))
        )
        for id_, inspection_id, reference, title, stamp, actor in session.execute(query):
            at = datetime.fromtimestamp((stamp >> 16) / 1000, UTC)
            found.append(RemovedRow(id_, kind, inspection_id, reference, title, at, actor))
    return tuple(sorted({row.id: row for row in found}.values(), key=lambda row: row.removed_at, reverse=True))


def removed_with(session: Session, area_id: str) -> list[str]:
    """Return the items of an area that went in the step that removed it."""
    area_change, item_change = aliased(change), aliased(change)
    area_head, item_head = aliased(head), aliased(head)
    query = (
        select(Item.id)
        .join(item_head, (item_head.c.eid == Item.id) & (item_head.c.field == "deleted"))
        .join(item_change, item_change.c.k == item_head.c.k)
        .join(area_change, area_change.c.step == item_change.c.step)
        .join(area_head, (area_head.c.k == area_change.c.k) & (area_head.c.eid == area_id))
        .where(Item.area_id == area_id, Item.deleted.is_(True), area_head.c.field == "deleted")
    )
    return list(session.scalars(query))


def removed_inspections(session: Session) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of removed inspections."""
    query = select(Inspection.id, Inspection.title).where(Inspection.deleted.is_(True))
    return tuple((row[0], row[1]) for row in session.execute(query))
