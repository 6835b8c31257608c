"""The table of a comparison: what each cell says, and which words are marked."""

from domain_editions import framework, laid_out
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from readiness.domain.edition_matching import compare
from readiness.domain.editions import HeldItem, Whereabouts
from readiness.domain.views import ItemDraft
from readiness.domain.vocabulary import ItemStatus
from ui.models.diff_text import Mark
from ui.models.edition_table import AFTER, BEFORE, COLUMNS, EditionTable, marked

OLD = framework(
    "1",
    (
        "A",
        (
            ItemDraft("A01", "Quality of plans", "Audits"),
            ItemDraft("A02", "Waiting times"),
            ItemDraft("A03", "Focus group of parents"),
            ItemDraft("A04", "Survey", "This term"),
        ),
    ),
)
NEW = framework(
    "2",
    (
        "A",
        (
            ItemDraft("N01", "Quality of plans", "Audits", due_rule="day 2", was=("A01",)),
            ItemDraft("N03", "Focus groups of all parents", was=("A03",)),
            ItemDraft("A04", "Survey", "This year"),
            ItemDraft("N09", "Leadership"),
        ),
    ),
)
OWN = HeldItem("own", "A", ItemDraft("OWN", "Walk-through"), ItemStatus.NOT_STARTED, "", is_made=False)
FOUND = compare([*laid_out(OLD), OWN], NEW, OLD, "1")
ROWS = {row.reference: row for row in FOUND.rows}


def cells(reference: str) -> list[str]:
    return [column.text(ROWS[reference]) for column in COLUMNS]


def test_that_cells_say_what_becomes_of_an_item():
    assert cells("N01") == [
        "Unchanged", "A01 → N01", "Drafted", "Quality of plans", "Quality of plans", "Due rule: held ready → day 2",
    ]  # fmt: skip
    assert cells("N03")[:5] == [
        "Reworded",
        "A03 → N03",
        "Drafted",
        "Focus group of parents",
        "Focus groups of all parents",
    ]
    assert cells("A04") == ["Reworded", "A04", "Drafted", "Survey", "Survey", "What good looks like differs"]
    assert cells("N09") == ["Added", "N09", "", "", "Leadership", ""]
    assert cells("A02") == ["Removed", "A02", "Drafted", "Waiting times", "Parked under Removed", ""]
    assert cells("OWN")[:2] == ["Your own", "OWN"]


def test_that_an_item_under_removed_is_not_said_to_stand():
    left_out = compare(laid_out(OLD, whereabouts=Whereabouts.LEFT_OUT), NEW, OLD, "1")
    row = next(row for row in left_out.rows if row.stays_out)
    assert [column.text(row) for column in COLUMNS][BEFORE : AFTER + 2] == [
        "", "", "You took it out; it stays under Removed",
    ]  # fmt: skip
    parked = compare(laid_out(OLD, whereabouts=Whereabouts.PARKED), NEW, OLD, "1")
    row = next(row for row in parked.rows if row.comes_back)
    assert [column.text(row) for column in COLUMNS][1:5] == ["N01", "Drafted", "", "Quality of plans"]


def test_that_words_taken_out_and_brought_in_are_marked_on_their_side():
    before, after = marked(ROWS["N03"], BEFORE), marked(ROWS["N03"], AFTER)
    assert "".join(run.text for run in before) == "Focus group of parents"
    assert "".join(run.text for run in after) == "Focus groups of all parents"
    assert [run.text.strip() for run in before if run.mark is Mark.REMOVED] == ["group"]
    assert [run.text.strip() for run in after if run.mark is Mark.ADDED] == ["groups", "all"]
    assert {run.mark for reference in ("N01", "A02", "N09") for run in marked(ROWS[reference], AFTER)} == {Mark.KEPT}
    assert marked(ROWS["N09"], BEFORE) == ()


def test_that_the_model_keeps_to_qt_s_rules(qtbot):
    table = EditionTable()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_rows(FOUND.rows)
    assert (table.rowCount(), table.columnCount()) == (6, 6)
    index = table.index(0, 1)
    assert index.data() == "A01 → N01"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Reference: A01 → N01"
    assert table.headerData(0, Qt.Orientation.Horizontal) == "What becomes of it"
    assert table.row_at(99) is None
    table.show_rows(())
    assert table.rowCount() == 0
    del tester
