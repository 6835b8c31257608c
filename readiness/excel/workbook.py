"""The workbook: an Excel summary of a board, written, read back, and only then put in its place."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from readiness.domain.actions import Registers
from readiness.domain.errors import ExportError
from readiness.domain.proving import Proving
from readiness.domain.sharing import MergeState
from readiness.domain.views import Board, Narratives
from readiness.excel.actions_sheet import write_actions, write_scrutiny
from readiness.excel.cells import Page
from readiness.excel.checklist_sheet import write_checklist
from readiness.excel.checks_sheet import write_checks
from readiness.excel.contents import (
    ACTIONS,
    CHECKS,
    EVIDENCE,
    FINDINGS,
    GAPS,
    KEY,
    OWNERS,
    REGISTERS,
    SCRUTINY,
    SUMMARY,
    Contents,
    ExportRequest,
    lay_out,
    one_line,
)
from readiness.excel.evidence_sheet import write_evidence
from readiness.excel.findings_sheet import write_findings
from readiness.excel.gaps_sheet import write_gaps
from readiness.excel.key_sheet import write_key
from readiness.excel.overflow_sheet import write_overflow
from readiness.excel.owners_sheet import write_owners
from readiness.excel.styles import Styles
from readiness.excel.summary_layout import Layout, lay_out_summary
from readiness.excel.summary_sheet import write_summary_sheet
from readiness.excel.target import check_target, replacing
from readiness.excel.text import OVERFLOW_SHEET, Overflow, safe
from readiness.excel.verify import verify as verify_workbook

__all__ = ["ExportCancelled", "ExportReport", "ExportRequest", "write_summary"]


class ExportCancelled(ExportError):
    """Somebody pressed Cancel: nothing was written."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled. Nothing was written.")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: Path
    sheets: tuple[str, ...]  # in order
    items: int
    overflowed: int  # texts too long for a cell
    verified: bool


class _Progress:
    """Counts rows, tells them, and asks whether to go on."""

    def __init__(
        self, total: int, told: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._done, self._total, self._told, self._cancelled = 0, total, told, cancelled

    def __call__(self, rows: int) -> None:
        self._done = min(self._done + rows, self._total)
        if self._told is not None:
            self._told(self._done, self._total)
        if self._cancelled is not None and self._cancelled():
            raise ExportCancelled

    def finish(self) -> None:
        """Tell that everything is done."""
        if self._told is not None:
            self._told(self._total, self._total)


def write_summary(
    target: Path,
    board: Board,
    narratives: Mapping[str, Narratives],
    request: ExportRequest,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    verify: bool = True,
    registers: Registers | None = None,
    proving: Proving | None = None,
    merge: MergeState | None = None,
) -> ExportReport:
    """Write the summary of a board and put it in the target's place when it reads back right.

    Args:
        target: An .xlsx file; one that exists is replaced at the very end, or stays as it was.
        board: What is exported: all of it, or the items a filter let through.
        narratives: The long texts, by item; items without any may be missing.
        request: Who exports, when, with which filter.
        progress: Told steps done and all steps: every item counts once for writing and once for reading back.
        cancelled: Asked now and then whether to stop.
        verify: Whether to read the workbook back; left out only where speed is measured.
        registers: The actions and findings that belong to the board; None: there are none.
        proving: The evidence, checks and doubts that belong to the board; None: there are none.
        merge: How far the data is merged; None: it was never shared.

    Raises:
        ExportError: The file could not be written, or did not agree with the board when read back.
        ExportCancelled: `cancelled` said so.
    """
    check_target(target)
    tick = _Progress(len(board.items) * (1 + verify), progress, cancelled)
    tick(0)
    contents = lay_out(board, narratives, request, registers, proving, merge)
    layout = lay_out_summary(contents)
    with replacing(target) as draft:
        sheets, overflowed = _write(draft, contents, layout, tick)
        tick(0)
        if verify:
            verify_workbook(draft, contents, layout, tick)
        tick(0)
    tick.finish()
    return ExportReport(target, sheets, len(board.items), overflowed, verify)


def _write(draft: Path, contents: Contents, layout: Layout, tick: Callable[[int], None]) -> tuple[tuple[str, ...], int]:
    """Write everything to a new file; return the names of the sheets and how many texts overflowed."""
    with draft.open("xb") as stream:
        workbook = Workbook(stream, {"in_memory": True})  # no copies of people's words in the laptop's temporary folder
        styles, overflow = Styles(workbook), Overflow()
        names = (SUMMARY, GAPS, OWNERS, *(each.sheet for each in contents.checklists), *REGISTERS, KEY)
        pages = {name: Page(workbook.add_worksheet(name), overflow) for name in names}
        for checklist in contents.checklists:
            write_checklist(pages[checklist.sheet], checklist, contents, styles, tick)
        write_gaps(pages[GAPS], contents, styles)
        write_owners(pages[OWNERS], contents, styles)
        write_evidence(pages[EVIDENCE], contents, styles, tick)
        write_actions(pages[ACTIONS], contents, styles)
        write_findings(pages[FINDINGS], contents, styles)
        write_scrutiny(pages[SCRUTINY], contents, styles)
        write_checks(pages[CHECKS], contents, styles, tick)
        write_summary_sheet(pages[SUMMARY], workbook, contents, layout, styles)
        write_key(pages[KEY], contents, styles)
        if overflow.texts:
            write_overflow(Page(workbook.add_worksheet(OVERFLOW_SHEET), overflow), overflow, styles)
            names = (*names, OVERFLOW_SHEET)
        _set_properties(workbook, contents)
        tick(0)
        workbook.close()
        stream.flush()
        os.fsync(stream.fileno())
    return names, len(overflow.texts)


def _set_properties(workbook: Any, contents: Contents) -> None:
    request = contents.request
    title = one_line(contents.board.workspace.title)
    workbook.set_properties(
        {
            "title": f"Inspection readiness: {title}" if title else "Inspection readiness",
            "author": safe(request.exported_by),
            "company": "",
            "created": request.exported_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    workbook.get_worksheet_by_name(SUMMARY).activate()
