"""Export: the Excel summary of a workspace, everything or what a filter lets through."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from readiness import VERSION
from readiness.domain.actions import Registers, narrowed_registers, registers_of
from readiness.domain.filters import ItemFilter, describe, passes
from readiness.domain.proving import Proving, proving_of
from readiness.domain.sharing import MergeState
from readiness.domain.sightings import ScanResult
from readiness.domain.views import Board, Narratives
from readiness.services.checks import read_dossier_to_check, report_of
from readiness.services.guard import published_lists, scan_texts
from readiness.services.merge_state import read_merge_state
from readiness.services.outgoing import texts_of_export, without_identifiers
from readiness.services.people import read_identity

if TYPE_CHECKING:
    from readiness.excel.workbook import ExportReport

from datetime import date

T = TypeVar("T", bound=Sequence[Any])


def narrowed(board: Board, chosen: ItemFilter) -> Board:
    """Return a board with the items that a filter lets through, and the areas and inspections they stand in."""
    if chosen.is_empty:
        return board
    ids, rest = frozenset(chosen.items), replace(chosen, items=())  # a figure may name thousands
    items = tuple(item for item in board.items if (not ids or item.id in ids) and passes(item, rest, board))
    areas = {item.area_id for item in items}
    inspections = {item.inspection_id for item in items}
    return replace(
        board,
        items=items,
        areas=tuple(area for area in board.areas if area.id in areas),
        inspections=tuple(row for row in board.inspections if row.id in inspections),
    )


class ExportRead(NamedTuple):
    """What an export needs, from one state of the data."""

    board: Board
    narratives: dict[str, Narratives]
    filter_text: str  # what was let through, in words
    who: str  # exports
    registers: Registers
    proving: Proving = Proving()
    merge: MergeState = MergeState()


def read_for_export(session: Session, day: date, chosen: ItemFilter) -> ExportRead:
    """Return what an export needs; of all that hangs on items, what belongs to those that the filter lets through."""
    dossier = read_dossier_to_check(session, day)
    board, report = dossier.board, report_of(dossier)
    shown, whole = narrowed(board, chosen), chosen.is_empty
    registers = registers_of(dossier.actions, dossier.findings, board)
    if not whole:
        registers = narrowed_registers(registers, shown)
    proving = proving_of(dossier.evidence, report.results, report.gap, shown, whole=whole)
    who = read_identity(session).signature
    lists: tuple[Sequence[Any], ...] = (shown.items, proving.evidence, registers.actions, registers.findings)
    merge = read_merge_state(session, {line.id for lines in lists for line in lines}, day)
    return ExportRead(shown, dict(dossier.narratives), describe(chosen, board), who, registers, proving, merge)


def scan_export(read: Sequence[Any], day: date) -> ScanResult:
    """Return the likely identifiers in what `read_for_export` found; whether to write it is for the caller to ask."""
    return scan_texts(texts_of_export(read), day, published_lists(), "the workbook")


def leave_out(read: T, day: date) -> tuple[T, int]:
    """Return what is to be written without the texts that hold a likely identifier, and how many these were."""
    return without_identifiers(read, day, published_lists())


def write_export(
    read: ExportRead,
    target: Path,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> "ExportReport":
    """Write what `read_for_export` found to a workbook. Raises ExportError; the target is then as it was.

    Args:
        read: What is to be written.
        target: An .xlsx file, replaced when it exists.
        at: Now, local.
        progress: Told items done and all items.
        cancelled: Asked now and then whether to stop.
    """
    from readiness.excel.workbook import ExportRequest, write_summary

    request = ExportRequest(exported_by=read.who, exported_at=at, version=VERSION, filter_text=read.filter_text)
    return write_summary(
        target,
        read.board,
        read.narratives,
        request,
        progress=progress,
        cancelled=cancelled,
        registers=read.registers,
        proving=read.proving,
        merge=read.merge,
    )
