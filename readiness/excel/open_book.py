"""Open book: somebody else's workbook, opened to read its cells and nothing else. Nothing in it is ever run."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.domain.errors import FrameworkError, ReadinessError
from readiness.excel.sheet_survey import SAVE_AGAIN, check_workbook

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

MOST_COLUMNS = 200
MOST_SHEETS = 50


@contextmanager
def open_book(path: Path) -> "Iterator[ExcelReader]":
    """Open a workbook, to be read inside. Raises FrameworkError with one sentence where it is none, or is damaged."""
    check_workbook(path)
    try:
        with _opened(path) as book:
            yield book
    except ReadinessError:  # what the reader has to say
        raise
    except Exception as error:  # somebody else's file: the library has no error of its own for what it cannot read
        raise FrameworkError(path.name, [f"This workbook is damaged or of a kind of its own. {SAVE_AGAIN}."]) from error


@contextmanager
def _opened(path: Path) -> "Iterator[ExcelReader]":
    from openpyxl.reader.excel import ExcelReader

    class CellReader(ExcelReader):
        """Leaves out what is no cell: some of it is enough to stop the library."""

        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """Pass by a sheet that is one chart."""

        def read_properties(self) -> None:
            """Pass by who wrote the workbook."""

        def read_custom(self) -> None:
            """Pass by what else is said about it."""

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about colours and the like that it does not know
        with path.open("rb") as file:
            book = CellReader(file, read_only=True, keep_links=False)
            book.read()
            try:
                yield book
            finally:
                book.archive.close()


def sheets_with_cells(path: Path, book: "ExcelReader") -> dict[str, tuple[Any, str]]:
    """Return the sheets by their names, each with the name of its part in the file. Raises FrameworkError."""
    parts = {sheet.name: rel.target for sheet, rel in book.parser.find_sheets()}
    sheets = [sheet for sheet in book.wb.worksheets[:MOST_SHEETS] if sheet.title in parts]
    if not sheets:
        raise FrameworkError(path.name, ["There is no sheet with cells in this workbook. Put the list on one."])
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file says about its size may be wrong
    return {sheet.title: (sheet, parts[sheet.title]) for sheet in sheets}


def first_row(sheet: Any) -> tuple[Any, ...]:
    """Return the cells of a sheet's first row; () where it has none."""
    return next(iter(sheet.iter_rows(min_row=1, max_row=1, max_col=MOST_COLUMNS)), ())
