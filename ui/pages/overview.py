"""Overview: how ready are we, what is worst, what is next, what is mine; every figure opens the rows behind it."""

import linecache
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.domain.assertions import Hands, assertion_gap
from readiness.domain.filters import DueSpan, ItemFilter
from readiness.domain.views import Board, Changes
from ui.after_paint import AfterPaint
from ui.board import BoardSource
from ui.dialogs.why_dialog import WhyDialog
from ui.models.overview_figures import UNDONE, OverviewFigures, nearest, overview_figures
from ui.models.overview_words import as_html, opening, percent
from ui.models.trend_points import Readings, past_days
from ui.operations import Operations
from ui.pages.overview_body import OverviewBody
from ui.theme import Theme, retheme
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING_TRACKED = "Choose Track another inspection in the Inspection menu (Ctrl+Shift+N) to lay out its checklist."


class OverviewPage(QWidget):
    """Draws the board as figures. It is added up when the page is seen, not while it is hidden."""

    open_items = Signal(object)  # ItemFilter; its label says where it came from
    open_item = Signal(str)  # id
    export_requested = Signal()

    def __init__(
        self,
        operations: Operations,
        source: BoardSource,
        theme: Theme,
        me: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations, self._source, self._me = operations, source, me
        self._inspection_id: str | None = None
        self._past: Readings = {}
        self._hands: Mapping[str, Hands] | None = None  # None: not read yet
        self._four_eyes = True
        self._figures: OverviewFigures | None = None
        self._is_stale = True
        self._theme = theme
        self.body = OverviewBody(theme)
        self.empty = EmptyState(theme, "overview", "No inspection is tracked yet", NOTHING_TRACKED)
        self.middle = QStackedWidget()
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        if source.board is not None:  # read before this page was made
            AfterPaint(self, self._read_past)  # before, the worker would hold up the making of the page
            AfterPaint(self, self._read_hands)
            self._refresh()

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show one inspection, or all of them."""
        if inspection_id != self._inspection_id:
            self._inspection_id = inspection_id
            self._refresh()

    def set_me(self, me: tuple[str, ...]) -> None:
        """Say under which names and roles (casefolded) I own items."""
        if me != self._me:
            self._me = me
            self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self._theme = theme
        for part in (self.body, self.empty):
            retheme(part, theme)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {"View": list(self._actions.values())}

    def flush(self) -> None:
        """Nothing here waits to be stored."""

    def explain(self) -> WhyDialog | None:
        """Open the explanation of the first figure and return it; None where there is none."""
        board = self._source.board
        card = nearest(self._figures.cards, self._figures.day) if self._figures else None
        if board is None or self._figures is None or card is None:
            return None
        inspections = [each.inspection for each in self._figures.cards]
        dialog = WhyDialog(self._theme, inspections, board.items, card.inspection.id, self)
        dialog.open_items.connect(self.open_items)
        dialog.open_item.connect(self.open_item)
        dialog.open()
        return dialog

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def _make_actions(self) -> dict[str, QAction]:
        made = {}
        for name, words, keys, slot in (
            ("why", "Why this figure?", "Ctrl+Shift+W", self.explain),
            ("forecast", "Forecast a later day", "Ctrl+Shift+F", self._on_forecast_wanted),
            ("table", "Trend as a table or a chart", "Ctrl+T", self.body.trend.switch),
            ("dates", "All dates", "Ctrl+D", self._on_dates_wanted),
            ("mine", "My items", "Ctrl+M", self._on_mine_wanted),
        ):
            made[name] = QAction(words, self)
            made[name].setShortcut(QKeySequence(keys))
            made[name].triggered.connect(slot)
            self.addAction(made[name])
        return made

    def _lay_out(self) -> None:
        self.middle.addWidget(self.body)
        self.middle.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.middle)
        self.middle.hide()  # until the board was read: an empty page would be a wrong answer

    def _connect(self) -> None:
        body = self.body
        self._source.refreshed.connect(self._on_refreshed)
        body.why.clicked.connect(self._actions["why"].trigger)
        body.export.clicked.connect(self.export_requested)
        body.deadlines.link_activated.connect(self._on_dates_wanted)
        body.mine.link_activated.connect(self._on_mine_wanted)
        for figures in (body, body.areas, body.services, body.trend.forecast, body.claims):
            figures.open_items.connect(self.open_items)
        for items in (body.deadlines, body.mine):
            items.open_item.connect(self.open_item)

    def _on_refreshed(self, _board: Board, told: tuple[Changes, ...] | None) -> None:
        if told is None or any(changes.of("inspection") or changes.of("area") for changes in told):
            self._read_past()
        if told is None or any(changes.of("review") or changes.of("workspace") for changes in told):
            self._read_hands()
        self._refresh()

    def _read_past(self) -> None:
        def trend(session: "Session", board: Board) -> Readings:
            from readiness.services.trend import read_trend

            linecache.clearcache()  # PySide looks into the source of each module imported, and 9 MB of it would stay
            return read_trend(session, board, past_days(board.day))

        if self._source.board is not None:
            self._operations.ask(self._on_trend_read, trend, self._source.board)

    def _on_trend_read(self, past: Readings) -> None:
        if isValid(self) and past != self._past:  # an answer may come after the page is gone
            self._past = past
            self._refresh()

    def _read_hands(self) -> None:
        def hands(session: "Session") -> tuple[dict[str, Hands], bool]:
            from readiness.services.checks import read_hands  # brings SQLAlchemy: in the worker

            return read_hands(session)

        self._operations.ask(self._on_hands_read, hands)

    def _on_hands_read(self, found: tuple[dict[str, Hands], bool]) -> None:
        if isValid(self) and found != (self._hands, self._four_eyes):
            self._hands, self._four_eyes = found
            self._refresh()

    def _refresh(self) -> None:
        board = self._source.board
        if board is None:
            return
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        self._figures = overview_figures(board, self._inspection_id, self._me)
        self.middle.setCurrentWidget(self.body if board.inspections else self.empty)
        self.middle.show()
        points = self.body.show_figures(board, self._figures, self._past)
        gap = assertion_gap(self._figures.items, board.day, self._hands, four_eyes=self._four_eyes)
        self.body.claims.show_gap(gap, known=self._hands is not None)
        card = nearest(self._figures.cards, board.day)
        self.body.sentence.setText(as_html(opening(card, points, board.items, board.areas)))
        figure = percent(card.figures.readiness) if card else None
        self.body.why.setText(
            " Why no figure?" if card is None or card.figures.readiness is None else f" Why {figure}?"
        )
        self.body.why.setAccessibleName(self.body.why.text().strip())

    def _on_forecast_wanted(self) -> None:
        slider = self.body.trend.forecast.slider
        slider.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.body.ensureWidgetVisible(slider)

    def _on_dates_wanted(self) -> None:
        dated = (DueSpan.LATE, DueSpan.TODAY, DueSpan.SOON, DueSpan.LATER)
        chosen = ItemFilter(inspections=self._scope(), statuses=UNDONE, due=dated, label="Next deadlines")
        self.open_items.emit(chosen)

    def _on_mine_wanted(self) -> None:
        if self._me:
            self.open_items.emit(ItemFilter(inspections=self._scope(), mine=self._me, label="My items"))

    def _scope(self) -> tuple[str, ...]:
        return () if self._inspection_id is None else (self._inspection_id,)
