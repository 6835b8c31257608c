"""The trend chart and its table: the same numbers, in both themes, and nothing where there is no history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester

from ui.charts import LEAST_BETWEEN_LINES, TrendChart, lines_for, spoken, spread, ticks, top_of
from ui.models.overview_words import percent
from ui.models.trend_points import Ahead, Trend, TrendLine
from ui.models.trend_table import TrendTable
from ui.pages.overview_trend import TrendCard
from ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

TODAY = date(2021, 4, 26)
WEEKS = tuple(TODAY - timedelta(weeks=back) for back in range(3, -1, -1))
TREND = Trend(
    WEEKS, (TrendLine("SEN re-visit", (20.0, 31.4, 45.0, 62.3)), TrendLine("Social Care", (None, None, 20.0, 35.0)))
)
AHEAD = Ahead(date(2021, 5, 24), (62.3, 35.0), ((date(2021, 4, 30), "Ready by 30 Apr"), (date(2021, 5, 24), "Call")))


@pytest.fixture
def theme(qapp):
    return make_theme(False, QFont())


def table_values(model: TrendTable) -> dict[str, dict[str, str]]:
    """Read a table cell by cell: line -> day -> percent, without the dashes."""
    read: dict[str, dict[str, str]] = {}
    for column in range(1, model.columnCount()):
        name = model.headerData(column, Qt.Orientation.Horizontal)
        cells = {model.index(row, 0).data(): model.index(row, column).data() for row in range(model.rowCount())}
        read[name] = {day: value for day, value in cells.items() if value != "–"}
    return read


def test_that_the_chart_shows_the_numbers_of_the_table(qtbot, theme):
    chart, model = TrendChart(theme), TrendTable()
    qtbot.addWidget(chart)
    chart.show_trend(TREND)
    model.show_trend(TREND)
    drawn = {
        name: {f"{day.day} {day:%b %Y}": percent(value) for day, value in values.items()}
        for name, values in chart.values().items()
    }
    assert drawn == table_values(model)
    assert len(drawn["SEN re-visit"]) == 4
    assert len(drawn["Social Care"]) == 2


def shown(chart: TrendChart, number: int) -> dict[date, float]:
    return list(chart.values().values())[number]


def test_that_the_lines_go_on_to_the_day_that_is_looked_at(qtbot, theme):
    chart, model = TrendChart(theme), TrendTable()
    qtbot.addWidget(chart)
    chart.show_trend(TREND)
    model.show_trend(TREND)
    for ahead in (AHEAD, Ahead(date(2021, 6, 1), (50.0, 35.0)), AHEAD):
        chart.show_ahead(ahead)
        model.show_ahead(ahead)
        assert shown(chart, 0)[ahead.until] == ahead.values[0]
        assert model.index(0, 0).data() == f"{ahead.until.day} {ahead.until:%b %Y}, if nothing changes"
        assert [model.index(0, column).data() for column in (1, 2)] == [percent(value) for value in ahead.values]
        assert model.index(1, 0).data() == "26 Apr 2021"
    chart.show_ahead(None)
    model.show_ahead(None)
    assert max(shown(chart, 0)) == TODAY
    assert model.index(0, 0).data() == "26 Apr 2021"


def test_that_a_line_that_has_no_value_then_or_now_ends_where_it_ended(qtbot, theme):
    chart = TrendChart(theme)
    qtbot.addWidget(chart)
    chart.show_trend(Trend(WEEKS, (*TREND.lines, TrendLine("Gone", (5.0, 5.0, None, None)))))
    chart.show_ahead(Ahead(date(2021, 5, 24), (None, 35.0, 7.0)))
    assert [max(shown(chart, number)) for number in range(3)] == [TODAY, date(2021, 5, 24), WEEKS[1]]
    assert not chart.grab().isNull()


def test_that_a_later_day_stays_when_the_colours_change_and_goes_with_its_trend(qtbot, theme):
    chart = TrendChart(theme)
    qtbot.addWidget(chart)
    chart.show_trend(TREND)
    chart.show_ahead(AHEAD)
    chart.set_theme(make_theme(True, QFont()))
    assert max(shown(chart, 0)) == AHEAD.until
    chart.show_trend(Trend(WEEKS, TREND.lines[:1]))
    assert max(shown(chart, 0)) == TODAY


def test_that_the_table_is_a_sound_model_with_the_newest_week_first(qtbot):
    model = TrendTable()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_trend(TREND)
    assert model.index(0, 0).data() == "26 Apr 2021"
    assert model.index(0, 1).data() == percent(62.3)
    assert model.index(3, 2).data() == "–"
    for ahead in (AHEAD, AHEAD, None, None, AHEAD):
        model.show_ahead(ahead)
        assert model.rowCount() == 4 + (ahead is not None)
    model.show_trend(TREND)
    assert model.rowCount() == 4


@pytest.mark.parametrize("dark", [False, True])
def test_that_the_chart_is_painted_without_complaint(qtbot, dark):
    chart = TrendChart(make_theme(dark, QFont()))
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    for trend in (TREND, Trend((), ()), Trend(WEEKS, (TrendLine("Alone", (None, None, None, 5.0)),)), TREND):
        chart.show_trend(trend)
        assert not chart.grab().isNull()
        chart.show_ahead(Ahead(date(2021, 5, 24), (62.3, 35.0)[: len(trend.lines)], AHEAD.marks))
        assert not chart.grab().isNull()
    chart.set_theme(make_theme(not dark, QFont()))
    assert not chart.grab().isNull()


def test_that_a_chart_that_was_resized_looks_like_one_made_in_that_size(qtbot, theme):
    pictures = []
    for sizes in ([(600, 160)], [(900, 300), (400, 120), (600, 160)]):
        chart = TrendChart(theme)
        qtbot.addWidget(chart)
        chart.show()
        chart.show_trend(Trend(WEEKS, TREND.lines[:1]) if len(sizes) > 1 else TREND)
        for width, height in sizes:
            chart.resize(width, height)
            chart.grab()  # lets the chart lay itself out
        chart.show_trend(TREND)
        pictures.append(chart.grab().toImage())
    assert pictures[0] == pictures[1]


def test_that_the_chart_is_said_in_words(qtbot, theme):
    chart = TrendChart(theme)
    qtbot.addWidget(chart)
    chart.show_trend(TREND)
    assert chart.accessibleName() == "Readiness over time"
    assert chart.accessibleDescription() == spoken(TREND)
    assert "SEN re-visit: 20\u00a0% on 5 Apr 2021, 62\u00a0% today." in spoken(TREND)
    chart.show_ahead(AHEAD)
    assert chart.accessibleDescription().endswith(
        "If nothing changes, on 24 May 2021: SEN re-visit 62\u00a0%, Social Care 35\u00a0%."
    )


@pytest.mark.parametrize(("value", "top"), [(3.0, 25), (24.5, 50), (62.0, 75), (71.0, 75), (74.0, 100), (100.0, 100)])
def test_that_the_scale_follows_the_data_and_keeps_zero(value, top):
    assert top_of(Trend((TODAY,), (TrendLine("", (value,)),))) == top


def test_that_short_trends_name_weeks_and_long_ones_months():
    assert ticks(WEEKS) == [("12 Apr", 7), ("26 Apr", 21)]
    long = tuple(TODAY - timedelta(weeks=back) for back in range(12, -1, -1))
    assert [label for label, _ in ticks(long)] == ["Feb 2021", "Mar", "Apr"]
    assert ticks((TODAY,)) == []


def test_that_the_weeks_or_months_go_on_to_the_later_day():
    assert ticks(WEEKS, date(2021, 5, 12)) == [("12 Apr", 7), ("26 Apr", 21), ("10 May", 35)]
    assert [label for label, _ in ticks(WEEKS, date(2021, 9, 6))] == ["May 2021", "Jun", "Jul", "Aug", "Sep"]


@pytest.mark.parametrize(("top", "usual"), [(25, 2), (50, 3), (75, 4), (100, 3)])
def test_that_a_low_chart_has_fewer_lines_across(top, usual):
    assert lines_for(top, 200) == usual
    assert lines_for(top, (usual - 1) * LEAST_BETWEEN_LINES - 1) == 2


def test_that_labels_at_the_ends_do_not_overlap_nor_leave_the_chart():
    placed = spread([10.0, 12.0, 13.0, 99.0], 16.0, 0.0, 100.0)
    assert all(later - earlier >= 16.0 for earlier, later in pairwise(placed))
    assert max(placed) <= 100.0
    assert spread([], 16.0, 0.0, 100.0) == []


def test_that_the_trend_hides_until_there_is_a_week_of_it_and_the_forecast_never(qtbot, theme):
    card = TrendCard(theme)
    qtbot.addWidget(card)
    for trend in (Trend((TODAY,), (TrendLine("SEN re-visit", (20.0,)),)), TREND, Trend((), ())):
        card.show_trend(trend)
        assert card.middle.isHidden() is not trend.has_history
        assert not card.forecast.isHidden()
        assert card.accessibleName() == ("Trend and forecast" if trend.has_history else "Forecast")
        assert not card.shows_table


def test_that_the_card_shows_the_table_in_the_charts_place_and_back(qtbot, theme):
    card = TrendCard(theme)
    qtbot.addWidget(card)
    card.switch()
    assert not card.shows_table
    card.show_trend(TREND)
    card.switch()
    assert card.shows_table
    card.switch()
    assert not card.shows_table
