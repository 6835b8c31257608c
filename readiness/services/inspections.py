"""Inspections: starting one from a framework, and its dates."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from sqlalchemy.orm import Session

from readiness.domain.dates import checked_day
from readiness.domain.errors import BadValue
from readiness.domain.ranks import spread
from readiness.domain.steps import SetField, Step, sets
from readiness.domain.views import AreaDraft, FrameworkDraft, InspectionDraft
from readiness.services.records import create, derived_id, find, framework_item, ranks_before, siblings
from readiness.services.removed import removed_with
from readiness.services.unsettled import all_settled, removable, settled_sets
from readiness.storage.tables import Area, Inspection, Item
from readiness.storage.workspace import workspace_id


@dataclass(frozen=True, slots=True)
class InspectionEdit:
    """What people may change of an inspection."""

    title: str
    short_title: str
    ready_by: date | None
    expected_from: date | None


def start_inspections(session: Session, drafts: tuple[InspectionDraft, ...], workspace_title: str = "") -> Step:
    """Lay out the checklists of one or more inspections, and name the workspace where a title is given."""
    made: list[SetField] = []
    if workspace_title:
        made += all_settled(session, sets("workspace", workspace_id(session), title=workspace_title), "you name it")
    ranks = ranks_before(siblings(session, Inspection), None, len(drafts))
    taken = [name for (name,) in session.query(Inspection.short_title).where(Inspection.deleted.is_(False))]
    names: list[str] = []
    for draft, rank in zip(drafts, ranks, strict=True):
        names.append(_short_title(draft, [*taken, *names]))
        made += _laid_out(session, draft, names[-1], rank, {each.id for each in made if each.kind == "inspection"})
    return Step(f"Start {' and '.join(names)}", made)


def start_inspection(session: Session, draft: InspectionDraft) -> Step:
    """Lay out the checklist of one inspection."""
    return start_inspections(session, (draft,))


def free_short_title(framework: FrameworkDraft, taken: Collection[str]) -> str:
    """Return how an inspection may stand in the switch, where others have names: “Social Care”, “Social Care 2026”."""
    known, name = {each.casefold() for each in taken}, framework.short_title
    dated = f"{name} {framework.since.year}" if framework.since else name
    names = chain((name, dated), (f"{name} ({number})" for number in count(2)))
    return next(free for free in names if free.casefold() not in known)


def _laid_out(session: Session, draft: InspectionDraft, short_title: str, rank: str, taken: set[str]) -> list[SetField]:
    framework = draft.framework
    _checked(draft.ready_by, draft.expected_from)
    key = f"{framework.id}@{framework.edition}"
    for number in count(1):
        id_ = derived_id(session, "inspection", key, str(number))
        if id_ not in taken and session.get(Inspection, id_) is None:
            break
    made = create(
        "inspection",
        id_,
        framework=framework.id,
        framework_title=framework.title,
        edition=framework.edition,
        title=draft.title or framework.title,
        short_title=short_title,
        ready_by=draft.ready_by,
        expected_from=draft.expected_from,
        rank=rank,
    )
    for area, area_rank in zip(framework.areas, spread(len(framework.areas)), strict=True):
        made += _area(session, id_, area, area_rank)
    return made


def _short_title(draft: InspectionDraft, taken: Collection[str]) -> str:
    return draft.short_title.strip() or draft.title or free_short_title(draft.framework, taken)


def _area(session: Session, inspection_id: str, area: AreaDraft, rank: str) -> list[SetField]:
    id_ = derived_id(session, inspection_id, "area", area.code)
    scale = json.dumps(area.scale, ensure_ascii=False)
    made = create("area", id_, inspection_id=inspection_id, code=area.code, title=area.title, scale=scale, rank=rank)
    for item, item_rank in zip(area.items, spread(len(area.items)), strict=True):
        made += framework_item(
            derived_id(session, inspection_id, "item", item.reference), inspection_id, id_, item, item_rank
        )
    return made


def edit_inspection(session: Session, inspection_id: str, edit: InspectionEdit) -> Step:
    """Change the names and planning dates of an inspection."""
    found = find(session, Inspection, inspection_id)
    if not edit.title.strip() or not edit.short_title.strip():
        raise BadValue("An inspection needs a name. Write one.")
    _checked(edit.ready_by, edit.expected_from)
    made, left = settled_sets(
        session,
        sets(
            "inspection",
            inspection_id,
            title=edit.title.strip(),
            short_title=edit.short_title.strip(),
            ready_by=edit.ready_by,
            expected_from=edit.expected_from,
        ),
    )
    return Step(_change_label(found, edit), made, left=left)


def _change_label(found: Inspection, edit: InspectionEdit) -> str:
    renamed = (found.title, found.short_title) != (edit.title.strip(), edit.short_title.strip())
    days = tuple(day.isoformat() if day else None for day in (edit.ready_by, edit.expected_from))
    moved = (found.ready_by, found.expected_from) != days
    verb = "Change" if renamed == moved else "Rename" if renamed else "Change the dates of"
    return f"{verb} {found.short_title}"


def _checked(ready_by: date | None, expected_from: date | None) -> None:
    for day in (ready_by, expected_from):
        if day is not None:
            checked_day(day)
    if ready_by and expected_from and expected_from < ready_by:
        raise BadValue("The call cannot be expected before everything is to be ready. Choose a later day for the call.")


def remove_inspection(session: Session, inspection_id: str) -> Step:
    """Remove an inspection with all its areas and items, as one step that can be undone.

    Raises NotFound, and RemovalInConflict where something of it is in conflict.
    """
    found = find(session, Inspection, inspection_id)
    whole = [SetField("inspection", inspection_id, "deleted", True)]
    for kind, table in (("area", Area), ("item", Item)):
        rows = session.query(table.id).where(table.inspection_id == inspection_id, table.deleted.is_(False))
        whole += [SetField(kind, id_, "deleted", True) for (id_,) in rows]
    _, removed, _ = removable(session, [whole], "inspection")
    return Step(f"Remove {found.short_title}", removed)


def restore_inspection(session: Session, inspection_id: str) -> Step:
    """Bring a removed inspection back with everything that went with it."""
    found = find(session, Inspection, inspection_id, removed=True)
    together = [("inspection", inspection_id), *removed_with(session, inspection_id)]
    return Step(f"Restore {found.short_title}", [SetField(*each, "deleted", False) for each in together])
