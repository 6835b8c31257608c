"""Charts: the one place where QtCharts is used. It costs 45 ms, so it is imported when the first chart is shown."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCharts import QAreaSeries, QCategoryAxis, QChart, QChartView, QLineSeries, QValueAxis
from PySide6.QtCore import QMargins, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from readiness.domain.dates import written
from ui.models.overview_words import TWO_WEEKS_DAYS, percent, without_year
from ui.models.trend_points import Ahead, Trend, TrendLine
from ui.theme import Theme

LONGEST_BY_WEEK_DAYS = 45
"""Up to here every other week is named below the chart; from here on the months are."""

LEAST_BETWEEN_LINES = 24
"""Nearer than this, the percentages beside the lines would be cut."""

_LEFT, _TOP, _BOTTOM, _GAP = 44.0, 20.0, 24.0, 10.0
_LEFT_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TWO_WEEKS = timedelta(days=TWO_WEEKS_DAYS)


class TrendChart(QChartView):
    """Readiness over the last weeks and, dashed, up to a later day: a line per inspection, labelled at its end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trend = Trend((), ())
        self._ahead: Ahead | None = None
        self._lines: list[QLineSeries] = []  # kept, with the two under the area: Qt does not own them safely
        self._dashes: list[QLineSeries] = []  # what will be, one a line; empty while nobody looks ahead
        self._ceiling, self._floor = QLineSeries(), QLineSeries()
        self._area: QAreaSeries | None = None
        self._across = QCategoryAxis()
        self._up = QValueAxis()
        self._build()

    def _build(self) -> None:
        chart = QChart()
        chart.setBackgroundVisible(False)
        chart.setMargins(QMargins(0, 0, 0, 0))
        chart.layout().setContentsMargins(0, 0, 0, 0)
        chart.legend().hide()
        self._across.setLabelsPosition(QCategoryAxis.AxisLabelsPosition.AxisLabelsPositionOnValue)
        self._across.setGridLineVisible(False)
        self._up.setLineVisible(False)
        self._up.setLabelFormat("%d %%")
        chart.addAxis(self._across, Qt.AlignmentFlag.AlignBottom)
        chart.addAxis(self._up, Qt.AlignmentFlag.AlignLeft)
        self._chart = chart
        self.setChart(chart)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setInteractive(False)
        self.setStyleSheet("background: transparent")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # its own hint is far too high
        self.setMinimumSize(200, 96)
        self.setAccessibleName("Readiness over time")

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        ahead = self._ahead
        self.show_trend(self._trend)
        self.show_ahead(ahead)

    def show_trend(self, trend: Trend) -> None:
        """Draw another trend, up to today."""
        self._trend = trend
        self._chart.removeAllSeries()
        self._lines, self._dashes, self._area = [], [], None
        for number, line in enumerate(trend.lines):
            self._add_line(number, line)
        self.show_ahead(None)

    def show_ahead(self, ahead: Ahead | None) -> None:
        """Go on to a later day, or end today."""
        self._ahead = ahead
        self._set_axes()
        for number, (line, dash) in enumerate(zip(self._lines, self._dashes, strict=True)):
            value = ahead.values[number] if ahead is not None else None
            goes_on = value is not None and self._trend.lines[number].values[-1] is not None
            dash.replace([line.points()[-1], QPointF(self._across.max(), value or 0.0)] if goes_on else [])
        self.setAccessibleDescription(spoken(self._trend, ahead))
        self._place()
        self.viewport().update()

    def values(self) -> dict[str, dict[date, float]]:
        """Return what is drawn: by label of a line, the value on each day that has one."""
        first = self._trend.days[0] if self._trend.days else date.min
        return {
            line.name(): {
                first + timedelta(days=point.x()): point.y() for point in (*line.points(), *dash.points()[1:])
            }
            for line, dash in zip(self._lines, self._dashes, strict=True)
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Write at the end of each line whose it is, and mark today, the later day, and what lies between them."""
        del rect
        if not self._trend.days or not self._lines:
            return
        plot = self._chart.plotArea()
        today = self._x_of(self._trend.days[-1])
        painter.setFont(self.font())
        painter.setPen(QPen(self._theme.color("text2"), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(today, plot.top() - 4), QPointF(today, plot.bottom()))
        painter.drawText(QRectF(today - 100, plot.top() - _TOP, 96, _TOP), _RIGHT, "Today")
        if self._ahead is not None:
            self._draw_way(painter, plot, self._ahead, today)
        self._draw_ends(painter, plot)

    def _draw_way(self, painter: QPainter, plot: QRectF, ahead: Ahead, today: float) -> None:
        """Mark the later day, and the days on the way; their words stand where they do not run into others."""
        painter.drawLine(QPointF(plot.right(), plot.top() - 4), plot.bottomRight())
        there = QRectF(plot.right() + _GAP, plot.top() - _TOP, self.width() - plot.right() - _GAP, _TOP)
        painter.drawText(there, _LEFT_ALIGNED, without_year(ahead.until))
        metrics, free = QFontMetricsF(self.font()), today + _GAP
        for day, words in ahead.marks:
            at, width = self._x_of(day), metrics.horizontalAdvance(words) + 1
            if at < plot.right() - 1:
                painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()))
            left = min(at + 4, plot.right() - width - 4)
            if left >= free and left > at - width:
                painter.drawText(QRectF(left, plot.top() - _TOP, width, _TOP), _LEFT_ALIGNED, words)
                free = left + width + _GAP

    def _x_of(self, day: date) -> float:
        plot = self._chart.plotArea()
        return plot.left() + plot.width() * (day - self._trend.days[0]).days / self._across.max()

    def _draw_ends(self, painter: QPainter, plot: QRectF) -> None:
        spots = sorted(
            ((self._chart.mapToPosition(end, line).y(), line, end) for line, end in self._ends()), key=_height
        )
        height = QFontMetricsF(self._strong()).height()
        heights = spread([spot[0] for spot in spots], height, plot.top(), plot.bottom())
        for (y, line, end), middle in zip(spots, heights, strict=True):
            colour = line.color()
            last = self._chart.mapToPosition(line.points()[-1], line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(last, 3.5, 3.5)
            if end.x() > line.points()[-1].x():
                painter.setPen(QPen(colour, 1.5))
                painter.setBrush(self._theme.color("surface"))
                painter.drawEllipse(QPointF(plot.right(), y), 3.0, 3.0)
            painter.setPen(self._theme.color("accent_text" if line is self._lines[0] else "text2"))
            painter.setFont(self._strong())
            room = QRectF(plot.right() + _GAP, middle - height / 2, self.width() - plot.right() - _GAP, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, end_label(line, end))

    def _set_axes(self) -> None:
        days = self._trend.days
        for label in self._across.categoriesLabels():
            self._across.remove(label)
        last = self._ahead.until if self._ahead is not None else days[-1] if days else date.min
        self._across.setRange(0, max((last - days[0]).days if days else 1, 1))
        for label, at in ticks(days, last):
            self._across.append(label, at)
        self._up.setRange(0, top_of(self._trend))
        quiet = self._theme.color("text2")
        for axis in (self._across, self._up):
            axis.setLabelsColor(quiet)
            axis.setLabelsFont(self.font())
            axis.setLinePenColor(self._theme.color("border"))
            axis.setGridLineColor(self._theme.color("border"))

    def _add_line(self, number: int, line: TrendLine) -> None:
        series = QLineSeries()
        series.setName(line.label)
        first = self._trend.days[0]
        for day, value in zip(self._trend.days, line.values, strict=True):
            if value is not None:
                series.append((day - first).days, value)
        colour = self._theme.color("text2" if number else "data")
        series.setPen(QPen(colour, 1.5 if number else 2.0))
        self._lines.append(series)
        if number == 0 and series.count() > 1:
            self._add_area(series)
        self._chart.addSeries(series)
        dash = QLineSeries()
        dash.setPen(QPen(colour, 1.5 if number else 2.0, Qt.PenStyle.DashLine))
        self._dashes.append(dash)
        self._chart.addSeries(dash)
        for each in (series, dash):
            each.attachAxis(self._across)
            each.attachAxis(self._up)

    def _add_area(self, top: QLineSeries) -> None:
        self._ceiling, self._floor = QLineSeries(), QLineSeries()
        for point in top.points():
            self._ceiling.append(point)
            self._floor.append(point.x(), 0)
        self._area = QAreaSeries(self._ceiling, self._floor)
        ground = QColor(self._theme.color("accent_soft"))
        ground.setAlphaF(0.6 if self._theme.dark else 1.0)
        self._area.setBrush(ground)
        self._area.setPen(QPen(Qt.PenStyle.NoPen))
        self._chart.addSeries(self._area)
        self._area.attachAxis(self._across)
        self._area.attachAxis(self._up)

    def _place(self) -> None:
        """Leave as much room at the right as the longest label takes."""
        metrics = QFontMetricsF(self._strong())
        labels = [end_label(line, end) for line, end in self._ends()]
        right = max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + _GAP + 4
        self._chart.setPlotArea(
            QRectF(_LEFT, _TOP, max(self.width() - _LEFT - right, 40), max(self.height() - _TOP - _BOTTOM, 40))
        )
        self._up.setTickCount(lines_for(round(self._up.max()), self._chart.plotArea().height()))
        layout = self._chart.layout()
        layout.invalidate()  # else the axes stay where they were until the next resize, away from the lines
        layout.activate()

    def _ends(self) -> list[tuple[QLineSeries, QPointF]]:
        """Return where each line ends, the dashed part with it."""
        pairs = zip(self._lines, self._dashes, strict=True)
        return [(line, (dash if dash.count() else line).points()[-1]) for line, dash in pairs if line.count()]

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font


def _height(spot: tuple[float, QLineSeries, QPointF]) -> float:
    return spot[0]


def end_label(line: QLineSeries, end: QPointF) -> str:
    """Return what stands at the end of a line, "SEN re-visit 62 %"."""
    return f"{line.name()} {percent(end.y())}"


def top_of(trend: Trend) -> int:
    """Return where the scale ends: the next quarter above what is shown, so early weeks aren't a flat line."""
    highest = max((value for line in trend.lines for value in line.values if value is not None), default=0.0)
    return next((quarter for quarter in (25, 50, 75) if highest <= quarter * 0.96), 100)


def lines_for(top: int, height: float) -> int:
    """Return how many lines across there are, the ends with them: on quarters or halves, and not too close."""
    usual = 3 if top in (50, 100) else round(top / 25) + 1
    return usual if height >= (usual - 1) * LEAST_BETWEEN_LINES else 2


def ticks(days: Sequence[date], last: date | None = None) -> list[tuple[str, int]]:
    """Return the labels below the chart and on which day from the first they stand.

    Args:
        days: A week apart, today the last.
        last: A later day up to which the chart goes on; None: today.
    """
    if len(days) < 2:
        return []
    first, today = days[0], days[-1]
    last = last or today
    if (last - first).days <= LONGEST_BY_WEEK_DAYS:
        later = [today + TWO_WEEKS * number for number in range(1, (last - today) // TWO_WEEKS + 1)]
        return [(without_year(day), (day - first).days) for day in (*reversed(days[::-2]), *later)]
    months = [first + timedelta(days=n) for n in range((last - first).days + 1) if (first + timedelta(days=n)).day == 1]
    return [
        ((written(day) if n == 0 or day.month == 1 else without_year(day))[2:], (day - first).days)
        for n, day in enumerate(months)
    ]


def spread(centres: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Move labels apart that would overlap; `centres` ascend."""
    placed: list[float] = []
    for centre in centres:
        lowest = placed[-1] + height if placed else top
        placed.append(max(centre, lowest))
    limit = bottom
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - height
    return placed


def spoken(trend: Trend, ahead: Ahead | None = None) -> str:
    """Return the trend in words, and what will be on a later day, for those who cannot see it."""
    parts = []
    for line in trend.lines:
        known = [(day, value) for day, value in zip(trend.days, line.values, strict=True) if value is not None]
        if known:
            (start, was), (_, now) = known[0], known[-1]
            parts.append(f"{line.label}: {percent(was)} on {written(start)}, {percent(now)} today.")
    if ahead is not None:
        later = (f"{line.label} {percent(value)}" for line, value in zip(trend.lines, ahead.values, strict=True))
        parts.append(f"If nothing changes, on {written(ahead.until)}: {', '.join(later)}.")
    return " ".join(parts)
