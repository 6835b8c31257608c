"""Actions: what people do with the work that closes gaps. Each verb reads and returns the step that is to be written.

Whether an action is done and what it changed are separate fields. Source: design.md, section 3; domain.md, section 2.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from readiness.domain.action_editing import ActionEdit, checked_action
from readiness.domain.evidence import ActionDraft
from readiness.domain.steps import Step
from readiness.domain.vocabulary import ActionSource
from readiness.services import registers
from readiness.services.records import create, find, new_id
from readiness.storage.tables import Action, Finding


def add_action(session: Session, draft: ActionDraft, before_id: str | None = None, *, new: str = "") -> Step:
    """Add an action, before another or at the end of the list. Raises NotFound and BadValue.

    Args:
        session: Where.
        draft: What is to be done. An item says its area and inspection, an area its inspection; where none of them is
            named, a finding does.
        before_id: The action it is to stand before; None: the end.
        new: The new action's id, where the same call must make the same record again; "": one that nobody else has.
    """
    tidy = checked_action(draft)
    where = (tidy.inspection_id, tidy.area_id, tidy.item_id)
    if tidy.finding_id:
        finding = find(session, Finding, tidy.finding_id)
        where = where if any(where) else (finding.inspection_id, finding.area_id, "")
    (rank,) = registers.new_ranks(session, Action, before_id, 1)
    values = {**asdict(tidy), **registers.placed(session, *where), "rank": rank}
    return Step(f"Add {registers.named(Action, [tidy.title])}", create("action", new or new_id(), **values))


def action_from_finding(session: Session, finding_id: str, title: str = "", owner: str = "") -> Step:
    """Add an action that answers a finding; without words of its own it takes the finding's. Raises NotFound."""
    finding = find(session, Finding, finding_id)
    draft = ActionDraft(
        title=title or finding.title,
        finding_id=finding_id,
        owner=owner or finding.owner,
        source=ActionSource.EARLIER_FINDING,
        origin=finding.origin,
    )
    return add_action(session, draft)


def edit_actions(session: Session, action_ids: Sequence[str], edits: Sequence[ActionEdit]) -> Step:
    """Give fields of one or more actions a value: the same for all, as one step. Raises NotFound and BadValue."""
    return registers.edited(session, Action, action_ids, edits)


def place_actions(
    session: Session, action_ids: Sequence[str], inspection_id: str = "", area_id: str = "", item_id: str = ""
) -> Step:
    """Say where actions belong: to an item, an area, an inspection, or (nothing given) to all. Raises NotFound."""
    return registers.put(session, Action, action_ids, registers.placed(session, inspection_id, area_id, item_id))


def revise_action(
    session: Session, action_id: str, edits: Sequence[ActionEdit], where: Mapping[str, str] | None = None
) -> Step:
    """Give an action other values and, with `where` (as for `place_actions`), another place: one step."""
    names = {"inspection_id": "", "area_id": "", "item_id": "", **(where or {})}
    placed = registers.placed(session, names["inspection_id"], names["area_id"], names["item_id"]) if where else None
    return registers.revised(session, Action, action_id, edits, placed)


def move_actions(session: Session, action_ids: Sequence[str], before_id: str | None = None) -> Step:
    """Move actions before another (None: to the end), keeping their order."""
    return registers.moved(session, Action, action_ids, before_id)


def remove_actions(session: Session, action_ids: Sequence[str]) -> Step:
    """Remove actions; they stand under Removed and can be restored."""
    return registers.removed(session, Action, action_ids)


def restore_actions(session: Session, action_ids: Sequence[str]) -> Step:
    """Bring removed actions back, and with them the inspections they belong to."""
    return registers.restored(session, Action, action_ids)
