"""The sentence that opens each page, the orders, and the places a line can belong to."""

from datetime import date

from action_rows import action, finding
from checklist_boards import board, item

from readiness.domain.actions import action_lines, finding_lines
from readiness.domain.vocabulary import ActionStatus, FindingStatus, ImpactLevel
from ui.models.places import EVERYWHERE, Place, Places, places_of
from ui.models.register_words import (
    BY_DUE,
    BY_OWNER,
    WORST_FIRST,
    in_order,
    say_action_counts,
    say_finding_counts,
    say_scrutiny_counts,
)

BOARD = board([item(1), item(1, "i2-A")], "A", "B", inspections=2)
LINES = action_lines(
    [
        action("x1", due=date(2021, 9, 1), owner="b"),
        action("x2", due=date(2021, 4, 1), owner=""),
        action("x3", status=ActionStatus.DONE, due=None, owner="A"),
        action("x4", status=ActionStatus.DONE, impact_level=ImpactLevel.EARLY, due=date(2021, 1, 1), owner="c"),
    ],
    BOARD,
)


def ids(lines):
    return [line.id for line in lines]


def test_that_a_sentence_says_how_actions_stand():
    assert say_action_counts(LINES, 4) == "4 actions · 1 overdue · 2 done, 1 of them without impact"
    assert say_action_counts(LINES[:1], 4) == "1 of 4 actions"
    assert say_action_counts((), 0) == "0 actions"


def test_that_a_sentence_says_what_is_still_owed_to_members():
    assert say_scrutiny_counts(LINES, 4) == "4 commitments · 2 open, 1 overdue"
    assert say_scrutiny_counts((), 3) == "0 of 3 commitments"


def test_that_a_sentence_says_what_became_of_findings():
    rows = finding_lines([finding("f1"), finding("f2", status=FindingStatus.PROVEN)], (), BOARD)
    assert say_finding_counts(rows, 2) == "2 findings · 1 open · 1 impact proven"


def test_that_lines_stand_as_people_put_them_or_in_an_order_that_is_chosen():
    assert ids(in_order(LINES, "")) == ["x1", "x2", "x3", "x4"]
    assert ids(in_order(LINES, BY_DUE)) == ["x4", "x2", "x1", "x3"]
    assert ids(in_order(LINES, BY_OWNER)) == ["x3", "x1", "x4", "x2"]
    assert ids(in_order(LINES, WORST_FIRST)) == ["x2", "x1", "x4", "x3"]


def test_that_no_two_places_are_called_alike():
    places = places_of(BOARD)
    assert list(places)[:4] == [EVERYWHERE, "Inspection 1", "Area A Area of A (Inspection 1)", "RV-A01 Item 1 of A"]
    assert "RV-A01 Item 1 of A (Inspection 2)" in places
    assert len(set(places.values())) == len(places) == 1 + 2 + 4 + 2
    assert places_of(BOARD, "i2", with_items=False)["Area B Area of B"] == Place(area_id="i2-B")


def test_that_a_place_is_known_by_its_words_and_the_other_way_round():
    places = places_of(BOARD)
    at_item, at_area, nowhere = action_lines(
        [action("x1", item_id="i2-A-1"), action("x2", area_id="i1-B"), action("x3", inspection_id="")], BOARD
    )
    assert [places.words_of(line) for line in (at_item, at_area, nowhere)] == [
        "RV-A01 Item 1 of A (Inspection 2)",
        "Area B Area of B (Inspection 1)",
        EVERYWHERE,
    ]
    assert places.words_for(Place(inspection_id="i1")) == "Inspection 1"
    assert Places().words_of(at_item) == "RV-A01 Item 1 of A"
    assert Place(item_id="x").given == {"item_id": "x"}
