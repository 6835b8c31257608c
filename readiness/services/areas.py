"""Areas: a council adapts the headings of its checklists."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.errors import BadValue
from readiness.domain.steps import SetField, Step, sets
from readiness.domain.views import AreaDraft
from readiness.services.records import create, find, new_id, ranks_before, siblings
from readiness.services.removed import removed_with
from readiness.services.unsettled import removable, settled_sets
from readiness.storage.tables import Area, Inspection, Item

TITLE_LIMIT = 300


def add_area(session: Session, inspection_id: str, draft: AreaDraft, before_id: str | None = None) -> Step:
    """Add an area to an inspection, before another or at the end. Raises NotFound and BadValue."""
    find(session, Inspection, inspection_id)
    code, title = _named(draft.code, draft.title)
    _refuse_taken(session, inspection_id, code)
    (rank,) = ranks_before(siblings(session, Area, inspection_id), before_id, 1)
    scale = json.dumps(draft.scale, ensure_ascii=False)
    made = create("area", new_id(), inspection_id=inspection_id, code=code, title=title, scale=scale, rank=rank)
    return Step(f"Add area {code} {title}", made)


def edit_area(session: Session, area_id: str, code: str, title: str) -> Step:
    """Give an area another letter or title. Raises NotFound and BadValue."""
    area = find(session, Area, area_id)
    code, title = _named(code, title)
    _refuse_taken(session, area.inspection_id, code, area_id)
    made, left = settled_sets(session, sets("area", area_id, code=code, title=title))
    return Step(f"Rename area {area.code} to {code} {title}", made, left=left)


def move_area(session: Session, area_id: str, before_id: str | None = None) -> Step:
    """Move an area before another (None: to the end)."""
    area = find(session, Area, area_id)
    (rank,) = ranks_before(siblings(session, Area, area.inspection_id), before_id, 1, [area_id])
    return Step(f"Move area {area.code}", sets("area", area_id, rank=rank))


def remove_area(session: Session, area_id: str) -> Step:
    """Remove an area with the items in it, as one step. Raises NotFound, and RemovalInConflict for one of them."""
    area = find(session, Area, area_id)
    items = session.scalars(select(Item.id).where(Item.area_id == area_id, Item.deleted.is_(False)))
    whole = [SetField("area", area_id, "deleted", True), *(SetField("item", id_, "deleted", True) for id_ in items)]
    _, removed, _ = removable(session, [whole], "area")
    return Step(f"Remove area {area.code} {area.title}", removed)


def restore_area(session: Session, area_id: str) -> Step:
    """Bring a removed area back with the items that were removed together with it."""
    area = find(session, Area, area_id, removed=True)
    together = removed_with(session, area_id)
    return Step(
        f"Restore area {area.code} {area.title}",
        [SetField("area", area_id, "deleted", False), *(SetField(*each, "deleted", False) for each in together)],
    )


def _named(code: str, title: str) -> tuple[str, str]:
    code, title = " ".join(code.split()), " ".join(title.split())
    if not code or not title:
        raise BadValue("An area needs a letter and a title. Write both.")
    if len(title) > TITLE_LIMIT or len(code) > 20:
        raise BadValue(f"That is too long. Shorten the title to {TITLE_LIMIT} characters and the letter to 20.")
    return code, title


def _refuse_taken(session: Session, inspection_id: str, code: str, but: str = "") -> None:
    query = select(Area.id).where(
        Area.inspection_id == inspection_id, Area.deleted.is_(False), Area.code == code, Area.id != but
    )
    if session.scalars(query).first() is not None:
        raise BadValue(f"There is an area {code} already. Choose another letter.")
