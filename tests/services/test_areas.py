"""What a council does with its headings."""

import pytest
from council import DAY, board_of, everything, id_of, refuses, timeless

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.views import AreaDraft
from readiness.services.areas import add_area, edit_area, move_area, remove_area, restore_area
from readiness.services.items import remove_items, restore_items
from readiness.services.undo import redo, undo

NOBODY = "f" * 32


def codes(workspace):
    return [row.code for row in board_of(workspace).areas]


def order(workspace):
    return [row.reference for row in board_of(workspace).items]


def test_that_an_area_is_added_where_it_is_wanted(workspace):
    inspection, before = board_of(workspace).inspections[0].id, board_of(workspace)
    changes = workspace.run(
        add_area, inspection, AreaDraft(" C ", " Our  own ", ("Good", "Poor")), id_of(workspace, "B")
    )
    assert changes.label == "Add area C Our own"
    assert codes(workspace) == ["A", "C", "B"]
    (row,) = [row for row in board_of(workspace).areas if row.id in changes.of("area")]
    assert (row.title, row.scale, row.inspection_id) == ("Our own", ("Good", "Poor"), inspection)
    workspace.run(add_area, inspection, AreaDraft("D", "Last"))
    assert codes(workspace) == ["A", "C", "B", "D"]
    workspace.run(undo)
    workspace.run(undo)
    assert timeless(board_of(workspace)) == timeless(before)


def test_that_an_area_takes_another_letter_and_title(workspace):
    area = id_of(workspace, "A")
    assert workspace.run(edit_area, area, " X ", "New  plans").label == "Rename area A to X New plans"
    (row,) = [row for row in board_of(workspace).areas if row.id == area]
    assert (row.code, row.title) == ("X", "New plans")
    assert workspace.run(edit_area, area, "X", "New plans").step_id is None
    workspace.run(undo)
    assert codes(workspace) == ["A", "B"]


@pytest.mark.parametrize(
    ("code", "title", "said"),
    [
        ("B", "Plans", "There is an area B already"),
        ("", "Plans", "needs a letter and a title"),
        ("X", "  ", "needs a letter and a title"),
        ("X", "x" * 301, "too long"),
        ("X" * 21, "x", "too long"),
    ],
)
def test_that_an_area_that_cannot_be_is_refused(workspace, code, title, said):
    refuses(workspace, BadValue, said, edit_area, id_of(workspace, "A"), code, title)
    inspection = board_of(workspace).inspections[0].id
    refuses(workspace, BadValue, said, add_area, inspection, AreaDraft(code, title))


def test_that_areas_move(workspace):
    first, second = id_of(workspace, "A"), id_of(workspace, "B")
    assert workspace.run(move_area, first).label == "Move area A"
    assert codes(workspace) == ["B", "A"]
    assert order(workspace) == ["B01", "A01", "A02", "A03"]
    workspace.run(move_area, first, second)
    assert codes(workspace) == ["A", "B"]
    workspace.run(move_area, first, first)
    assert codes(workspace) == ["A", "B"]


def test_that_an_area_goes_with_its_items_and_comes_back_with_them(workspace):
    before, area = board_of(workspace), id_of(workspace, "A")
    changes = workspace.run(remove_area, area)
    assert changes.label == "Remove area A Plans"
    assert len(changes.of("item")) == 3
    assert (codes(workspace), order(workspace), board_of(workspace).removed) == (["B"], ["B01"], 3)
    back = workspace.run(restore_area, area)
    assert back.label == "Restore area A Plans"
    assert timeless(board_of(workspace)) == timeless(before)
    workspace.run(undo)
    assert order(workspace) == ["B01"]
    workspace.run(redo)
    assert timeless(board_of(workspace)) == timeless(before)


def test_that_what_was_removed_before_its_area_stays_removed(workspace):
    workspace.run(remove_items, [id_of(workspace, "A02")])
    area = id_of(workspace, "A")
    workspace.run(remove_area, area)
    workspace.run(restore_area, area)
    assert order(workspace) == ["A01", "A03", "B01"]


def test_that_one_item_brings_its_area_back_and_the_rest_stays_removed(workspace):
    item, area = id_of(workspace, "A02"), id_of(workspace, "A")
    workspace.run(remove_area, area)
    workspace.run(restore_items, [item])
    assert (codes(workspace), order(workspace)) == (["A", "B"], ["A02", "B01"])


def test_that_an_area_that_is_gone_is_refused(workspace):
    area = id_of(workspace, "A")
    workspace.run(remove_area, area)
    for id_ in (area, NOBODY):
        refuses(workspace, NotFound, "area no longer exists", edit_area, id_, "X", "x")
        refuses(workspace, NotFound, "area no longer exists", move_area, id_)
        refuses(workspace, NotFound, "area no longer exists", remove_area, id_)
    refuses(workspace, NotFound, "area no longer exists", restore_area, NOBODY)
    refuses(workspace, NotFound, "inspection no longer exists", add_area, NOBODY, AreaDraft("X", "x"))
    assert everything(workspace)
    assert board_of(workspace, DAY).removed == 3
