"""Findings: the points of earlier inspections and what became of them. Each verb returns the step to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from readiness.domain.action_editing import FindingEdit, checked_finding
from readiness.domain.evidence import FindingDraft
from readiness.domain.steps import Step
from readiness.services import registers
from readiness.services.records import create, new_id
from readiness.storage.tables import Finding


def add_finding(session: Session, draft: FindingDraft, before_id: str | None = None, *, new: str = "") -> Step:
    """Add a finding, before another or at the end of the list. Raises NotFound and BadValue.

    Args:
        session: Where.
        draft: What was found; an area says its inspection.
        before_id: The finding it is to stand before; None: the end.
        new: The new finding's id, where the same call must make the same record again.
    """
    tidy = checked_finding(draft)
    (rank,) = registers.new_ranks(session, Finding, before_id, 1)
    values = {**asdict(tidy), **_placed(session, tidy.inspection_id, tidy.area_id), "rank": rank}
    return Step(f"Add {registers.named(Finding, [tidy.title])}", create("finding", new or new_id(), **values))


def edit_findings(session: Session, finding_ids: Sequence[str], edits: Sequence[FindingEdit]) -> Step:
    """Give fields of one or more findings a value: the same for all, as one step. Raises NotFound and BadValue."""
    return registers.edited(session, Finding, finding_ids, edits)


def place_findings(session: Session, finding_ids: Sequence[str], inspection_id: str = "", area_id: str = "") -> Step:
    """Say which inspection or area findings concern; nothing given: all of them. Raises NotFound."""
    return registers.put(session, Finding, finding_ids, _placed(session, inspection_id, area_id))


def revise_finding(
    session: Session, finding_id: str, edits: Sequence[FindingEdit], where: Mapping[str, str] | None = None
) -> Step:
    """Give a finding other values and, with `where` (as for `place_findings`), another place: one step."""
    names = {"inspection_id": "", "area_id": "", **(where or {})}
    placed = _placed(session, names["inspection_id"], names["area_id"]) if where else None
    return registers.revised(session, Finding, finding_id, edits, placed)


def move_findings(session: Session, finding_ids: Sequence[str], before_id: str | None = None) -> Step:
    """Move findings before another (None: to the end), keeping their order."""
    return registers.moved(session, Finding, finding_ids, before_id)


def remove_findings(session: Session, finding_ids: Sequence[str]) -> Step:
    """Remove findings; the actions that answer them stay. They stand under Removed and can be restored."""
    return registers.removed(session, Finding, finding_ids)


def restore_findings(session: Session, finding_ids: Sequence[str]) -> Step:
    """Bring removed findings back, and with them the inspections they concern."""
    return registers.restored(session, Finding, finding_ids)


def _placed(session: Session, inspection_id: str, area_id: str) -> dict[str, str]:
    where = registers.placed(session, inspection_id, area_id)
    return {"inspection_id": where["inspection_id"], "area_id": where["area_id"]}
