"""How long an export takes, in processor time: other programs on the machine do not count."""

import time
from collections.abc import Callable

from excel_boards import example, export
from xlsxwriter import Workbook

from readiness.excel import workbook as workbook_module
from readiness.excel.cells import Page

COMMON_S = 1.0
TIMES_BARE = 1.5


def best_of_three(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return min(taken)


class Recorder:
    """A sheet that remembers what was written to it."""

    def __init__(self, sheet, calls):
        self._sheet, self._calls = sheet, calls

    def __getattr__(self, name):
        method = getattr(self._sheet, name)
        if not name.startswith("write_"):
            return method

        def write(*args):
            self._calls.append((self._sheet.name, name, args))
            return method(*args)

        return write


def write_bare(path, calls) -> None:
    """Write the same cells with the library alone, in the same mode and with as many formats."""
    workbook = Workbook(path, {"in_memory": True})
    sheets, formats = {}, {}
    for sheet, name, (row, column, value, style, *result) in calls:
        if sheet not in sheets:
            sheets[sheet] = workbook.add_worksheet(sheet)
        if id(style) not in formats:
            formats[id(style)] = workbook.add_format({"num_format": style.num_format, "font_color": "red"})
        getattr(sheets[sheet], name)(row, column, value, formats[id(style)], *result)
    workbook.close()


def test_that_an_ordinary_export_with_its_read_back_takes_less_than_a_second(tmp_path):
    given, texts = example(116)
    assert best_of_three(lambda: export(tmp_path / "s.xlsx", given, texts)) < COMMON_S


def test_that_writing_costs_at_most_half_more_than_the_bare_library(tmp_path, monkeypatch):
    given, texts = example(2500)
    calls: list = []
    with monkeypatch.context() as recording:
        recording.setattr(workbook_module, "Page", lambda sheet, overflow: Page(Recorder(sheet, calls), overflow))
        export(tmp_path / "s.xlsx", given, texts, verify=False)
    ours = best_of_three(lambda: export(tmp_path / "s.xlsx", given, texts, verify=False))
    bare = best_of_three(lambda: write_bare(tmp_path / "bare.xlsx", calls))
    assert ours <= TIMES_BARE * bare
