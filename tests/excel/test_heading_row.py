"""The first row of a list is read from whatever a council keeps it in, and nothing below it is."""

import pytest
from openpyxl import Workbook

from readiness.domain.errors import BadValue
from readiness.excel import heading_row
from readiness.excel.heading_row import HeadingRow, read_heading_row


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, headings in sheets.items():
        made.create_sheet(name.replace("_", " ")).append(headings)
    made.save(path)
    return path


def test_that_the_sheet_with_the_number_of_the_list_is_read(tmp_path):
    path = book(tmp_path / "a.xlsx", List_1=["One"], List_11=["Eleven", None, 7], Notes=["x"])
    assert read_heading_row(path, 11) == HeadingRow(("Eleven", "", "7"), "List 11")
    assert read_heading_row(path, 1, "notes ").headings == ("x",)


def test_that_a_workbook_of_one_sheet_needs_no_number(tmp_path):
    assert read_heading_row(book(tmp_path / "a.xlsx", Sheet=["One"]), 8) == HeadingRow(("One",), "Sheet")


@pytest.mark.parametrize(
    ("sheets", "sheet", "said"),
    [
        ({"List_2": ["x"], "Old_2": ["x"]}, "", "Several sheets have the number 2 in the name"),
        ({"Contacts": ["x"], "Notes": ["x"]}, "", "No sheet has the number 2 in the name"),
        ({"Contacts": ["x"], "Notes": ["x"]}, "Children", "has no sheet “Children”. Choose Contacts or Notes"),
    ],
)
def test_that_a_sheet_that_cannot_be_told_is_asked_for(tmp_path, sheets, sheet, said):
    with pytest.raises(BadValue, match=said):
        read_heading_row(book(tmp_path / "a.xlsx", **sheets), 2, sheet)


@pytest.mark.parametrize(
    ("content", "headings"),
    [
        ("Name,“Age”\nx,1\n".encode("cp1252"), ("Name", "“Age”")),
        ("\ufeffNäme;Age\r\nx;1\r\n".encode(), ("Näme", "Age")),
        ("Name\tAge, in years\n".encode("utf-16"), ("Name", "Age, in years")),
        (b'"Date of\nBirth","Says ""so""",\nx', ("Date of\nBirth", 'Says "so"', "")),
        (b"", ()),
    ],
)
def test_that_text_files_of_any_make_are_read(tmp_path, content, headings):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert read_heading_row(path, 1) == HeadingRow(headings)


def test_that_a_quotation_mark_left_open_does_not_read_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(heading_row, "MOST_LINES", 2)
    path = tmp_path / "list.csv"
    path.write_text('Name,"Age\n' + "row\n" * 100)
    assert read_heading_row(path, 1).headings == ("Name", "Age\nrow\n")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", b"Name,Age\n", "^list.xlsx: This is no Excel workbook"),
        ("list.xls", b"\xd0\xcf\x11\xe0\x00\x00", "is no text file. Choose a workbook"),
        ("none.csv", None, "There is no file"),
    ],
)
def test_that_what_cannot_be_read_is_said_in_one_sentence(tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadValue, match=said):
        read_heading_row(tmp_path / name, 1)
    with pytest.raises(BadValue, match="cannot be opened"):
        read_heading_row(tmp_path, 1)
