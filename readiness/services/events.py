"""Events: what happened to the record as a whole is told in it: what went out, what came in, who belongs to the team.

They merge and stand in the history like steps, and are none that could be undone. What people do to the data is told
by its own step: who works here, a framework that is brought in, an evidence pack. Source: merge.md, section 6.7.
"""

import json

from sqlalchemy.orm import Session

from readiness.domain.errors import WorkspaceError
from readiness.domain.plain_words import shown
from readiness.domain.steps import Step, sets
from readiness.domain.vocabulary import EventKind
from readiness.services.records import new_id
from readiness.storage.exchange import data_code
from readiness.storage.workspace import Workspace, cursor_of


def tell(session: Session, kind: EventKind, name: str = "") -> Step:
    """Tell that something happened.

    Args:
        session: Where.
        kind: What.
        name: Of the file, without its folder, or of the laptop; "" where there is neither.
    """
    said = shown(name)
    about = {"kind": kind.value, "name": said, "code": data_code(cursor_of(session))}
    return Step(kind.label.format(f"“{said}”"), sets("event", new_id(), told=json.dumps(about, ensure_ascii=False)))


def told(workspace: Workspace, kind: EventKind, name: str = "") -> None:
    """Tell in a workspace that something happened; one that is open for reading, or full, goes without.

    It is done already: what cannot be told of it is no reason to say that it failed.
    """
    if workspace.is_writable:
        try:
            workspace.run(tell, kind, name)
        except WorkspaceError:
            return
