"""The file people asked for is replaced at the very end, by a workbook that reads back right, or stays as it was."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from excel_boards import board, example, export, item

import readiness.excel.workbook as workbook_module
from readiness.domain.errors import ExportError
from readiness.excel import checklist_sheet, target
from readiness.excel.workbook import ExportCancelled

OLD = b"the workbook of last week"


@pytest.fixture
def old(tmp_path):
    """Give an existing target, and see that nothing else is left behind."""
    path = tmp_path / "summary.xlsx"
    path.write_bytes(OLD)
    yield path
    assert [each.name for each in tmp_path.iterdir()] == ["summary.xlsx"]


class WindowsError(PermissionError):
    def __init__(self, winerror: int) -> None:
        super().__init__(errno.EACCES, "Access is denied")
        self.winerror = winerror


def failing(monkeypatch, errors: list[OSError]) -> list[OSError]:
    """Let putting the file in place fail with each of the errors, then work."""
    real = Path.replace

    def put_in_place(self, other):
        if errors:
            raise errors.pop(0)
        return real(self, other)

    monkeypatch.setattr(Path, "replace", put_in_place)
    monkeypatch.setattr(target.time, "sleep", lambda _: None)
    return errors


def test_that_an_existing_workbook_is_replaced(old):
    export(old, *example(8))
    assert old.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_that_a_moment_s_grip_on_the_file_is_waited_out(old, monkeypatch, winerror):
    left = failing(monkeypatch, [WindowsError(winerror)] * 3)
    export(old, *example(8))
    assert not left
    assert old.read_bytes()[:2] == b"PK"


def test_that_a_workbook_open_in_excel_says_to_close_it(old, monkeypatch):
    failing(monkeypatch, [WindowsError(32)] * 1_000_000)
    moments = iter(range(10_000))
    monkeypatch.setattr(target.time, "monotonic", lambda: next(moments))
    with pytest.raises(ExportError, match=r"open in Excel or write-protected\. Close it there"):
        export(old, *example(8))
    assert old.read_bytes() == OLD


def test_that_a_target_that_may_not_be_written_is_refused_before_any_work(old, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ExportError, match="open in Excel or write-protected"):
        export(old, *example(8))
    monkeypatch.undo()
    assert old.read_bytes() == OLD


def test_that_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ExportError, match=r"may not be written\. Choose another folder"):
        export(tmp_path / "s.xlsx", *example(8))


def test_that_a_full_disk_is_said_in_words_and_leaves_the_old_workbook(old, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workbook_module.os, "fsync", full)
    with pytest.raises(ExportError, match="no room left"):
        export(old, *example(8))
    assert old.read_bytes() == OLD


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/s.xlsx", "does not exist. Choose another folder"),
        ("s.xls", "End it with .xlsx"),
        ("s", "End it with .xlsx"),
        ("folder.xlsx", "is a folder"),
    ],
)
def test_that_a_name_that_cannot_be_is_refused_with_the_cure(tmp_path, name, words):
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(ExportError, match=words):
        export(tmp_path / name, *example(8))
    assert [each.name for each in tmp_path.iterdir()] == ["folder.xlsx"]


def test_that_a_name_too_long_for_the_disk_is_refused_with_the_cure(tmp_path):
    with pytest.raises(ExportError, match=r"“a{40}…” is too long a name\. Choose a shorter one\."):
        export(tmp_path / f"{'a' * 300}.xlsx", *example(8))
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_one_may_not_look_into_is_named(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(ExportError, match=r"may not be written\. Choose another folder"):
        export(tmp_path / "s.xlsx", *example(8))


def test_that_capitals_in_the_ending_are_fine(tmp_path):
    assert export(tmp_path / "S.XLSX", board((item(),))).verified


def columns_with(monkeypatch, heading, value) -> None:
    """Plant a mistake: one column of the checklists writes something else."""
    columns = tuple(
        replace(column, value=value) if column.heading == heading else column for column in checklist_sheet.COLUMNS
    )
    monkeypatch.setattr(checklist_sheet, "COLUMNS", columns)


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("Status", lambda line: "Checked", "sheet SEN re-visit, cell K5, stands “Checked” where “Drafted” belongs"),
        ("Rating", lambda line: "Complete", "cell L5, stands “Complete” where “At risk” belongs"),
        ("Due", lambda line: None, "cell I5, stands nothing where “2021-09-13” belongs"),
        ("Gap", lambda line: "a" * 100, "cell P5, stands “aaa"),
        ("Credit", lambda line: 0.75, "cell Z5, stands “0.75” where “0.5” belongs"),
    ],
)
def test_that_a_wrong_cell_fails_loudly_and_leaves_the_old_workbook(old, monkeypatch, heading, value, words):
    columns_with(monkeypatch, heading, value)
    with pytest.raises(ExportError, match=words) as raised:
        export(old, board((item(),)))
    assert raised.value.sheet == "SEN re-visit"
    assert old.read_bytes() == OLD


def test_that_a_shifted_column_is_found(old, monkeypatch):
    columns = checklist_sheet.COLUMNS
    texts = {column.heading: column.value for column in columns}
    swapped = {"Position": texts["Gap"], "Gap": texts["Position"]}
    monkeypatch.setattr(
        checklist_sheet,
        "COLUMNS",
        tuple(replace(each, value=swapped.get(each.heading, each.value)) for each in columns),
    )
    with pytest.raises(ExportError, match="SEN re-visit"):
        export(old, *example(8))


def test_that_a_missing_row_is_found(old, monkeypatch):
    real = workbook_module.write_checklist

    def skip_the_last(page, checklist, *rest):
        real(page, replace(checklist, lines=checklist.lines[:-1]), *rest)

    monkeypatch.setattr(workbook_module, "write_checklist", skip_the_last)
    with pytest.raises(ExportError, match="4 rows"):
        export(old, *example(8))
    assert old.read_bytes() == OLD


def test_that_a_wrong_total_is_found(old, monkeypatch):
    import readiness.excel.summary_sheet as summary_sheet

    real = summary_sheet._results

    def one_too_many(row):
        return ((column, result + (column == summary_sheet.ITEMS)) for column, result in real(row))

    monkeypatch.setattr(summary_sheet, "_results", one_too_many)
    with pytest.raises(ExportError, match="sheet Summary, cell E7, stands “2” where “1” belongs"):
        export(old, board((item(),)))
    assert old.read_bytes() == OLD


def test_that_a_lost_overflow_text_is_found(old, monkeypatch):
    from readiness.domain.views import Narratives

    monkeypatch.setattr(workbook_module, "write_overflow", lambda page, overflow, styles: None)
    with pytest.raises(ExportError, match="SEN re-visit"):
        export(old, board((item("x1"),)), {"x1": Narratives("", "a" * 40_000, "", "")})


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_that_cancel_leaves_everything_as_it_was(old, after):
    asked = iter(range(1000))
    with pytest.raises(ExportCancelled):
        export(old, *example(8), cancelled=lambda: next(asked) >= after)
    assert old.read_bytes() == OLD


def test_that_progress_rises_to_the_end(tmp_path):
    told: list[tuple[int, int]] = []
    given = board(tuple(item(f"n{number}") for number in range(700)))
    export(tmp_path / "s.xlsx", given, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, 1400), (1400, 1400))
    assert len(told) > 6


def test_that_verification_can_be_left_out_for_measuring(tmp_path, monkeypatch):
    columns_with(monkeypatch, "Status", lambda line: "Checked")
    assert not export(tmp_path / "s.xlsx", board((item(),)), verify=False).verified
