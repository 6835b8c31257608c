"""Review in the small council: acts of several people, and evidence as plain records."""

from collections.abc import Callable, Sequence
from datetime import datetime

from council import board_of, id_of

from readiness.domain.evidence import ReviewRow
from readiness.domain.review import ReviewState, ReviewVerb
from readiness.domain.steps import Step, joined, sets
from readiness.domain.views import Changes, ItemRow
from readiness.services.dossiers import read_reviews
from readiness.services.records import create, derived_id
from readiness.services.review import VERBS, read_review
from readiness.storage.workspace import Workspace

OWNER, DIRECTOR, QA = "Head of SEND", "Director of Education", "Quality Assurance Lead"


def act(
    workspace: Workspace, verb: ReviewVerb, references: str | Sequence[str], by: str = "", note: str = ""
) -> Changes:
    """Have somebody do something with the claim of items; "" is this laptop's person, the head of SEND."""
    ids = [id_of(workspace, each) for each in ([references] if isinstance(references, str) else references)]
    reason = note or ("Because" if verb.needs_reason else "")
    workspace.acting_as = by
    try:
        return workspace.run(VERBS[verb], ids, moment(workspace), reason)
    finally:
        workspace.acting_as = ""


def moment(workspace: Workspace) -> datetime:
    """Return the time as the workspace's clock has it."""
    clock: Callable[[], datetime] = workspace._clock
    return clock()


def signed_off(workspace: Workspace, reference: str) -> None:
    """Have an item checked by a director and signed off by the QA lead."""
    act(workspace, ReviewVerb.CHECK, reference, DIRECTOR)
    act(workspace, ReviewVerb.SIGN_OFF, reference, QA)


def row_of(workspace: Workspace, reference: str) -> ItemRow:
    """Return an item as the board has it."""
    return next(row for row in board_of(workspace).items if row.reference == reference)


def state_of(workspace: Workspace, reference: str) -> ReviewState:
    """Return where an item's claim stands."""
    return workspace.read(read_review, id_of(workspace, reference))


def reviews_of(workspace: Workspace, reference: str) -> tuple[ReviewRow, ...]:
    """Return what was done with an item's claim, oldest first."""
    id_ = id_of(workspace, reference)
    return tuple(reversed(workspace.read(read_reviews, id_).get(id_, ())))


# evidence, as records


def write(workspace: Workspace, label: str, *parts: object) -> Changes:
    """Write settings as one step."""
    return workspace.run(lambda _session: Step(label, joined(*parts)))  # type: ignore[arg-type]


def add_evidence(workspace: Workspace, id_: str, title: str) -> Changes:
    """Add a piece of evidence with one revision."""
    return write(
        workspace, f"Add {title}", create("evidence", id_, title=title), create("revision", f"{id_}-1", evidence_id=id_)
    )


def link_evidence(workspace: Workspace, reference: str, id_: str) -> Changes:
    """Use evidence for an item."""
    item_id = id_of(workspace, reference)
    link = workspace.read(derived_id, "link", item_id, id_)
    return write(workspace, "Link", create("link", link, item_id=item_id, evidence_id=id_))


def unlink_evidence(workspace: Workspace, reference: str, id_: str) -> Changes:
    """Use evidence no longer for an item."""
    link = workspace.read(derived_id, "link", id_of(workspace, reference), id_)
    return write(workspace, "Unlink", sets("link", link, deleted=True))


def revise_evidence(workspace: Workspace, id_: str, number: int, name: str) -> Changes:
    """Add a revision of evidence, with a file."""
    revision = f"{id_}-{number}"
    return write(
        workspace,
        "Revise",
        create("revision", revision, evidence_id=id_, number=number),
        create("attachment", f"{revision}-file", revision_id=revision, name=name),
    )
