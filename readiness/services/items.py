"""Items: what people do with them. Each verb reads and returns the step that is to be written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from readiness.domain.dates import checked_day
from readiness.domain.due import parse_due_rule
from readiness.domain.editing import checked_months, checked_text, shown
from readiness.domain.errors import BadValue, NotFound
from readiness.domain.steps import SetField, Step, joined, sets, stored
from readiness.domain.views import ItemDraft, ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority
from readiness.services.claims import SIGNABLE_NAMES, moving
from readiness.services.records import (
    create,
    currency_rule,
    find,
    find_all,
    inspections_back,
    new_id,
    ranks_before,
    siblings,
)
from readiness.services.unsettled import removable, settled, settled_ids
from readiness.storage.prepared import by_ids, rows_by_ids
from readiness.storage.tables import Area, Item
from readiness.storage.workspace import cursor_of

_LONG = frozenset({ItemField.POSITION, ItemField.IMPACT, ItemField.GAP, ItemField.GUIDANCE})
_TYPES: dict[ItemField, type] = {
    ItemField.STATUS: ItemStatus,
    ItemField.PRIORITY: Priority,
    ItemField.KIND: Kind,
    ItemField.IMPACT_LEVEL: ImpactLevel,
    ItemField.DUE: date,
    ItemField.CURRENCY: int,
}
"""What a field holds; the others hold text."""

_REFERENCES = by_ids(select(Item.id, Item.reference).where(Item.deleted == false()), Item.id)


def find_by_reference(session: Session, reference: str, inspection_id: str = "") -> str:
    """Return the id of the item with a reference, in any case. Raises BadValue when none or several have it."""
    query = select(Item.id, Item.reference).where(Item.deleted.is_(False))
    if inspection_id:
        query = query.where(Item.inspection_id == inspection_id)
    wanted = reference.strip().casefold()
    found = [str(row.id) for row in session.execute(query) if row.reference.casefold() == wanted]
    if not found:
        raise BadValue(f"There is no item {reference}. List them with the command items.")
    if len(found) > 1:
        raise BadValue(f"{len(found)} items have the reference {reference}. Say which inspection is meant.")
    return found[0]


def edit_items(session: Session, item_ids: Sequence[str], edits: Sequence[ItemEdit]) -> Step:
    """Give fields of one or more items a value: the same for all. Raises NotFound and BadValue."""
    return edit_cells(session, dict.fromkeys(item_ids, edits))


def edit_cells(session: Session, cells: Mapping[str, Sequence[ItemEdit]], label: str = "") -> Step:
    """Give fields of items values, each its own, as one step. Raises NotFound and BadValue.

    A status that claims or signs off, or takes that back, is recorded as review records it, by the same rules.
    """
    references = _references(session, list(cells))
    cells, left = settled(session, cells, hangs_on=_signs)
    _refuse_taken(session, cells)
    made = [_set(id_, edit) for id_, edits in cells.items() for edit in edits]
    made += moving(session, cells)
    said = label or _label([references[id_] for id_ in cells], [each for edits in cells.values() for each in edits])
    return Step(said, made, left=left)


def _signs(edit: ItemEdit) -> Collection[str]:
    """Return what an edit needs settled beside its own field: whoever signs off signs what the item says."""
    return SIGNABLE_NAMES if edit.value is ItemStatus.SIGNED_OFF else ()


def _references(session: Session, ids: list[str]) -> dict[str, str]:
    found: dict[str, str] = dict(rows_by_ids(cursor_of(session), _REFERENCES, ids))
    missing = next((id_ for id_ in ids if id_ not in found), None)
    if missing is not None:
        raise NotFound("item", missing)
    return found


def _refuse_taken(session: Session, cells: Mapping[str, Sequence[ItemEdit]]) -> None:
    """Raise BadValue when an item is to get a reference that another of its inspection has, or will have."""
    wanted = {id_: str(e.value) for id_, edits in cells.items() for e in edits if e.field is ItemField.REFERENCE}
    for id_, reference in wanted.items():
        item = find(session, Item, id_)
        others = select(Item.id).where(
            Item.inspection_id == item.inspection_id, Item.deleted.is_(False), Item.reference == reference
        )
        if any(other != id_ for other in session.scalars(others)) or list(wanted.values()).count(reference) > 1:
            raise BadValue(f"There is an item {reference} already. Write another reference.")


def _set(item_id: str, edit: ItemEdit) -> SetField:
    value = stored(edit.value)
    if value is not None and type(edit.value) is not _TYPES.get(edit.field, str):
        raise BadValue(f"“{shown(edit.value)}” is not what {edit.field.label.lower()} can be. Choose another value.")
    if isinstance(edit.value, date):
        checked_day(edit.value)
    elif edit.field is ItemField.DUE_RULE and value:
        value = str(parse_due_rule(str(value)))
    elif isinstance(value, str):
        value = checked_text(edit.field, value)
    elif edit.field is ItemField.CURRENCY and value is not None:
        value = checked_months(value)
    elif value is None and edit.field not in (ItemField.DUE, ItemField.CURRENCY):
        raise BadValue(f"{edit.field.label} cannot be empty. Choose a value.")
    return SetField("item", item_id, str(edit.field.value), value)


def _label(references: Sequence[str], edits: Sequence[ItemEdit]) -> str:
    where = references[0] if len(references) == 1 else f"{len(references)} items"
    fields = dict.fromkeys(edit.field for edit in edits)
    if len(fields) != 1:
        return f"Edit {where}"
    edit = edits[0]
    name = "currency rule" if edit.field is ItemField.CURRENCY else edit.field.label.lower()
    if edit.field in _LONG or len({shown(each.value) for each in edits}) > 1:
        return f"Edit {name} of {where}"
    value = shown(edit.value)
    return f"Set {name} of {where} to {value}" if value else f"Clear {name} of {where}"


def add_item(session: Session, area_id: str, draft: ItemDraft, before_id: str | None = None) -> Step:
    """Add an item to an area, before another or at the end. Raises NotFound and BadValue."""
    area = find(session, Area, area_id)
    reference = checked_text(ItemField.REFERENCE, " ".join(draft.reference.split()))
    taken = select(Item.id).where(
        Item.inspection_id == area.inspection_id, Item.deleted.is_(False), Item.reference == reference
    )
    if session.scalars(taken).first() is not None:
        raise BadValue(f"There is an item {reference} already. Write another reference.")
    (rank,) = ranks_before(siblings(session, Item, area_id), before_id, 1)
    made = create(
        "item",
        new_id(),
        inspection_id=area.inspection_id,
        area_id=area_id,
        reference=reference,
        title=checked_text(ItemField.TITLE, " ".join(draft.title.split())),
        guidance=checked_text(ItemField.GUIDANCE, draft.guidance),
        kind=draft.kind,
        owner=draft.owner.strip(),
        service=draft.service.strip(),
        due_rule=str(parse_due_rule(draft.due_rule)) if draft.due_rule.strip() else "",
        priority=draft.priority,
        basis=draft.basis,
        rank=rank,
        **currency_rule(draft),
    )
    return Step(f"Add {reference}", made)


def move_items(session: Session, item_ids: Sequence[str], area_id: str, before_id: str | None = None) -> Step:
    """Move items to a place in an area of their inspection (before_id None: its end), keeping their order."""
    area = find(session, Area, area_id)
    ids, left = settled_ids(session, item_ids, ("area_id",), "item")
    moved = find_all(session, Item, ids)
    if any(item.inspection_id != area.inspection_id for item in moved):
        raise BadValue("Items stay within their inspection. Choose an area of the same checklist.")
    ranks = ranks_before(siblings(session, Item, area_id), before_id, len(moved), ids)
    where = moved[0].reference if len(moved) == 1 else f"{len(moved)} items"
    steps = [sets("item", item.id, area_id=area_id, rank=rank) for item, rank in zip(moved, ranks, strict=True)]
    return Step(f"Move {where}", joined(*steps), left=left)


def remove_items(session: Session, item_ids: Sequence[str]) -> Step:
    """Remove items; they stand under Removed and can be restored. Raises NotFound and RemovalInConflict.

    Among several those with something in conflict are left.
    """
    references = _references(session, list(item_ids))
    wholes = [[SetField("item", id_, "deleted", True)] for id_ in references]
    ids, removed, left = removable(session, wholes, "item")
    where = references[ids[0]] if len(ids) == 1 else f"{len(ids)} items"
    return Step(f"Remove {where}", removed, left=left)


def restore_items(session: Session, item_ids: Sequence[str]) -> Step:
    """Bring removed items back, and with them the area and the inspection they stood in."""
    found = find_all(session, Item, item_ids, removed=True)
    areas = find_all(session, Area, list(dict.fromkeys(item.area_id for item in found)), removed=True)
    back = [SetField("area", area.id, "deleted", False) for area in areas if area.deleted]
    back += inspections_back(session, [area.inspection_id for area in areas])
    where = found[0].reference if len(found) == 1 else f"{len(found)} items"
    return Step(f"Restore {where}", [*back, *(SetField("item", item.id, "deleted", False) for item in found)])
