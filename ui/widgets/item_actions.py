"""Item actions: the sources of an item's proof, what is being done about it, and a line to add an action."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.actions import ActionLine, Registers, say_actions
from readiness.domain.dates import written
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Delivery, ImpactLevel, Rating
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.labels import heading, label
from ui.widgets.painted_button import PaintedButton
from ui.widgets.source_marks import SourceMarks

ASK = "Add an action: what is to be done?"


def say_line(line: ActionLine) -> str:
    """Return by when an action is due or what became of it, and what it changed."""
    action = line.action
    due = f"due {written(action.due)}" if action.due is not None else "no date"
    when = "done" if line.delivery is Delivery.DONE else "stopped" if line.delivery is Delivery.STOPPED else due
    level = action.impact_level
    impact = "no impact yet" if level is ImpactLevel.NONE_YET else f"impact {level.label.lower()}"
    return f"{when} · {impact}"


class ActionRow(PaintedButton):
    """One action in two lines; pressed, it opens."""

    def __init__(self, theme: Theme, line: ActionLine, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_line(line)

    def show_line(self, line: ActionLine) -> None:
        """Show another action."""
        self.line = line
        title, said = line.action.title, f"{line.action.owner or 'nobody'}, {say_line(line)}"
        self.setAccessibleName(f"{title}, {line.delivery.label}, {said}. Enter opens it")
        self.setToolTip(f"{title}\n{line.delivery.label} · {said}")
        self.update()

    def _line_height(self) -> float:
        return round(self.theme.metric().height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, round(2 * self._line_height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, line, height = self.theme, self.line, self._line_height()
        inner = rect.adjusted(4, 4, -4, -4)
        mark = QRectF(inner.left(), inner.top(), 11, height)
        painting.rating_mark(painter, mark, line.delivery.rating, theme)
        left = mark.right() + 7
        first = QRectF(left, inner.top(), inner.right() - left, height)
        painting.text(painter, first, line.action.title, theme, theme.color("text"))
        said = say_line(line)
        width = min(painting.advance(said, theme) + 1, inner.right() - left)
        right = QRectF(inner.right() - width, inner.top() + height, width, height)
        is_late = line.delivery is Delivery.OVERDUE
        colour = theme.rating_text(Rating.OFF_TRACK) if is_late else theme.color("text2")
        painting.text(painter, right, said, theme, colour, "base", painting.RIGHT)
        owner = QRectF(left, right.top(), right.left() - left - 8, height)
        painting.text(painter, owner, line.action.owner or "nobody", theme, theme.color("text2"))


class AddLine(QLineEdit):
    """Enter adds what was written; Esc gives the keyboard back."""

    entered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        words = " ".join(self.text().split())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if words:
                self.clear()
                self.entered.emit(words)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ItemActions(QWidget):
    """Shows what `take` was given of the item that `show_item` named."""

    added = Signal(str, str)  # id of the item, what is to be done
    opened = Signal(str)  # id of an action

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._item: ItemRow | None = None
        self._by_item: dict[str, list[ActionLine]] = {}
        self._day: date | None = None
        self.sources = SourceMarks(theme, self)
        self.count = label("", "quiet", self)
        self.rows = ButtonRows(theme, self)
        self.rows.setAccessibleName("Actions")
        self.line = AddLine(self)
        self.line.setPlaceholderText(ASK)
        self.line.setAccessibleName("Add an action")
        self.line.setToolTip("Write what is to be done; Enter adds it (Alt+Ins comes here)")
        head = QHBoxLayout()
        head.addWidget(heading("Actions", theme, "strong", self))
        head.addStretch(1)
        head.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading("Sources of proof", theme, "strong", self))
        layout.addWidget(self.sources)
        layout.addSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.rows)
        layout.addWidget(self.line)
        self.line.entered.connect(self._on_entered)

    def set_theme(self, theme: Theme) -> None:
        """Make new rows in another theme from now on."""
        self.theme = theme

    def take(self, registers: Registers, day: date) -> None:
        """Take other actions, judged on a day; those of the item that is shown are shown again."""
        self._by_item, self._day = {}, day
        for line in registers.actions:
            if line.item is not None:
                self._by_item.setdefault(line.item.id, []).append(line)
        if self._item is not None:
            self._show(self._item)

    def show_item(self, item: ItemRow) -> None:
        """Turn to an item."""
        if self._item is None or item.id != self._item.id:
            self.line.clear()
        self._item = item
        self._show(item)

    def focus_line(self) -> None:
        """Put the keyboard where an action is added."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, item: ItemRow) -> None:
        self._show_lines(self._by_item.get(item.id, ()))
        self.sources.show_sources(item.proof.sources(self._day) if self._day is not None else frozenset())

    def _show_lines(self, lines: Sequence[ActionLine]) -> None:
        rows = [row for row in self.rows.buttons if isinstance(row, ActionRow)][: len(lines)]
        for row, line in zip(rows, lines, strict=False):
            row.show_line(line)
        for line in lines[len(rows) :]:
            row = ActionRow(self.theme, line, self.rows)
            row.clicked.connect(self._on_row_clicked)
            rows.append(row)
        self.rows.hold(rows)
        self.rows.setVisible(bool(rows))
        self.count.setText(say_actions(lines) or "None yet")

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ActionRow):
            self.opened.emit(row.line.id)

    def _on_entered(self, words: str) -> None:
        if self._item is not None:
            self.added.emit(self._item.id, words)
