"""Edition items: what an inspection holds, to be compared with an edition, and the settings that a move comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.editions import EditionRow, Fate, HeldItem, Whereabouts, pack_words, unpack_words
from readiness.domain.ordering import reranked, woven
from readiness.domain.steps import SetField, sets
from readiness.domain.views import FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import ItemStatus, Kind, Priority
from readiness.services.edition_areas import AreaPlan, HeldArea
from readiness.services.records import deriver, framework_item, is_derived
from readiness.storage.history import unmade
from readiness.storage.tables import Item

_FIELDS = ("reference", "title", "guidance", "kind", "service", "due_rule", "priority", "basis", "currency_months")
_KINDS = {str(word.value): word for word in Kind}
_PRIORITIES = {str(word.value): word for word in Priority}
_STATUSES = {str(word.value): word for word in ItemStatus}


@dataclass(frozen=True, slots=True)
class StoredItem:
    """Where an item of the record is, beside what is compared of it."""

    held: HeldItem
    area_id: str
    rank: str
    reworded: str
    parked: str


@dataclass(frozen=True, slots=True)
class StoredItems:
    """Every item of an inspection, in the order of its areas."""

    items: tuple[StoredItem, ...]
    unmade: frozenset[str]  # ids of what was added once and undone: as if it had never been


def read_items(
    session: Session, inspection_id: str, areas: Sequence[HeldArea], old: FrameworkDraft | None
) -> StoredItems:
    """Return the items of an inspection, removed ones too."""
    found = session.execute(
        select(
            Item.id, Item.area_id, Item.rank, Item.deleted, Item.status, Item.wording, Item.reworded, Item.parked,
            Item.reference, Item.title, Item.guidance, Item.kind, Item.owner, Item.service, Item.due_rule,
            Item.priority, Item.basis, Item.currency_months,
        ).where(Item.inspection_id == inspection_id)
    )  # fmt: skip
    rows = [tuple(row) for row in found]
    gone = frozenset(unmade(session, [id_ for id_, _, _, deleted, *_ in rows if deleted]))
    place = {area.id: number for number, area in enumerate(areas)}
    homes = {area.id: area.home for area in areas if area.stands}
    names = _laid_out_as(session, inspection_id, old) if old is not None and any(map(_lacks_wording, rows)) else {}
    ordered = sorted(rows, key=lambda row: (place.get(row[1], len(place)), row[2], row[0]))
    return StoredItems(tuple(_stored(row, homes, names) for row in ordered if row[0] not in gone), gone)


def _lacks_wording(row: tuple[Any, ...]) -> bool:
    """Whether an item was laid out before fingerprints were kept."""
    return not row[5] and is_derived(row[0])


def _laid_out_as(session: Session, inspection_id: str, old: FrameworkDraft) -> dict[str, str]:
    """Return references by the ids that items of a framework get when it is laid out."""
    derived = deriver(session)
    references = (item.reference for area in old.areas for item in area.items)
    return {derived(inspection_id, "item", reference): reference for reference in references}


def _stored(row: tuple[Any, ...], homes: Mapping[str, str], names: Mapping[str, str]) -> StoredItem:
    (
        id_, area_id, rank, deleted, status, words, reworded, parked,
        reference, title, guidance, kind, owner, service, due_rule, priority, basis, months,
    ) = row  # fmt: skip
    item = ItemDraft(
        reference, title, guidance, _KINDS.get(kind, Kind.DOCUMENT), owner, service, due_rule,
        _PRIORITIES.get(priority, Priority.IMPORTANT), basis, currency_months=months,
    )  # fmt: skip
    whereabouts = Whereabouts.STANDS
    if deleted:
        whereabouts = Whereabouts.PARKED if parked else Whereabouts.LEFT_OUT
    held = HeldItem(
        id_, homes.get(area_id), item, _STATUSES.get(status, ItemStatus.NOT_STARTED), words, unpack_words(reworded),
        whereabouts, bool(words) or is_derived(id_), bool(parked), names.get(id_, ""),
    )  # fmt: skip
    return StoredItem(held, area_id, rank, reworded, parked)


class ItemPlan:
    """Where every item goes, and the settings that put it there."""

    def __init__(
        self,
        session: Session,
        inspection_id: str,
        stored: StoredItems,
        rows: Sequence[EditionRow],
        areas: AreaPlan,
        new: FrameworkDraft,
        old: FrameworkDraft | None,
    ) -> None:
        self._inspection_id, self._new = inspection_id, new
        self._stored = {item.held.id: item for item in stored.items}
        self._unmade = stored.unmade
        self._derived = deriver(session)
        self._rows = {self._id(row): row for row in rows if row.fate is not Fate.REMOVED and not row.stays_out}
        self._parked = [row.id for row in rows if row.fate is Fate.REMOVED]
        self._areas = {id_: self._area(row, areas) for id_, row in self._rows.items()}
        references = (item.reference for area in (old.areas if old else ()) for item in area.items)
        self._places = {reference: number for number, reference in enumerate(references)}

    @property
    def filled(self) -> frozenset[str]:
        """The ids of the areas in which items are to stand."""
        return frozenset(self._areas.values())

    def settings(self) -> list[SetField]:
        """Return the settings of all items."""
        ranks = self._ranks()
        made: list[SetField] = []
        for id_, row in self._rows.items():
            rank = ranks.get(id_, "")
            if row.held is None and row.after is not None:
                made += framework_item(id_, self._inspection_id, self._areas[id_], row.after, rank)
                made += sets("item", id_, reworded="", parked="") if id_ in self._unmade else []
            else:
                made += self._changed(self._stored[id_], row, rank)
        for id_ in self._parked:
            made += sets("item", id_, deleted=True, parked=self._new.edition)
        return made

    def _id(self, row: EditionRow) -> str:
        """Return the id of an item; of a new one, that which every laptop of the workspace gives it."""
        if row.held is not None:
            return row.held.id
        derived = partial(self._derived, self._inspection_id, "item", row.reference)
        edition = f"{self._new.id}@{self._new.edition}"
        ids = chain([derived()], (derived(edition, str(number)) for number in count(1)))
        return next(id_ for id_ in ids if id_ not in self._stored)

    def _area(self, row: EditionRow, areas: AreaPlan) -> str:
        return areas.id_of(row.area) if row.area is not None else self._stored[row.id].area_id

    def _changed(self, stored: StoredItem, row: EditionRow, rank: str) -> list[SetField]:
        """Return the settings of an item of the record: only what is another."""
        before, after = stored.held.item, row.after or stored.held.item
        values = {name: getattr(after, name) for name in _FIELDS if getattr(after, name) != getattr(before, name)}
        if row.fate is not Fate.OWN:
            reworded = pack_words(row.earlier)
            told = (
                ("wording", stored.held.wording, row.wording),
                ("reworded", stored.reworded, reworded),
                ("parked", stored.parked, ""),
            )
            values |= {name: now for name, then, now in told if then != now}
        if self._areas[row.id] != stored.area_id:
            values["area_id"] = self._areas[row.id]
        if rank:
            values["rank"] = rank
        if stored.held.whereabouts is not Whereabouts.STANDS:
            values["deleted"] = False
        return sets("item", row.id, **values)

    def _ranks(self) -> dict[str, str]:
        """Return ranks for the items that need another one."""
        wanted: dict[str, list[str]] = {}
        for id_, row in self._rows.items():
            if row.area is not None:
                wanted.setdefault(self._areas[id_], []).append(id_)
        stand: dict[str, list[str]] = {}
        for id_, stored in self._stored.items():
            if (
                id_ in self._rows
                and stored.held.whereabouts is Whereabouts.STANDS
                and self._areas[id_] == stored.area_id
            ):
                stand.setdefault(stored.area_id, []).append(id_)
        made: dict[str, str] = {}
        for area_id in self.filled:
            new, now = wanted.get(area_id, []), stand.get(area_id, [])
            order = woven(now, new) if self._is_reordered(now) else woven(new, now)
            made |= reranked(order, {id_: self._rank_in(area_id, id_) for id_ in order})
        return made

    def _rank_in(self, area_id: str, id_: str) -> str:
        """Return the rank an item has in an area, also from under Removed; "" where it was never there."""
        stored = self._stored.get(id_)
        return stored.rank if stored is not None and stored.area_id == area_id else ""

    def _is_reordered(self, ids: Iterable[str]) -> bool:
        """Whether the council put items in another order; where that cannot be known, it may have."""
        if not self._places:
            return True
        rows = [self._rows[id_] for id_ in ids]
        seen = [self._places[row.old.reference] for row in rows if row.old is not None and row.area is not None]
        return seen != sorted(seen)
