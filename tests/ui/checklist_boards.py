"""Boards made in memory: small checklists for the tests of pages and models."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from readiness.domain.calendar import WorkingDays
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.scoring import rating, soon_after
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, WorkspaceRow
from readiness.domain.vocabulary import EvidenceSource, ImpactLevel, ItemStatus, Kind, Priority, Strength

DAY = date(2021, 4, 26)
PROVEN = Proof((ProofLink("e", EvidenceSource.AUDIT, Strength.OUTCOME, None),))
SOON = soon_after(DAY, WorkingDays())
BEFORE, AFTER = datetime(2021, 4, 18, 9, tzinfo=UTC), datetime(2021, 4, 20, 9, tzinfo=UTC)


def inspection(number: int = 1, title: str = "SEN re-visit") -> InspectionRow:
    """An inspection: its id is "i1"."""
    return InspectionRow(
        f"i{number}", "send", "SEND", "2018", title, title, date(2021, 4, 30), None, None, None, None, str(number)
    )


def area(code: str, inspection_id: str = "i1") -> AreaRow:
    """An area: its id is "i1-A"."""
    return AreaRow(f"{inspection_id}-{code}", inspection_id, code, f"Area of {code}", (), code)


def item(number: int, area_id: str = "i1-A", **other: object) -> ItemRow:
    """An item: its id is "i1-A-1", its reference "RV-A01"; rated as the rules rate it."""
    inspection_id, code = area_id.split("-")
    row = ItemRow(
        id=f"{area_id}-{number}",
        inspection_id=inspection_id,
        area_id=area_id,
        reference=f"RV-{code}{number:02}",
        title=f"Item {number} of {code}",
        kind=Kind.DOCUMENT,
        owner="Head of SEND",
        service="SEND",
        priority=Priority.IMPORTANT,
        status=ItemStatus.NOT_STARTED,
        impact_level=ImpactLevel.NONE_YET,
        due_rule="held ready",
        due_override=None,
        due=date(2021, 4, 30),
        due_text="held ready",
        day_one=True,
        rating=rating(ItemStatus.NOT_STARTED, Priority.IMPORTANT, None, DAY, SOON),
        changed_at=None,
        rank=f"{number:03}",
        proof=PROVEN,
    )
    row = replace(row, **other)
    return replace(row, rating=rating(row.status, row.priority, row.due, DAY, SOON))


def board(items: Sequence[ItemRow], *codes: str, inspections: int = 1) -> Board:
    """A board with an area for every code in every inspection."""
    numbers = range(1, inspections + 1)
    return Board(
        workspace=WorkspaceRow("w", "Example", ""),
        day=DAY,
        soon=SOON,
        inspections=tuple(inspection(number, f"Inspection {number}") for number in numbers),
        areas=tuple(area(code, f"i{number}") for number in numbers for code in codes),
        items=tuple(items),
    )
