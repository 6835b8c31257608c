"""Start: what the window needs first, in one read; and setting a laptop up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from readiness.domain.calendar import WorkingDays
from readiness.domain.views import Board, Identity, InspectionDraft, UndoState
from readiness.services.boards import read_board
from readiness.services.inspections import start_inspections
from readiness.services.people import read_identity, set_identity
from readiness.services.undo import undo_state
from readiness.storage.opening import create_workspace
from readiness.storage.workspace import Workspace

READY_IN_WORKING_DAYS = 60


@dataclass(frozen=True, slots=True)
class StartView:
    """All that the first page shows."""

    board: Board
    identity: Identity
    undo: UndoState


def read_start(session: Session, day: date) -> StartView:
    """Read what the window shows first."""
    return StartView(read_board(session, day), read_identity(session), undo_state(session))


def set_up(
    folder: Path, identity: Identity, title: str, drafts: Sequence[InspectionDraft], *, at_risk: bool = False
) -> Workspace:
    """Make a workspace with its inspections and say who works here. Raises WorkspaceError and BadValue.

    Where it fails it leaves no workspace behind, so that it can be tried again.
    """
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
