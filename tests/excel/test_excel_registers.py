"""The sheets Actions, Findings and Scrutiny: what stands in them, that they are always there, and read back."""

from dataclasses import replace
from datetime import date

import pytest
from action_rows import action, finding
from excel_boards import DAY, area, board, example, export, inspection, item, opened, table_of

from readiness.domain.actions import Registers, narrowed_registers, registers_of
from readiness.domain.vocabulary import ActionSource, ActionStatus, Delivery, FindingStatus, ImpactLevel
from readiness.excel import register_sheet
from readiness.excel.verify import Mismatch

AREA = area("a1", "i1", "C", "Quality of plans")
ONE = board((item("x1", AREA),), (inspection(),), (AREA,))
PROMISE = action(
    "p1",
    item_id="x1",
    title="=Ask for the breakdown",
    due=date(2021, 9, 10),
    source=ActionSource.SCRUTINY,
    origin="Scrutiny commission, 12 Mar 2021, minute 45",
)
DONE = action(
    "p2",
    area_id="a1",
    status=ActionStatus.DONE,
    practice="Two readers a plan.",
    impact="Fewer come back.",
    impact_level=ImpactLevel.SUSTAINED,
    finding_id="f1",
)
EVERYWHERE = action("p3", inspection_id="", due=None, status=ActionStatus.PLANNED)
POINT = finding("f1", area_id="a1", status=FindingStatus.ACTED_ON, proof="+Audits", tested_on=DAY)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "s.xlsx"
    export(target, ONE, registers=registers_of([PROMISE, DONE, EVERYWHERE], [POINT], ONE))
    return target


def test_that_actions_tell_delivery_and_impact_apart(path):
    late, done, everywhere = table_of(path, "Actions")
    assert (late["Delivery"], late["Status"], late["Late or left"]) == ("Overdue", "In hand", "3 days late")
    assert (late["Action"], late["Item"], late["Area"]) == ("=Ask for the breakdown", "X1", "C Quality of plans")
    assert late["Due"].date() == date(2021, 9, 10)
    assert (done["Delivery"], done["Impact level"], done["Is it sustained?"]) == ("Done", "Sustained", "Yes")
    assert (done["Change in practice"], done["Difference for children"]) == ("Two readers a plan.", "Fewer come back.")
    assert done["Late or left"] is None
    assert (everywhere["Delivery"], everywhere["Inspection"], everywhere["Due"]) == ("No date", "All", None)
    assert opened(path)["Actions"]["A2"].value == (
        "3 actions, 1 overdue, 1 done, 0 of them without any impact yet, as of 13 Sep 2021"
    )


def test_that_a_promise_stands_with_its_meeting_on_scrutiny(path):
    (row,) = table_of(path, "Scrutiny")
    assert (row["Meeting"], row["Held on"].date(), row["Minute"]) == ("Scrutiny commission", date(2021, 3, 12), "45")
    assert (row["What was promised"], row["Delivery"]) == ("=Ask for the breakdown", "Overdue")
    assert opened(path)["Scrutiny"]["A2"].value == "1 promised, 1 still open, 1 overdue, as of 13 Sep 2021"


def test_that_findings_say_what_became_of_them(path):
    (row,) = table_of(path, "Findings")
    assert (row["Standing"], row["Status"], row["From"]) == ("On track", "Acted on", "Local area inspection 2018")
    assert row["What became of it"] == "acted on; its effect is still to be proven"
    assert (row["Actions"], row["Proof"]) == ("1 action, 1 done", "+Audits")
    assert opened(path)["Findings"]["A2"].value == "1 finding: 1 acted on, as of 13 Sep 2021"


def test_that_an_empty_sheet_stays_and_says_so(tmp_path):
    export(tmp_path / "s.xlsx", ONE)
    book = opened(tmp_path / "s.xlsx")
    assert book["Actions"]["A2"].value.startswith("No actions are recorded")
    assert book["Findings"]["A2"].value.startswith("No findings of earlier inspections are recorded")
    assert book["Scrutiny"]["A2"].value.startswith("Nothing that was promised")
    assert all(table_of(tmp_path / "s.xlsx", name) == [] for name in ("Actions", "Findings", "Scrutiny"))


def test_that_the_sheets_are_frozen_filtered_and_printed_like_the_others(path):
    book = opened(path, results=False)
    for name in ("Actions", "Findings", "Scrutiny"):
        sheet = book[name]
        assert sheet.freeze_panes == "A5"
        assert [table.autoFilter is not None for table in sheet.tables.values()] == [True]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.conditional_formatting


def test_that_the_key_explains_every_delivery(path):
    said = {row[0] for row in opened(path)["Key"].iter_rows(values_only=True)}
    assert {each.label for each in Delivery} | {each.label for each in FindingStatus} <= said


def test_that_what_belongs_to_hidden_items_is_left_out():
    other = area("a2", "i1", "D", "Partners")
    whole = board((item("x1", AREA), item("x2", other)), (inspection(),), (AREA, other))
    shown = replace(whole, items=whole.items[:1], areas=(AREA,))
    found = registers_of([PROMISE, replace(DONE, area_id="a2"), EVERYWHERE], [replace(POINT, area_id="a2")], whole)
    kept = narrowed_registers(found, shown)
    assert ([line.id for line in kept.actions], kept.findings) == (["p1", "p3"], ())
    assert [line.id for line in kept.scrutiny] == ["p1"]


def test_that_a_cell_that_says_something_else_is_noticed(tmp_path, monkeypatch):
    wrong = replace(DONE, practice="Something else.")
    kept = register_sheet.rows_of

    def other(lines, contents):
        return [replace(row, line=replace(row.line, action=wrong)) for row in kept(lines, contents)]

    monkeypatch.setattr("readiness.excel.actions_sheet.rows_of", other)
    with pytest.raises(Mismatch, match="sheet Actions, cell K5"):
        export(tmp_path / "s.xlsx", ONE, registers=registers_of([DONE], [], ONE))
    assert not (tmp_path / "s.xlsx").exists()


def test_that_long_and_nasty_texts_stay_text(tmp_path):
    nasty = replace(DONE, title="@SUM(A1)\x00", practice="x" * 40_000, owner="'quoted")
    export(tmp_path / "s.xlsx", ONE, registers=registers_of([nasty], [], ONE))
    (row,) = table_of(tmp_path / "s.xlsx", "Actions")
    assert (row["Action"], row["Owner"]) == ("@SUM(A1)␀", "'quoted")
    assert "continues on the sheet Overflow" in row["Change in practice"]


def test_that_many_actions_on_two_inspections_are_read_back(tmp_path):
    given, texts = example(60)
    rows = [action(f"p{number}", item_id=f"r{number % 60}") for number in range(300)]
    report = export(tmp_path / "s.xlsx", given, texts, registers=registers_of(rows, (), given))
    assert report.verified
    assert len(table_of(tmp_path / "s.xlsx", "Actions")) == 300
    assert Registers().scrutiny == ()
