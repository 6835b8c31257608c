"""Edition areas: the headings that an inspection gets with another edition, by the codes the edition gives them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.editions import given_way
from readiness.domain.ordering import reranked, woven
from readiness.domain.steps import SetField, sets
from readiness.domain.views import AreaDraft, FrameworkDraft
from readiness.services.records import create, deriver, is_derived
from readiness.storage.tables import Area


@dataclass(frozen=True, slots=True)
class HeldArea:
    """An area of an inspection as the record holds it."""

    id: str
    code: str
    title: str
    scale: str  # JSON
    rank: str
    stands: bool
    home: str  # the code its edition gave it; "": the council's own


def read_areas(session: Session, inspection_id: str, old: FrameworkDraft | None) -> list[HeldArea]:
    """Return the areas of an inspection in their order, removed ones too."""
    derived = deriver(session)
    homes = {derived(inspection_id, "area", area.code): area.code for area in (old.areas if old else ())}
    query = select(Area.id, Area.code, Area.title, Area.scale, Area.rank, Area.deleted)
    found = session.execute(query.where(Area.inspection_id == inspection_id).order_by(Area.rank, Area.id))
    return [
        HeldArea(id_, code, title, scale, rank, not deleted, homes.get(id_, code) if is_derived(id_) else "")
        for id_, code, title, scale, rank, deleted in found
    ]


class AreaPlan:
    """Which area each code of the new edition is, and the settings that make it so."""

    def __init__(
        self,
        derived: Callable[..., str],
        inspection_id: str,
        held: Sequence[HeldArea],
        new: FrameworkDraft,
        old: FrameworkDraft | None,
    ) -> None:
        self._held = {area.id: area for area in held}
        self._inspection_id = inspection_id
        self._new = {area.code: area for area in new.areas}
        self._old = {area.code: area for area in (old.areas if old else ())}
        standing = [area for area in held if area.stands]
        homes = {area.home: area.id for area in reversed(standing) if area.home}
        alike = {(area.code, area.title): area.id for area in reversed(standing) if not area.home}
        self._ids = {
            code: homes.get(code) or alike.get((code, area.title)) or derived(inspection_id, "area", code)
            for code, area in self._new.items()
        }

    def id_of(self, code: str) -> str:
        """Return the id of the area with a code of the new edition."""
        return self._ids[code]

    def settings(self, filled: Iterable[str]) -> list[SetField]:
        """Return the settings of all areas; `filled` are the ids of those in which items are to stand."""
        used = set(filled)
        stand = [id_ for id_, area in self._held.items() if area.stands and (id_ in used or not self._is_spent(area))]
        wanted = [id_ for id_ in self._ids.values() if id_ in used or id_ in stand]
        order = woven(stand, wanted) if self._is_reordered(stand) else woven(wanted, stand)
        ranks = reranked(order, {id_: self._held[id_].rank for id_ in stand})
        drafts = {self._ids[code]: draft for code, draft in self._new.items()}
        brought = {drafts[id_].code for id_ in wanted if id_ not in stand}
        made: list[SetField] = []
        for id_ in order:
            rank = ranks.get(id_) or self._held[id_].rank
            if id_ not in stand:
                made += self._made(id_, drafts[id_], rank)
            else:
                made += self._kept(self._held[id_], drafts.get(id_), rank, brought)
        gone = [id_ for id_, area in self._held.items() if area.stands and id_ not in stand]
        return [*made, *(SetField("area", id_, "deleted", True) for id_ in gone)]

    def _is_spent(self, area: HeldArea) -> bool:
        """Whether an area belongs to the edition that is left, and nothing stands in it any more."""
        return bool(area.home) and area.home not in self._new

    def _is_reordered(self, stand: Sequence[str]) -> bool:
        """Whether the council put the areas in another order; where that cannot be known, it may have."""
        if not self._old:
            return True
        places = {code: number for number, code in enumerate(self._old)}
        seen = [places[self._held[id_].home] for id_ in stand if self._held[id_].home in places]
        return seen != sorted(seen)

    def _made(self, id_: str, draft: AreaDraft, rank: str) -> list[SetField]:
        scale = json.dumps(draft.scale, ensure_ascii=False)
        given = {"inspection_id": self._inspection_id, "code": draft.code, "title": draft.title}
        return create("area", id_, **given, scale=scale, rank=rank)

    def _kept(self, area: HeldArea, draft: AreaDraft | None, rank: str, brought: set[str]) -> list[SetField]:
        """Return what becomes of an area that stands; a letter or title that the council gave it stays."""
        if draft is None:
            return sets("area", area.id, code=given_way(area.code, brought), rank=rank)
        was = self._old.get(area.home)
        title = draft.title if was is not None and area.title == was.title else area.title
        code = draft.code if area.code in brought else area.code
        return sets(
            "area", area.id, code=code, title=title, scale=json.dumps(draft.scale, ensure_ascii=False), rank=rank
        )
