"""Removed registers: the actions and findings that were taken out and can be brought back."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.views import RemovedRow
from readiness.storage.tables import Action, Finding, Inspection, change, head, step


def removed_registers(session: Session) -> Iterator[RemovedRow]:
    """Yield removed actions and findings; those of an inspection that is removed itself come after it."""
    standing = select(Inspection.id).where(Inspection.deleted.is_(False))
    for table in (Action, Finding):
        query = (
            select(table.id, table.inspection_id, table.title, change.c.stamp, step.c.actor)
            .join(head, (head.c.eid == table.id) & (head.c.field == "deleted"))
            .join(change, change.c.k == head.c.k)
            .join(step, step.c.id == change.c.step)
            .where(table.deleted.is_(True), (table.inspection_id == "") | table.inspection_id.in_(standing))
        )
        found: dict[str, RemovedRow] = {}
        for id_, inspection_id, title, stamp, actor in session.execute(query):
            at = datetime.fromtimestamp((stamp >> 16) / 1000, UTC)
            found[id_] = RemovedRow(id_, table.__tablename__, inspection_id, "", title, at, actor)
        yield from found.values()
