"""Catching up: after an upgrade, what a newer version wrote and this one did not know takes its place in the tables.

Source: merge.md, section 9.1.
"""

from sqlalchemy import Connection, select, update

from readiness.storage.registers import Registers, chunks, is_known
from readiness.storage.tables import change
from readiness.storage.workspace import driver_cursor


def replay_unknown(connection: Connection) -> int:
    """Have changes of fields that this version knows by now count; return how many records that touched."""
    kinds = connection.execute(select(change.c.etype, change.c.field).where(change.c.status == "unknown").distinct())
    touched: dict[tuple[str, str], None] = {}
    for etype, field in kinds.all():
        if not is_known(etype, field):
            continue
        mine = (change.c.status == "unknown", change.c.etype == etype, change.c.field == field)
        for (eid,) in connection.execute(select(change.c.eid).where(*mine).distinct()).all():
            touched[eid, field] = None
        connection.execute(update(change).where(*mine).values(status="applied"))
    for eids in chunks(dict.fromkeys(eid for eid, _ in touched)):
        registers, here = Registers(driver_cursor(connection), eids), set(eids)
        for eid, field in touched:
            if eid in here:
                registers.touch(eid, field)
        registers.write()
    return len({eid for eid, _ in touched})
