"""Export: writing the workbook, against the bare library writing the same cells; and with the reading back."""

from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from xlsxwriter import Workbook

from readiness.domain.filters import ItemFilter
from readiness.excel import workbook as ours
from readiness.excel.cells import Page
from readiness.excel.workbook import ExportRequest, write_summary
from readiness.services.export import ExportRead, read_for_export
from readiness.storage.opening import open_workspace

from .figures import Figure, interleaved, timed
from .volume import DAY, Builder

ROUNDS = 5
TIMES_BARE = 1.5
SMALL_S = 1.0
Calls = list[tuple[str, str, tuple[Any, ...]]]


def measure(build: Builder) -> list[Figure]:
    """Both write in memory and then one file."""
    target = build(116).parent / "summary.xlsx"
    small, large = _read(build(116)), _read(build(10_000))
    calls = _recorded(target, large)
    written, bare = interleaved(
        ROUNDS,
        lambda: timed(lambda: _export(target, large, verify=False)),
        lambda: timed(lambda: _write_bare(target, calls)),
    )
    (verified,) = interleaved(2, lambda: timed(lambda: _export(target, large, verify=True)))
    (whole,) = interleaved(ROUNDS, lambda: timed(lambda: _export(target, small, verify=True)))
    return [
        Figure("export of 10,000 items, not read back", "s", written / 1000, bare / 1000, TIMES_BARE),
        Figure("export of 10,000 items, read back and compared", "s", verified / 1000),
        Figure("export of 116 items, read back and compared", "s", whole / 1000, None, SMALL_S),
    ]


def _read(folder: Path) -> ExportRead:
    with open_workspace(folder, write=False) as workspace:
        return workspace.read(read_for_export, DAY, ItemFilter())


def _export(target: Path, read: ExportRead, *, verify: bool) -> None:
    request = ExportRequest("Head of SEND", datetime(2021, 4, 26, 9), "0")  # noqa: DTZ001 - local, as the window gives it
    write_summary(
        target,
        read.board,
        read.narratives,
        request,
        verify=verify,
        registers=read.registers,
        proving=read.proving,
    )


class _Recorder:
    """A sheet that remembers what was written to it."""

    def __init__(self, sheet: Any, calls: Calls) -> None:
        self._sheet, self._calls = sheet, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._sheet, name)
        if not name.startswith("write_"):
            return method

        def write(*args: Any) -> object:
            self._calls.append((self._sheet.name, name, args))
            return method(*args)

        return write


def _recorded(target: Path, read: ExportRead) -> Calls:
    calls: Calls = []
    with patch.object(ours, "Page", lambda sheet, overflow: Page(_Recorder(sheet, calls), overflow)):
        _export(target, read, verify=False)
    return calls


def _write_bare(target: Path, calls: Calls) -> None:
    workbook = Workbook(target, {"in_memory": True})
    sheets: dict[str, Any] = {}
    formats: dict[int, Any] = {}
    for sheet, name, (row, column, value, style, *result) in calls:
        if sheet not in sheets:
            sheets[sheet] = workbook.add_worksheet(sheet)
        if id(style) not in formats:
            formats[id(style)] = workbook.add_format({"num_format": style.num_format, "font_color": "red"})
        getattr(sheets[sheet], name)(row, column, value, formats[id(style)], *result)
    workbook.close()
