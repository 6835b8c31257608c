"""Holding: changes of a laptop that was shut out are in the log and count for nothing. Source: merge.md, 8.3."""

from sqlalchemy import Connection, case, select, update

from readiness.storage.registers import is_known
from readiness.storage.tables import change, device
from readiness.storage.upkeep import rebuild


def set_revoked(connection: Connection, laptop: str, after: int | None) -> None:
    """Hold what a laptop wrote after a change of its own; None: all of it counts. The tables follow at once.

    Holding before the changes arrive and holding them afterwards come to the same.
    """
    mine = change.c.n == select(device.c.n).where(device.c.device == laptop).scalar_subquery()
    connection.execute(update(device).where(device.c.device == laptop).values(revoked_after=after))
    held = change.c.seq > after if after is not None else change.c.seq < 0
    before = set(connection.execute(select(change.c.k).where(mine, change.c.status == "held")).scalars())
    kinds = connection.execute(select(change.c.etype, change.c.field).where(mine).distinct()).all()
    for etype, field in kinds:
        known = "applied" if is_known(etype, field) else "unknown"
        of_kind = (mine, change.c.etype == etype, change.c.field == field)
        connection.execute(update(change).where(*of_kind).values(status=case((held, "held"), else_=known)))
    if before != set(connection.execute(select(change.c.k).where(mine, change.c.status == "held")).scalars()):
        rebuild(connection)
