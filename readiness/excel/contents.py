"""Contents: what a workbook will hold and where, worked out from a board before anything is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from readiness.domain.actions import Registers
from readiness.domain.assertions import Doubt
from readiness.domain.figures import InspectionFigures, inspection_figures
from readiness.domain.proving import Proving, day_of_inspection, named_checks
from readiness.domain.sharing import MergeState
from readiness.domain.views import AreaRow, Board, InspectionRow, ItemRow, Narratives
from readiness.domain.vocabulary import EvidenceSource, ItemStatus
from readiness.excel.text import OVERFLOW_SHEET, head, safe, units

SUMMARY, GAPS, OWNERS, KEY = "Summary", "Gaps", "By owner", "Key"
EVIDENCE, ACTIONS, FINDINGS, SCRUTINY, CHECKS = REGISTERS = ("Evidence", "Actions", "Findings", "Scrutiny", "Checks")
_TAKEN = (SUMMARY, GAPS, OWNERS, *REGISTERS, KEY, OVERFLOW_SHEET, "History")  # Excel keeps "History" for itself
_NAME_LIMIT = 31
_BRIEF = 120
_NO_TEXTS = Narratives(guidance="", position="", impact="", gap="")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Who exports what, when: it stands on the sheet Key."""

    exported_by: str
    exported_at: datetime  # local; an aware one is converted
    version: str  # of the program
    filter_text: str = ""  # what was let through, in words; "": everything

    @property
    def local_time(self) -> datetime:
        """When, as the clock on the wall showed it, to the minute."""
        at = self.exported_at if self.exported_at.tzinfo is None else self.exported_at.astimezone()
        return at.replace(tzinfo=None, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a checklist sheet."""

    item: ItemRow
    area: str  # "C  Quality of plans", unlike any other area's of its inspection
    texts: Narratives
    doubts: tuple[Doubt, ...] = ()  # why its claim does not stand
    current: int = 0  # how many pieces of evidence count on the board's day
    current_then: int = 0  # how many will on the day of inspection
    sources: tuple[EvidenceSource, ...] = ()  # of those that count on the board's day

    @property
    def unproven_then(self) -> bool:
        """Whether it needs evidence and none will be current on the day of inspection."""
        return self.item.kind.needs_evidence and not self.current_then

    @property
    def sign_off(self) -> str:
        """Whether the sign-off stands, in a word; "" where there is none."""
        item = self.item
        if item.status is not ItemStatus.SIGNED_OFF or not item.signed:
            return ""
        return "Lapsed" if item.lapsed else "Signed off"

    @property
    def changed(self) -> date | None:
        """The local day of the last change."""
        at = self.item.changed_at
        if at is None:
            return None
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone().date()


@dataclass(frozen=True, slots=True)
class Checklist:
    """One inspection: its sheet, its table and its rows in framework order."""

    inspection: InspectionRow
    sheet: str
    table: str
    lines: tuple[Line, ...]
    figures: InspectionFigures
    area_labels: tuple[str, ...]  # beside figures.areas
    visit: date  # the day of inspection that the forecast looks at
    visit_is: str  # "on site from", "call expected"

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """The items of the rows."""
        return tuple(line.item for line in self.lines)

    @property
    def name(self) -> str:
        """How the inspection is called on the other sheets."""
        inspection = self.inspection
        return one_line(inspection.short_title) or one_line(inspection.title) or self.sheet


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that will be written."""

    board: Board
    request: ExportRequest
    checklists: tuple[Checklist, ...]
    registers: Registers = field(default_factory=Registers)
    proving: Proving = field(default_factory=Proving)
    merge: MergeState = field(default_factory=MergeState)

    @property
    def shows(self) -> str:
        """What the workbook shows, in words."""
        return self.request.filter_text or "Everything"

    @property
    def shows_briefly(self) -> str:
        """The same as it fits one line; the sheet Key has it whole."""
        text = one_line(self.shows)
        return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}… (whole on the sheet {KEY})"


def lay_out(
    board: Board,
    narratives: Mapping[str, Narratives],
    request: ExportRequest,
    registers: Registers | None = None,
    proving: Proving | None = None,
    merge: MergeState | None = None,
) -> Contents:
    """Work out sheets, names and rows."""
    board, proving = _tidy(board), proving or Proving()
    proving = replace(proving, checks=named_checks(proving.checks, board))
    names = sheet_names(row.short_title or row.title for row in board.inspections)
    by_inspection: dict[str, list[ItemRow]] = {row.id: [] for row in board.inspections}
    for item in board.items:
        by_inspection[item.inspection_id].append(item)
    checklists = []
    for number, (name, found) in enumerate(zip(names, inspection_figures(board), strict=True), start=1):
        labels = _area_labels(each.area for each in found.areas)
        visit, visit_is = day_of_inspection(found.inspection, board.day, board.calendar)
        lines = tuple(
            _line(item, labels[item.area_id], narratives.get(item.id, _NO_TEXTS), proving, (board.day, visit))
            for item in by_inspection[found.inspection.id]
        )
        area_labels = tuple(labels[each.area.id] for each in found.areas)
        table = f"Checklist_{number}"
        checklists.append(Checklist(found.inspection, name, table, lines, found, area_labels, visit, visit_is))
    return Contents(board, request, tuple(checklists), registers or Registers(), proving, merge or MergeState())


def _line(item: ItemRow, area: str, texts: Narratives, proving: Proving, days: tuple[date, date]) -> Line:
    doubts = proving.doubts.get(item.id, ())
    if not item.proof.links:
        return Line(item, area, texts, doubts)
    today, then = days
    current = item.proof.current(today)
    sources = {link.source for link in current}
    told = tuple(source for source in EvidenceSource if source in sources)
    return Line(item, area, texts, doubts, len(current), len(item.proof.current(then)), told)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a legal sheet name for each title: no two alike, whatever their case, and none of the other sheets'."""
    taken = {name.casefold() for name in _TAKEN}
    names = []
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\\s]+", " ", safe(title))
        plain = re.sub(r"(?<=\w)\(", " (", plain)  # else "Sort(ed)" reads as a function where formulas name the sheet
        plain = plain.strip(" '") or "Inspection"
        name, number = head(plain, _NAME_LIMIT).strip(" '"), 1
        while name.casefold() in taken or name.lower() in taken:
            number += 1
            ending = f" ({number})"
            name = head(plain, _NAME_LIMIT - units(ending)).rstrip(" '") + ending
        taken |= {name.casefold(), name.lower()}
        names.append(name)
    return names


def _area_labels(areas: Iterable[AreaRow]) -> dict[str, str]:
    """Formulas find an area by its label, so no two may be alike."""
    labels: dict[str, str] = {}
    for area in areas:
        plain = label = " ".join(f"{area.code} {area.title}".split()) or "No title"
        number = 1
        while label in labels.values():
            number += 1
            label = f"{plain} ({number})"
        labels[area.id] = label
    return labels


def _tidy(board: Board) -> Board:
    """Make what formulas compare safe beforehand, so that label and cells stay alike and figures group as sheets do."""
    areas = tuple(replace(row, title=safe(row.title), code=safe(row.code)) for row in board.areas)
    items = tuple(
        item
        if safe(item.service) is item.service and safe(item.owner) is item.owner
        else replace(item, service=safe(item.service), owner=safe(item.owner))
        for item in board.items
    )
    return replace(board, areas=areas, items=items)


def one_line(text: str) -> str:
    """Return a text as a title shows it."""
    return " ".join(safe(text).split())


def spoken(day: date) -> str:
    """Return a day as people read it, "13 Sep 2021", whatever the laptop's language."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - reads better
    return f"{day.day} {months[day.month - 1]} {day.year}"


def percent(value: float | None) -> str:
    """Return a percentage in words, "62 %"; "–" where nothing applies."""
    return "–" if value is None else f"{value:.0f} %"
