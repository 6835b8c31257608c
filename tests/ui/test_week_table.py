"""The week table: it holds what there is room for, and says the rest."""

from dataclasses import replace
from datetime import date

import pytest
from plans import CALENDAR, FRAMEWORK, TODAY, an_item, planner
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from readiness.domain.schemes import HANDBOOK, TimetableEntry
from readiness.domain.vocabulary import ItemStatus
from ui.models.plan_weeks import PlanWeeks
from ui.theme import make_high_contrast_theme, make_theme
from ui.widgets.event_lines import MOST_LANES
from ui.widgets.week_table import WeekTable

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

WEEK = "2021-05-03"


def weeks(items, framework=FRAMEWORK) -> PlanWeeks:
    plan = planner(items, framework=framework).plan()
    assert plan is not None
    return PlanWeeks(plan, TODAY, CALENDAR)


@pytest.fixture
def table(qtbot, qapp):
    made = WeekTable(make_theme(False, qapp.font()))
    qtbot.addWidget(made)
    made.resize(1100, 360)
    made.show()
    qtbot.waitExposed(made)
    return made


def drawn(table: WeekTable) -> None:
    assert not table.grab().isNull()


def test_that_what_has_no_room_is_counted(qtbot, table):
    items = [an_item(f"B{number:02}", "day 3") for number in range(40)]
    table.show_columns(weeks(items).columns(WEEK), is_week=True)
    body = table.bodies[3]
    entries = len(body.stops) - 1
    assert 3 <= entries < 12
    assert body.more.text() == f"+ {40 - entries} more"
    table.resize(1100, 640)
    qtbot.waitUntil(lambda: len(body.stops) - 1 > entries)
    drawn(table)
    with qtbot.waitSignal(table.rows_opened) as opened:
        qtbot.keyClick(body.more, Qt.Key.Key_Return)
    assert len(opened.args[0].entries) == 40


def test_that_a_long_title_takes_a_second_line_where_there_is_room(qtbot, table):
    long = replace(an_item("B01", "day 3"), title="A title that is far too long to stand in one line of a column")
    table.show_columns(weeks([long]).columns(WEEK), is_week=True)
    (entry,) = table.bodies[3].stops
    high = entry.sizeHint().height()
    table.show_columns(weeks([long, *(an_item(f"B{n}", "day 3") for n in range(2, 40))]).columns(WEEK), is_week=True)
    assert table.bodies[3].stops[0].sizeHint().height() < high
    drawn(table)


def test_that_many_events_leave_room_for_what_is_due(qtbot, table):
    entries = tuple(TimetableEntry("day 3", f"Meeting {number} with somebody about something") for number in range(30))
    framework = replace(FRAMEWORK, timetable=entries)
    items = [an_item(f"B{number}", "day 3") for number in range(9)]
    table.show_columns(weeks(items, framework).columns(WEEK), is_week=True)
    body = table.bodies[3]
    assert len(body.stops) >= 3
    assert body.events.toolTip().count("\n") == 29  # all of them can be read
    assert table.footnote.isVisible()
    assert HANDBOOK in table.footnote.text()
    drawn(table)


def test_that_what_goes_on_for_days_lies_across_them(qtbot, table):
    entries = tuple(TimetableEntry("day 1", f"Long {number}", until="day 4") for number in range(MOST_LANES + 2))
    framework = replace(FRAMEWORK, timetable=entries)
    table.show_columns(weeks([], framework).columns(WEEK), is_week=True)
    assert table.lanes.isVisible()
    assert table.bodies[1].events.height() == 0
    assert table.lanes.mask().boundingRect().left() >= table.bodies[1].x() - 20  # Monday is left to what lies below
    assert "Long 5" in table.lanes.toolTip()
    drawn(table)
    table.show_columns(weeks([], framework).columns(WEEK), is_week=False)
    assert table.lanes.isHidden()
    assert table.bodies[1].events.height() > 0


def test_that_fewer_days_are_wider(qtbot, table):
    found = weeks([an_item("A1"), an_item("X1", by_hand=date(2021, 4, 20)), an_item("B1", "day 1")])
    table.show_columns(found.columns(WEEK), is_week=True)
    assert sum(head.isVisible() for head in table.heads) == 5
    table.show_columns(found.columns("before"), is_week=False)
    assert sum(head.isVisible() for head in table.heads) == 2
    qtbot.waitUntil(lambda: 400 < table.heads[0].width() < 500)  # but are not drawn apart
    table.show_columns(found.columns(WEEK), is_week=True)
    assert sum(head.isVisible() for head in table.heads) == 5


def test_that_the_keyboard_keeps_its_place_when_the_week_is_drawn_again(qtbot, table):
    items = [an_item(f"B{number}", "day 3") for number in range(4)]
    table.show_columns(weeks(items).columns(WEEK), is_week=True)
    with qtbot.waitActive(table):
        table.activateWindow()
    table.go(3, 2)
    done = [replace(items[0], status=ItemStatus.SIGNED_OFF), *items[1:]]
    table.show_columns(weeks(done).columns(WEEK), is_week=True)
    assert table.bodies[3].stops[1].hasFocus()


def test_that_an_item_says_all_it_shows(table):
    item = an_item("B01", "day 3", by_hand=date(2021, 5, 6), owner="")
    table.show_columns(weeks([item]).columns(WEEK), is_week=True)
    (entry,) = table.bodies[3].stops
    assert entry.accessibleName() == "B01 Title of B01, SEND, At risk, Not started, by hand"
    assert "due 6 May 2021, set by hand" in entry.toolTip()


@pytest.mark.parametrize("pixels", [12, 24])
def test_that_it_is_drawn_in_high_contrast_and_large_type(qtbot, qapp, pixels):
    font = QFont(qapp.font())
    font.setPixelSize(pixels)
    table = WeekTable(make_high_contrast_theme(qapp.palette(), font))
    qtbot.addWidget(table)
    table.resize(900, 500)
    items = [an_item(f"B{number}", "day 3", ItemStatus.CHECKED) for number in range(9)]
    table.show_columns(weeks(items).columns(WEEK), is_week=True)
    drawn(table)
    assert table.bodies[3].stops[0].sizeHint().height() >= 2 * pixels
