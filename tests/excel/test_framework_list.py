"""A checklist kept in Excel is read, or refused with every fault by sheet, row and column; nothing is run."""

import time
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from readiness.domain.errors import ExportError, FrameworkError
from readiness.domain.views import ItemDraft
from readiness.domain.vocabulary import Kind, Priority
from readiness.excel import sheet_survey
from readiness.excel.framework_list import MOST_ITEMS, list_draft, read_framework_list
from readiness.excel.list_template import write_framework_list_template

HEADINGS = ["Reference", "Area", "Title", "Guidance", "Owner", "Due", "Kind"]
ROWS = [
    ["M-A01", "A. Plans", "Quality of plans", "Audited.\nShared.", "Head of SEND", "held ready", "Document"],
    ["M-A02", "A. Plans", "Waiting times", None, None, "Day  3", "dataset"],
    [101, "B Partners", "Focus group", "", "", None, None],
]


def book_of(path, rows=ROWS, headings=HEADINGS, change=None, title="Items"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in [headings, *rows]:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "list.xlsx"


def faults_of(path):
    with pytest.raises(FrameworkError) as refused:
        read_framework_list(path)
    assert refused.value.source == path.name
    return list(refused.value.faults)


def only_fault_of(path):
    (fault,) = faults_of(path)
    return fault


def changed(path, **cells):
    def change(sheet):
        for name, value in cells.items():
            sheet[name] = value

    return book_of(path, change=change)


def test_that_a_sound_list_becomes_areas_and_items(path):
    reading = read_framework_list(book_of(path))
    assert reading.sheet == "Items"
    assert [(area.code, area.title) for area in reading.areas] == [("A", "Plans"), ("B", "Partners")]
    assert reading.areas[0].items == (
        ItemDraft("M-A01", "Quality of plans", "Audited.\nShared.", Kind.DOCUMENT, "Head of SEND"),
        ItemDraft("M-A02", "Waiting times", kind=Kind.DATASET, due_rule="day 3"),
    )
    assert reading.areas[1].items == (ItemDraft("101", "Focus group", due_rule="held ready"),)
    draft = list_draft(reading, "our-list", "2021", "Our list", "Ours")
    assert (draft.id, draft.edition, draft.item_count) == ("our-list", "2021", 3)
    assert draft.summary


def test_that_headings_stand_in_any_order_and_in_words_people_use(path):
    headings = [
        "Kind",
        "WHAT GOOD LOOKS LIKE",
        "Ref.",
        " item ",
        "Section",
        "lead",
        "When",
        "Remarks",
        "Team",
        "Priority",
    ]
    row = ["Case sample", "x", "R1", "Title", "Plans", "Somebody's role", "on site", "not read", "SEND", "essential"]
    reading = read_framework_list(book_of(path, [row], headings))
    assert reading.areas[0].items == (
        ItemDraft("R1", "Title", "x", Kind.CASE_SAMPLE, "Somebody's role", "SEND", "on site", Priority.ESSENTIAL),
    )
    assert reading.ignored == ("Remarks",)


def areas_of(path, *names):
    rows = [[f"R{number}", name, "Title", "", "", "", ""] for number, name in enumerate(names)]
    return [(area.code, area.title) for area in read_framework_list(book_of(path, rows)).areas]


def test_that_areas_get_letters_in_their_order_unless_they_have_one(path):
    assert areas_of(path, "Plans", "People", "plans") == [("A", "Plans"), ("B", "People")]
    assert areas_of(path, "B. Plans", "People", "C) Voice", "Money", "b. plans") == [
        ("B", "Plans"), ("A", "People"), ("C", "Voice"), ("D", "Money"),
    ]  # fmt: skip
    assert areas_of(path, "1. Plans", "A good start", "D – Voice") == [
        ("1", "Plans"),
        ("A", "A good start"),
        ("D", "Voice"),
    ]
    assert areas_of(path, *(f"Theme {number}" for number in range(28)))[-1] == ("AB", "Theme 27")


FAULTS = {
    "unknown kind": ({"G2": "memo"}, "row 2, column G (Kind): “memo” is not a kind. Choose one of: Document, Dataset"),
    "unknown due rule": ({"F3": "soon"}, "row 3, column F (Due): “soon” is not a due rule. Write held ready, day N"),
    "number for a due rule": ({"F3": 3}, "row 3, column F (Due): “3” is not a due rule."),
    "day for a due rule": ({"F3": date(2021, 3, 1)}, "row 3, column F (Due): This cell holds the date 1 Mar 2021."),
    "day for a reference": ({"A3": date(2021, 2, 1)}, "row 3, column A (Reference): This cell holds the date 1 Feb"),
    "duplicate reference": ({"A4": "m-a01"}, "row 4, column A (Reference): “m-a01” stands first in row 2; capitals"),
    "empty reference": ({"A3": "  "}, "row 3, column A (Reference): This cell is empty."),
    "empty area": ({"B3": None}, "row 3, column B (Area): This cell is empty."),
    "empty title": ({"C3": None}, "row 3, column C (Title): This cell is empty."),
    "number for a title": ({"C3": 4}, "row 3, column C (Title): This cell holds a number. Write words."),
    "truth for an owner": ({"E3": True}, "row 3, column E (Owner): This cell holds TRUE or FALSE."),
    "title too long": ({"C3": "x" * 301}, "row 3, column C (Title): This text has 301 characters. Shorten it to 300."),
    "formula": ({"C3": "=1+1"}, "row 3, column C (Title): This cell holds a formula. Copy it and paste"),
    "formula for a heading": ({"H1": "=A1"}, "row 1, column H: This heading is a formula."),
    "error": ({"C3": "#REF!"}, "row 3, column C (Title): This cell holds the error #REF!."),
    "heading twice": ({"H1": "Ref"}, "row 1: Columns A and H both stand for Reference. Rename or delete one."),
    "heading missing": ({"F1": "Dew"}, "row 1: There is no heading Due. Write each in the first row"),
    "one letter for two areas": ({"B4": "A. Partners"}, "row 4, column B (Area): A stands for “Plans” in row 2."),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_that_each_fault_is_named_by_sheet_row_and_column(path, cells, said):
    assert only_fault_of(changed(path, **cells)).startswith(f"Sheet “Items”, {said}")


def test_that_control_characters_are_named(path):
    book_of(path)
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    rewritten(path, "xl/worksheets/sheet1.xml", xml.replace("Waiting times", "Waiting_x0007_times"))
    assert only_fault_of(path).startswith("Sheet “Items”, row 3, column C (Title): This text holds a control character")


def rewritten(path, part, text):
    """Put another text in place of a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_that_merged_cells_are_named_and_nothing_is_said_twice(path):
    def change(sheet):
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("J3:K3")  # beside the list: no matter

    assert only_fault_of(book_of(path, change=change)) == (
        "Sheet “Items”, row 2: The cells B2:B3 are merged. Unmerge them (Home, Merge & Center) and fill each cell."
    )


def test_that_a_merged_heading_is_named(path):
    faults = faults_of(book_of(path, change=lambda sheet: sheet.merge_cells("F1:G1")))
    assert any("The cells F1:G1 are merged." in fault for fault in faults)
    assert any("There is no heading Kind." in fault for fault in faults)


def test_that_empty_rows_in_the_middle_are_named_as_ranges(path):
    rows = [ROWS[0], [], [" "], [None] * 7, ROWS[1], [], ROWS[2], [], []]
    assert faults_of(book_of(path, rows)) == [
        "Sheet “Items”, rows 3 to 5: These rows are empty. Delete them.",
        "Sheet “Items”, row 7: This row is empty. Delete it.",
    ]


def test_that_a_few_empty_rows_at_the_end_are_forgiven(path):
    def change(sheet):
        for number in range(5, 400):
            sheet.row_dimensions[number].height = 20

    assert read_framework_list(book_of(path, change=change)).areas


def test_that_a_hundred_thousand_empty_rows_are_one_fault_and_soon_told(path):
    book_of(path)
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    cells = "".join(f'<c r="{letter}{{0}}" s="0"/>' for letter in "ABCDEFG")
    row = f'<row r="{{0}}" spans="1:7">{cells}</row>'
    empty = "".join(row.format(number) for number in range(5, 100_005))
    rewritten(path, "xl/worksheets/sheet1.xml", xml.replace("</sheetData>", f"{empty}</sheetData>"))
    before = time.perf_counter()
    fault = only_fault_of(path)
    assert fault == (
        "Sheet “Items”, rows 5 to 100004: 100,000 empty rows follow the list and still count as used. Select them, "
        "delete them (Home, Delete, Delete Sheet Rows) and save."
    )
    assert time.perf_counter() - before < 10  # 0.6 s on a laptop; the machine may be busy


def test_that_a_gap_of_a_million_rows_is_named(path):
    def change(sheet):
        sheet["A1000000"] = "M-B09"

    faults = faults_of(book_of(path, change=change))
    assert faults[0] == "Sheet “Items”, rows 5 to 999999: These rows are empty. Delete them."


def test_that_more_than_five_thousand_items_are_refused(path):
    rows = [[f"R{number}", "Plans", "Title", "", "", "", ""] for number in range(MOST_ITEMS + 1)]
    assert only_fault_of(book_of(path, rows)) == (
        "Sheet “Items”, rows 2 to 5002: A checklist has 5,000 items at most. Split the list."
    )


def test_that_all_faults_come_at_once_and_not_without_end(path):
    rows = [["", "", "", "", "", "soon", "memo"] for _ in range(300)]
    faults = faults_of(book_of(path, rows))
    assert len(faults) == 201
    assert faults[-1] == "And 1,300 more. Correct these first."


def test_that_the_sheet_with_the_headings_is_the_one_that_is_read(path):
    book_of(path)
    book = load_workbook(path)
    cover = book.create_sheet("Cover", 0)
    cover["A1"] = "Our council"
    book.create_chartsheet("Chart")
    book.save(path)
    assert read_framework_list(path).sheet == "Items"


def test_that_a_list_without_headings_or_items_says_so(path):
    assert "There is no heading Reference, Area, Title" in only_fault_of(book_of(path, [["x"]], ["Our council"]))
    assert only_fault_of(book_of(path, [])).startswith("Sheet “Items”, row 2: There is no item below the headings.")
    assert "There is no heading" in only_fault_of(book_of(path, [], []))


def test_that_a_workbook_without_cells_is_refused(path):
    book = Workbook()
    book.create_chartsheet("Chart")
    book.remove(book["Sheet"])
    book.save(path)
    assert only_fault_of(path) == "There is no sheet with cells in this workbook. Put the list on one."


def test_that_what_is_no_workbook_is_refused_in_one_sentence(path, tmp_path):
    path.write_text("Reference,Area,Title\nA,B,C\n", encoding="utf-8")
    assert "no Excel workbook, whatever its name says" in only_fault_of(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "protected by a password" in only_fault_of(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"))
    assert "older kind (.xls)" in only_fault_of(path)
    path.write_bytes(b"")
    assert "no Excel workbook" in only_fault_of(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", "x")
    assert "binary workbook (.xlsb)" in only_fault_of(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "no Excel workbook" in only_fault_of(path)
    assert "There is no file" in only_fault_of(tmp_path / "none.xlsx")
    assert "cannot be opened" in only_fault_of(tmp_path)


def test_that_what_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(path, monkeypatch):
    book_of(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 31_000_000)
    assert "holds far more than a list" in only_fault_of(path)
    book_of(path)
    monkeypatch.setattr(sheet_survey, "MOST_BYTES", 5000)
    assert "larger than 100 MB" in only_fault_of(path)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/workbook.xml", "<no"),
        ("xl/worksheets/sheet1.xml", "<worksheet"),
        ("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'),
        ("xl/styles.xml", "no"),
        ("[Content_Types].xml", "<Types/>"),
    ],
)
def test_that_a_damaged_workbook_is_refused_in_one_sentence(path, part, text):
    rewritten(book_of(path), part, text)
    assert "damaged or of a kind of its own" in only_fault_of(path)


def test_that_formulas_are_named_also_where_they_are_shared_or_have_a_result(path):
    book_of(path)
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    start = xml.index('<c r="C3"')
    end = xml.index("</c>", start)
    shared = '<c r="C3" t="str"><f t="shared" ref="C3:C4" si="0">A1</f><v>4</v>'
    rewritten(path, "xl/worksheets/sheet1.xml", xml[:start] + shared + xml[end:])
    assert "row 3, column C (Title): This cell holds a formula." in only_fault_of(path)


CELLS = st.none() | st.text(max_size=10) | st.integers() | st.booleans() | st.just(date(2021, 3, 1)) | st.floats()
CELLS |= st.sampled_from(["A. Plans", "held ready", "Document", "=1", "Reference", "Title", datetime.now(UTC).time()])


@settings(max_examples=30)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=8), st.lists(st.sampled_from([*HEADINGS, None, "x"]), max_size=9))
def test_that_any_cells_are_read_or_refused_and_nothing_else(tmp_path_factory, rows, headings):
    path = tmp_path_factory.mktemp("list") / "list.xlsx"
    tidy = [[str(c).encode("utf-8", "ignore").decode() if isinstance(c, str) else c for c in row] for row in rows]
    try:
        book_of(path, tidy, headings)
    except (ValueError, IllegalCharacterError):  # what no cell takes
        return
    faults = None
    try:
        read_framework_list(path)
    except FrameworkError as refused:
        faults = refused.faults
    assert faults is None or (faults and all(fault.strip() for fault in faults))


def test_that_the_template_reads_back_without_faults_and_offers_its_words(path):
    write_framework_list_template(path)
    reading = read_framework_list(path)
    assert reading.sheet == "Items"
    assert [(area.code, len(area.items)) for area in reading.areas] == [("A", 2), ("B", 1)]
    assert not reading.ignored
    book = load_workbook(path)
    assert book.sheetnames == ["Items", "Columns"]
    offered = [each.formula1 for each in book["Items"].data_validations.dataValidation if each.type == "list"]
    assert offered == [
        '"Document,Dataset,Interview or focus group,Case sample"', '"Essential,Important,Supporting"',
    ]  # fmt: skip
    assert book["Columns"].max_row >= 10


def test_that_the_template_does_not_replace_what_it_cannot(tmp_path):
    with pytest.raises(ExportError, match=r"End it with \.xlsx"):
        write_framework_list_template(tmp_path / "list.csv")
