"""Unread: what was kept while no version here could read it is taken in by the first that can.

Source: merge.md, section 9.1.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from readiness.domain.changes import Change, StepRecord
from readiness.domain.views import Changes
from readiness.domain.vocabulary import Verdict
from readiness.services.arriving import Taken
from readiness.services.team import Team
from readiness.storage.arrivals import apply_changes
from readiness.storage.unread import note_read, settle_unread, unread_bytes
from readiness.storage.workspace import UNREAD, Workspace, driver_cursor, note
from readiness.sync import segments
from readiness.sync.segments import Refused, open_segment, read_segment


def can_read_more(cursor: Any) -> bool:
    """Return whether something was kept unread that this version can read."""
    lowest = note(cursor, UNREAD)
    return bool(lowest) and int(lowest) <= segments.READER


def take_unread(workspace: Workspace, team: Team, taken: Taken, at: str) -> Iterator[str]:
    """Take in what this version can read; yields after each segment. What is locked with another key still waits."""
    if not workspace.glance(can_read_more):
        return
    waits: list[int] = []
    for sha, content in workspace.glance(unread_bytes):
        segment = read_segment(content, team.workspace)
        try:
            steps, changes = open_segment(segment, team.keys)
        except Refused as refused:
            if refused.verdict is Verdict.DAMAGED:
                workspace.maintain(lambda connection: _settle(connection, sha, Verdict.DAMAGED))  # noqa: B023 - at once
            else:
                waits.append(segment.min_reader)
            continue
        taken.add(_applied(workspace, sha, steps, changes, at), len(changes))
        yield "Taking in what waited for this version"
    lowest = min(waits, default=None)
    workspace.maintain(lambda connection: note_read(driver_cursor(connection), lowest))


def _applied(workspace: Workspace, sha: bytes, steps: list[StepRecord], changes: list[Change], at: str) -> Changes:
    def job(connection: Connection) -> Changes:
        found = apply_changes(driver_cursor(connection), steps, changes, received_at=at)
        _settle(connection, sha, Verdict.APPLIED)
        return found

    return workspace.maintain(job)


def _settle(connection: Connection, sha: bytes, verdict: Verdict) -> None:
    settle_unread(driver_cursor(connection), sha, verdict.value)
