"""Copying to and pasting from Excel: what goes out comes back, and a bad cell refuses the lot."""

from datetime import date

import pytest
from checklist_boards import item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from ui.models.item_columns import COLUMNS, NUMBERS
from ui.models.pasting import _quoted, copied, pasted, read_table

SHOWN = [column for column in COLUMNS if column.is_shown]
ITEMS = [item(number) for number in (1, 2, 3)]
cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1) | st.just('a\t"b"\nc')


def from_column(key: str):
    return COLUMNS[NUMBERS[key] :]


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5))
def test_that_any_table_is_read_as_it_was_written(rows):
    text = "".join("\t".join(_quoted(cell) for cell in row) + "\n" for row in rows)
    assert read_table(text) == rows
    assert read_table(text.rstrip("\n").replace("\n", "\r\n")) == rows or '"' in text


def test_that_copied_items_come_back_as_nothing_to_change():
    assert pasted(copied(ITEMS, SHOWN), ITEMS, ITEMS, SHOWN).cells == {}


def test_that_lines_with_references_find_their_items_in_any_order():
    text = "Reference\tOwner\nRV-A03\tLead C\nRV-A01\tLead A\n"
    made = pasted(text, ITEMS, [], SHOWN)
    assert made.cells == {
        "i1-A-3": [ItemEdit(ItemField.OWNER, "Lead C")],
        "i1-A-1": [ItemEdit(ItemField.OWNER, "Lead A")],
    }
    assert made.label == "Paste 2 values into 2 items"


def test_that_an_unknown_reference_is_named():
    with pytest.raises(BadValue, match="There is no item RV-Z99 from here on"):
        pasted("Reference\tOwner\nRV-Z99\tLead\n", ITEMS, [], SHOWN)


def test_that_lines_go_into_the_items_below_and_cells_into_the_columns_to_the_right():
    made = pasted("Drafted\tAt risk\tLead\nChecked\n", ITEMS, [], from_column("status"))
    assert made.cells["i1-A-1"] == [
        ItemEdit(ItemField.STATUS, ItemStatus.DRAFTED),
        ItemEdit(ItemField.OWNER, "Lead"),
    ]
    assert made.cells["i1-A-2"] == [ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)]


def test_that_what_is_worked_out_cannot_be_pasted():
    with pytest.raises(BadValue, match=r"RV-A01, Rating: Rating is worked out and cannot be set\. Nothing was pasted"):
        pasted("Complete", ITEMS, [], from_column("rating"))


def test_that_more_lines_than_items_are_refused():
    with pytest.raises(BadValue, match="4 lines were copied, but only 3 items"):
        pasted("a\nb\nc\nd\n", ITEMS, [], from_column("owner"))


def test_that_an_empty_clipboard_says_what_to_do():
    with pytest.raises(BadValue, match="Copy cells first"):
        pasted("", ITEMS, [], SHOWN)


def test_that_an_empty_cell_takes_a_date_set_by_hand_away():
    by_hand = item(1, due_override=date(2021, 5, 1), due=date(2021, 5, 1))
    made = pasted("\r\n", [by_hand], [], from_column("due"))
    assert made.cells == {by_hand.id: [ItemEdit(ItemField.DUE, None)]}
