"""Week table: the days side by side. Tab stops once; arrows move between entries and days, and into the next week."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.schemes import HANDBOOK
from ui.models.plan_spans import lanes_over, spans_of, without_spans
from ui.models.plan_weeks import Column
from ui.theme import Theme
from ui.widgets.day_column import DayBody, DayHead
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.event_lines import SpanLanes
from ui.widgets.painted_button import PaintedButton

FOOTNOTE = f"○ usual or expected, not confirmed: {HANDBOOK}"
GAP = 8
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class WeekTable(QFrame):
    """The columns of one week in a card: heads, what goes on for several days, and the days' own."""

    item_opened = Signal(str)  # id
    rows_opened = Signal(object)  # Column
    turned = Signal(int)  # -1, 1: the keyboard went beyond the first or the last day

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "card")
        self.setAccessibleName("Timetable")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.heads: list[DayHead] = []
        self.bodies: list[DayBody] = []
        self._days = 0  # how many of them are shown
        self._stop: PaintedButton | None = None
        self.lanes = SpanLanes(theme, self)
        self.footnote = ElidedLabel(FOOTNOTE, self)
        self.footnote.setProperty("tone", "quiet")
        self.footnote.setContentsMargins(8, 0, 8, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setRowStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 5, 9, 8)
        layout.setSpacing(4)
        layout.addLayout(self._grid, 1)
        layout.addWidget(self.footnote)

    def set_theme(self, theme: Theme) -> None:
        """Make new columns in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    def show_columns(self, columns: Sequence[Column], *, is_week: bool) -> None:
        """Show other days; the keyboard stays at its place.

        Args:
            columns: The days.
            is_week: Whether they follow each other: what goes on for several is then told once.
        """
        focused = self._stop is not None and self._stop.hasFocus()
        place = self._place(self._stop) if focused else None
        spans = spans_of(columns) if is_week else ()
        self._make_room(len(columns))
        for number, column in enumerate(columns):
            self.heads[number].show_column(column)
            top = self.lanes.room(lanes_over(number, spans))
            self.bodies[number].show_column(column, without_spans(column, number, spans), top)
        self.lanes.show_spans(spans, len(columns), GAP)
        self._lay_lanes()
        self.footnote.setVisible(any(not event.verified for column in columns for event in column.events))
        if place is not None:
            self.go(*place)
        else:
            self._keep_one_stop(None)

    def _make_room(self, count: int) -> None:
        self._grid.setColumnStretch(len(self.heads), 0)
        while len(self.heads) < count:
            head, body = DayHead(self.theme, self), DayBody(self.theme, self)
            head.clicked.connect(self._on_head_clicked)
            body.item_opened.connect(self.item_opened)
            body.rows_opened.connect(self.rows_opened)
            body.refilled.connect(self._on_refilled)
            self._grid.addWidget(head, 0, len(self.heads))
            self._grid.addWidget(body, 1, len(self.heads))
            self.heads.append(head)
            self.bodies.append(body)
        for number, (head, body) in enumerate(zip(self.heads, self.bodies, strict=True)):
            head.setVisible(number < count)
            body.setVisible(number < count)
            self._grid.setColumnStretch(number, 2 if number < count else 0)
        self._grid.setColumnStretch(len(self.heads), max(0, 5 - 2 * count))  # one or two are not drawn apart
        self._days = count
        self.lanes.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_lanes()

    def _lay_lanes(self) -> None:
        """Lay what goes on for several days over the columns, right below their heads."""
        self._grid.activate()
        area = self._grid.geometry()
        top = area.top() + (self.heads[0].sizeHint().height() if self.heads else 0)
        self.lanes.setGeometry(area.left(), top, area.width(), max(1, area.bottom() - top))

    def stops(self, day: int) -> list[PaintedButton]:
        """Return what the keyboard goes through in a day, from its head down."""
        return [self.heads[day], *self.bodies[day].stops]

    def go(self, day: int, place: int) -> None:
        """Give the keyboard to a place in a day; where there is none, to the nearest."""
        if self._days:
            stops = self.stops(max(0, min(day, self._days - 1)))
            stops[max(0, min(place, len(stops) - 1))].setFocus(Qt.FocusReason.TabFocusReason)

    def enter(self) -> None:
        """Give the keyboard to the first item of today, else of the first day on which something is due."""
        shown = [body.column for body in self.bodies[: self._days]]
        today = next((number for number, column in enumerate(shown) if column.is_today), None)
        filled = next((number for number, column in enumerate(shown) if column.entries), 0)
        self.go(today if today is not None else filled, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn arrows, Home and End into moves, and keep Tab's place."""
        if isinstance(watched, PaintedButton) and event.type() == QEvent.Type.FocusIn:
            self._keep_one_stop(watched)
        elif isinstance(watched, PaintedButton) and isinstance(event, QKeyEvent) and _moves(event):
            self._move(watched, event.key())
            return True
        return super().eventFilter(watched, event)

    def _move(self, here: PaintedButton, key: int) -> None:
        found = self._place(here)
        if found is None:
            return
        day, place = found
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            day += 1 if key == Qt.Key.Key_Right else -1
            if not 0 <= day < self._days:
                self.turned.emit(1 if day > 0 else -1)
                return
        last = len(self.stops(day)) - 1
        steps = {Qt.Key.Key_Up: place - 1, Qt.Key.Key_Down: place + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        self.go(day, steps.get(Qt.Key(key), place))

    def _place(self, button: PaintedButton | None) -> tuple[int, int] | None:
        for day in range(self._days):
            stops = self.stops(day)
            if button in stops:
                return day, stops.index(button)
        return None

    def _on_head_clicked(self) -> None:
        head = self.sender()
        if isinstance(head, DayHead) and head.column.entries:
            self.rows_opened.emit(head.column)

    def _on_refilled(self) -> None:
        for stops in map(self.stops, range(len(self.heads))):
            for stop in stops:
                stop.installEventFilter(self)  # a second time counts as once
        self._keep_one_stop(self._stop)

    def _keep_one_stop(self, stop: PaintedButton | None) -> None:
        shown = [each for day in range(self._days) for each in self.stops(day)]
        self._stop = stop if stop in shown else next(iter(shown), None)
        for each in shown:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is self._stop else Qt.FocusPolicy.ClickFocus)


def _moves(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.type() == QEvent.Type.KeyPress and event.key() in _KEYS and plain
