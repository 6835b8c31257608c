"""Overview trend: readiness over the last weeks as a chart, or as a table of the same numbers, and the forecast."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from readiness.domain.forecast import Forecast
from ui.models.forecast_words import ahead
from ui.models.trend_points import Ahead, Trend
from ui.models.trend_table import TrendTable
from ui.pages.overview_forecast import ForecastRow
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.card import Card

if TYPE_CHECKING:  # QtCharts costs 45 ms: imported when there is something to draw
    from ui.charts import TrendChart

LEAST_HEIGHT = 96
CELL_PADDING = 8
Index = QModelIndex | QPersistentModelIndex


class TrendCell(QStyledItemDelegate):
    """Paints a cell under its heading, with a hairline below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painting.row_ground(painter, rect, self.theme, selected=selected)
        painting.hairline(painter, rect, self.theme)
        align = painting.RIGHT if index.column() else painting.LEFT
        inner = rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        painting.text(painter, inner, str(index.data()), self.theme, self.theme.color("text"), align=align)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect, self.theme)


class TrendCard(Card):
    """The trend, hidden until there is a week of it, and below it the forecast, which is always there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Forecast", parent)
        self._theme = theme
        self._trend = Trend((), ())
        self._ahead: Ahead | None = None
        self.chart: TrendChart | None = None
        self.model = TrendTable(self)
        self.table = QTableView()
        self._cells = TrendCell(theme, self)
        self.middle = QStackedWidget()
        self.forecast = ForecastRow(theme)
        self._lay_out()
        self._take_room()
        self.link_activated.connect(self.switch)
        self.forecast.foreseen.connect(self._on_foreseen)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("Readiness over time, as a table")
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(self._cells)
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.middle.addWidget(self.table)
        self.middle.setMinimumHeight(LEAST_HEIGHT)
        self.middle.hide()
        self.forecast.name.hide()
        self.body.addWidget(self.middle, 1)
        self.body.addWidget(self.forecast)

    @property
    def shows_table(self) -> bool:
        """Whether the table stands in the chart's place."""
        return self.middle.currentWidget() is self.table and self.chart is not None

    def show_trend(self, trend: Trend) -> None:
        """Show another trend."""
        if trend == self._trend:
            return
        self._trend, self._ahead = trend, None
        self.middle.setVisible(trend.has_history)
        self.set_title("Trend and forecast" if trend.has_history else "Forecast")
        self.forecast.name.setVisible(trend.has_history)  # else the title says it, right above
        self._offer_switch()
        self._take_room()
        if not trend.has_history:
            return
        self.model.show_trend(trend)
        if self.chart is None:
            from ui.charts import TrendChart

            self.chart = TrendChart(self._theme)
            self.middle.addWidget(self.chart)
            self.middle.setCurrentWidget(self.chart)
        self.chart.show_trend(trend)

    def set_theme(self, theme: Theme) -> None:
        """Keep the colours for a chart that comes later; one that stands is told by itself."""
        self._theme = self._cells.theme = theme
        if self.chart is not None:
            self.chart.set_theme(theme)

    def switch(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        if self.chart is None:
            return
        self.middle.setCurrentWidget(self.chart if self.shows_table else self.table)
        self._offer_switch()

    def _take_room(self) -> None:
        """Grow with the page only where there is a chart to grow."""
        upright = QSizePolicy.Policy.Preferred if self._trend.has_history else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)

    def _offer_switch(self) -> None:
        words = "Show as chart" if self.shows_table else "Show as table"
        self.set_link(words if self._trend.has_history else "")

    def _on_foreseen(self, seen: Forecast) -> None:
        later = ahead(seen)
        if self.chart is None or not self._trend.has_history or later == self._ahead:
            return
        self._ahead = later
        self.chart.show_ahead(later)
        self.model.show_ahead(later)
