"""Undo and redo, in order and out of the history; what is left and said where somebody changed it since."""

from contextlib import suppress

import pytest
from council import board_of, everything, id_of, refuses, timeless

from readiness.domain.errors import NotFound, NothingToUndo, UndoBlocked
from readiness.domain.views import ItemDraft, ItemEdit, UndoState
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.inspections import remove_inspection
from readiness.services.items import add_item, edit_items, move_items, remove_items, restore_items
from readiness.services.queries import item_history, read_steps, undo_state
from readiness.services.undo import redo, undo, undo_step
from readiness.storage import history
from readiness.storage.engine import connect
from readiness.storage.opening import open_workspace


def edit(workspace, reference, field, value):
    return workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])


def status(workspace, reference, value):
    return edit(workspace, reference, ItemField.STATUS, value)


def state(workspace):
    found = workspace.read(undo_state)
    return found.undo, found.redo


def test_that_undo_and_redo_walk_back_and_forth_by_name(workspace):
    boards = [timeless(board_of(workspace))]
    for value in (ItemStatus.GATHERING, ItemStatus.DRAFTED, ItemStatus.CHECKED):
        status(workspace, "A01", value)
        boards.append(timeless(board_of(workspace)))
    assert state(workspace) == ("Set status of A01 to Checked", None)
    assert workspace.run(undo).label == "Undo: Set status of A01 to Checked"
    assert state(workspace) == ("Set status of A01 to Drafted", "Set status of A01 to Checked")
    workspace.run(undo)
    assert timeless(board_of(workspace)) == boards[1]
    assert workspace.run(redo).label == "Redo: Set status of A01 to Drafted"
    assert timeless(board_of(workspace)) == boards[2]
    assert workspace.run(undo).label == "Undo: Set status of A01 to Drafted"
    assert timeless(board_of(workspace)) == boards[1]
    for expected in boards[2:]:
        workspace.run(redo)
        assert timeless(board_of(workspace)) == expected
    assert state(workspace) == ("Set status of A01 to Checked", None)
    refuses(workspace, NothingToUndo, "nothing to redo", redo)


def test_that_undoing_goes_back_to_the_very_beginning_and_says_when_it_is_there(workspace):
    workspace.run(undo)
    workspace.run(undo)
    assert state(workspace) == (None, "Work as Head of SEND")
    refuses(workspace, NothingToUndo, "nothing to undo", undo)
    assert board_of(workspace).items == ()
    workspace.run(redo)
    workspace.run(redo)
    assert len(board_of(workspace).items) == 4


def test_that_something_new_ends_what_can_be_redone(workspace):
    status(workspace, "A01", ItemStatus.DRAFTED)
    workspace.run(undo)
    status(workspace, "A02", ItemStatus.DRAFTED)
    assert state(workspace) == ("Set status of A02 to Drafted", None)
    refuses(workspace, NothingToUndo, "nothing to redo", redo)
    workspace.run(undo)
    assert state(workspace) == ("Start Re-visit", "Set status of A02 to Drafted")


def test_that_a_step_that_changed_nothing_is_no_step_to_undo(workspace):
    status(workspace, "A01", ItemStatus.DRAFTED)
    workspace.run(undo)
    status(workspace, "A01", ItemStatus.NOT_STARTED)
    assert state(workspace) == ("Start Re-visit", "Set status of A01 to Drafted")


def test_that_both_survive_closing_and_opening(workspace):
    status(workspace, "A01", ItemStatus.DRAFTED)
    status(workspace, "A01", ItemStatus.CHECKED)
    workspace.run(undo)
    before, folder = state(workspace), workspace.folder
    workspace.close()
    with open_workspace(folder, at_risk=True) as again:
        assert state(again) == before
        again.run(redo)
        assert {row.reference: row.status for row in board_of(again).items}["A01"] is ItemStatus.CHECKED


def test_that_many_undos_in_a_row_find_their_way(workspace):
    for number in range(70):
        edit(workspace, "A01", ItemField.GAP, f"{number}")
    for _ in range(70):
        workspace.run(undo)
    assert state(workspace) == ("Start Re-visit", "Edit gap of A01")
    for _ in range(70):
        workspace.run(redo)
    assert state(workspace) == ("Edit gap of A01", None)


def test_that_a_step_out_of_the_history_is_undone_alone(workspace):
    first = status(workspace, "A01", ItemStatus.DRAFTED)
    status(workspace, "A02", ItemStatus.CHECKED)
    changes = workspace.run(undo_step, first.step_id)
    assert changes.label == "Undo: Set status of A01 to Drafted"
    assert [row.status for row in board_of(workspace).items][:2] == [ItemStatus.NOT_STARTED, ItemStatus.CHECKED]
    assert workspace.read(undo_state).undo == "Set status of A02 to Checked"
    refuses(workspace, UndoBlocked, "Nothing of this can be put back", undo_step, first.step_id)


def test_that_what_was_changed_since_is_left_and_named_with_who_and_to_what(workspace):
    ids = [id_of(workspace, name) for name in ("A01", "A02")]
    step = workspace.run(edit_items, ids, [ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)])
    workspace.acting_as = "Director of Education"
    status(workspace, "A01", ItemStatus.CHECKED)
    workspace.acting_as = ""
    changes = workspace.run(undo_step, step.step_id)
    assert changes.left == ("A01, Status: Director of Education has since set it to “Checked”",)
    assert [row.status for row in board_of(workspace).items][:2] == [ItemStatus.CHECKED, ItemStatus.NOT_STARTED]


def test_that_where_everything_was_changed_since_nothing_happens_and_it_says_why(workspace):
    step = status(workspace, "A01", ItemStatus.DRAFTED)
    status(workspace, "A01", ItemStatus.CHECKED)
    refuses(workspace, UndoBlocked, "A01, Status: Head of SEND has since set it to “Checked”", undo_step, step.step_id)
    refuses(workspace, NotFound, "step no longer exists", undo_step, "f" * 12)


def test_that_undoing_an_older_edit_leaves_a_removed_item_removed(workspace):
    ids = [id_of(workspace, name) for name in ("A01", "A02")]
    alone = edit(workspace, "A01", ItemField.OWNER, "Head of SEND")
    both = workspace.run(edit_items, ids, [ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)])
    workspace.run(remove_items, ids[:1])
    refuses(workspace, UndoBlocked, "put back: A01 was removed since", undo_step, alone.step_id)
    assert workspace.run(undo_step, both.step_id).left == ("A01 was removed since",)
    (changed, *rest) = board_of(workspace).items
    assert (changed.reference, changed.status, changed.conflicts) == ("A02", ItemStatus.NOT_STARTED, 0)
    assert "A01" not in [row.reference for row in rest]
    workspace.run(restore_items, ids[:1])
    assert workspace.run(undo_step, alone.step_id).left == ()
    assert board_of(workspace).items[0].owner == ""


def test_that_a_value_set_and_set_back_by_hand_still_counts_as_changed_since(workspace):
    step = status(workspace, "A01", ItemStatus.DRAFTED)
    status(workspace, "A01", ItemStatus.NOT_STARTED)
    refuses(workspace, UndoBlocked, "Not started", undo_step, step.step_id)


def test_that_a_step_undone_and_redone_can_be_undone_out_of_the_history(workspace):
    before = timeless(board_of(workspace))
    step = status(workspace, "A01", ItemStatus.DRAFTED)
    for verb in (undo, redo, undo, redo):
        workspace.run(verb)
    workspace.run(undo_step, step.step_id)
    assert timeless(board_of(workspace)) == before


@pytest.mark.parametrize("circle", [1, 2, 3])
def test_that_a_history_that_runs_in_a_circle_still_answers(workspace, circle):
    steps = [status(workspace, "A01", value).step_id for value in list(ItemStatus)[1 : 1 + circle]]
    connection = connect(workspace.database, read_only=False)
    for step_id, undone in zip(steps, [*steps[1:], steps[0]], strict=True):
        connection.execute("UPDATE step SET undo_of = ? WHERE id = ?", (undone, step_id))
    connection.close()
    assert len(workspace.read(read_steps)) == 2 + circle
    assert isinstance(workspace.read(undo_state), UndoState)
    for step_id in steps:
        with suppress(UndoBlocked):
            workspace.run(undo_step, step_id)
    assert len(workspace.read(item_history, id_of(workspace, "A01"))) > circle


@pytest.mark.parametrize("verb", ["add", "remove", "move", "edit"])
def test_that_every_kind_of_step_goes_back_and_forth_exactly(workspace, verb):
    ids, area = [id_of(workspace, name) for name in ("A01", "A03")], id_of(workspace, "B")
    before = timeless(board_of(workspace))
    if verb == "add":
        workspace.run(add_item, area, ItemDraft("X01", "New"))
    elif verb == "remove":
        workspace.run(remove_items, ids)
    elif verb == "move":
        workspace.run(move_items, ids, area)
    else:
        workspace.run(edit_items, ids, [ItemEdit(ItemField.OWNER, "Head"), ItemEdit(ItemField.GAP, "None")])
    after = timeless(board_of(workspace))
    for _ in range(3):
        workspace.run(undo)
        assert timeless(board_of(workspace)) == before
        workspace.run(redo)
        assert timeless(board_of(workspace)) == after
    assert everything(workspace)["step"][-1][5].startswith("Redo: ")
    assert isinstance(workspace.read(undo_state), UndoState)


def test_that_a_step_of_many_changes_is_turned_back_with_few_questions(workspace, monkeypatch):
    asked = []
    found = history.found_changes
    monkeypatch.setattr(history, "found_changes", lambda *given: asked.append(given) or found(*given))
    workspace.run(remove_inspection, board_of(workspace).inspections[0].id)
    for verb in (undo, redo, undo):
        asked.clear()
        assert workspace.run(verb).of("item")
        assert len(asked) < 6  # not some for each of the changes
