"""Actions: delivery and impact told apart, the board's three questions, the chain, and what became of findings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from action_rows import SOON, TODAY, action, actions, finding
from domain_rows import AREAS, CALENDAR, board, item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.actions import (
    QUESTIONS,
    action_lines,
    chains,
    count_actions,
    delivery,
    explain_delivery,
    explain_finding,
    finding_lines,
    finding_rating,
    findings_in_range,
    in_range,
    say_actions,
    three_questions,
)
from readiness.domain.vocabulary import ActionStatus, Delivery, FindingStatus, ImpactLevel, Rating

YESTERDAY = TODAY - timedelta(days=1)
BOARD = board([item("y1", area=AREAS[0]), item("y2", area=AREAS[1]), item("y3", area=AREAS[2])])


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        (ActionStatus.PLANNED, YESTERDAY, Delivery.OVERDUE),
        (ActionStatus.IN_HAND, TODAY, Delivery.DUE_SOON),
        (ActionStatus.IN_HAND, SOON, Delivery.DUE_SOON),
        (ActionStatus.IN_HAND, SOON + timedelta(days=1), Delivery.ON_COURSE),
        (ActionStatus.PLANNED, None, Delivery.NO_DATE),
        (ActionStatus.DONE, YESTERDAY, Delivery.DONE),
        (ActionStatus.STOPPED, YESTERDAY, Delivery.STOPPED),
    ],
)
def test_that_delivery_follows_status_and_day(status, due, expected):
    assert delivery(action(status=status, due=due), TODAY, SOON) is expected


@given(actions, st.sampled_from(ImpactLevel), st.text(max_size=20))
def test_that_impact_plays_no_part_in_delivery(row, level, told):
    other = replace(row, impact_level=level, impact=told)
    assert delivery(other, TODAY, SOON) is delivery(row, TODAY, SOON)


@given(actions)
def test_that_no_later_day_makes_a_delivery_better(row):
    order = list(Delivery)
    later = delivery(row, TODAY + timedelta(days=30), SOON + timedelta(days=30))
    assert order.index(later) <= order.index(delivery(row, TODAY, SOON))


def test_that_every_delivery_has_a_shape_and_a_word_of_its_own():
    assert len({each.label for each in Delivery}) == len(Delivery)
    assert {each.rating for each in Delivery} == set(Rating)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"due": date(2021, 2, 24)}, "3 working days late, in hand"),
        ({"due": date(2021, 2, 28)}, "1 working day late, in hand"),
        ({"due": TODAY, "status": ActionStatus.PLANNED}, "due today, planned"),
        ({"due": date(2021, 3, 2)}, "due in 1 working day, in hand"),
        ({"due": None}, "in hand, nobody said by when"),
        ({"status": ActionStatus.STOPPED}, "it was stopped"),
    ],
)
def test_that_a_delivery_explains_itself(given, said):
    assert explain_delivery(action(**given), TODAY, CALENDAR) == said


def test_that_the_board_asks_its_three_questions():
    assert QUESTIONS == ("Is it done?", "With what impact?", "Is it sustained?")
    done = action(status=ActionStatus.DONE, impact="Fewer plans\ncome back.", impact_level=ImpactLevel.SUSTAINED)
    found = three_questions(done, TODAY)
    assert (found.done, found.impact, found.sustained) == ("Yes.", "Clear and lasting: Fewer plans come back.", "Yes.")


@pytest.mark.parametrize(
    ("given", "done"),
    [
        ({"due": YESTERDAY}, "Not yet: in hand, overdue since 28 Feb 2021."),
        ({"due": TODAY}, "Not yet: in hand, due 1 Mar 2021."),
        ({"due": None, "status": ActionStatus.PLANNED}, "Not yet: planned, no date is set."),
        ({"status": ActionStatus.STOPPED}, "No: it was stopped."),
    ],
)
def test_that_what_is_not_done_says_how_far_it_is(given, done):
    assert three_questions(action(**given), TODAY).done == done


@given(actions)
def test_that_only_a_lasting_impact_is_sustained_and_every_answer_is_a_sentence(row):
    found = three_questions(row, TODAY)
    assert (found.sustained == "Yes.") == (row.impact_level is ImpactLevel.SUSTAINED)
    assert all(each.endswith((".", "back")) for each in (found.done, found.impact, found.sustained))


def test_that_a_claimed_impact_without_words_is_said_to_be_one():
    found = three_questions(action(impact_level=ImpactLevel.CLEAR), TODAY)
    assert found.impact == "Clear, but nothing is written that says so."


def lines(*rows):
    return action_lines(rows, BOARD)


def test_that_an_action_goes_with_its_item_into_another_area():
    (line,) = lines(action(area_id=AREAS[0].id, item_id="y2"))
    assert (line.area, line.item.id, line.reference) == (AREAS[1], "y2", "A01")


def test_that_an_action_outlives_its_item_and_its_area_but_not_its_inspection():
    orphan, without_area, gone, everywhere = (
        lines(action(area_id=AREAS[0].id, item_id="removed")),
        lines(action(area_id="removed")),
        lines(action(inspection_id="removed")),
        lines(action(inspection_id="")),
    )
    assert (orphan[0].area, orphan[0].item, orphan[0].reference) == (AREAS[0], None, "A")
    assert (without_area[0].inspection.id, without_area[0].area) == ("i1", None)
    assert gone == ()
    assert (everywhere[0].inspection, everywhere[0].reference) == (None, "")


def test_that_an_area_shows_the_chain_from_action_to_children():
    rows = lines(
        action("x1", item_id="y1", status=ActionStatus.DONE, practice="Two readers a plan.", impact="Fewer come back.",
               impact_level=ImpactLevel.EARLY),
        action("x2", area_id=AREAS[0].id, status=ActionStatus.DONE, practice="Two readers."),
        action("x3", area_id=AREAS[0].id, status=ActionStatus.DONE),
        action("x4", area_id=AREAS[0].id),
        action("x5", area_id=AREAS[0].id, status=ActionStatus.STOPPED),
        action("x6", area_id=AREAS[1].id),
    )  # fmt: skip
    found = chains(AREAS[0], rows)
    assert [chain.line.id for chain in found] == ["x1", "x2", "x3", "x4"]
    assert [chain.missing for chain in found] == [
        "",
        "no difference for children is shown",
        "no change in practice is written",
        "the action is not done",
    ]


@given(st.lists(actions, max_size=8))
def test_that_counts_add_up_and_name_what_is_done_without_impact(rows):
    found = lines(*rows)
    counts = count_actions(found)
    assert counts.total == len(rows) == sum(counts.by_delivery.values()) == sum(counts.by_level.values())
    assert counts.unshown <= counts.by_delivery[Delivery.DONE]
    assert (not found) == (say_actions(found) == "")


@pytest.mark.parametrize(
    ("status", "rows", "rating", "said"),
    [
        (FindingStatus.OPEN, [], Rating.OFF_TRACK, "open, and no action answers it"),
        (FindingStatus.OPEN, [{}], Rating.AT_RISK, "open; 1 action"),
        (FindingStatus.OPEN, [{}, {"due": YESTERDAY}], Rating.OFF_TRACK, "open; 2 actions, 1 overdue"),
        (FindingStatus.OPEN, [{"status": ActionStatus.STOPPED}], Rating.OFF_TRACK, "open; 1 action, 1 stopped"),
        (FindingStatus.ACTED_ON, [], Rating.ON_TRACK, "acted on; its effect is still to be proven"),
        (FindingStatus.PROVEN, [], Rating.COMPLETE, "what was done has shown its effect"),
        (FindingStatus.CLOSED, [], Rating.COMPLETE, "closed, but nothing is written that proves it"),
    ],
)
def test_that_a_finding_says_what_became_of_it(status, rows, rating, said):
    found = lines(*(action(f"x{number}", **each) for number, each in enumerate(rows)))
    assert finding_rating(finding(status=status), found) is rating
    assert explain_finding(finding(status=status), found) == said


def test_that_a_proven_finding_says_when_it_was_tested():
    row = finding(status=FindingStatus.PROVEN, tested_on=TODAY)
    assert explain_finding(row, ()) == "what was done has shown its effect, tested on 1 Mar 2021"


def test_that_findings_know_the_actions_that_answer_them():
    rows = lines(action("x1", finding_id="f1"), action("x2"), action("x3", finding_id="f2"))
    first, second, third = finding_lines(
        [finding("f1"), finding("f2", area_id=AREAS[1].id), finding("f3", inspection_id="i2")], rows, BOARD
    )
    assert [line.id for line in first.actions] == ["x1"]
    assert (second.area, second.reference) == (AREAS[1], "B")
    assert (third.inspection.id, third.actions) == ("i2", ())
    assert finding_lines([finding(inspection_id="removed")], rows, BOARD) == ()


def test_that_what_belongs_to_something_hidden_is_left_out():
    shown = replace(BOARD, items=BOARD.items[:1], areas=BOARD.areas[:1], inspections=BOARD.inspections[:1])
    rows = lines(
        action("x1", item_id="y1"), action("x2", item_id="y2"), action("x3", area_id=AREAS[0].id),
        action("x4", area_id=AREAS[1].id), action("x5"), action("x6", inspection_id="i2"),
        action("x7", inspection_id=""),
    )  # fmt: skip
    assert [line.id for line in in_range(rows, shown)] == ["x1", "x3", "x5", "x7"]
    points = finding_lines(
        [finding("f1"), finding("f2", area_id=AREAS[1].id), finding("f3", inspection_id="i2")], rows, BOARD
    )
    assert [line.id for line in findings_in_range(points, shown)] == ["f1"]
