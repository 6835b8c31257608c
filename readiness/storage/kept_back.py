"""Kept back: changes that are in the log and do not count yet: unknown, held, or come before what they build on.

Source: merge.md, sections 6.3, 8.3 and 9.1.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from readiness.storage.exchange import set_note
from readiness.storage.prepared import prepared, rows
from readiness.storage.registers import GIVEN_UP, Registers, is_waited_for
from readiness.storage.tables import change, device, missing, step
from readiness.storage.unread import unread_counts
from readiness.storage.workspace import note

_UNKNOWN: ColumnElement[str] = literal_column("'unknown'")
_APPLIED: ColumnElement[str] = literal_column("'applied'")
_OF_LAPTOPS = change.join(device, device.c.n == change.c.n)
_BY_STATUS = prepared(
    select(device.c.device, change.c.status, func.count())
    .select_from(_OF_LAPTOPS)
    .where(change.c.status != _APPLIED)
    .group_by(device.c.device, change.c.status)
)
_EARLY = prepared(
    select(device.c.device, func.count(missing.c.k.distinct()))
    .select_from(missing.join(change, change.c.k == missing.c.k).join(device, device.c.n == change.c.n))
    .where(is_waited_for())
    .group_by(device.c.device)
)
_VERSIONS = prepared(
    select(device.c.app_version).select_from(_OF_LAPTOPS).where(change.c.status == _UNKNOWN).distinct()
)
_WAITING = prepared(
    select(missing.c.eid, missing.c.field, missing.c.pid, func.min(step.c.received_at))
    .select_from(missing.join(change, change.c.k == missing.c.k).join(step, step.c.id == change.c.step))
    .where(is_waited_for())
    .group_by(missing.c.eid, missing.c.field, missing.c.pid)
)
_LACKING = prepared(select(missing.c.pid).distinct())


def counts_by_laptop(cursor: Any) -> dict[str, dict[str, int]]:
    """Return, by laptop, how many of its changes are "unknown", "held" or "early"; laptops with none are left out."""
    found: dict[str, dict[str, int]] = {}
    for laptop, status, count in rows(cursor, _BY_STATUS):
        found.setdefault(laptop, {})[status] = count
    for laptop, count in rows(cursor, _EARLY):
        found.setdefault(laptop, {})["early"] = count
    for laptop, count in unread_counts(cursor).items():
        mine = found.setdefault(laptop, {})
        mine["unknown"] = mine.get("unknown", 0) + count
    return found


def versions_unknown_of(cursor: Any) -> set[str]:
    """Return which versions the laptops have that wrote what this one does not know."""
    return {version for (version,) in rows(cursor, _VERSIONS) if version}


def waiting_since(cursor: Any) -> dict[tuple[str, str], dict[bytes, str]]:
    """Return what each field waits for, by record and field, with when the first change that builds on it came."""
    found: dict[tuple[str, str], dict[bytes, str]] = {}
    for eid, field, parent, since in rows(cursor, _WAITING):
        found.setdefault((eid, field), {})[bytes(parent)] = since or ""
    return found


def wait_no_longer(cursor: Any, waiting: Mapping[tuple[str, str], Collection[bytes]]) -> dict[str, set[str]]:
    """Have fields count as they are, without changes they waited for; return which records that touched, by kind.

    It is this laptop's own decision and no change of the log: once one of those arrives, all is as if it had been here.
    """
    lacking = {bytes(parent).hex().upper() for (parent,) in rows(cursor, _LACKING)}
    before = [each for each in json.loads(note(cursor, GIVEN_UP) or "[]") if each in lacking]
    more = sorted({each.hex().upper() for parents in waiting.values() for each in parents} - set(before))
    set_note(cursor, GIVEN_UP, json.dumps([*before, *more]))
    registers = Registers(cursor, dict.fromkeys(eid for eid, _ in waiting))
    for eid, field in waiting:
        registers.touch(eid, field)
    return registers.write()
