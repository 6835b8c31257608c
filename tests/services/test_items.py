"""What people do with items: what each verb returns, and the sentences when it cannot."""

from datetime import UTC, date, datetime

import pytest
from council import FRAMEWORK, OTHER, board_of, everything, found_council, id_of, refuses, timeless

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.views import ItemDraft, ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority
from readiness.services.boards import read_narratives
from readiness.services.inspections import remove_inspection
from readiness.services.items import (
    add_item,
    edit_cells,
    edit_items,
    find_by_reference,
    move_items,
    remove_items,
    restore_items,
)
from readiness.services.undo import undo

STATUS = ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED)
NOBODY = "f" * 32


def item(workspace, reference):
    return next(row for row in board_of(workspace).items if row.reference == reference)


def order(workspace):
    return [row.reference for row in board_of(workspace).items]


EDITS = {
    ItemField.STATUS: (ItemStatus.CHECKED, "Set status of A01 to Checked"),
    ItemField.OWNER: ("Head of SEND", "Set owner of A01 to Head of SEND"),
    ItemField.SERVICE: ("Finance", "Set service of A01 to Finance"),
    ItemField.DUE: (date(2021, 9, 13), "Set due of A01 to 13 Sep 2021"),
    ItemField.PRIORITY: (Priority.SUPPORTING, "Set priority of A01 to Supporting"),
    ItemField.POSITION: ("Where we are", "Edit position of A01"),
    ItemField.IMPACT: ("What changed", "Edit impact of A01"),
    ItemField.IMPACT_LEVEL: (ImpactLevel.CLEAR, "Set impact level of A01 to Clear"),
    ItemField.GAP: ("What is weak", "Edit gap of A01"),
    ItemField.REFERENCE: ("A99", "Set reference of A01 to A99"),
    ItemField.TITLE: ("Better plans", "Set item of A01 to Better plans"),
    ItemField.GUIDANCE: ("Look at audits", "Edit what good looks like of A01"),
    ItemField.KIND: (Kind.CASE_SAMPLE, "Set kind of A01 to Case sample"),
    ItemField.DUE_RULE: ("Day  2", "Set due rule of A01 to Day  2"),
    ItemField.CURRENCY: (12, "Set currency rule of A01 to 12 months"),
}


@pytest.mark.parametrize("field", ItemField)
def test_that_every_field_can_be_edited_and_put_back(workspace, field):
    value, label = EDITS[field]
    before, texts = board_of(workspace), workspace.read(read_narratives)
    first = id_of(workspace, "A01")
    changes = workspace.run(edit_items, [first], [ItemEdit(field, value)])
    assert changes.label == label
    assert changes.of("item") == {first}
    assert changes.ids.keys() == ({"item", "review"} if field is ItemField.STATUS else {"item"})
    row, narratives = (
        (next(r for r in board_of(workspace).items if r.id == first)),
        workspace.read(read_narratives)[first],
    )
    names = {ItemField.DUE: "due_override"}
    found = getattr(row, names.get(field, str(field.value)), None)
    if found is None:
        found = getattr(narratives, str(field.value))
    assert found == ("day 2" if field is ItemField.DUE_RULE else value)
    workspace.run(undo)
    assert timeless(board_of(workspace)) == timeless(before)
    assert workspace.read(read_narratives) == texts


@pytest.mark.parametrize(
    "field", [ItemField.OWNER, ItemField.SERVICE, ItemField.DUE, ItemField.DUE_RULE, ItemField.GAP]
)
def test_that_a_field_can_be_cleared(workspace, field):
    value, _ = EDITS[field]
    first = id_of(workspace, "A01")
    workspace.run(edit_items, [first], [ItemEdit(field, value)])
    empty = None if field is ItemField.DUE else ""
    changes = workspace.run(edit_items, [first], [ItemEdit(field, empty)])
    expected = "Edit gap of A01" if field is ItemField.GAP else f"Clear {field.label.lower()} of A01"
    assert changes.label == expected
    assert changes.step_id is not None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (ItemField.STATUS, None, "Status cannot be empty"),
        (ItemField.STATUS, "drafted", "is not what status can be"),
        (ItemField.STATUS, Priority.ESSENTIAL, "“Essential” is not what status can be"),
        (ItemField.PRIORITY, 3, "is not what priority can be"),
        (ItemField.KIND, None, "Kind cannot be empty"),
        (ItemField.OWNER, None, "Owner cannot be empty"),
        (ItemField.OWNER, True, "is not what owner can be"),
        (ItemField.DUE, "2021-09-13", "is not what due can be"),
        (ItemField.DUE, datetime(2021, 9, 13, tzinfo=UTC), "is not what due can be"),
        (ItemField.DUE, date(9999, 1, 1), "between 1900 and 2900"),
        (ItemField.DUE_RULE, "whenever", "is not a due rule"),
        (ItemField.REFERENCE, " ", "Reference cannot be empty"),
        (ItemField.TITLE, "", "Item cannot be empty"),
        (ItemField.TITLE, "x" * 301, "too long"),
        (ItemField.GAP, "x" * 200_001, "too long"),
    ],
)
def test_that_a_value_a_field_cannot_take_is_refused(workspace, field, value, said):
    refuses(workspace, BadValue, said, edit_items, [id_of(workspace, "A01")], [STATUS, ItemEdit(field, value)])


def test_that_several_items_take_one_value_as_one_step(workspace):
    ids = [id_of(workspace, name) for name in ("A01", "B01")]
    before = board_of(workspace)
    changes = workspace.run(edit_items, ids, [STATUS])
    assert (changes.label, changes.of("item")) == ("Set status of 2 items to Drafted", frozenset(ids))
    assert [row.status for row in board_of(workspace).items] == [
        ItemStatus.DRAFTED, ItemStatus.NOT_STARTED, ItemStatus.NOT_STARTED, ItemStatus.DRAFTED,
    ]  # fmt: skip
    workspace.run(undo)
    assert [row.status for row in board_of(workspace).items] == [row.status for row in before.items]


def test_that_cells_take_values_of_their_own_as_one_step(workspace):
    first, second = id_of(workspace, "A01"), id_of(workspace, "A02")
    cells = {first: [STATUS], second: [STATUS, ItemEdit(ItemField.OWNER, "Director of Education")]}
    assert workspace.run(edit_cells, cells, "Paste 3 cells").label == "Paste 3 cells"
    assert (item(workspace, "A02").owner, item(workspace, "A01").owner) == ("Director of Education", "")
    different = {first: [ItemEdit(ItemField.OWNER, "a")], second: [ItemEdit(ItemField.OWNER, "b")]}
    assert workspace.run(edit_cells, different).label == "Edit owner of 2 items"
    assert workspace.run(edit_cells, {first: cells[second]}).label == "Edit A01"


def test_that_what_is_so_already_makes_no_step(workspace):
    first = id_of(workspace, "A01")
    workspace.run(edit_items, [first], [STATUS])
    before = everything(workspace)
    changes = workspace.run(edit_items, [first], [STATUS])
    assert (changes.step_id, changes.ids) == (None, {})
    assert everything(workspace) == before
    assert workspace.run(edit_items, [], [STATUS]).step_id is None


def test_that_what_was_removed_is_not_edited_moved_or_removed_again(workspace):
    first, area = id_of(workspace, "A01"), id_of(workspace, "B")
    workspace.run(remove_items, [first])
    for id_ in (first, NOBODY):
        refuses(workspace, NotFound, "no longer exists", edit_items, [id_of(workspace, "A02"), id_], [STATUS])
        refuses(workspace, NotFound, "no longer exists", remove_items, [id_])
        refuses(workspace, NotFound, "no longer exists", move_items, [id_], area)
        refuses(workspace, NotFound, "no longer exists", move_items, [id_of(workspace, "A02"), id_], area)
    refuses(workspace, NotFound, "item no longer exists", restore_items, [NOBODY])
    refuses(workspace, NotFound, "area no longer exists", add_item, NOBODY, ItemDraft("X01", "x"))
    refuses(workspace, NotFound, "area no longer exists", move_items, [id_of(workspace, "A02")], NOBODY)


def test_that_an_item_is_added_where_it_is_wanted(workspace):
    area = id_of(workspace, "A")
    draft = ItemDraft(
        " A  1a ", " Between ", "Audits", Kind.INTERVIEW, " Head of SEND ", "SEND", "Day 2", Priority.ESSENTIAL
    )
    changes = workspace.run(add_item, area, draft, id_of(workspace, "A02"))
    assert changes.label == "Add A 1a"
    assert order(workspace) == ["A01", "A 1a", "A02", "A03", "B01"]
    row = item(workspace, "A 1a")
    assert changes.of("item") == {row.id}
    assert (row.title, row.owner, row.due_rule, row.priority) == (
        "Between",
        "Head of SEND",
        "day 2",
        Priority.ESSENTIAL,
    )
    assert (row.status, row.kind, row.area_id) == (ItemStatus.NOT_STARTED, Kind.INTERVIEW, area)
    assert row.changed_at is None
    workspace.run(add_item, area, ItemDraft("A04", "Last", due_rule=""))
    assert order(workspace) == ["A01", "A 1a", "A02", "A03", "A04", "B01"]
    assert item(workspace, "A04").due_rule == ""


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (ItemDraft("A01", "Twin"), "There is an item A01 already"),
        (ItemDraft("", "x"), "Reference cannot be empty"),
        (ItemDraft("X01", "  "), "Item cannot be empty"),
        (ItemDraft("X01", "x", due_rule="whenever"), "is not a due rule"),
        (ItemDraft("X" * 301, "x"), "too long"),
    ],
)
def test_that_an_item_that_cannot_be_is_refused(workspace, draft, said):
    refuses(workspace, BadValue, said, add_item, id_of(workspace, "A"), draft)


def test_that_a_reference_freed_by_removing_may_be_used_again(workspace):
    workspace.run(remove_items, [id_of(workspace, "A01")])
    workspace.run(add_item, id_of(workspace, "A"), ItemDraft("A01", "New"))
    assert item(workspace, "A01").title == "New"


def test_that_items_move_together_and_keep_their_order(workspace):
    ids = {name: id_of(workspace, name) for name in ("A01", "A02", "A03", "B01")}
    before = board_of(workspace)
    changes = workspace.run(move_items, [ids["A03"], ids["A01"]], id_of(workspace, "B"), ids["B01"])
    assert changes.label == "Move 2 items"
    assert order(workspace) == ["A02", "A03", "A01", "B01"]
    workspace.run(undo)
    assert order(workspace) == [row.reference for row in before.items]
    workspace.run(move_items, [ids["A01"]], id_of(workspace, "A"))
    assert order(workspace) == ["A02", "A03", "A01", "B01"]


def test_that_items_dropped_onto_themselves_stay_where_they_are(workspace):
    ids = [id_of(workspace, name) for name in ("A01", "A02")]
    workspace.run(move_items, ids, id_of(workspace, "A"), ids[0])
    assert order(workspace) == ["A01", "A02", "A03", "B01"]
    workspace.run(move_items, ids, id_of(workspace, "A"), ids[1])
    assert order(workspace) == ["A01", "A02", "A03", "B01"]


def test_that_items_stay_within_their_inspection(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        board = board_of(workspace)
        other = next(row.id for row in board.areas if row.inspection_id == board.inspections[1].id)
        refuses(workspace, BadValue, "stay within their inspection", move_items, [id_of(workspace, "A01")], other)


def test_that_removed_items_come_back_where_they_were(workspace):
    before = board_of(workspace)
    ids = [id_of(workspace, name) for name in ("A02", "B01")]
    changes = workspace.run(remove_items, ids)
    assert (changes.label, changes.of("item")) == ("Remove 2 items", frozenset(ids))
    assert order(workspace) == ["A01", "A03"]
    assert board_of(workspace).removed == 2
    assert workspace.run(restore_items, ids[:1]).label == "Restore A02"
    assert order(workspace) == ["A01", "A02", "A03"]
    workspace.run(restore_items, ids)
    assert [(row.id, row.rank) for row in board_of(workspace).items] == [(row.id, row.rank) for row in before.items]
    assert workspace.run(restore_items, ids).step_id is None


def test_that_an_item_of_a_removed_inspection_brings_it_back(workspace):
    board = board_of(workspace)
    workspace.run(remove_inspection, board.inspections[0].id)
    assert board_of(workspace).inspections == ()
    assert board_of(workspace).removed == 4
    workspace.run(restore_items, [board.items[0].id])
    again = board_of(workspace)
    assert again.inspections == board.inspections
    assert [row.reference for row in again.items] == ["A01"]
    assert [row.code for row in again.areas] == ["A"]


def test_that_an_item_is_found_by_its_reference_in_any_case_and_no_pattern(workspace):
    for text in ("A01", "a01", " A01 "):
        assert workspace.read(find_by_reference, text) == id_of(workspace, "A01")
    workspace.run(edit_items, [id_of(workspace, "A02")], [ItemEdit(ItemField.REFERENCE, "Ŷ01")])
    for text in ("Ŷ01", "ŷ01"):
        assert workspace.read(find_by_reference, text) == id_of(workspace, "Ŷ01")
    for text in ("%", "A0_", "A0%", "", "Z99"):
        with pytest.raises(BadValue, match="There is no item"):
            workspace.read(find_by_reference, text)


def test_that_a_reference_in_two_inspections_needs_one_named(tmp_path):
    with found_council(tmp_path / "w", frameworks=(FRAMEWORK, OTHER)) as workspace:
        with pytest.raises(BadValue, match="2 items have the reference B01"):
            workspace.read(find_by_reference, "B01")
        inspection = board_of(workspace).inspections[1].id
        found = workspace.read(find_by_reference, "B01", inspection)
        assert {row.id: row.inspection_id for row in board_of(workspace).items}[found] == inspection


def test_that_two_items_of_an_inspection_never_share_a_reference(workspace):
    first, second = board_of(workspace).items[:2]
    with pytest.raises(BadValue, match=f"There is an item {second.reference} already"):
        workspace.run(edit_items, [first.id], [ItemEdit(ItemField.REFERENCE, second.reference)])
    with pytest.raises(BadValue, match="There is an item X01 already"):
        workspace.run(edit_items, [first.id, second.id], [ItemEdit(ItemField.REFERENCE, "X01")])
    workspace.run(edit_items, [first.id], [ItemEdit(ItemField.REFERENCE, first.reference)])
