"""Registers: what the verbs for actions and findings share. Each list is one order; each verb returns a step."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.action_editing import LONG_TEXTS, ActionEdit, FindingEdit, checked_value
from readiness.domain.editing import shown
from readiness.domain.errors import BadValue
from readiness.domain.plain_words import shown as shortly
from readiness.domain.ranks import following
from readiness.domain.steps import SetField, Step, joined, sets, stored
from readiness.domain.vocabulary import ActionField, FindingField
from readiness.services.records import find, find_all, inspections_back, ranks_before
from readiness.services.unsettled import removable, settled_ids, settled_sets
from readiness.storage.tables import Action, Area, Finding, Inspection, Item

Listed = type[Action] | type[Finding]
Edit = ActionEdit | FindingEdit
LONGEST_NAME = 60


def edited(session: Session, kind: Listed, ids: Sequence[str], edits: Sequence[Edit]) -> Step:
    """Return the step that gives fields of records a value: the same for all. Raises NotFound and BadValue."""
    _, all_ = _named(session, kind, ids)
    values = {str(each.field.value): stored(checked_value(each.field, each.value)) for each in edits}
    made = [SetField(kind.__tablename__, id_, field, value) for id_ in all_ for field, value in values.items()]
    kept, left = settled_sets(session, made)
    where, _ = _named(session, kind, [each.id for each in kept] or all_)
    fields = {each.field for each in kept}
    return Step(_label(where, [each for each in edits if str(each.field.value) in fields]), kept, left=left)


def _label(where: str, edits: Sequence[Edit]) -> str:
    if len(edits) != 1:
        return f"Edit {where}"
    field, value = edits[0].field, shown(edits[0].value)
    if field in (ActionField.TITLE, FindingField.TITLE):
        return f"Reword {where}"
    name = field.label.lower()
    if field in LONG_TEXTS:
        return f"Edit {name} of {where}"
    return f"Set {name} of {where} to {shortly(value, LONGEST_NAME)}" if value else f"Clear {name} of {where}"


def put(session: Session, kind: Listed, ids: Sequence[str], where: dict[str, str]) -> Step:
    """Return the step that says where records belong; `where` is what `placed` gave."""
    _refuse_none(kind, ids)
    free, left = settled_ids(session, ids, tuple(where), kind.__tablename__)
    name, found = _named(session, kind, free)
    said = "belongs" if len(found) == 1 else "belong"
    made = joined(*(sets(kind.__tablename__, id_, **where) for id_ in found))
    return Step(f"Say where {name} {said}", made, left=left)


def revised(session: Session, kind: Listed, id_: str, edits: Sequence[Edit], where: dict[str, str] | None) -> Step:
    """Return the step that gives a record other values and, where `where` says so, another place."""
    step = edited(session, kind, [id_], edits)
    if where is None:
        return step
    other = put(session, kind, [id_], where)
    return Step(step.label, joined(step.sets, other.sets), left=(*step.left, *other.left)) if edits else other


def moved(session: Session, kind: Listed, ids: Sequence[str], before_id: str | None) -> Step:
    """Return the step that moves records before another (None: to the end), keeping their order."""
    name, found = _named(session, kind, ids)
    ranks = new_ranks(session, kind, before_id, len(found), found)
    made = [sets(kind.__tablename__, id_, rank=rank) for id_, rank in zip(found, ranks, strict=True)]
    return Step(f"Move {name}", joined(*made))


def removed(session: Session, kind: Listed, ids: Sequence[str]) -> Step:
    """Return the step that removes records; they stand under Removed. Raises NotFound and RemovalInConflict.

    Among several those with something in conflict are left.
    """
    _, found = _named(session, kind, ids)
    wholes = [[SetField(kind.__tablename__, id_, "deleted", True)] for id_ in found]
    free, gone, left = removable(session, wholes, kind.__tablename__)
    name, _ = _named(session, kind, free)
    return Step(f"Remove {name}", gone, left=left)


def restored(session: Session, kind: Listed, ids: Sequence[str]) -> Step:
    """Return the step that brings removed records back, and with them the inspections they belong to."""
    _refuse_none(kind, ids)
    found = find_all(session, kind, ids, removed=True)
    back = inspections_back(session, [row.inspection_id for row in found if row.inspection_id])
    back += [SetField(kind.__tablename__, row.id, "deleted", False) for row in found]
    return Step(f"Restore {named(kind, [row.title for row in found])}", back)


def placed(session: Session, inspection_id: str, area_id: str, item_id: str = "") -> dict[str, str]:
    """Return where something belongs: an item says its area, an area its inspection. Raises NotFound."""
    if item_id:
        item = find(session, Item, item_id)
        return {"inspection_id": item.inspection_id, "area_id": item.area_id, "item_id": item_id}
    if area_id:
        area = find(session, Area, area_id)
        return {"inspection_id": area.inspection_id, "area_id": area_id, "item_id": ""}
    if inspection_id:
        find(session, Inspection, inspection_id)
    return {"inspection_id": inspection_id, "area_id": "", "item_id": ""}


def new_ranks(
    session: Session, kind: Listed, before_id: str | None, count: int, leaving: Sequence[str] = ()
) -> list[str]:
    """Return ranks that place `count` records of a list before another; None: at its end."""
    children = [(rank, id_) for rank, id_ in session.execute(select(kind.rank, kind.id).order_by(kind.rank, kind.id))]
    if before_id is not None:
        return ranks_before(children, before_id, count, leaving)
    last = max((rank for rank, id_ in children if id_ not in leaving), default="")
    ranks = []
    for _ in range(count):
        last = following(last)
        ranks.append(last)
    return ranks


def named(kind: Listed, titles: Sequence[str]) -> str:
    """Return records as labels call them: action “Circulate the slides”, 3 actions."""
    word = kind.__tablename__
    return f"{word} “{shortly(titles[0], LONGEST_NAME)}”" if len(titles) == 1 else f"{len(titles):,} {word}s"


def _named(session: Session, kind: Listed, ids: Sequence[str]) -> tuple[str, list[str]]:
    _refuse_none(kind, ids)
    found = find_all(session, kind, list(dict.fromkeys(ids)))
    return named(kind, [row.title for row in found]), [row.id for row in found]


def _refuse_none(kind: Listed, ids: Sequence[str]) -> None:
    if not ids:
        raise BadValue(f"No {kind.__tablename__} was chosen. Choose one or more.")
