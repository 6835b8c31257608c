"""Kept back: how many changes do not count yet and why, and letting them in as conflicts when that took too long.

Source: merge.md, sections 6.3 ("treat as conflict now") and 9.1.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from readiness.domain.sharing import KeptBack
from readiness.domain.views import Changes
from readiness.services.conflicts import count_conflicts
from readiness.services.outdated import needed_version
from readiness.services.team import leading
from readiness.storage.journal import moment
from readiness.storage.kept_back import counts_by_laptop, versions_unknown_of, wait_no_longer, waiting_since
from readiness.storage.workspace import Workspace, driver_cursor

LONG_ENOUGH = timedelta(hours=24)
"""How long a field waits for an earlier change before somebody may choose without it."""


def read_kept(cursor: Any, now: datetime) -> KeptBack:
    """Return how many changes do not count yet, and why."""
    found = counts_by_laptop(cursor).values()
    unknown, held, early = (sum(each.get(name, 0) for each in found) for name in ("unknown", "held", "early"))
    versions = versions_unknown_of(cursor) | {needed_version(cursor)}
    version = max((each for each in versions if _numbers(each)), key=_numbers, default="") if unknown else ""
    return KeptBack(unknown, version, held, early, len(_overdue(cursor, now)))


def treat_as_conflicts(workspace: Workspace) -> tuple[Changes, int]:
    """Let fields that waited a day for something earlier count as they are, in conflict where their values differ.

    Returns which records that touched, and how many fields came into conflict. Raises BadValue when not a lead.
    """
    now = workspace.now()

    def job(connection: Connection) -> dict[str, set[str]]:
        cursor = driver_cursor(connection)
        leading(cursor)
        return wait_no_longer(cursor, _overdue(cursor, now))

    before = workspace.read(count_conflicts)
    touched = workspace.maintain(job)
    ids = {kind: frozenset(found) for kind, found in touched.items()}
    return Changes("Treat as conflicts", None, ids), workspace.read(count_conflicts) - before


def _overdue(cursor: Any, now: datetime) -> dict[tuple[str, str], set[bytes]]:
    """Return the fields of which everything that they wait for is a day late."""
    latest = moment(now - LONG_ENOUGH)
    return {
        field: set(parents)
        for field, parents in waiting_since(cursor).items()
        if all(since <= latest for since in parents.values())
    }


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d{1,9}", version))
