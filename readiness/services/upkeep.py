"""Upkeep of a workspace, as people ask for it: check it, and make its tables again from the log."""

from sqlalchemy.orm import Session

from readiness.storage.upkeep import Fault, check, rebuild
from readiness.storage.workspace import Workspace


def find_faults(session: Session) -> list[Fault]:
    """Return everything that does not hold together; changes nothing."""
    return check(session.connection())


def repair(workspace: Workspace) -> list[Fault]:
    """Back the workspace up, make its tables again from the log, and return what is still wrong."""
    workspace.backup("before-repair")
    workspace.maintain(rebuild)
    return workspace.read(find_faults)
