"""Inspection week: what is due today, what is late, what comes next, day by day; and the same for an imagined call."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.plan import Basis
from readiness.domain.views import Board, Changes
from readiness.services.undo import undo
from ui.board import BoardSource
from ui.models.plan_cards import PlanRow
from ui.models.plan_weeks import Column
from ui.models.plan_words import NO_DATE
from ui.operations import Operations
from ui.pages.inspection_week_body import InspectionWeekBody
from ui.plan_desk import PlanDesk
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.foot_strip import FootStrip

NOTHING_TRACKED = "Choose Track another inspection in the Inspection menu (Ctrl+Shift+N) to lay out its checklist."
NOT_CALLED = "The call for {name} is not recorded yet. Record the call first (Ctrl+Shift+C)."
HINTS = "Arrows move · Enter opens the item · PgDn next week · Ctrl+R what if they ring on…"
REHEARSAL_HINTS = "Alt+Left, Alt+Right another day · PgDn next week · Esc back to the plan"


class InspectionWeekPage(QWidget):
    """Draws the plan of `desk`. It is made when the page is seen, not while it is hidden."""

    open_items = Signal(object)  # ItemFilter
    open_item = Signal(str)  # id
    call_wanted = Signal()
    event_wanted = Signal(object)  # Event
    print_wanted = Signal()
    inspection_wanted = Signal()

    def __init__(
        self, operations: Operations, source: BoardSource, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        self.desk = PlanDesk(operations, source, self)
        self._is_stale = True
        self.body = InspectionWeekBody(theme)
        self.empty = EmptyState(
            theme, "calendar", "No inspection is tracked yet", NOTHING_TRACKED, "Track an inspection…"
        )
        self.undated = EmptyState(theme, "calendar", "No day is known yet", NO_DATE, "We have had the call")
        self.foot = FootStrip(theme)
        self.middle = QStackedWidget()
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show one inspection; None: the one that is running, else the one expected first."""
        self.desk.choose(inspection_id)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {"View": list(self._actions.values())}

    def flush(self) -> None:
        """Nothing here waits to be stored."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.desk.refresh(None)

    def _make_actions(self) -> dict[str, QAction]:
        made = {}
        deeds: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("previous", "Previous week", "PgUp", partial(self.body.weeks.turn, -1)),
            ("next", "Next week", "PgDown", partial(self.body.weeks.turn, 1)),
            ("today", "This week", "Ctrl+T", self.body.weeks.show_today),
            ("earlier", "Rehearse a working day earlier", "Alt+Left", partial(self.body.strip.move_by, -1)),
            ("later", "Rehearse a working day later", "Alt+Right", partial(self.body.strip.move_by, 1)),
            ("back", "Back to the plan", "Esc", self.desk.leave),
        )
        for name, words, keys, deed in deeds:
            made[name] = QAction(words, self)
            made[name].setShortcut(QKeySequence(keys))
            made[name].triggered.connect(lambda _checked=False, deed=deed: deed())
            self.addAction(made[name])
        return made

    def _lay_out(self) -> None:
        for each in (self.body, self.empty, self.undated):
            self.middle.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.foot)
        self.middle.hide()  # until the plan is made: an empty page would be a wrong answer

    def _connect(self) -> None:
        body = self.body
        self._source.refreshed.connect(self._on_refreshed)
        self.desk.changed.connect(self._on_plan_changed)
        body.what_if.clicked.connect(self.rehearse)
        body.print.clicked.connect(self.print_wanted)
        body.strip.asked.connect(self.desk.rehearse)
        body.strip.left.connect(self.desk.leave)
        body.table.item_opened.connect(self.open_item)
        body.table.rows_opened.connect(self._on_rows_opened)
        for card in body.cards:
            card.row_opened.connect(self._on_row_opened)
        body.to_come.link_activated.connect(partial(self.event_wanted.emit, None))
        for asking in (body.call.clicked, self.undated.acted):
            asking.connect(self.call_wanted)
        self.empty.acted.connect(self.inspection_wanted)
        self.foot.undo_asked.connect(partial(self._operations.change, undo))

    def _on_refreshed(self, _board: Board, told: tuple[Changes, ...] | None) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.desk.refresh(told)

    def rehearse(self) -> None:
        """Begin a rehearsal, from the planning date or from today, and give the keyboard to its date."""
        desk = self.desk
        if desk.row is None:
            return
        if desk.rehearsed is None:
            plan = desk.plan
            ahead = plan is not None and plan.basis is Basis.PLANNED and plan.call >= desk.day
            day = plan.call if plan is not None and ahead else desk.calendar.nth(desk.day, 1)
            desk.rehearse(day, desk.row.visit)
        self.body.strip.focus_day()

    def refuse_before_call(self) -> None:
        """Say that something needs the call to be recorded first."""
        if self.desk.row is not None:
            self.foot.show_notice(NOT_CALLED.format(name=self.desk.row.short_title), warning=True)

    def _on_plan_changed(self) -> None:
        self._is_stale = not self.isVisible()
        board, desk = self._source.board, self.desk
        if self._is_stale or board is None or (desk.row is not None and not desk.is_known):
            return
        for name in ("earlier", "later", "back"):
            self._actions[name].setEnabled(desk.rehearsed is not None)
        if desk.row is None or desk.plan is None:
            self.middle.setCurrentWidget(self.empty if desk.row is None else self.undated)
            self.foot.set_hints("")
        else:
            self.body.show_plan(desk, desk.plan)
            self.middle.setCurrentWidget(self.body)
            self.foot.set_hints(REHEARSAL_HINTS if desk.rehearsed else HINTS)
        self.middle.show()
        if self.hasFocus():
            self._to_table()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to what is due first."""
        super().focusInEvent(event)
        self._to_table()

    def _to_table(self) -> None:
        if self.middle.isVisible() and self.middle.currentWidget() is self.body:
            self.body.table.enter()

    def _on_rows_opened(self, column: Column) -> None:
        self.open_items.emit(ItemFilter(items=column.items, label=column.label))

    def _on_row_opened(self, row: PlanRow) -> None:
        if row.event is not None:
            self.event_wanted.emit(row.event)
        elif row.chosen is not None:
            self.open_items.emit(row.chosen)
        elif row.day is not None:
            self.body.weeks.show_day(row.day)
