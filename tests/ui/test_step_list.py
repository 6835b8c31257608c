"""The list of steps: it grows on demand, takes new steps at the top and says what it shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from readiness.domain.views import StepRow
from ui.models.step_list import Index, StepList, StepRole, fields_changed

NOON = datetime(2021, 4, 26, 12, 0, tzinfo=UTC)
ROOT = QModelIndex()


def step(number: int, **other: object) -> StepRow:
    """A step; larger numbers are older, three hours apart."""
    row = StepRow(
        id=f"s{number}",
        at=NOON - timedelta(hours=3 * number),
        actor="Head of SEND",
        label=f"Set status of RV-A{number:02}",
        reason="",
        changes=1,
        undo_of=None,
        undone=False,
        records=("item",),
    )
    return replace(row, **other)


@pytest.fixture
def steps(qtbot):
    model = StepList(zone=UTC)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def ids(model: StepList) -> list[str]:
    return [row.id for row in model.rows]


def at(model: StepList, number: int) -> Index:
    return model.index(number)


def test_that_a_day_stands_above_its_first_step_only(steps):
    steps.show_steps([step(0), step(1), step(5)], is_complete=True)
    days = [at(steps, number).data(StepRole.DAY) for number in range(3)]
    assert days == [NOON.date(), None, NOON.date() - timedelta(days=1)]


def test_that_older_steps_are_asked_for_once_and_join_below(qtbot):
    steps = StepList(zone=UTC)  # without the tester, which asks for more itself
    steps.show_steps([step(0), step(1)], is_complete=False)
    with qtbot.waitSignal(steps.more_wanted) as wanted:
        steps.fetchMore(ROOT)
    assert wanted.args == ["s1"]
    assert not steps.canFetchMore(ROOT)
    steps.add("s1", [step(2)], is_complete=True)
    assert ids(steps) == ["s0", "s1", "s2"]
    assert steps.is_complete
    assert not steps.canFetchMore(ROOT)


def test_that_a_page_asked_for_by_another_list_is_dropped(qtbot):
    steps = StepList(zone=UTC)
    steps.show_steps([step(0)], is_complete=False)
    steps.fetchMore(ROOT)
    steps.show_steps([step(5)], is_complete=False)
    steps.add("s0", [step(1)], is_complete=True)
    assert ids(steps) == ["s5"]
    assert steps.canFetchMore(ROOT)


def test_that_new_steps_come_in_at_the_top_without_a_reset(qtbot, steps):
    steps.show_steps([step(1), step(2)], is_complete=True)
    with qtbot.assertNotEmitted(steps.modelReset), qtbot.waitSignal(steps.rowsInserted) as inserted:
        steps.refresh([step(0), step(1), step(2)], is_complete=True)
    assert inserted.args[1:] == [0, 0]
    assert ids(steps) == ["s0", "s1", "s2"]


def test_that_a_step_undone_meanwhile_says_so(steps):
    steps.show_steps([step(1), step(2)], is_complete=True)
    steps.refresh([step(0, undo_of="s1"), step(1, undone=True), step(2)], is_complete=True)
    assert steps.rows[1].undone
    assert at(steps, 1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("undone")


def test_that_a_list_that_became_another_is_shown_afresh(qtbot, steps):
    steps.show_steps([step(1), step(2)], is_complete=True)
    with qtbot.waitSignal(steps.modelReset):
        steps.refresh([step(0), step(1), step(9), step(2)], is_complete=True)
    assert ids(steps) == ["s0", "s1", "s9", "s2"]


def test_that_an_empty_list_takes_its_first_step(steps):
    steps.show_steps([], is_complete=True)
    steps.refresh([step(0)], is_complete=True)
    assert ids(steps) == ["s0"]
    steps.refresh([], is_complete=True)
    assert ids(steps) == []


def test_that_a_row_is_spoken_whole(steps):
    steps.show_steps([step(0, changes=2, undone=True)], is_complete=True)
    spoken = at(steps, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "26 Apr 2021, 12:00, Head of SEND, Set status of RV-A00, 2 fields, undone"


def test_that_a_reason_is_the_tooltip(steps):
    steps.show_steps([step(0, reason="Agreed at the board")], is_complete=True)
    assert at(steps, 0).data(Qt.ItemDataRole.ToolTipRole) == "Agreed at the board"


def test_that_a_step_is_found_by_its_id(steps):
    steps.show_steps([step(0), step(1)], is_complete=True)
    assert steps.row_of("s1") == 1
    assert steps.row_of("elsewhere") is None
    assert steps.step(ROOT) is None


@pytest.mark.parametrize(("count", "words"), [(1, "1 field"), (0, "0 fields"), (1200, "1,200 fields")])
def test_that_fields_are_counted_in_words(count, words):
    assert fields_changed(step(0, changes=count)) == words


def test_that_what_only_happened_says_no_fields(steps):
    steps.show_steps([step(0, label="Export “Summary.xlsx” to Excel", is_event=True)], True)
    assert fields_changed(steps.rows[0]) == ""
    said = steps.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Head of SEND, Export “Summary.xlsx” to Excel")
