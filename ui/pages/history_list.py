"""History list: the steps under their days, one line each."""

from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.dates import written
from readiness.domain.views import StepRow
from ui.models.step_list import StepRole, fields_changed
from ui.theme import Theme
from ui.widgets.painting import RIGHT, advance, focus_ring, hairline, row_ground, text

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 30
DAY_HEIGHT = 44
_PAD, _TIME, _WHO, _FIELDS, _GAP = 24.0, 56.0, 168.0, 76.0, 12.0
_UNDONE = "undone"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class StepView(QListView):
    """The list: arrows move, Enter opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = StepDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What happened, newest first")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.delegate.set_theme(theme)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()


class StepDelegate(QStyledItemDelegate):
    """Paints a step: time, what was done, by whom, how many fields; above the first of a day, the day."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today: date | None = None

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme

    def set_today(self, today: date) -> None:
        """Say which day is called today."""
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        height = max(ROW_HEIGHT, round(self._theme.metric().height()) + 12)
        return QSize(0, height + (DAY_HEIGHT if index.data(StepRole.DAY) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        day = index.data(StepRole.DAY)
        if day is not None:
            self._paint_day(painter, QRectF(rect.left(), rect.top(), rect.width(), DAY_HEIGHT), day)
            rect.setTop(rect.top() + DAY_HEIGHT)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        row_ground(
            painter, rect, self._theme, selected=selected, hovered=bool(state & QStyle.StateFlag.State_MouseOver)
        )
        if selected:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), self._theme.color("accent"))
        self._paint_step(painter, rect, index.data(StepRole.STEP), index.data(StepRole.AT))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect.adjusted(3, 0, 0, 0), self._theme)

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date) -> None:
        inner = rect.adjusted(_PAD, 12, -_PAD, 0)
        text(painter, inner, day_heading(day, self._today), self._theme, self._theme.color("text"), "strong")
        hairline(painter, rect, self._theme)

    def _paint_step(self, painter: QPainter, rect: QRectF, step: StepRow, at: datetime) -> None:
        theme = self._theme
        quiet = theme.color("text2")
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        text(painter, inner, f"{at:%H:%M}", theme, quiet)
        text(painter, inner, fields_changed(step), theme, quiet, align=RIGHT)
        who = QRectF(inner.right() - _FIELDS - _GAP - _WHO, inner.top(), _WHO, inner.height())
        text(painter, who, step.actor, theme, quiet)
        what = QRectF(inner.left() + _TIME, inner.top(), who.left() - _GAP - inner.left() - _TIME, inner.height())
        if step.undone:
            text(painter, what, _UNDONE, theme, quiet, align=RIGHT)
            what.setRight(what.right() - advance(_UNDONE, theme) - _GAP)
        text(painter, what, step.label, theme, quiet if step.undone else theme.color("text"))


def day_heading(day: date, today: date | None) -> str:
    """Return how a day is called above its steps, "Today, Monday 26 Apr 2021"."""
    said = f"{WEEKDAYS[day.weekday()]} {written(day)}"
    away = (today - day).days if today is not None else None
    return {0: f"Today, {said}", 1: f"Yesterday, {said}"}.get(-1 if away is None else away, said)
