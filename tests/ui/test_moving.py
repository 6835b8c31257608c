"""Where items and areas go when they are moved by one place, and the next free reference."""

from checklist_boards import board, item

from ui.models.moving import Target, area_target, item_target, next_reference

BOARD = board([item(1), item(2), item(3), item(1, "i1-B"), item(2, "i1-B")], "A", "B", "C")
A1, A2, A3, B1, B2 = BOARD.items
SEEN = BOARD.items


def test_that_an_item_passes_its_neighbour():
    assert item_target([A2], SEEN, BOARD, up=True) == Target("i1-A", A1.id)
    assert item_target([A1], SEEN, BOARD, up=False) == Target("i1-A", A3.id)
    assert item_target([A2], SEEN, BOARD, up=False) == Target("i1-A", None)


def test_that_several_items_keep_together():
    assert item_target([A1, A2], SEEN, BOARD, up=False) == Target("i1-A", None)
    assert item_target([A2, A3], SEEN, BOARD, up=True) == Target("i1-A", A1.id)


def test_that_an_item_goes_on_into_the_next_area():
    assert item_target([A3], SEEN, BOARD, up=False) == Target("i1-B", B1.id)
    assert item_target([B1], SEEN, BOARD, up=True) == Target("i1-A", None)
    assert item_target([B2], SEEN, BOARD, up=False) == Target("i1-C", None)


def test_that_there_is_no_place_above_the_first_area():
    assert item_target([A1], SEEN, BOARD, up=True) is None


def test_that_items_that_are_filtered_away_are_passed_over():
    assert item_target([A3], [A1, A3], BOARD, up=True) == Target("i1-A", A1.id)
    assert item_target([A1], [A1, A3], BOARD, up=False) == Target("i1-A", None)


def test_that_areas_move_within_their_inspection():
    a, b, c = BOARD.areas
    assert area_target(b, BOARD, up=True) == (True, a.id)
    assert area_target(a, BOARD, up=False) == (True, c.id)
    assert area_target(b, BOARD, up=False) == (True, None)
    assert area_target(a, BOARD, up=True) == (False, None)
    assert area_target(c, BOARD, up=False) == (False, None)


def test_that_a_new_reference_counts_on():
    a, _, c = BOARD.areas
    assert next_reference(a, BOARD) == "RV-A04"
    assert next_reference(c, BOARD) == "C01"
