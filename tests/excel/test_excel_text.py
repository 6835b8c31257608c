"""Text is text, whatever people wrote, and comes back whole."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from excel_boards import REQUEST, area, board, export, inspection, item, one_cell, opened, table_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from readiness.domain.views import Narratives
from readiness.excel.cells import Page
from readiness.excel.contents import sheet_names
from readiness.excel.text import CELL_LIMIT, Overflow, head, pieces, safe, units

TEMPTING = [
    "=1+1", "+44 20", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "'quoted", "{=1}", "#N/A", "1e5", "007", "TRUE",
    "http://example.org", "<r>bold</r>", "<r><t>x</t></r>", "<b>&amp;</b>", " leading and trailing ", "two\nlines\n",
    "_x0041_", "_x000D_", "__x0041__", "💬 ŵ ę ﬁ", "a\u200bb", "\u202eright", "–",
]  # fmt: skip
ALTERED = {
    "a\r\nb\rc": "a\nb\nc",
    "Word's\x0bsoft return": "Word's\nsoft return",
    "nul\x00bell\x07": "nul␀bell␇",
    "half\ud83d": "half\ufffd",
    "none\uffff": "none\ufffd",
    "_x0041_x0042_": "_x0041＿x0042_",
    "_x005F_": "_x005F＿",
}
nasty = st.text(st.one_of(st.characters(), st.sampled_from("=+-@\t\r\n\x00\x0b_x0041F<>&'\"r/{}")), max_size=60)


def through_excel(text: str) -> object:
    """Write a text with our `put` and read it with the other library."""
    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    page = Page(workbook.add_worksheet(), Overflow())
    page.put(0, 0, text, workbook.add_format({"text_wrap": True}))
    workbook.close()
    cell = load_workbook(stream).worksheets[0]["A1"]
    assert cell.data_type in ("s", "n") if cell.value is None else cell.data_type == "s"
    return cell.value


@pytest.mark.parametrize("text", TEMPTING)
def test_that_tempting_text_stays_the_text_it_is(text):
    assert through_excel(text) == text


@pytest.mark.parametrize(("text", "shown"), ALTERED.items())
def test_that_what_no_cell_can_hold_is_replaced_visibly(text, shown):
    assert safe(text) == shown
    assert through_excel(text) == shown


@settings(max_examples=300, deadline=None)
@given(nasty)
@example("_x005F_x0041_")
@example("<r></r>")
@example("x005F_x005F_x0041_x0041_")
def test_that_any_text_comes_back_as_safe_says_it(text):
    assert (through_excel(text) or "") == safe(text)


@given(nasty)
def test_that_making_text_safe_twice_is_making_it_safe_once(text):
    assert safe(safe(text)) == safe(text)


@given(st.text(st.characters(exclude_categories=("Cc",)), max_size=60))
def test_that_plain_text_is_never_touched(text):
    if "_x" not in text and "x005F_" not in text and not set(text) & {"\ufffe", "\uffff"}:
        assert text.encode("utf-8", "ignore").decode() != text or safe(text) == text


@given(nasty, st.integers(0, 80))
def test_that_a_head_is_the_beginning_and_fits(text, room):
    text = safe(text)
    assert text.startswith(head(text, room))
    assert units(head(text, room)) <= room
    assert units(head(text, room)) >= min(units(text), room) - 1


@given(nasty)
def test_that_lengths_are_counted_as_excel_counts_them(text):
    text = safe(text)
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_that_pieces_join_to_the_whole_and_halve_no_character():
    text = "a" + "💬" * CELL_LIMIT
    assert "".join(pieces(text)) == text
    assert all(units(piece) <= CELL_LIMIT for piece in pieces(text))


@pytest.mark.parametrize("text", [*TEMPTING, *ALTERED])
def test_that_a_whole_workbook_takes_nasty_words_everywhere(tmp_path, text):
    inspections = (inspection("i1", text, text), inspection("i2", text, text))
    areas = (area("a1", "i1", text, text), area("a2", "i2", text, text))
    rows = tuple(
        item(f"x{number}", each, reference=text, title=text, owner=text, service=text, due_rule=text, due_text=text)
        for number, each in enumerate(areas)
    )
    texts = {row.id: Narratives(text, text, text, text) for row in rows}
    request = replace(REQUEST, exported_by=text, filter_text=text, version=text)
    report = export(tmp_path / "s.xlsx", board(rows, inspections, areas, text), texts, request)
    assert one_cell(tmp_path / "s.xlsx", "Gap", report.sheets[3]) == safe(text)
    with ZipFile(tmp_path / "s.xlsx") as parts:
        assert not parts.testzip()


@settings(max_examples=25, deadline=None)
@given(st.lists(nasty, min_size=4, max_size=4))
def test_that_random_words_in_every_place_pass_the_read_back(tmp_path_factory, words):
    target = tmp_path_factory.mktemp("nasty") / "s.xlsx"
    first, second, third, fourth = words
    areas = (area("a1", "i1", first, second), area("a2", "i1", second, first))
    rows = (
        item("x1", areas[0], reference=first, title=second, owner=third, service=fourth),
        item("x2", areas[1], reference=second, title=third, owner=fourth, service=third),
        item("x3", areas[1], reference=third, title=fourth, owner=first, service=second),
    )
    texts = {"x1": Narratives(first, second, third, fourth), "x3": Narratives(fourth, third, second, first)}
    export(target, board(rows, (inspection("i1", first, second),), areas, third), texts)


def test_that_a_text_too_long_for_a_cell_is_cut_visibly_and_given_whole(tmp_path):
    long, longer = "ŵ💬 " * 12_000, "=" * (CELL_LIMIT + 1)
    texts = {"x1": Narratives("", long, longer, "x" * CELL_LIMIT)}
    report = export(tmp_path / "s.xlsx", board((item("x1"),)), texts)
    assert report.overflowed == 2
    row = table_of(tmp_path / "s.xlsx", "SEN re-visit")[0]
    assert row["Position"].endswith("… [continues on the sheet Overflow, row 4]")
    assert row["Impact"].endswith("… [continues on the sheet Overflow, row 6]")
    assert row["Gap"] == "x" * CELL_LIMIT
    sheet = opened(tmp_path / "s.xlsx")["Overflow"]
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=4)]
    assert [cells[:3] for cells in rows] == [
        ["X1", "Position", "1 of 2"],
        ["X1", "Position", "2 of 2"],
        ["X1", "Impact", "1 of 2"],
        ["X1", "Impact", "2 of 2"],
    ]
    assert rows[0][3] + rows[1][3] == long
    assert rows[2][3] + rows[3][3] == longer


def test_that_a_very_long_owner_service_and_area_still_count(tmp_path):
    long = "Head of everything " * 2000
    rows = (item("x1", area("a1", title=long), owner=long, service=long), item("x2", owner=long, service=long))
    report = export(tmp_path / "s.xlsx", board(rows, areas=(area("a1", title=long),)))
    assert report.verified


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["SEN re-visit", "sen RE-VISIT"], ["SEN re-visit", "sen RE-VISIT (2)"]),
        (["Summary", "key", "By Owner", "History"], ["Summary (2)", "key (2)", "By Owner (2)", "History (2)"]),
        (["OVERFLOW", "gaps"], ["OVERFLOW (2)", "gaps (2)"]),
        (["SEND/AP [2021]: *draft*?", "'quoted'"], ["SEND AP 2021 draft", "quoted"]),
        (["", "   ", "''"], ["Inspection", "Inspection (2)", "Inspection (3)"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 27 + " (2)"]),
        (["💬" * 20, "Sort(ed)"], ["💬" * 15, "Sort (ed)"]),
        (["two\nlines\x00", "=1+1"], ["two lines␀", "=1+1"]),
    ],
)
def test_that_sheet_names_are_legal_and_no_two_alike(titles, names):
    assert sheet_names(titles) == names


@settings(max_examples=200)
@given(st.lists(nasty, max_size=6))
def test_that_any_titles_make_sheets_that_xlsxwriter_takes(titles):
    workbook = Workbook(BytesIO(), {"in_memory": True})
    for name in [
        "Summary",
        "Gaps",
        "By owner",
        "Actions",
        "Findings",
        "Scrutiny",
        "Key",
        "Overflow",
        *sheet_names(titles),
    ]:
        workbook.add_worksheet(name)
