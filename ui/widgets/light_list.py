"""Light list: lines that each have a shape with its word, a sentence, and what to do; arrows move through them."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.preflight import Light, PreflightLine
from readiness.domain.vocabulary import Rating
from ui.theme import Theme
from ui.widgets import painting

RATINGS = {Light.BAD: Rating.OFF_TRACK, Light.WARNING: Rating.AT_RISK, Light.GOOD: Rating.ON_TRACK}
"""The shapes and colours are those of ratings; the words are the lights' own."""

_PADDING, _GAP, _CHIP_ROOM, _TITLE_ROOM = 10, 3, 132, 112
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class LightList(QListWidget):
    """One stop for Tab; a screen reader says a line whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setProperty("kind", "plain")
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._delegate.theme = theme
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_lines(self, lines: Sequence[PreflightLine]) -> None:
        """Show these lines."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(_LINE, line)
            spoken = f"{line.title}, {line.light.label}: {line.said} {line.cure}".strip()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if lines:
            self.setCurrentRow(0)

    def lines(self) -> list[PreflightLine]:
        """Return the lines that are shown."""
        return [self.item(row).data(_LINE) for row in range(self.count())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # texts wrap elsewhere


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: LightList) -> None:
        super().__init__(view)
        self.theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        width = self._view.viewport().width()
        line: PreflightLine = index.data(_LINE)
        return QSize(width, round(sum(height for _, height in self._parts(line, self._room(width)))) + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: PreflightLine = index.data(_LINE)
        rect, theme = QRectF(option.rect), self.theme
        painting.hairline(painter, rect, theme)
        chip = QRectF(rect.left() + 8, rect.top() + _PADDING - 2, _CHIP_ROOM - 8, painting.CHIP_HEIGHT)
        painting.chip(painter, chip, RATINGS[line.light], line.light.label, theme)
        top = rect.top() + _PADDING
        title = QRectF(rect.left() + 8 + _CHIP_ROOM, top, _TITLE_ROOM - 12, theme.metric("strong").height())
        painting.text(painter, title, line.title, theme, theme.color("text"), "strong")
        painter.setFont(theme.font())
        for (tone, words), height in self._parts(line, self._room(rect.width())):
            painter.setPen(theme.color(tone))
            place = QRectF(title.left() + _TITLE_ROOM, top, self._room(rect.width()), height)
            painter.drawText(place, _WRAP, words)
            top += height
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if focused and self._view.hasFocus():
            painting.focus_ring(painter, rect.adjusted(0, 1, 0, -2), theme)

    def _room(self, width: float) -> float:
        return max(120.0, width - _CHIP_ROOM - _TITLE_ROOM - 24)

    def _parts(self, line: PreflightLine, room: float) -> list[tuple[tuple[str, str], float]]:
        """Return colour and words of each text of a line, with its height."""
        metric, parts = self.theme.metric(), [("text", line.said)]
        parts += [("text2", line.cure)] if line.cure else []
        place = QRectF(0, 0, room, 10_000)
        return [((tone, words), metric.boundingRect(place, _WRAP, words).height() + _GAP) for tone, words in parts]
