"""Start: what the window needs first, in one look; and setting a laptop up. Only the latter brings SQLAlchemy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from readiness.domain.calendar import WorkingDays
from readiness.domain.views import Board, Identity, InspectionDraft
from readiness.services.boards import board_at
from readiness.services.people import identity_at, set_identity
from readiness.storage.identity import WHY
from readiness.storage.opening import create_workspace, open_workspace
from readiness.storage.workspace import UNREAD, Workspace, driver_cursor, note

READY_IN_WORKING_DAYS = 60
_TOLD_OF = "told_of"
"""A note of the file's own: the laptop of which people were told, when it was opened, why it is another."""


@dataclass(frozen=True, slots=True)
class StartView:
    """All that the first page shows."""

    board: Board
    identity: Identity


def look_at_start(cursor: Any, day: date) -> StartView:
    """Read what the window shows first, with a driver's cursor."""
    return StartView(board_at(cursor, day), identity_at(cursor))


def open_at(folder: Path, *, at_risk: bool = False) -> Workspace:
    """Open a workspace to work in it; what was kept for the version that runs now is taken in first."""
    workspace = open_workspace(folder, at_risk=at_risk)
    try:
        if workspace.glance(note, UNREAD):  # a newer version was met before: else nothing is brought for that
            from readiness.services.rounds import catch_up

            catch_up(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def why_another(cursor: Any) -> str:
    """Return why this workspace counts as another laptop than before; "": it does not."""
    return note(cursor, WHY)


def take_notice(workspace: Workspace) -> str:
    """Return why this workspace counts as another laptop, once each time that happens; "" otherwise."""
    why, laptop, told_of = workspace.glance(lambda cursor: [note(cursor, each) for each in (WHY, "device", _TOLD_OF)])
    if not why or told_of == laptop:
        return ""
    from readiness.storage.exchange import set_note

    workspace.maintain(lambda connection: set_note(driver_cursor(connection), _TOLD_OF, laptop))
    return str(why)


def set_up(
    folder: Path, identity: Identity, title: str, drafts: Sequence[InspectionDraft], *, at_risk: bool = False
) -> Workspace:
    """Make a workspace with its inspections and say who works here. Raises WorkspaceError and BadValue.

    Where it fails it leaves no workspace behind, so that it can be tried again.
    """
    from readiness.services.inspections import start_inspections

    workspace = create_workspace(folder, at_risk=at_risk)
    try:
        workspace.run(set_identity, identity)
        workspace.run(start_inspections, tuple(drafts), title)
    except BaseException:
        workspace.close()
        workspace.database.unlink(missing_ok=True)
        raise
    return workspace


def suggested_ready_by(day: date) -> date:
    """Return a planning date to begin with: far enough ahead to get ready."""
    return WorkingDays().add(day, READY_IN_WORKING_DAYS)
