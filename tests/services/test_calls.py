"""Recording the call, its events and the council's closures: dates, one step each, undone as one."""

from dataclasses import replace
from datetime import date

import pytest
from council import DAY, board_of, refuses, timeless

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.notification import Call
from readiness.domain.schemes import Event
from readiness.domain.views import InspectionDraft, ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.frameworks.shipped import find_framework
from readiness.services.boards import read_calendar
from readiness.services.inspections import start_inspection
from readiness.services.items import edit_items
from readiness.services.notification import (
    days_between,
    read_closures,
    record_call,
    record_event,
    set_closures,
    withdraw_call,
)
from readiness.services.queries import step_changes
from readiness.services.undo import redo, undo

CALL = Call(date(2021, 4, 30), "9:05", "four", date(2021, 5, 17), date(2021, 5, 20))


@pytest.fixture
def inspection(workspace):
    return board_of(workspace).inspections[0].id


def due(workspace):
    return {row.reference: (row.due, row.due_text) for row in board_of(workspace).items}


def test_that_the_call_dates_every_item_as_one_step(workspace, inspection):
    before = board_of(workspace)
    changes = workspace.run(record_call, inspection, CALL)
    assert changes.label == "Record the call for Re-visit, 30 Apr 2021"
    (row,) = board_of(workspace).inspections
    assert (row.notified_on, row.notified_at, row.visit) == (CALL.day, "09:05", "four")
    assert (row.on_site_from, row.on_site_to) == (CALL.on_site_from, CALL.on_site_to)
    assert due(workspace) == {
        "A01": (date(2021, 3, 19), "held ready"),
        "A02": (date(2021, 5, 5), "day 3"),
        "A03": (date(2021, 5, 17), "on site"),
        "B01": (date(2021, 5, 7), "day 5"),
    }
    workspace.run(undo)
    assert timeless(board_of(workspace)) == timeless(before)
    workspace.run(redo)
    assert board_of(workspace).inspections == (row,)


def test_that_history_names_the_kind_of_visit(workspace, inspection):
    workspace.run(start_inspection, InspectionDraft(find_framework("ilacs-2018")))
    social_care = board_of(workspace).inspections[1].id
    told = {}
    for id_, visit in ((inspection, "four"), (social_care, "short")):
        step = workspace.run(record_call, id_, replace(CALL, visit=visit)).step_id
        told[visit] = {row.field: row.new for row in workspace.read(step_changes, step)}["Kind of visit"]
    assert told == {"four": "four", "short": "Short inspection"}  # the small framework names none


def test_that_a_date_set_by_hand_stays_and_shows_it(workspace, inspection):
    item = next(row.id for row in board_of(workspace).items if row.reference == "A02")
    workspace.run(edit_items, [item], [ItemEdit(ItemField.DUE, date(2021, 4, 28))])
    workspace.run(record_call, inspection, CALL)
    assert due(workspace)["A02"] == (date(2021, 4, 28), "set by hand")


def test_that_a_call_on_a_sunday_counts_from_monday(workspace, inspection):
    workspace.run(record_call, inspection, Call(date(2021, 9, 12)))
    assert due(workspace)["A02"][0] == date(2021, 9, 15)


def test_that_events_date_what_hangs_on_them(workspace, inspection):
    item = next(row.id for row in board_of(workspace).items if row.reference == "A02")
    workspace.run(edit_items, [item], [ItemEdit(ItemField.DUE_RULE, "selection + 2")])
    workspace.run(record_call, inspection, CALL)
    assert due(workspace)["A02"] == (None, "selection + 2")
    changes = workspace.run(record_event, inspection, Event.SELECTION, date(2021, 5, 6))
    assert changes.label == "Record “Cases selected” for Re-visit, 6 May 2021"
    assert due(workspace)["A02"][0] == date(2021, 5, 10)
    workspace.run(record_event, inspection, Event.SELECTION, None)
    assert due(workspace)["A02"][0] is None


def test_that_a_call_is_taken_back_with_all_that_followed(workspace, inspection):
    before = due(workspace)
    workspace.run(record_call, inspection, CALL)
    workspace.run(record_event, inspection, Event.DRAFT_REPORT, date(2021, 6, 7))
    workspace.run(withdraw_call, inspection)
    (row,) = board_of(workspace).inspections
    assert (row.notified_on, row.notified_at, row.visit, row.on_site_from, row.draft_report_on) == (
        None, "", "", None, None,
    )  # fmt: skip
    assert due(workspace) == before
    refuses(workspace, BadValue, "nothing to take back", withdraw_call, inspection)


def test_that_what_cannot_be_recorded_is_refused_and_changes_nothing(workspace, inspection):
    refuses(workspace, NotFound, "no longer exists", record_call, "0" * 32, CALL)
    refuses(workspace, BadValue, "Write it as 09:15", record_call, inspection, Call(DAY, "noon"))
    refuses(
        workspace, BadValue, "Choose a later day", record_call, inspection, Call(DAY, on_site_from=date(2021, 2, 1))
    )
    refuses(workspace, BadValue, "Record the call first", record_event, inspection, Event.SELECTION, DAY)


def test_that_closures_are_kept_pushed_into_dates_and_undone(workspace, inspection):
    workspace.run(record_call, inspection, CALL)
    changes = workspace.run(set_closures, [date(2021, 5, 5)])
    assert changes.label == "Close the council on 5 May 2021"
    assert due(workspace)["A02"][0] == date(2021, 5, 6)
    assert board_of(workspace).calendar == workspace.read(read_calendar)
    closed = [date(2021, 5, 5), *days_between(date(2021, 12, 22), date(2022, 1, 3))]
    assert workspace.run(set_closures, closed).label == "Close the council on 9 days from 22 Dec 2021"
    assert workspace.read(read_closures) == tuple(closed)
    assert workspace.run(set_closures, [date(2021, 5, 5)]).label == "Open the council on 9 days from 22 Dec 2021"
    assert workspace.run(set_closures, [date(2021, 5, 6)]).label == "Change the council’s closures"
    workspace.run(undo)
    assert workspace.read(read_closures) == (date(2021, 5, 5),)


def test_that_closures_that_cannot_be_are_refused(workspace):
    with pytest.raises(BadValue, match="ends before it begins"):
        days_between(date(2021, 5, 2), date(2021, 5, 1))
    with pytest.raises(BadValue, match="longer than a year"):
        days_between(date(2021, 5, 2), date(2031, 5, 1))
    many = [date.fromordinal(date(2021, 1, 1).toordinal() + number) for number in range(401)]
    refuses(workspace, BadValue, "401 closed days are too many", set_closures, many)
