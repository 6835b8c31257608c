"""Which actions and findings a filter lets pass."""

from action_rows import action, actions, finding
from domain_rows import AREAS, board, item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.action_filters import ActionFilter, FindingFilter, passes_action, passes_finding
from readiness.domain.actions import action_lines, finding_lines
from readiness.domain.vocabulary import ActionSource, ActionStatus, Delivery, FindingStatus, ImpactLevel, Rating

BOARD = board([item("y1"), item("y2", area=AREAS[2])])


def line(**given):
    return action_lines([action(**given)], BOARD)[0]


def point(**given):
    return finding_lines([finding(**given)], (), BOARD)[0]


@given(actions)
def test_that_an_empty_filter_lets_every_action_pass(row):
    assert ActionFilter().is_empty
    assert passes_action(action_lines([row], BOARD)[0], ActionFilter())


def test_that_each_field_of_a_filter_lets_only_its_own_pass():
    row = line(item_id="y1", source=ActionSource.SCRUTINY, origin="Scrutiny commission, 12 Mar 2021")
    for inside, outside in (
        (ActionFilter(text="scrutiny a01"), ActionFilter(text="scrutiny z")),
        (ActionFilter(inspections=("i1",)), ActionFilter(inspections=("i2",))),
        (ActionFilter(areas=(AREAS[0].id,)), ActionFilter(areas=(AREAS[1].id,))),
        (ActionFilter(deliveries=(Delivery.ON_COURSE,)), ActionFilter(deliveries=(Delivery.OVERDUE,))),
        (ActionFilter(statuses=(ActionStatus.IN_HAND,)), ActionFilter(statuses=(ActionStatus.DONE,))),
        (ActionFilter(levels=(ImpactLevel.NONE_YET,)), ActionFilter(levels=(ImpactLevel.CLEAR,))),
        (ActionFilter(owners=("Head of SEND",)), ActionFilter(owners=("",))),
        (ActionFilter(sources=(ActionSource.SCRUTINY,)), ActionFilter(sources=(ActionSource.AUDIT,))),
        (ActionFilter(actions=("x1",)), ActionFilter(actions=("x2",))),
    ):
        assert passes_action(row, inside)
        assert not passes_action(row, outside)
        assert not inside.is_empty


def test_that_what_belongs_to_no_inspection_concerns_each():
    assert passes_action(line(inspection_id=""), ActionFilter(inspections=("i2",)))
    assert passes_finding(point(inspection_id=""), FindingFilter(inspections=("i2",)))


def test_that_findings_are_filtered_alike():
    row = point(area_id=AREAS[0].id)
    for inside, outside in (
        (FindingFilter(text="POINT 2018"), FindingFilter(text="2017")),
        (FindingFilter(inspections=("i1",)), FindingFilter(inspections=("i2",))),
        (FindingFilter(areas=(AREAS[0].id,)), FindingFilter(areas=(AREAS[1].id,))),
        (FindingFilter(statuses=(FindingStatus.OPEN,)), FindingFilter(statuses=(FindingStatus.CLOSED,))),
        (FindingFilter(ratings=(Rating.OFF_TRACK,)), FindingFilter(ratings=(Rating.COMPLETE,))),
        (FindingFilter(owners=("Head of SEND",)), FindingFilter(owners=("",))),
        (FindingFilter(origins=("Local area inspection 2018",)), FindingFilter(origins=("",))),
        (FindingFilter(findings=("f1",)), FindingFilter(findings=("f2",))),
    ):
        assert passes_finding(row, inside)
        assert not passes_finding(row, outside)
        assert not inside.is_empty


@given(st.lists(actions, max_size=6), st.sampled_from(Delivery), st.sampled_from(["", "head", "x3 action"]))
def test_that_fields_combine_with_and(rows, wanted, text):
    found = action_lines(rows, BOARD)
    both = [each.id for each in found if passes_action(each, ActionFilter(text=text, deliveries=(wanted,)))]
    one = [
        each.id
        for each in found
        if passes_action(each, ActionFilter(text=text)) and passes_action(each, ActionFilter(deliveries=(wanted,)))
    ]
    assert both == one
