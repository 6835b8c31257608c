"""The formulas come to the same as the figures when another program works them out anew."""

import shutil
import subprocess
from pathlib import Path

import pytest
from excel_boards import (
    DAY,
    NO_PROOF,
    PROOFS,
    REQUEST,
    SOON,
    area,
    board,
    doubting,
    example,
    export,
    inspection,
    item,
    opened,
)

from readiness.domain.errors import ExportError
from readiness.domain.scoring import rating
from readiness.domain.vocabulary import ItemStatus, Kind, Priority
from readiness.excel.cells import Formula, Page
from readiness.excel.contents import lay_out
from readiness.excel.summary_layout import lay_out_summary
from readiness.excel.verify import verify

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed"),
]
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def recalculate(tmp_path_factory):
    """Return a function that works a workbook's formulas out anew and gives the new workbook."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")

    def convert(path: Path) -> Path:
        folder = path.parent / "anew"
        command = [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return folder / path.name

    return convert


def lie(monkeypatch) -> None:
    """Store 0 beside every formula: who reads the stored results reads nonsense."""
    real = Page.put

    def put(self, row, column, value, *rest):
        real(self, row, column, Formula(value.text, 0) if isinstance(value, Formula) else value, *rest)

    monkeypatch.setattr(Page, "put", put)


def nasty_board():
    """Words that COUNTIF would take for orders, names that differ in case alone, sheets that must be quoted."""
    inspections = (
        inspection("i1", "Children's & 'SEN' (2021)"),
        inspection("i2", "Sort(x)"),
        inspection("i3", "Empty"),
    )
    areas = tuple(
        area(f"{row.id}{code}", row.id, code, title)
        for row in inspections
        for code, title in (("A", "*"), ("B", "=1+1"), ("C", "<5"), ("D", "a" * 300), ("", "A *"))
    )
    words = (
        "SEND",
        "send",
        "SEND*",
        "?END",
        "<5",
        "=x",
        '"quoted"',
        "",
        "No service",
        "No owner",
        "~",
        "S" * 300,
        "0",
        "ŵ💬",
    )
    rows = tuple(
        item(
            f"n{number}",
            areas[number % 10],
            service=words[number % len(words)],
            owner=words[(number * 3) % len(words)],
            status=list(ItemStatus)[number % 6],
            priority=list(Priority)[number % 3],
            day_one=number % 4 == 0,
            proof=PROOFS[number % len(PROOFS)],
            kind=list(Kind)[number % 4],
        )
        for number in range(70)
    )
    order = {each.id: number for number, each in enumerate(areas)}
    return board(tuple(sorted(rows, key=lambda row: order[row.area_id])), inspections, areas)


@pytest.mark.parametrize("given", [example()[0], nasty_board(), board()], ids=["example", "nasty words", "no items"])
def test_that_formulas_recalculate_to_the_figures(tmp_path, monkeypatch, recalculate, given):
    lie(monkeypatch)
    path = tmp_path / "s.xlsx"
    export(path, given, verify=False, proving=doubting(given))
    contents = lay_out(given, {}, REQUEST, proving=doubting(given))
    layout = lay_out_summary(contents)
    with pytest.raises(ExportError, match="where"):  # as written, it lies; so what agrees below was worked out anew
        verify(path, contents, layout, lambda _: None)
    verify(recalculate(path), contents, layout, lambda _: None)


def test_that_a_status_changed_in_the_sheet_changes_every_total(tmp_path, recalculate):
    given = board(tuple(item(f"n{number}", priority=Priority.ESSENTIAL) for number in range(4)))
    path = tmp_path / "s.xlsx"
    export(path, given)
    book = opened(path, results=False)
    book["SEN re-visit"]["K5"].value = ItemStatus.SIGNED_OFF.label
    book["SEN re-visit"]["K6"].value = ItemStatus.NOT_APPLICABLE.label
    book["SEN re-visit"]["F7"].value = Priority.SUPPORTING.label
    book["SEN re-visit"]["H8"].value = None
    book.save(path)
    sheet = opened(recalculate(path))["Summary"]
    cells = [sheet[name].value for name in ("B7", "C7", "E7", "F7", "I7", "K7", "L7")]
    weight, earned = 3 + 1 + 3, 3 + 0.5 + 1.5
    assert cells == [
        pytest.approx(earned / weight, abs=1e-12),
        pytest.approx(earned / weight, abs=1e-12),
        4,
        3,
        2,
        1,
        1,
    ]
    services = {row[0]: row[4] for row in sheet.iter_rows(min_row=12, values_only=True) if row[0] == "SEND"}
    assert services == {"SEND": 3}


def test_that_evidence_counted_in_the_sheet_lifts_the_credit(tmp_path, recalculate):
    signed = {"status": ItemStatus.SIGNED_OFF, "proof": NO_PROOF}
    path = tmp_path / "s.xlsx"
    export(path, board((item("a", **signed), item("b", **signed), item("c", kind=Kind.INTERVIEW, **signed))))
    book = opened(path, results=False)
    sheet = book["SEN re-visit"]
    places = {cell.value: cell.column_letter for cell in sheet[4]}
    sheet[f"{places['Current']}5"].value = 1
    sheet[f"{places['Kind']}7"].value = Kind.DATASET.label
    book.save(path)
    found = opened(recalculate(path))
    assert [found["SEN re-visit"][f"{places['Credit']}{row}"].value for row in (5, 6, 7)] == [1, 0.5, 0.5]
    assert [found["Summary"][name].value for name in ("B7", "D7")] == [pytest.approx(2 / 3), 0.5]


def test_that_a_claim_taken_back_in_the_sheet_is_doubted_no_more(tmp_path, recalculate):
    given = board(tuple(item(name, status=ItemStatus.CHECKED, proof=NO_PROOF) for name in "abc"))
    path = tmp_path / "s.xlsx"
    export(path, given, proving=doubting(given))
    book = opened(path, results=False)
    book["SEN re-visit"]["K5"].value = ItemStatus.DRAFTED.label
    book.save(path)
    sheet = opened(recalculate(path))["Summary"]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[2] == "call expected"}
    (row,) = rows.values()
    assert row[4:10] == (2, 2, 2, 0, 0, 0)
    assert sheet["A3"].value.endswith("Claims that do not stand: 2 of 2.")


def test_that_the_ratings_of_the_example_are_those_of_the_rules():
    assert all(
        row.rating is rating(row.status, row.priority, row.due, DAY, SOON, unproven=row.unproven)
        for row in nasty_board().items
    )
