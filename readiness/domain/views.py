"""Views: the frozen read-models and drafts that screens, sheets and the command line see; no record leaves storage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from readiness.domain.calendar import WorkingDays
from readiness.domain.proof import NO_PROOF, Proof
from readiness.domain.schemes import Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority, Rating

UNPROVEN_CREDIT = 50
"""The most that an item earns that needs evidence and has none that is current. Source: design.md, section 5."""


def capped(credit: int | None) -> int | None:
    """Return the credit of an item without current evidence."""
    return None if credit is None else min(credit, UNPROVEN_CREDIT)


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One expected or running inspection."""

    id: str
    framework: str  # identifier of the framework, such as "ilacs-2018"
    framework_title: str
    edition: str
    title: str
    short_title: str  # as it stands in the inspection switch
    ready_by: date | None
    expected_from: date | None  # earliest day the call is expected; None: the working day after ready_by
    notified_on: date | None
    on_site_from: date | None
    on_site_to: date | None
    rank: str = ""
    selection_on: date | None = None
    draft_report_on: date | None = None
    publication_on: date | None = None
    visit: str = ""  # code of the kind of visit announced, "short"
    notified_at: str = ""  # when the call came, "09:15"; "" when nobody wrote it down
    pinned: bool = False  # stays on its edition


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A heading of a checklist."""

    id: str
    inspection_id: str
    code: str  # "A"
    title: str
    scale: tuple[str, ...]  # the grades its framework gives, best first; empty: none
    rank: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing that must be ready, as it stands on the board's day."""

    id: str
    inspection_id: str
    area_id: str
    reference: str
    title: str
    kind: Kind
    owner: str  # "" when nobody
    service: str
    priority: Priority
    status: ItemStatus
    impact_level: ImpactLevel
    due_rule: str  # canonical text of the rule, "day 3"; "" when none
    due_override: date | None  # set by hand; it wins over the rule
    due: date | None  # the day that counts; None: unset until an event is recorded
    due_text: str  # why: "day 3 (planning date)", "set by hand", "on selection"
    day_one: bool  # takes part in day-one readiness
    rating: Rating
    changed_at: datetime | None  # UTC; None: as the framework made it
    conflicts: int = 0  # fields in conflict
    rank: str = ""
    confirm: bool = False  # a new edition changed its words: to be confirmed again
    proof: Proof = NO_PROOF  # its evidence
    unproven: bool = False  # it needs evidence and none is current on the board's day
    lapsed: bool = False  # what was signed off has changed since
    signed: bool = False  # a sign-off stands in the record, lapsed or not
    claimed_by: str = ""  # who last said that it is Checked
    currency_months: int | None = None  # how long its evidence stays current; None: for ever

    @property
    def credit(self) -> int | None:
        """Effective credit in percent: at most half where proof is needed and none is current; None: takes no part."""
        return capped(self.status.credit) if self.unproven else self.status.credit


@dataclass(frozen=True, slots=True)
class Narratives:
    """The long texts of an item."""

    guidance: str  # what good evidence looks like
    position: str
    impact: str
    gap: str
    basis: str = ""  # where the item comes from: AA, L, R, S, P (checklists.md, section 4)


@dataclass(frozen=True, slots=True)
class WorkspaceRow:
    """The workspace itself."""

    id: str
    title: str
    path: str
    four_eyes: bool = True  # nobody signs off what they claim themselves


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works on this laptop."""

    name: str
    role: str
    service: str

    @property
    def signature(self) -> str:
        """What stands beside their changes."""
        return self.name or self.role or "Somebody"


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the pages and sheets count, on one day: rows in framework order, removed ones left out."""

    workspace: WorkspaceRow
    day: date
    soon: date  # the tenth working day after `day`
    inspections: tuple[InspectionRow, ...]
    areas: tuple[AreaRow, ...]  # by inspection, then rank
    items: tuple[ItemRow, ...]  # by inspection, area, then rank
    removed: int = 0  # items that stand under Removed
    calendar: WorkingDays = field(default_factory=WorkingDays)  # with the council's closures


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A removed inspection, area or item that may be restored."""

    id: str
    kind: str  # "inspection", "area" or "item"
    inspection_id: str
    reference: str
    title: str
    removed_at: datetime
    removed_by: str
    parked: str = ""  # the edition that no longer has it; "": somebody took it out
    status: ItemStatus | None = None  # of an item
    texts: Narratives | None = None  # what an item holds


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One field of one record given a new value."""

    step_id: str
    at: datetime  # UTC, as the author's laptop claimed
    actor: str
    step_label: str
    record_id: str
    record: str  # "RV-C02 Audit results over time"
    field: str  # its label
    old: str  # as people read it; "" when there was none
    new: str
    is_undo: bool = False
    field_name: str = ""  # as the record has it; "": of a line that stands for several


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing a person did, undoable as one."""

    id: str
    at: datetime  # UTC
    actor: str
    label: str
    reason: str
    changes: int
    undo_of: str | None
    undone: bool
    records: tuple[str, ...] = ()  # ids of the items it touched
    is_event: bool = False  # it tells that something happened, and cannot be undone


@dataclass(frozen=True, slots=True)
class UndoState:
    """What the Edit menu says: the labels of the steps that undo and redo would take; None: nothing."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """One field of items is to become a value: a date, an enum of vocabulary.py, or text; None clears."""

    field: ItemField
    value: object


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A new item as somebody typed it, or as a framework file gives it."""

    reference: str
    title: str
    guidance: str = ""
    kind: Kind = Kind.DOCUMENT
    owner: str = ""
    service: str = ""
    due_rule: str = "held ready"
    priority: Priority = Priority.IMPORTANT
    basis: str = ""
    was: tuple[str, ...] = ()  # its references in earlier editions
    due_verified: bool = False  # whether a source confirms the due rule
    currency_months: int | None = None  # how long its evidence stays current; None: for ever


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A new area: as typed (no items), or as a framework file gives it."""

    code: str
    title: str
    scale: tuple[str, ...] = ()
    items: tuple[ItemDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    """A published scheme, read from a data file."""

    id: str
    edition: str
    title: str
    short_title: str
    summary: str  # one line for the first-run page
    scales: Mapping[str, tuple[str, ...]]  # name -> grades, best first
    areas: tuple[AreaDraft, ...]
    family: str = ""  # what its editions have in common, "ilacs"; "": it stands alone
    since: date | None = None  # first day it applies
    judgements: tuple[Judgement, ...] = ()
    visits: tuple[VisitType, ...] = ()  # kinds of visit, the usual one first
    timetable: tuple[TimetableEntry, ...] = ()
    expected: tuple[Expected, ...] = ()  # when later events usually come
    lists: tuple[ListSpec, ...] = ()  # child-level lists that are asked for: names of columns, never rows
    services: tuple[str, ...] = ()  # those that its items may name; empty: any

    @property
    def item_count(self) -> int:
        """How many items it lays out."""
        return sum(len(area.items) for area in self.areas)


@dataclass(frozen=True, slots=True)
class InspectionDraft:
    """An inspection somebody wants to track."""

    framework: FrameworkDraft
    title: str = ""  # "": the framework's
    ready_by: date | None = None
    expected_from: date | None = None
    short_title: str = ""  # "": the title where one is given, else the framework's


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changed: ids by kind of record; `label` names the step for the notice and the Undo button."""

    label: str
    step_id: str | None  # None: nothing had to change
    ids: Mapping[str, frozenset[str]]
    left: tuple[str, ...] = ()  # what an undo had to leave, in words

    def of(self, kind: str) -> frozenset[str]:
        """Return the ids of one kind: "item", "area", "inspection", "workspace"."""
        return self.ids.get(kind, frozenset())

    @property
    def is_event(self) -> bool:
        """Whether all of it is that something happened: nothing to undo, and nothing anybody has to be told."""
        return self.ids.keys() == {"event"}
