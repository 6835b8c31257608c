"""Charts: the one place where QtCharts is used. It costs 45 ms, so it is imported when the first chart is shown."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCharts import QAreaSeries, QCategoryAxis, QChart, QChartView, QLineSeries, QValueAxis
from PySide6.QtCore import QMargins, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from readiness.domain.dates import written
from ui.models.overview_words import percent, without_year
from ui.models.trend_points import Trend, TrendLine
from ui.theme import Theme

LONGEST_BY_WEEK_DAYS = 45
"""Up to here every other week is named below the chart; from here on the months are."""

_LEFT, _TOP, _BOTTOM, _GAP = 44.0, 20.0, 24.0, 10.0


class TrendChart(QChartView):
    """Readiness over the last weeks: a line per inspection, labelled at its end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trend = Trend((), ())
        self._lines: list[QLineSeries] = []  # kept, with the two under the area: Qt does not own them safely
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
        self.setMinimumSize(200, 100)
        self.setAccessibleName("Readiness over time")

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.show_trend(self._trend)

    def show_trend(self, trend: Trend) -> None:
        """Draw another trend."""
        self._trend = trend
        self._chart.removeAllSeries()
        self._lines, self._area = [], None
        self._set_axes()
        for number, line in enumerate(trend.lines):
            self._add_line(number, line)
        self.setAccessibleDescription(spoken(trend))
        self._place()

    def values(self) -> dict[str, dict[date, float]]:
        """Return what is drawn: by label of a line, the value on each day that has one."""
        first = self._trend.days[0] if self._trend.days else date.min
        return {
            line.name(): {first + timedelta(days=point.x()): point.y() for point in line.points()}
            for line in self._lines
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Write at the end of each line whose it is, and mark today."""
        del rect
        if not self._trend.days or not self._lines:
            return
        plot = self._chart.plotArea()
        quiet = QPen(self._theme.color("text2"), 1.0, Qt.PenStyle.DotLine)
        painter.setPen(quiet)
        painter.drawLine(QPointF(plot.right(), plot.top() - 4), plot.bottomRight())
        painter.setFont(self.font())
        today = QRectF(plot.right() - 100, plot.top() - _TOP, 96, _TOP)
        painter.drawText(today, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Today")
        self._draw_ends(painter, plot)

    def _draw_ends(self, painter: QPainter, plot: QRectF) -> None:
        ends = [(line, line.points()[-1]) for line in self._lines if line.count()]
        spots = sorted(((self._chart.mapToPosition(end, line).y(), line, end) for line, end in ends), key=_height)
        height = QFontMetricsF(self._strong()).height()
        heights = spread([spot[0] for spot in spots], height, plot.top(), plot.bottom())
        for (y, line, end), middle in zip(spots, heights, strict=True):
            colour = line.color()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(plot.right(), y), 3.5, 3.5)
            painter.setPen(self._theme.color("accent_text" if line is self._lines[0] else "text2"))
            painter.setFont(self._strong())
            room = QRectF(plot.right() + _GAP, middle - height / 2, self.width() - plot.right() - _GAP, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, end_label(line, end))

    def _set_axes(self) -> None:
        days = self._trend.days
        for label in self._across.categoriesLabels():
            self._across.remove(label)
        last = (days[-1] - days[0]).days if days else 1
        self._across.setRange(0, max(last, 1))
        for label, at in ticks(days):
            self._across.append(label, at)
        top = top_of(self._trend)
        self._up.setRange(0, top)
        self._up.setTickCount(3 if top in (50, 100) else round(top / 25) + 1)
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
        series.attachAxis(self._across)
        series.attachAxis(self._up)

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
        labels = [end_label(line, line.points()[-1]) for line in self._lines if line.count()]
        right = max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + _GAP + 4
        self._chart.setPlotArea(
            QRectF(_LEFT, _TOP, max(self.width() - _LEFT - right, 40), max(self.height() - _TOP - _BOTTOM, 40))
        )
        layout = self._chart.layout()
        layout.invalidate()  # else the axes stay where they were until the next resize, away from the lines
        layout.activate()

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


def ticks(days: Sequence[date]) -> list[tuple[str, int]]:
    """Return the labels below the chart and on which day from the first they stand."""
    if len(days) < 2:
        return []
    first, last = days[0], days[-1]
    if (last - first).days <= LONGEST_BY_WEEK_DAYS:
        return [(without_year(day), (day - first).days) for day in reversed(days[::-2])]
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


def spoken(trend: Trend) -> str:
    """Return the trend in words, for those who cannot see it."""
    parts = []
    for line in trend.lines:
        known = [(day, value) for day, value in zip(trend.days, line.values, strict=True) if value is not None]
        if known:
            (start, was), (_, now) = known[0], known[-1]
            parts.append(f"{line.label}: {percent(was)} on {written(start)}, {percent(now)} today.")
    return " ".join(parts)
