"""What the Overview says of a later day: in figures, in words for those who hear it, and on the chart."""

from dataclasses import replace
from datetime import date

from checklist_boards import DAY, inspection, item

from readiness.domain.calendar import WorkingDays
from readiness.domain.forecast import Forecast, forecast
from readiness.domain.vocabulary import ItemStatus, Rating
from ui.models.forecast_words import INVITATION, ahead, day_said, falling_due, now, readings, told
from ui.models.trend_points import Ahead

ONE = replace(inspection(), ready_by=date(2021, 4, 30), expected_from=date(2021, 5, 17))
OTHER = replace(inspection(2, "Social Care"), ready_by=date(2021, 5, 20), notified_on=date(2021, 4, 1))
THEN = date(2021, 5, 24)
ITEMS = (
    item(1, due=date(2021, 4, 23)),
    item(2, due=date(2021, 4, 30)),
    item(3, due=date(2021, 6, 30), status=ItemStatus.GATHERING),
    item(4, status=ItemStatus.SIGNED_OFF),
    item(1, "i2-A", due=None, status=ItemStatus.DRAFTED),
)


def seen(until: date, *inspections) -> Forecast:
    ids = [row.id for row in inspections]
    return forecast([row for row in ITEMS if row.inspection_id in ids], DAY, until, WorkingDays(), inspections)


def test_that_a_later_day_is_told_with_its_figures_and_what_they_are_now():
    there = seen(THEN, ONE)
    assert day_said(there) == "Mon 24 May 2021"
    assert readings(there) == "31\u00a0% ready"
    assert now(there, Rating.OFF_TRACK) == "1 now"
    assert falling_due(there) == "1 item falls due by then"
    assert told(there) == (
        "On Mon 24 May 2021, if nothing changes: 31\u00a0% ready, 2 off track (1 now), 0 at risk (1 now).",
        "1 item falls due by then.",
        "Ready by 30 Apr 2021.",
        "Call expected 17 May 2021.",
        "1 day off on the way.",
    )


def test_that_today_is_told_as_today_and_invites_to_look_ahead():
    today = seen(DAY, ONE)
    assert day_said(today) == "Today"
    assert now(today, Rating.OFF_TRACK) == falling_due(today) == ""
    assert told(today) == ("Today: 31\u00a0% ready, 1 off track, 1 at risk.", INVITATION)
    assert ahead(today) is None


def test_that_several_inspections_are_told_by_their_names():
    both = seen(THEN, ONE, OTHER)
    assert readings(both) == "SEN re-visit 31\u00a0%, Social Care 50\u00a0%"
    assert told(both)[0].startswith(
        "On Mon 24 May 2021, if nothing changes: SEN re-visit 31\u00a0%, Social Care 50\u00a0% ready, 2 off track"
    )
    assert told(both)[2:5] == (
        "SEN re-visit ready by 30 Apr 2021.",
        "SEN re-visit call expected 17 May 2021.",
        "Social Care ready by 20 May 2021.",
    )


def test_that_the_chart_gets_the_readings_and_the_days_on_the_way():
    assert ahead(seen(THEN, OTHER)) == Ahead(THEN, (50.0,), ((date(2021, 5, 20), "Ready by 20 May"),))
    both = ahead(seen(THEN, ONE, OTHER))
    assert both is not None
    assert both.marks[0] == (date(2021, 4, 30), "SEN re-visit ready by 30 Apr")


def test_that_a_checklist_in_which_nothing_applies_has_no_reading():
    empty = forecast((), DAY, THEN, WorkingDays(), [ONE])
    assert readings(empty) == "nothing applies"
    assert falling_due(empty) == "Nothing falls due"
