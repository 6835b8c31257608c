"""Evidence: the frozen rows and drafts of proof, review, actions and findings that screens, sheets and commands see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from readiness.domain.signing import Signed
from readiness.domain.views import Board, Narratives
from readiness.domain.vocabulary import (
    ActionSource,
    ActionStatus,
    Audience,
    EvidenceField,
    EvidenceSource,
    FindingStatus,
    ImpactLevel,
    ReviewKind,
    Strength,
)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file or link of a revision."""

    id: str
    name: str  # as people see it, "Audit March.xlsx"
    sha256: str  # of the stored copy, 64 hex digits; "": no copy is kept
    size: int  # bytes of the stored copy
    url: str  # "": a file

    @property
    def is_stored(self) -> bool:
        """Whether a copy is kept in the workspace."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One state of a piece of evidence."""

    id: str
    number: int  # 1, 2, ...: the highest counts
    note: str
    made_at: datetime | None  # UTC
    made_by: str
    attachments: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Evidence used for an item."""

    id: str
    item_id: str
    evidence_id: str
    valid_until: date | None  # as it says for this item's inspection
    until: date | None  # the last good day that counts, by all the rules; None: it never lapses


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence of the library."""

    id: str
    title: str
    shows: str  # what it shows
    source: EvidenceSource
    strength: Strength
    audience: Audience
    dated: date | None  # the day it is about
    covers_from: date | None
    covers_to: date | None
    received: date | None
    valid_until: date | None
    revisions: tuple[RevisionRow, ...]  # newest first
    links: tuple[LinkRow, ...]  # where it is used
    changed_at: datetime | None = None
    conflicts: int = 0

    @property
    def latest(self) -> RevisionRow | None:
        """The revision that counts; None: it has neither file nor link yet."""
        return self.revisions[0] if self.revisions else None


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A piece of evidence as somebody describes it."""

    title: str
    shows: str = ""
    source: EvidenceSource = EvidenceSource.DATA
    strength: Strength = Strength.SAYS
    audience: Audience = Audience.INTERNAL
    dated: date | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    received: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AttachmentDraft:
    """A file whose copy the store has taken, or a link; both where a copy of a link was fetched."""

    name: str
    sha256: str = ""
    size: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceEdit:
    """One field of a piece of evidence is to become a value: a day, a word of vocabulary.py, or text; None clears."""

    field: EvidenceField
    value: object


@dataclass(frozen=True, slots=True)
class UseRow:
    """Where a piece of evidence is used."""

    link_id: str
    item_id: str
    reference: str
    title: str  # of the item
    inspection_id: str
    inspection: str  # its short title
    valid_until: date | None  # as the link says
    until: date | None  # the last good day that counts; None: it never lapses


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What somebody did with the claim of an item."""

    id: str
    item_id: str
    kind: ReviewKind
    by: str
    role: str
    at: datetime  # UTC
    note: str
    signed: Signed | None  # of a sign-off: exactly what was signed


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Work that closes a gap."""

    id: str
    inspection_id: str
    area_id: str
    item_id: str  # "": it belongs to the area, or to the whole inspection
    finding_id: str
    title: str
    owner: str
    service: str
    due: date | None
    status: ActionStatus
    source: ActionSource
    origin: str  # "Scrutiny commission, 12 Mar 2021, minute 45"
    practice: str  # what changed in practice
    impact: str  # what is different for children
    impact_level: ImpactLevel
    rank: str = ""
    changed_at: datetime | None = None
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """An action as somebody types it."""

    title: str
    inspection_id: str = ""
    area_id: str = ""
    item_id: str = ""
    finding_id: str = ""
    owner: str = ""
    service: str = ""
    due: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    source: ActionSource = ActionSource.SELF_ASSESSMENT
    origin: str = ""
    practice: str = ""
    impact: str = ""
    impact_level: ImpactLevel = ImpactLevel.NONE_YET


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A point of an earlier inspection, and what became of it."""

    id: str
    inspection_id: str
    area_id: str
    origin: str  # "Social care inspection 2017"
    dated: date | None
    title: str
    owner: str
    status: FindingStatus
    proof: str  # what proves that it is met
    tested_on: date | None
    rank: str = ""
    changed_at: datetime | None = None
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as somebody types it."""

    title: str
    inspection_id: str = ""
    area_id: str = ""
    origin: str = ""
    dated: date | None = None
    owner: str = ""
    status: FindingStatus = FindingStatus.OPEN
    proof: str = ""
    tested_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackRow:
    """An evidence pack that went out."""

    id: str
    inspection_id: str
    title: str
    audience: Audience
    made_at: datetime  # UTC
    made_by: str
    manifest: str  # JSON


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that checks, packs and sheets look at, on the board's day."""

    board: Board
    narratives: Mapping[str, Narratives]  # by item
    evidence: tuple[EvidenceRow, ...]  # by title
    reviews: Mapping[str, tuple[ReviewRow, ...]]  # by item, newest first
    actions: tuple[ActionRow, ...]
    findings: tuple[FindingRow, ...]
    four_eyes: bool = True  # nobody signs off what they claim themselves
    missing: frozenset[str] = field(default_factory=frozenset)  # sha256 of stored copies that are not there
    altered: frozenset[str] = field(default_factory=frozenset)  # sha256 of stored copies that hold something else
    people: frozenset[str] = field(default_factory=frozenset)  # names and roles that occur beside those of owners
