"""Boards made in memory, and workbooks made of them, for tests of the export. Roles and services, never people."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from readiness.domain.assertions import Doubt, assertion_gap
from readiness.domain.calendar import WorkingDays
from readiness.domain.proof import NO_PROOF, Proof, ProofLink
from readiness.domain.proving import Proving
from readiness.domain.scoring import is_unproven, rating, soon_after
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, Narratives, WorkspaceRow
from readiness.domain.vocabulary import EvidenceSource, ImpactLevel, ItemStatus, Kind, Priority, Strength
from readiness.excel.workbook import ExportReport, ExportRequest, write_summary

DAY = date(2021, 9, 13)
SOON = soon_after(DAY, WorkingDays())
REQUEST = ExportRequest("Head of SEND", datetime(2021, 9, 13, 9, 30), "0.1.0")  # noqa: DTZ001 - local on purpose
PROVEN = Proof((ProofLink("e1", EvidenceSource.DATA, Strength.OUTCOME, None),))
PROOFS = (
    PROVEN,
    NO_PROOF,
    Proof((ProofLink("e2", EvidenceSource.POLICY, Strength.SAYS, DAY - timedelta(days=1)),)),
    Proof((ProofLink("e3", EvidenceSource.POLICY, Strength.SAYS, DAY),)),  # lapses before the visit
    Proof((PROVEN.links[0], ProofLink("e4", EvidenceSource.VOICE, Strength.SAYS, DAY))),
)
"""Proof that counts, and that does not, or not on the day of inspection."""
SERVICES = ("SEND", "Education", "Social Care & Early Help", "")
OWNERS = ("Head of SEND", "Principal Social Worker", "Director of Education", "")


def inspection(id_: str = "i1", short_title: str = "SEN re-visit", title: str = "") -> InspectionRow:
    return InspectionRow(
        id_, "framework", "Framework", "2018", title or f"{short_title}, in full", short_title, DAY, None, None, None,
        None,
    )  # fmt: skip


def area(id_: str = "a1", inspection_id: str = "i1", code: str = "A", title: str = "Call and control") -> AreaRow:
    return AreaRow(id_, inspection_id, code, title, ())


def item(id_: str = "x1", where: AreaRow | None = None, **given: Any) -> ItemRow:
    where = where or area()
    status = given.get("status", ItemStatus.DRAFTED)
    priority = given.get("priority", Priority.IMPORTANT)
    due = given.get("due", DAY)
    unproven = is_unproven(given.get("kind", Kind.DOCUMENT), given.get("proof", PROVEN), DAY)
    values: dict[str, Any] = {
        "reference": id_.upper(),
        "title": f"Item {id_}",
        "kind": Kind.DOCUMENT,
        "owner": "Head of SEND",
        "service": "SEND",
        "priority": priority,
        "status": status,
        "impact_level": ImpactLevel.NONE_YET,
        "due_rule": "held ready",
        "due_override": None,
        "due": due,
        "due_text": "held ready",
        "day_one": True,
        "rating": rating(status, priority, due, DAY, SOON, unproven=unproven, lapsed=given.get("lapsed", False)),
        "proof": PROVEN,
        "unproven": unproven,
        "changed_at": datetime(2021, 9, 1, 12, tzinfo=UTC),
    }
    return ItemRow(id=id_, inspection_id=where.inspection_id, area_id=where.id, **{**values, **given})


def board(
    items: tuple[ItemRow, ...] = (),
    inspections: tuple[InspectionRow, ...] = (inspection(),),
    areas: tuple[AreaRow, ...] = (area(),),
    title: str = "Example council",
) -> Board:
    return Board(WorkspaceRow("w", title, ""), DAY, SOON, inspections, areas, items)


def example(items: int = 116) -> tuple[Board, dict[str, Narratives]]:
    """Return two inspections of five areas with items in every state."""
    chance = random.Random("example")
    inspections = (inspection("i1", "SEN re-visit"), inspection("i2", "Social Care"))
    areas = tuple(area(f"{row.id}{code}", row.id, code, f"Area {code}") for row in inspections for code in "ABCDE")
    rows = [
        item(
            f"r{number}",
            areas[number * len(areas) // items],
            status=chance.choice(list(ItemStatus)),
            priority=chance.choice(list(Priority)),
            due=chance.choice((None, DAY + timedelta(days=chance.randint(-9, 60)))),
            owner=chance.choice(OWNERS),
            service=chance.choice(SERVICES),
            day_one=chance.random() < 0.5,
            kind=chance.choice(list(Kind)),
            impact_level=chance.choice(list(ImpactLevel)),
            proof=chance.choice(PROOFS),
            signed=number % 2 == 0,
            lapsed=number % 6 == 0,
            claimed_by=chance.choice(OWNERS),
            currency_months=chance.choice((None, 12)),
        )
        for number in range(items)
    ]
    texts = {row.id: Narratives("What good looks like.", f"Position of {row.id}.", "", "A gap.") for row in rows[::2]}
    return board(tuple(rows), inspections, areas), texts


def doubting(given: Board) -> Proving:
    """Return the doubts there are about the claims of a board."""
    doubts: dict[str, tuple[Doubt, ...]] = {}
    for doubt, items in assertion_gap(given.items, DAY).by_doubt.items():
        for row in items:
            doubts[row.id] = (*doubts.get(row.id, ()), doubt)
    return Proving(doubts=doubts)


def export(
    path: Path, given: Board, texts: dict[str, Narratives] | None = None, request: ExportRequest = REQUEST, **more: Any
) -> ExportReport:
    return write_summary(path, given, texts or {}, request, **more)


def opened(path: Path, *, results: bool = True) -> Any:
    """Open a workbook with the results of its formulas, or with the formulas themselves."""
    return load_workbook(path, data_only=results)


def table_of(path: Path, sheet: str, *, results: bool = True) -> list[dict[str, Any]]:
    """Return the rows below a sheet's headings, by heading."""
    rows = list(opened(path, results=results)[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(value is not None for value in row)]


def one_cell(path: Path, heading: str, sheet: str = "SEN re-visit") -> Any:
    return table_of(path, sheet)[0][heading]
