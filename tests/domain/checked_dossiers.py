"""Dossiers for tests of the checks: sound ones of any shape, and what to change to plant a fault."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.evidence import (
    ActionRow,
    AttachmentRow,
    Dossier,
    EvidenceRow,
    FindingRow,
    LinkRow,
    ReviewRow,
    RevisionRow,
)
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.scoring import is_unproven, rating, soon_after
from readiness.domain.signing import Signed
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, Narratives, WorkspaceRow
from readiness.domain.vocabulary import (
    ActionSource,
    ActionStatus,
    Audience,
    EvidenceSource,
    FindingStatus,
    ImpactLevel,
    ItemStatus,
    Kind,
    Priority,
    ReviewKind,
    Strength,
)

TODAY = date(2021, 3, 1)
AT = datetime(2021, 2, 15, 9, tzinfo=UTC)
CALENDAR = WorkingDays()
READY = {"i1": date(2021, 3, 19), "i2": date(2021, 9, 3)}
INSPECTIONS = tuple(
    InspectionRow(id_, "f", "Framework", "2018", f"{name} inspection", name, READY[id_], None, None, None, None)
    for id_, name in (("i1", "Re-visit"), ("i2", "Social Care"))
)
AREAS = tuple(AreaRow(f"{row.id}{code}", row.id, code, f"Area {code}", ()) for row in INSPECTIONS for code in "AB")
OWNERS = {"Head of SEND": "SEND", "Designated Clinical Officer": "Health (ICB)", "Director of Education": "Education"}
OWNER = next(iter(OWNERS))
SIGNER = "Quality assurance lead"


@dataclass(frozen=True)
class Shape:
    """One item as a strategy draws it."""

    status: ItemStatus
    kind: Kind = Kind.DOCUMENT
    priority: Priority = Priority.IMPORTANT
    area: int = 0
    owner: int = 0
    impact: ImpactLevel = ImpactLevel.NONE_YET
    has_gap: bool = False


BASIC = (
    Shape(ItemStatus.CHECKED),
    Shape(ItemStatus.SIGNED_OFF, Kind.DATASET, area=2),
    Shape(ItemStatus.DRAFTED, area=0, owner=1),
    Shape(ItemStatus.NOT_STARTED, priority=Priority.ESSENTIAL, area=2, owner=1),
    Shape(ItemStatus.NOT_APPLICABLE, area=1),
)
"""What every dossier of a test holds; `item("A00")` is the first of them, and so on."""

shapes = st.builds(
    Shape,
    st.sampled_from(ItemStatus),
    st.sampled_from(Kind),
    st.sampled_from(Priority),
    st.integers(0, len(AREAS) - 1),
    st.integers(0, len(OWNERS) - 1),
    st.sampled_from(ImpactLevel),
    st.booleans(),
)


@dataclass
class Desk:
    """A dossier as it is put together; `made` gives it. What tests change, they change here."""

    items: dict[str, ItemRow] = field(default_factory=dict)
    texts: dict[str, Narratives] = field(default_factory=dict)
    evidence: dict[str, EvidenceRow] = field(default_factory=dict)
    reviews: dict[str, tuple[ReviewRow, ...]] = field(default_factory=dict)
    actions: dict[str, ActionRow] = field(default_factory=dict)
    findings: dict[str, FindingRow] = field(default_factory=dict)
    inspections: dict[str, InspectionRow] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)  # other fields of the dossier

    def made(self) -> Dossier:
        """Return the dossier, its proofs and ratings judged as a board does."""
        order = {area.id: number for number, area in enumerate(AREAS)}
        items = sorted((self._judged(row) for row in self.items.values()), key=lambda row: order[row.area_id])
        board = Board(
            WorkspaceRow("w", "Council", ""), TODAY, soon_after(TODAY, CALENDAR), tuple(self.inspections.values()),
            AREAS, tuple(items),
        )  # fmt: skip
        return Dossier(
            board, self.texts, tuple(self.evidence.values()), self.reviews, tuple(self.actions.values()),
            tuple(self.findings.values()), people=frozenset({*OWNERS, SIGNER}),
        ) if not self.rest else replace(Desk.made(replace(self, rest={})), **self.rest)  # fmt: skip

    def _judged(self, row: ItemRow) -> ItemRow:
        links = [
            ProofLink(piece.id, piece.source, piece.strength, link.until)
            for piece in self.evidence.values()
            for link in piece.links
            if link.item_id == row.id
        ]
        proof = Proof(tuple(sorted(links, key=lambda link: link.evidence_id)))
        none = is_unproven(row.kind, proof, TODAY)
        rated = rating(
            row.status, row.priority, row.due, TODAY, soon_after(TODAY, CALENDAR), unproven=none, lapsed=row.lapsed
        )
        return replace(row, proof=proof, unproven=none, rating=rated)

    def change(self, kind: str, id_: str, **values: Any) -> None:
        """Give fields of a record other values."""
        rows: dict[str, Any] = {
            "item": self.items, "evidence": self.evidence, "action": self.actions, "finding": self.findings,
            "inspection": self.inspections, "texts": self.texts,
        }[kind]  # fmt: skip
        rows[id_] = replace(rows[id_], **values)

    def links_until(self, evidence_id: str, until: date | None) -> None:
        """Let a piece be good until a day, for every item it is used for."""
        links = tuple(replace(link, until=until) for link in self.evidence[evidence_id].links)
        self.change("evidence", evidence_id, links=links, valid_until=until)

    def proof_of(self, item_id: str) -> list[str]:
        """Return the ids of the evidence of an item."""
        return [row.id for row in self.evidence.values() if any(link.item_id == item_id for link in row.links)]


def laid_out(more: Sequence[Shape] = ()) -> Desk:
    """Return a sound dossier: the basic items, and more."""
    desk = Desk(inspections={row.id: row for row in INSPECTIONS})
    for number, shape in enumerate((*BASIC, *more)):
        add_item(desk, f"x{number:02}", f"A{number:02}", shape)
    desk.findings["f0"] = finding("f0", owner=OWNER)
    desk.actions["af0"] = action("af0", finding_id="f0")
    return desk


def add_item(desk: Desk, id_: str, reference: str, shape: Shape) -> None:
    area, owner = AREAS[shape.area], list(OWNERS)[shape.owner]
    signed = shape.status is ItemStatus.SIGNED_OFF
    begun = shape.status is not ItemStatus.NOT_STARTED
    level = shape.impact if begun else ImpactLevel.NONE_YET
    has_gap = shape.has_gap and not signed and shape.status is not ItemStatus.NOT_APPLICABLE
    desk.items[id_] = ItemRow(
        id_, area.inspection_id, area.id, reference, f"Title of {reference}", shape.kind, owner, OWNERS[owner],
        shape.priority, shape.status, level, "held ready", None, READY[area.inspection_id], "held ready", True,
        rating(shape.status, shape.priority, READY[area.inspection_id], TODAY, TODAY), AT,
        signed=signed, claimed_by=owner if shape.status in (ItemStatus.CHECKED, ItemStatus.SIGNED_OFF) else "",
    )  # fmt: skip
    desk.texts[id_] = Narratives(
        "Audits",
        f"What we would say of {reference} to an inspector" if begun else "",
        f"What changed for children by {reference}" if level is not ImpactLevel.NONE_YET else "",
        f"What is weak in {reference}" if has_gap else "",
    )
    if has_gap:
        desk.actions[f"a{id_}"] = action(f"a{id_}", item_id=id_, inspection_id=area.inspection_id)
    for source in (EvidenceSource.VOICE, EvidenceSource.AUDIT) if begun else ():
        desk.evidence[f"{id_}-{source.value}"] = piece(f"{id_}-{source.value}", id_, reference, source)
    if signed:
        texts = desk.texts[id_]
        content = Signed(
            texts.position, texts.impact, str(level.value), texts.gap,
            {row: f"{row}-1" for row in desk.proof_of(id_)},
        )  # fmt: skip
        desk.reviews[id_] = (ReviewRow(f"r{id_}", id_, ReviewKind.SIGNED_OFF, SIGNER, "", AT, "", content),)


def piece(id_: str, item_id: str, reference: str, source: EvidenceSource = EvidenceSource.AUDIT) -> EvidenceRow:
    """Return a sound piece of evidence for an item."""
    file = AttachmentRow(f"{id_}-1-1", f"{reference} {source.label}.xlsx", id_.encode().hex().ljust(64, "0"), 9, "")
    return EvidenceRow(
        id_, f"{source.label} about {reference}", f"How {reference} stands", source, Strength.OUTCOME,
        Audience.INSPECTORS, date(2021, 1, 15), date(2020, 9, 1), date(2020, 12, 31), date(2021, 1, 20), None,
        (RevisionRow(f"{id_}-1", 1, "", AT, SIGNER, (file,)),),
        (LinkRow(f"l{id_}", item_id, id_, None, None),) if item_id else (),
    )  # fmt: skip


def action(id_: str, **values: Any) -> ActionRow:
    """Return a sound action: planned for a working day ahead."""
    made = ActionRow(
        id_, "i1", "", "", "", f"Action {id_}", OWNER, "SEND", TODAY + timedelta(days=14),
        ActionStatus.PLANNED, ActionSource.SELF_ASSESSMENT, "", "", "", ImpactLevel.NONE_YET,
    )  # fmt: skip
    return replace(made, **values)


def finding(id_: str, **values: Any) -> FindingRow:
    """Return a sound finding: open, owned."""
    made = FindingRow(
        id_, "i1", "i1A", "Inspection 2018", date(2018, 2, 5), f"Finding {id_}", OWNER, FindingStatus.OPEN,
        "", None,
    )  # fmt: skip
    return replace(made, **values)
