"""The checklist's model: what it shows, hides, folds and says, and that it writes nothing itself."""

from dataclasses import replace
from datetime import date

import pytest
from checklist_boards import AFTER, BEFORE, DAY, board, item
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from readiness.domain.calendar import WorkingDays
from readiness.domain.filters import ItemFilter, passes
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority, Rating
from ui.models.item_columns import COLUMNS, NUMBERS
from ui.models.item_rows import AreaHead, InspectionHead, Outline
from ui.models.item_table import ItemTable, ItemTableRole

ALL = ItemFilter()
ITEM, STATUS, DUE = NUMBERS["item"], NUMBERS["status"], NUMBERS["due"]
SMALL = board([item(1), item(2, owner="Headteacher"), item(1, "i1-B"), item(2, "i1-B")], "A", "B")


@pytest.fixture
def table(qtbot):
    model = ItemTable()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_board(SMALL, ALL, "i1")
    return model


def shown(model: ItemTable) -> list[str]:
    return [row.id for row in model.rows]


def test_that_areas_stand_above_their_items(table):
    assert shown(table) == ["i1-A", "i1-A-1", "i1-A-2", "i1-B", "i1-B-1", "i1-B-2"]


def test_that_all_inspections_stand_under_headings_of_their_own(table):
    two = board([item(1), item(1, "i2-A")], "A", inspections=2)
    table.show_board(two, ALL, None)
    assert shown(table) == ["i1", "i1-A", "i1-A-1", "i2", "i2-A", "i2-A-1"]
    assert isinstance(table.rows[0], InspectionHead)


def test_that_an_area_without_a_match_leaves_but_an_empty_one_stands_when_nothing_is_filtered(table):
    table.show_board(SMALL, ItemFilter(text="headteacher"), "i1")
    assert shown(table) == ["i1-A", "i1-A-2"]
    empty = board([item(1)], "A", "B")
    table.show_board(empty, ALL, "i1")
    assert shown(table) == ["i1-A", "i1-A-1", "i1-B"]
    table.show_board(empty, ItemFilter(areas=("i1-B",)), "i1")
    assert shown(table) == ["i1-B"]


def test_that_an_area_carries_the_readiness_of_all_its_items_whatever_is_filtered(table):
    half = board([item(1, status=ItemStatus.SIGNED_OFF), item(2)], "A")
    table.show_board(half, ItemFilter(statuses=(ItemStatus.SIGNED_OFF,)), "i1")
    head = table.rows[0]
    assert isinstance(head, AreaHead)
    assert (head.readiness, head.items, head.shown) == (50.0, 2, 1)


def test_that_folding_hides_rows_but_not_from_what_is_exported(table):
    table.set_open(["i1-A"], False)
    assert shown(table) == ["i1-A", "i1-B", "i1-B-1", "i1-B-2"]
    assert len(table.visible_items()) == 4
    table.open_all(False)
    assert shown(table) == ["i1-A", "i1-B"]
    table.open_all(True)
    assert len(shown(table)) == 6


def test_that_a_changed_item_is_painted_again_without_losing_the_others(table):
    reset, changed = QSignalSpy(table.modelReset), QSignalSpy(table.dataChanged)
    other = replace(SMALL.items[1], status=ItemStatus.CHECKED)
    table.show_board(replace(SMALL, items=(SMALL.items[0], other, *SMALL.items[2:])), ALL, "i1")
    assert reset.count() == 0
    assert sorted(changed.at(number)[0].row() for number in range(changed.count())) == [0, 2]  # its heading, and it


def test_that_an_edit_is_asked_for_and_not_made(table, qtbot):
    cell = table.index(1, STATUS)
    with qtbot.waitSignal(table.edit_requested) as asked:
        assert table.setData(cell, ItemStatus.DRAFTED)
    ids, edit = asked.args
    assert ids == ("i1-A-1",)
    assert (edit.field, edit.value) == (ItemField.STATUS, ItemStatus.DRAFTED)
    assert cell.data(Qt.ItemDataRole.EditRole) is ItemStatus.NOT_STARTED


def test_that_headings_and_what_is_worked_out_cannot_be_edited(table):
    editable = Qt.ItemFlag.ItemIsEditable
    assert not table.flags(table.index(0, ITEM)) & editable
    assert not table.flags(table.index(1, NUMBERS["rating"])) & editable
    assert not table.setData(table.index(0, ITEM), "other")
    assert table.flags(table.index(1, ITEM)) & editable


def test_that_a_screen_reader_hears_the_whole_row(table):
    row = item(2, "i1-A", title="Audit results over time", status=ItemStatus.DRAFTED, due=date(2021, 5, 6), owner="")
    table.show_board(board([row], "A"), ALL, "i1")
    said = table.index(1, ITEM).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "RV-A02, Audit results over time, Drafted, At risk, due 6 May 2021, 1 piece of evidence"
    assert table.index(1, STATUS).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Status Drafted, RV-A02")
    assert "1 of 1 item shown" in table.index(0, ITEM).data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_the_editor_of_a_date_starts_with_what_was_set_by_hand(table):
    assert table.index(1, DUE).data(Qt.ItemDataRole.EditRole) is None
    assert table.index(1, DUE).data() == "30 Apr 2021"


def test_that_the_rating_explains_itself(table):
    tip = table.index(1, NUMBERS["rating"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "At risk: due in 4 working days, not started"


def test_that_the_rating_counts_without_the_days_on_which_the_council_is_closed(table):
    shown = replace(board([item(1)], "A"), calendar=WorkingDays(frozenset({date(2021, 4, 28)})))
    table.show_board(shown, ALL, "i1")
    tip = table.index(1, NUMBERS["rating"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "At risk: due in 3 working days, not started"


def test_that_items_changed_since_the_last_visit_are_known(table):
    table.changed_since = BEFORE
    assert table.is_changed(item(1, changed_at=AFTER))
    assert not table.is_changed(item(1, changed_at=None))
    table.changed_since = AFTER
    assert not table.is_changed(item(1, changed_at=BEFORE))


def test_that_every_row_gives_itself_and_its_place(table):
    for number, row in enumerate(table.rows):
        assert table.index(number, 0).data(ItemTableRole.ROW) is row
        assert table.place_of(row.id) == number
    assert table.place_of("elsewhere") is None


items = st.lists(
    st.builds(
        lambda number, where, status, priority, owner: (number, where, status, priority, owner),
        st.integers(1, 60),
        st.sampled_from(["i1-A", "i1-B", "i2-A", "i2-B"]),
        st.sampled_from(ItemStatus),
        st.sampled_from(Priority),
        st.sampled_from(["", "Head of SEND", "Headteacher"]),
    ),
    max_size=30,
    unique_by=lambda each: each[:2],
)
filters = st.builds(
    ItemFilter,
    text=st.sampled_from(["", "head", "of a", "RV-B head", "nothing like it"]),
    statuses=st.lists(st.sampled_from(ItemStatus), max_size=2).map(tuple),
    ratings=st.lists(st.sampled_from(Rating), max_size=2).map(tuple),
    owners=st.sampled_from([(), ("",), ("Headteacher",)]),
    areas=st.sampled_from([(), ("i1-A",), ("i1-B", "i2-A")]),
)


@given(items, filters, st.sampled_from([None, "i1", "i2"]), st.sets(st.sampled_from(["i1", "i1-A", "i2-B"])))
def test_that_filter_and_folding_show_exactly_what_they_say(drawn, chosen, one, closed):
    rows = [item(n, where, status=status, priority=weight, owner=owner) for n, where, status, weight, owner in drawn]
    all_of_it = board(sorted(rows, key=lambda row: row.area_id), "A", "B", inspections=2)
    outline = Outline()
    outline.take(all_of_it)
    left = outline.passing(chosen, one)
    wanted = [
        row.id
        for row in all_of_it.items
        if passes(row, chosen, all_of_it) and (one is None or row.inspection_id == one)
    ]
    assert [row.id for items in left.values() for row in items] == wanted

    laid_out = outline.rows(left, chosen, one, closed)
    seen = [row for row in laid_out if isinstance(row, ItemRow)]
    folded = {*closed} - {"i1", "i2"} | (closed & {"i1", "i2"} if one is None else set())
    assert [row.id for row in seen] == [
        row.id for row in all_of_it.items if row.id in wanted and not {row.area_id, row.inspection_id} & folded
    ]
    heads = [row for row in laid_out if isinstance(row, AreaHead)]
    assert {row.area_id for row in seen} <= {head.id for head in heads}
    assert all(head.shown == len(left[head.id]) for head in heads)
    assert len({row.id for row in laid_out}) == len(laid_out)


def test_that_keys_of_columns_differ_and_one_takes_the_room_that_is_left():
    assert len(NUMBERS) == len(COLUMNS)
    assert [column.key for column in COLUMNS if not column.width] == ["item"]
    assert DAY.year == 2021
