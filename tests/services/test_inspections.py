"""Starting inspections, their dates, removing them; who works here and what the workspace is called."""

from dataclasses import replace
from datetime import date

import pytest
from council import FRAMEWORK, OTHER, board_of, everything, found_council, refuses, timeless

from readiness.domain.errors import BadValue, NotFound, NothingToUndo
from readiness.domain.views import Identity, InspectionDraft
from readiness.services.inspections import (
    InspectionEdit,
    edit_inspection,
    remove_inspection,
    restore_inspection,
    start_inspection,
    start_inspections,
)
from readiness.services.people import read_identity, rename_workspace, set_identity
from readiness.services.start import look_at_start, set_up, suggested_ready_by
from readiness.services.undo import redo, undo, undo_state
from readiness.storage.opening import create_workspace, open_workspace

DAY = date(2021, 3, 1)


@pytest.fixture
def empty(tmp_path):
    with create_workspace(tmp_path / "w", at_risk=True, workspace="ab" * 16) as workspace:
        yield workspace


def test_that_a_checklist_is_laid_out_as_its_framework_says(empty):
    changes = empty.run(start_inspection, InspectionDraft(FRAMEWORK, ready_by=date(2021, 3, 19)))
    assert changes.label == "Start Re-visit"
    assert {kind: len(ids) for kind, ids in changes.ids.items()} == {"inspection": 1, "area": 2, "item": 4}
    board = board_of(empty)
    (row,) = board.inspections
    assert (row.framework, row.edition, row.framework_title) == ("small-2018", "2018", "Small re-visit")
    assert (row.title, row.short_title, row.ready_by) == ("Small re-visit", "Re-visit", date(2021, 3, 19))
    assert [(area.code, area.title, area.scale) for area in board.areas] == [
        ("A", "Plans", ("Good", "Poor")), ("B", "Partners", ()),
    ]  # fmt: skip
    drafts = [draft for area in FRAMEWORK.areas for draft in area.items]
    for item, draft in zip(board.items, drafts, strict=True):
        assert (item.reference, item.title, item.kind, item.priority) == (
            draft.reference, draft.title, draft.kind, draft.priority,
        )  # fmt: skip
        assert (item.service, item.due_rule, item.changed_at) == (draft.service, draft.due_rule, None)
    assert [item.due for item in board.items] == [date(2021, 3, 19), date(2021, 3, 24), None, date(2021, 3, 26)]
    assert [item.due_text for item in board.items][1] == "day 3 (planning date)"
    assert [item.day_one for item in board.items] == [True, True, False, False]


def test_that_two_laptops_of_a_workspace_make_the_same_records(tmp_path):
    boards = []
    for name in "ab":
        with create_workspace(tmp_path / name, at_risk=True, workspace="ab" * 16) as workspace:
            workspace.run(start_inspections, (InspectionDraft(FRAMEWORK), InspectionDraft(OTHER)), "Council")
            boards.append(board_of(workspace))
    assert boards[0] == boards[1]


def test_that_one_framework_can_be_started_twice(empty):
    draft = InspectionDraft(FRAMEWORK)
    empty.run(start_inspections, (draft, draft))
    empty.run(start_inspection, InspectionDraft(FRAMEWORK, title="The second re-visit"))
    board = board_of(empty)
    assert len({row.id for row in board.inspections}) == 3
    assert len({row.id for row in board.items}) == 12
    assert [row.title for row in board.inspections] == ["Small re-visit", "Small re-visit", "The second re-visit"]
    assert [row.inspection_id for row in board.items] == [row.id for row in board.inspections for _ in range(4)]


def test_that_starting_is_one_step_that_can_be_undone_and_done_again(empty):
    before = board_of(empty)
    empty.run(start_inspections, (InspectionDraft(FRAMEWORK),), "Council")
    laid_out = board_of(empty)
    assert laid_out.workspace.title == "Council"
    empty.run(undo)
    assert timeless(board_of(empty)) == timeless(before)
    empty.run(redo)
    assert timeless(board_of(empty)) == timeless(laid_out)


EDIT = InspectionEdit("The re-visit", "Re-visit 2", date(2021, 3, 12), date(2021, 3, 15))


def test_that_names_and_dates_change_as_one_step(workspace):
    before = board_of(workspace)
    row = before.inspections[0]
    changes = workspace.run(edit_inspection, row.id, EDIT)
    assert changes.label == "Change Re-visit"
    now = board_of(workspace)
    again = now.inspections[0]
    assert (again.title, again.short_title, again.ready_by, again.expected_from) == (
        "The re-visit", "Re-visit 2", date(2021, 3, 12), date(2021, 3, 15),
    )  # fmt: skip
    assert [item.due for item in now.items] == [date(2021, 3, 12), date(2021, 3, 17), None, date(2021, 3, 19)]
    workspace.run(undo)
    assert timeless(board_of(workspace)) == timeless(before)
    workspace.run(edit_inspection, row.id, InspectionEdit("a", "b", None, None))
    assert [item.due for item in board_of(workspace).items] == [None] * 4


def test_that_a_change_is_called_by_what_it_changes(workspace):
    row = board_of(workspace).inspections[0]
    same = InspectionEdit(row.title, row.short_title, row.ready_by, row.expected_from)
    labels = [
        workspace.run(edit_inspection, row.id, edit).label
        for edit in (
            same,
            replace(same, ready_by=None),
            replace(same, ready_by=None, expected_from=date(2021, 3, 15)),
            replace(same, ready_by=None, expected_from=date(2021, 3, 15), title="The re-visit"),
            replace(same, short_title="Visit"),
        )
    ]
    assert labels == [
        "Change Re-visit", "Change the dates of Re-visit", "Change the dates of Re-visit", "Rename Re-visit",
        "Change Re-visit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "title", "short_title"),
    [
        (InspectionDraft(FRAMEWORK), "Small re-visit", "Re-visit"),
        (InspectionDraft(FRAMEWORK, title="The second"), "The second", "The second"),
        (InspectionDraft(FRAMEWORK, short_title=" Second "), "Small re-visit", "Second"),
        (
            InspectionDraft(FRAMEWORK, title="The second re-visit", short_title="Second"),
            "The second re-visit",
            "Second",
        ),
    ],
)
def test_that_an_inspection_takes_the_short_title_that_is_given(empty, draft, title, short_title):
    assert empty.run(start_inspection, draft).label == f"Start {short_title}"
    (row,) = board_of(empty).inspections
    assert (row.title, row.short_title) == (title, short_title)


def test_that_inspections_of_one_name_can_be_told_apart(empty):
    dated = replace(FRAMEWORK, id="small-2026", since=date(2026, 4, 1))
    drafts = (InspectionDraft(FRAMEWORK), InspectionDraft(dated), InspectionDraft(FRAMEWORK))
    assert empty.run(start_inspections, drafts).label == "Start Re-visit and Re-visit 2026 and Re-visit (2)"
    assert [row.short_title for row in board_of(empty).inspections] == ["Re-visit", "Re-visit 2026", "Re-visit (2)"]
    empty.run(remove_inspection, board_of(empty).inspections[0].id)
    assert empty.run(start_inspection, InspectionDraft(FRAMEWORK)).label == "Start Re-visit"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (InspectionEdit(" ", "x", None, None), "needs a name"),
        (InspectionEdit("x", "", None, None), "needs a name"),
        (InspectionEdit("x", "x", date(2021, 3, 12), date(2021, 3, 11)), "cannot be expected before"),
        (InspectionEdit("x", "x", date(9999, 12, 31), None), "between 1900 and 2900"),
        (InspectionEdit("x", "x", None, date(1, 1, 1)), "between 1900 and 2900"),
    ],
)
def test_that_what_an_inspection_cannot_be_is_refused(workspace, edit, said):
    refuses(workspace, BadValue, said, edit_inspection, board_of(workspace).inspections[0].id, edit)
    draft = InspectionDraft(OTHER, "x", edit.ready_by, edit.expected_from)
    if edit.title == edit.short_title == "x":
        refuses(workspace, BadValue, said, start_inspections, (draft,))


def test_that_an_inspection_goes_whole_and_comes_back_whole(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        before = board_of(workspace)
        first, second = before.inspections
        assert workspace.run(remove_inspection, first.id).label == "Remove Re-visit"
        assert [row.id for row in board_of(workspace).inspections] == [second.id]
        assert {row.inspection_id for row in (*board_of(workspace).areas, *board_of(workspace).items)} == {second.id}
        assert workspace.run(restore_inspection, first.id).label == "Restore Re-visit"
        assert timeless(board_of(workspace)) == timeless(before)
        workspace.run(remove_inspection, first.id)
        workspace.run(undo)
        assert timeless(board_of(workspace)) == timeless(before)


def test_that_an_inspection_that_is_gone_is_refused(workspace):
    id_ = board_of(workspace).inspections[0].id
    workspace.run(remove_inspection, id_)
    for each in (id_, "f" * 32):
        refuses(workspace, NotFound, "inspection no longer exists", edit_inspection, each, EDIT)
        refuses(workspace, NotFound, "inspection no longer exists", remove_inspection, each)
    refuses(workspace, NotFound, "inspection no longer exists", restore_inspection, "f" * 32)


def test_that_who_works_here_is_said_and_can_be_undone(empty):
    assert empty.read(read_identity) == Identity("", "", "")
    assert empty.read(read_identity).signature == "Somebody"
    assert empty.run(set_identity, Identity("", " Head  of SEND ", "SEND")).label == "Work as Head of SEND"
    assert empty.read(read_identity) == Identity("", "Head of SEND", "SEND")
    assert empty.run(set_identity, Identity("", "Head of SEND", "SEND")).step_id is None
    refuses(empty, BadValue, "Write your name or your role", set_identity, Identity(" ", "", "SEND"))
    empty.run(undo)
    assert empty.read(read_identity) == Identity("", "", "")
    with pytest.raises(NothingToUndo):
        empty.run(undo)


def test_that_the_workspace_takes_another_name_and_gives_it_back(workspace):
    assert workspace.run(rename_workspace, " Another  council ").label == "Name the workspace Another council"
    assert board_of(workspace).workspace.title == "Another council"
    refuses(workspace, BadValue, "needs a name", rename_workspace, " ")
    workspace.run(undo)
    assert board_of(workspace).workspace.title == "Example council"


def test_that_a_laptop_is_set_up_in_one_go(tmp_path):
    identity = Identity("", "Head of SEND", "SEND")
    with set_up(tmp_path / "w", identity, "Council", [InspectionDraft(FRAMEWORK)], at_risk=True) as workspace:
        view = workspace.glance(look_at_start, DAY)
        assert workspace.read(undo_state).undo == "Start Re-visit"
    assert (view.identity, view.board.workspace.title, len(view.board.items)) == (identity, "Council", 4)
    assert suggested_ready_by(DAY) == date(2021, 5, 27)


def test_that_setting_up_what_cannot_be_leaves_the_folder_free(tmp_path):
    with pytest.raises(BadValue, match="your name or your role"):
        set_up(tmp_path / "w", Identity("", "", ""), "Council", [InspectionDraft(FRAMEWORK)], at_risk=True)
    set_up(tmp_path / "w", Identity("", "Head", ""), "Council", [InspectionDraft(FRAMEWORK)], at_risk=True).close()
    with open_workspace(tmp_path / "w", at_risk=True) as workspace:
        assert everything(workspace)
