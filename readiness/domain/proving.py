"""Proving: how far what is claimed is proven, as a workbook tells it. Pure: no clock.

Evidence with where it is used, what the quality rules found, which claims do not stand, and the day on which inspectors
will look.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from readiness.domain.assertions import AssertionGap, Doubt
from readiness.domain.calendar import WorkingDays
from readiness.domain.checks.ground import UNTITLED, visit_of
from readiness.domain.checks.results import CheckResult
from readiness.domain.evidence import EvidenceRow, LinkRow
from readiness.domain.proof import currency, lapsing_after
from readiness.domain.views import Board, InspectionRow, ItemRow
from readiness.domain.vocabulary import Currency, Severity

_WORST_LAST = tuple(Currency)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One place where a quality rule does not hold."""

    severity: Severity
    rule: str  # its title
    sentence: str
    kind: str  # of the record at the place: "item", "evidence", "action" ...
    id: str  # its id
    name: str  # what people call it: a reference, or a title where there is none; of an item "", as the board has it
    title: str
    owner: str
    inspection_ids: tuple[str, ...]  # empty: it belongs to none


@dataclass(frozen=True, slots=True)
class Proving:
    """What a workbook tells of proof."""

    evidence: tuple[EvidenceRow, ...] = ()  # by title, each with the revision that counts
    checks: tuple[CheckLine, ...] = ()  # the gravest first
    doubts: Mapping[str, tuple[Doubt, ...]] = field(default_factory=dict)  # by item whose claim does not stand


@dataclass(frozen=True, slots=True)
class Use:
    """A piece of evidence as it serves one item that is shown."""

    item: ItemRow
    link: LinkRow


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence, with how it stands on the board's day wherever it is used."""

    evidence: EvidenceRow
    currency: Currency  # the worst, where uses differ
    uses: tuple[Use, ...]  # in the order of the items


def proving_of(
    evidence: Iterable[EvidenceRow], results: Iterable[CheckResult], gap: AssertionGap, shown: Board, *, whole: bool
) -> Proving:
    """Return what there is to tell of a board.

    Args:
        evidence: The library.
        results: What the quality rules found.
        gap: The claims that do not stand.
        shown: The board, narrowed or not.
        whole: Whether the board shows everything: else only what belongs to its items is told.
    """
    ids = {item.id for item in shown.items}
    doubts: dict[str, tuple[Doubt, ...]] = {}
    for doubt, items in gap.by_doubt.items():
        for item in items:
            if item.id in ids:
                doubts[item.id] = (*doubts.get(item.id, ()), doubt)
    return Proving(
        tuple(_as_told(row) for row in evidence if whole or any(link.item_id in ids for link in row.links)),
        tuple(_line(result) for result in results if whole or _belongs(result, shown, ids)),
        doubts,
    )


def _as_told(row: EvidenceRow) -> EvidenceRow:
    """Return a piece without its earlier revisions and without notes, which no sheet shows."""
    return replace(row, revisions=tuple(replace(revision, note="") for revision in row.revisions[:1]))


def _line(result: CheckResult) -> CheckLine:
    about, rule = result.about, result.rule
    words = ("", "", "") if result.kind == "item" else (about.name, about.title, about.owner)
    return CheckLine(rule.severity, rule.title, result.sentence, result.kind, result.id, *words, about.inspections)


def named_checks(lines: Iterable[CheckLine], board: Board) -> tuple[CheckLine, ...]:
    """Return the places of checks with the words of their items, as a board has them."""
    items = {item.id: item for item in board.items}
    return tuple(
        replace(line, name=item.reference or UNTITLED, title=item.title, owner=item.owner)
        if line.kind == "item" and (item := items.get(line.id)) is not None
        else line
        for line in lines
    )


def _belongs(result: CheckResult, shown: Board, ids: set[str]) -> bool:
    about = result.about
    if about.items:
        return not ids.isdisjoint(about.items)
    if result.kind == "evidence" or not about.inspections:
        return False
    inside = not about.area_id or any(area.id == about.area_id for area in shown.areas)
    return inside and any(row.id in about.inspections for row in shown.inspections)


def evidence_lines(evidence: Iterable[EvidenceRow], board: Board) -> tuple[EvidenceLine, ...]:
    """Return pieces of evidence with where a board uses them, in their order."""
    lapsing = lapsing_after(board.day, board.calendar)
    order = {item.id: number for number, item in enumerate(board.items)}
    lines = []
    for row in evidence:
        found = [link for link in row.links if link.item_id in order]
        found.sort(key=lambda link: order[link.item_id])
        uses = tuple(Use(board.items[order[link.item_id]], link) for link in found)
        stands = {currency(link.until, board.day, lapsing) for link in found}
        stands = stands or {currency(row.valid_until, board.day, lapsing)}
        lines.append(EvidenceLine(row, max(stands, key=_WORST_LAST.index), uses))
    return tuple(lines)


def day_of_inspection(row: InspectionRow, day: date, calendar: WorkingDays) -> tuple[date, str]:
    """Return the day on which proof will be looked at, and what it is; today where none lies ahead."""
    visit = visit_of(row, calendar)
    if visit.first is None:
        return day, "no date yet"
    if visit.first <= day:
        return day, "under way" if visit.last is None or visit.last >= day else "over"
    if row.on_site_from is not None:
        return visit.first, "on site from"
    return visit.first, "call" if row.notified_on is not None else "call expected"
