"""Overview body: where the parts of the Overview stand. It scrolls where the window is too low for all of them."""

from datetime import timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.plain_words import counted
from readiness.domain.views import Board
from ui.icons import icon
from ui.models.overview_figures import OverviewFigures, nearest
from ui.models.overview_words import TWO_WEEKS_DAYS, movement
from ui.models.trend_points import Readings, past_days, reading, trend
from ui.pages.overview_card import InspectionCardView
from ui.pages.overview_claims import ClaimsCard
from ui.pages.overview_lists import FEWEST_ENTRIES, BarsCard, ItemsCard
from ui.pages.overview_trend import TrendCard
from ui.theme import Theme
from ui.widgets.labels import button, heading

RIGHT_WIDTH = 308
GAP = 16
CARDS_A_ROW = 2
MOST_ROWS = 12
NARROW = 1090
NO_LIMIT = (1 << 24) - 1  # QWIDGETSIZE_MAX, which PySide6 does not export
NOTHING_MINE = "Items whose owner is you, such as “Head of SEND”, appear here. Set your name and role in Preferences."
NO_DEADLINES = "No undone item has a date. Items that wait for an event get theirs when it is recorded."


class OverviewBody(QScrollArea):
    """Title and sentence; cards, trend and bars at the left; claims, deadlines and my items at the right."""

    open_items = Signal(object)  # ItemFilter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = heading("Overview", theme)
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.why = button(" Why?", "quiet")
        self.export = button(" Export summary")
        self.cards: list[InspectionCardView] = []
        self.trend = TrendCard(theme)
        self.areas = BarsCard(theme, "By area")
        self.services = BarsCard(theme, "By service")
        self.claims = ClaimsCard(theme)
        self.deadlines = ItemsCard(theme, "Next deadlines")
        self.mine = ItemsCard(theme, "My items")
        self._grid, self._lists = QGridLayout(), QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.setProperty("kind", "plain")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("surface", "window")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns.setSpacing(GAP)
        self._columns.addLayout(self._left(), 1)
        self._columns.addLayout(self._right())
        outer = QVBoxLayout(content)
        outer.setContentsMargins(24, 14, 24, 16)
        outer.setSpacing(8)
        outer.addLayout(self._head())
        outer.addLayout(self._columns, 1)
        self.setWidget(content)
        self._stack(narrow=False)

    def _head(self) -> QVBoxLayout:
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.why)
        row.addWidget(self.export)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(row)
        head.addWidget(self.sentence)
        return head

    def _left(self) -> QVBoxLayout:
        self._grid.setSpacing(GAP)
        bars = QHBoxLayout()
        bars.setSpacing(GAP)
        bars.addWidget(self.areas, 1)
        bars.addWidget(self.services, 1)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addLayout(self._grid)
        left.addWidget(self.trend, 3)
        left.addLayout(bars, 2)
        return left

    def _right(self) -> QVBoxLayout:
        self._lists.setSpacing(GAP)
        self._lists.addWidget(self.claims)
        for card in (self.deadlines, self.mine):
            self._lists.addWidget(card, 1)
        return self._lists

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack(narrow=self.width() < NARROW)

    def _stack(self, *, narrow: bool) -> None:
        """Put the lists at the right or, where the page is narrow (large type, small screens), below all else."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        if self._columns.direction() is (below if narrow else beside):
            return
        self._columns.setDirection(below if narrow else beside)
        self._lists.setDirection(beside if narrow else below)
        for card in (self.claims, self.deadlines, self.mine):
            card.setMinimumWidth(0 if narrow else RIGHT_WIDTH)
            card.setMaximumWidth(NO_LIMIT if narrow else RIGHT_WIDTH)

    def hold_cards(self, count: int) -> list[InspectionCardView]:
        """Make room for so many inspections and return their cards."""
        while len(self.cards) > count:
            card = self.cards.pop()
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self.cards) < count:
            card = InspectionCardView(self._theme)
            card.open_items.connect(self.open_items)
            self.cards.append(card)
        for number, card in enumerate(self.cards):
            is_alone = number == count - 1 and number % CARDS_A_ROW == 0
            self._grid.addWidget(card, number // CARDS_A_ROW, number % CARDS_A_ROW, 1, 2 if is_alone else 1)
        for column in range(CARDS_A_ROW):
            self._grid.setColumnStretch(column, 1)
        return self.cards

    def show_figures(self, board: Board, figures: OverviewFigures, past: Readings) -> int | None:
        """Show other figures; return by how many points the inspection next to be ready moved in two weeks."""
        days, since = past_days(board.day), board.day - timedelta(days=TWO_WEEKS_DAYS)
        first, first_points = nearest(figures.cards, board.day), None
        for view, card in zip(self.hold_cards(len(figures.cards)), figures.cards, strict=True):
            points = movement(card.figures.readiness, reading(past, days, card.inspection.id, since))
            view.show_card(card, points, since, board.day)
            first_points = points if card is first else first_points
        now = {card.inspection.id: (card.inspection.short_title, card.figures.readiness) for card in figures.cards}
        self.trend.show_trend(trend(past, days, board.day, now))
        inspections = [card.inspection for card in figures.cards]
        self.trend.forecast.show_items(figures.items, inspections, board.day, board.calendar)
        self.areas.show_bars(figures.areas)
        self.services.show_bars(figures.services)
        self.deadlines.show_items(figures.deadlines, board.day, board.calendar, NO_DEADLINES)
        self.deadlines.set_link("All dates" if figures.deadlines else "")
        self.mine.show_items(figures.mine, board.day, board.calendar, NOTHING_MINE)
        for place, rows in enumerate((figures.deadlines, figures.mine), start=1):  # room by what there is to show
            self._lists.setStretch(place, 2 + max(FEWEST_ENTRIES, min(len(rows), MOST_ROWS)))
        self.mine.set_link(counted(len(figures.mine), "item") if figures.mine else "")
        return first_points

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; parts that paint are told by themselves."""
        self._theme = theme
        self.title.setFont(theme.font("h1"))
        for each, name in ((self.why, "help"), (self.export, "export")):
            each.setIcon(icon(name, theme))
            each.setIconSize(QSize(16, 16))
