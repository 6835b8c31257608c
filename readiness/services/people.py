"""People: who works on this laptop, and what the workspace is called."""

from typing import TYPE_CHECKING, Any

from readiness.domain.errors import BadValue
from readiness.domain.steps import Step, sets
from readiness.domain.views import Identity
from readiness.storage import looks
from readiness.storage.workspace import PERSON, acting_as, cursor_of, device_id, note, workspace_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def set_identity(session: "Session", identity: Identity) -> Step:
    """Say who works on this laptop. Raises BadValue when there is neither a name nor a role."""
    name, role, service = (" ".join(text.split()) for text in (identity.name, identity.role, identity.service))
    if not name and not role:
        raise BadValue("Colleagues need to see who changed what. Write your name or your role.")
    from readiness.services.unsettled import all_settled  # brings SQLAlchemy, which the first page does without

    made = sets("person", device_id(session), name=name, role=role, service=service)
    return Step(f"Work as {name or role}", all_settled(session, made, "you say who works here"))


def read_identity(session: "Session") -> Identity:
    """Return who works on this laptop; empty texts when nobody said."""
    return identity_at(cursor_of(session))


def read_signer(session: "Session") -> Identity:
    """Return who signs the step that is being made: this laptop's person, or whom the workspace acts for."""
    other = acting_as(session)
    return Identity("", other, "") if other else read_identity(session)


def identity_at(cursor: Any) -> Identity:
    """Return who works on this laptop, asked of a driver's cursor."""
    for laptop in (note(cursor, "device"), note(cursor, PERSON)):
        found = cursor.execute(looks.PERSON, (laptop,)).fetchone()
        if found and any(found):
            return Identity(*found)
    return Identity("", "", "")


def rename_workspace(session: "Session", title: str) -> Step:
    """Give the workspace another name."""
    tidy = " ".join(title.split())
    if not tidy:
        raise BadValue("The workspace needs a name, such as that of the council. Write one.")
    from readiness.services.unsettled import all_settled

    made = sets("workspace", workspace_id(session), title=tidy)
    return Step(f"Name the workspace {tidy}", all_settled(session, made, "you rename it"))
