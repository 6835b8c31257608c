"""Ground: what the rules look at: a dossier whose links were followed once, so that no rule has to search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from readiness.domain.assertions import Hands, hands_of
from readiness.domain.calendar import WorkingDays
from readiness.domain.checks.results import About, Place
from readiness.domain.dates import YEARS, written
from readiness.domain.due import Milestones
from readiness.domain.evidence import ActionRow, AttachmentRow, Dossier, EvidenceRow, FindingRow
from readiness.domain.proof import lapsing_after
from readiness.domain.scoring import CLAIMED
from readiness.domain.views import InspectionRow, ItemRow, Narratives
from readiness.domain.vocabulary import ActionStatus, Audience, ItemStatus

EMPTY = Narratives("", "", "", "")
UNTITLED = "Untitled"
T = TypeVar("T")
Held = tuple[EvidenceRow, tuple[AttachmentRow, ...]]
Behind = tuple[tuple[str, ...], str, tuple[str, ...], int]
"""What About says of where a record belongs: inspections, area, items, order."""


class Visit(NamedTuple):
    """When inspectors are, or are expected to be, there."""

    first: date | None  # the first day on which proof is asked for; None: not known
    last: date | None  # None: not announced yet
    said: str  # "the visit is expected from 10 May 2021"


class Ground:
    """A dossier on its board's day. Rules read it and change nothing."""

    def __init__(self, dossier: Dossier) -> None:
        board = dossier.board
        self.dossier = dossier
        self.day: date = board.day
        self.soon: date = board.soon
        self.calendar: WorkingDays = board.calendar
        self.lapsing = lapsing_after(board.day, board.calendar)
        self.inspections = board.inspections
        self.areas = board.areas
        self.items = board.items
        self.applicable = tuple(item for item in board.items if item.status is not ItemStatus.NOT_APPLICABLE)
        self.claimed = tuple(item for item in board.items if item.status in CLAIMED)
        self.proven = tuple(item for item in self.claimed if item.kind.needs_evidence and not item.unproven)
        self.evidence = dossier.evidence
        self.evidence_by_id = {row.id: row for row in dossier.evidence}
        self.files = [row.revisions[0].attachments if row.revisions else () for row in dossier.evidence]
        self.visits = {row.id: visit_of(row, board.calendar) for row in board.inspections}
        self.in_force = tuple(row for row in dossier.actions if row.status is not ActionStatus.STOPPED)
        self.actions_of_item = _grouped((row.item_id, row) for row in self.in_force)
        self.actions_of_area = _grouped((row.area_id, row) for row in self.in_force if not row.item_id)
        self.actions_of_finding = _grouped((row.finding_id, row) for row in self.in_force)
        self._order = {item.id: number for number, item in enumerate(board.items)}
        self._items = {item.id: item for item in board.items}
        self.linked: set[str] = set()  # ids of the evidence that any item uses, also one that does not apply
        self._alone: dict[str, tuple[ItemRow, ...]] = {}
        self._behind: dict[str, Behind] = {}
        self._uses = {row.id: self._used_for(row) for row in dossier.evidence}
        self._areas = {area.id: area for area in board.areas}
        self._ends = self._ends_of_inspections()
        self._actions = {row.id: row for row in dossier.actions}
        self._findings = {row.id: row for row in dossier.findings}
        self._known: dict[tuple[str, str], About] = {}

    @property
    def held(self) -> Iterator[Held]:
        """Each piece of evidence with the files and links of the revision that counts."""
        return zip(self.evidence, self.files, strict=True)

    @property
    def going_out(self) -> Iterator[tuple[EvidenceRow, str]]:
        """What others than the council may see, with the words of its title and of its files' names, in small letters.

        An underscore in a name stands for a space.
        """
        return zip(self._going_out, self._words, strict=True)

    @cached_property
    def _going_out(self) -> Sequence[EvidenceRow]:
        return [row for row in self.evidence if row.audience is not Audience.INTERNAL]

    @cached_property
    def _words(self) -> Sequence[str]:
        return [
            "\n".join([row.title, *[each.name for each in files]]).casefold().replace("_", " ")
            for row, files in self.held
            if row.audience is not Audience.INTERNAL
        ]

    def narratives(self, item: ItemRow) -> Narratives:
        """Return the long texts of an item."""
        return self.dossier.narratives.get(item.id, EMPTY)

    def hands(self, item: ItemRow) -> Hands:
        """Return whose reviews of an item came last."""
        return hands_of(self.dossier.reviews.get(item.id, ()))

    def uses(self, evidence_id: str) -> Sequence[ItemRow]:
        """Return the items that a piece of evidence is used for and that apply, in their order."""
        return self._uses.get(evidence_id, ())

    def visit(self, item: ItemRow) -> Visit:
        """Return when the inspection of an item takes place."""
        return self.visits.get(item.inspection_id, NO_VISIT)

    def is_near(self, item: ItemRow) -> bool:
        """Whether the inspection of an item is on, or may begin within 20 working days."""
        first, last, _ = self.visit(item)
        return first is not None and first <= self.lapsing and (last is None or last >= self.day)

    def about(self, place: Place) -> About:
        """Return what people call the record at a place, and where it belongs."""
        key = (place.kind, place.id)
        if key not in self._known:
            self._known[key] = self._about(*key)
        return self._known[key]

    def _used_for(self, row: EvidenceRow) -> tuple[ItemRow, ...]:
        items = self._items
        ids = {link.item_id for link in row.links if link.item_id in items}
        if not ids:
            return ()
        self.linked.add(row.id)
        found = [id_ for id_ in ids if items[id_].status is not ItemStatus.NOT_APPLICABLE]
        if len(found) == 1:  # most are: thousands of pieces share the few
            return self._alone.setdefault(found[0], (items[found[0]],))
        return tuple([items[id_] for id_ in sorted(found, key=self._order.__getitem__)])

    def _about(self, kind: str, id_: str) -> About:
        if kind == "item":
            item = self._items[id_]
            return self._of_items(item.reference or UNTITLED, item.title, item.owner, (item,))
        if kind == "evidence":
            row = self.evidence_by_id[id_]
            return self._of_items(row.title or UNTITLED, "", "", self.uses(id_))
        if kind == "action":
            return self._of_action(self._actions[id_])
        if kind == "finding":
            return self._of_finding(self._findings[id_])
        if kind == "area":
            area = self._areas[id_]
            inside = tuple(item for item in self.applicable if item.area_id == id_)
            return self._of_items(area.code or UNTITLED, area.title, "", inside, (area.inspection_id,))
        inspection = next(row for row in self.inspections if row.id == id_)
        inside = tuple(item for item in self.applicable if item.inspection_id == id_)
        return self._of_items(inspection.short_title or inspection.title, "", "", inside, (id_,))

    def _of_items(
        self, name: str, title: str, owner: str, items: Sequence[ItemRow], inspections: Iterable[str] = ()
    ) -> About:
        if len(items) == 1 and not inspections:
            alone = items[0]
            if alone.id not in self._behind:
                self._behind[alone.id] = (alone.inspection_id,), alone.area_id, (alone.id,), self._order[alone.id]
            return About(name, title, owner, *self._behind[alone.id])
        ids = tuple(dict.fromkeys([*inspections, *[item.inspection_id for item in items]]))
        area = items[0].area_id if items else ""
        order = self._order[items[0].id] if items else self._ends[ids[0]] if ids else len(self.items)
        return About(name, title, owner, ids, area, tuple([item.id for item in items]), order)

    def _of_action(self, row: ActionRow) -> About:
        item = self._items.get(row.item_id)
        own = row.inspection_id if row.inspection_id in self._ends else ""
        found = self._of_items(row.title or UNTITLED, "", row.owner, (item,) if item else (), (own,) if own else ())
        return found if item else found._replace(area_id=row.area_id)

    def _of_finding(self, row: FindingRow) -> About:
        own = (row.inspection_id,) if row.inspection_id in self._ends else ()
        return self._of_items(row.title or UNTITLED, "", row.owner, (), own)._replace(area_id=row.area_id)

    def _ends_of_inspections(self) -> Mapping[str, int]:
        """Return where something without items stands: behind the items of its inspection."""
        ends = dict.fromkeys((row.id for row in self.inspections), 0)
        for number, item in enumerate(self.items):
            ends[item.inspection_id] = number
        return ends


def visit_of(row: InspectionRow, calendar: WorkingDays) -> Visit:
    """Return when inspectors are there: as announced, or as expected; an inspection that is over has none."""
    if row.on_site_from is not None:
        last = row.on_site_to or row.on_site_from
        return Visit(row.on_site_from, last, f"inspectors are on site from {written(row.on_site_from)}")
    if row.notified_on is not None:
        return Visit(row.notified_on, None, f"the call came on {written(row.notified_on)}")
    planned = Milestones(ready_by=row.ready_by, expected_from=row.expected_from)
    if not all(day is None or day.year in YEARS for day in (row.ready_by, row.expected_from)):
        return NO_VISIT
    first = planned.planning_date(calendar)
    return Visit(first, None, f"the call is expected from {written(first)}") if first is not None else NO_VISIT


NO_VISIT = Visit(None, None, "")


def alike(pairs: Iterable[tuple[str, T]]) -> Iterator[list[T]]:
    """Yield what has the same key as something else, together; what stands alone is left out."""
    first: dict[str, T] = {}
    same: dict[str, list[T]] = {}
    for key, each in pairs:
        if key in same:
            same[key].append(each)
        elif key in first:
            same[key] = [first[key], each]
        else:
            first[key] = each
    yield from same.values()


def named(items: Sequence[ItemRow]) -> str:
    """Return the items that something is used for in a few words, "RV-C02 and 2 more"."""
    return listed([item.reference or UNTITLED for item in items])


def listed(names: Sequence[str]) -> str:
    """Return the first of several names and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"


def _grouped(pairs: Iterable[tuple[str, ActionRow]]) -> Mapping[str, Sequence[ActionRow]]:
    found: dict[str, list[ActionRow]] = {}
    for id_, row in pairs:
        if id_:
            found.setdefault(id_, []).append(row)
    return found
