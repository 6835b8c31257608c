"""Register delegate: paints the cells of actions and findings and opens their editors. Nothing is built in `paint`.

Source: look.md, sections 2 to 4.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.actions import ActionLine
from readiness.domain.errors import BadValue
from readiness.domain.vocabulary import ActionStatus, Delivery, ItemStatus, Rating
from ui.models.action_table import ActionTable, Index
from ui.models.item_columns import Paint
from ui.models.register_columns import Field, Line, RegisterColumn, chip_word, marks_of, rating_of, where
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.item_delegate import MARGIN, NAME_WIDTH, PADDING
from ui.widgets.item_editors import KEYS_THAT_STORE, DateEditor
from ui.widgets.name_combo import NameCombo
from ui.widgets.register_editors import EDITORS, fill_editor, make_editor, value_of
from ui.widgets.title_mark import mark_cell, mark_title
from ui.widgets.word_combo import WordCombo

PIES = {
    ActionStatus.PLANNED: ItemStatus.NOT_STARTED,
    ActionStatus.IN_HAND: ItemStatus.DRAFTED,
    ActionStatus.DONE: ItemStatus.SIGNED_OFF,
    ActionStatus.STOPPED: ItemStatus.NOT_APPLICABLE,
}
"""The pie that shows how far an action has come: empty, half, full, a dash."""


class RegisterDelegate(QStyledItemDelegate):
    """Draws rows as the checklist's are drawn; `hovered_row` and `place_width` are set by the grid."""

    def __init__(self, table: ActionTable, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.theme = theme
        self.hovered_row = -1
        self.place_width = 44.0
        self.known: Mapping[Field, Sequence[str]] = {}  # names that editors offer
        self._draw = {
            Paint.NAME: self._name,
            Paint.STATUS: self._status,
            Paint.RATING: self._chip,
            Paint.TEXT: self._text,
            Paint.QUIET: self._quiet,
            Paint.DUE: self._due,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number = index.row()
        line, column = self._table.row_at(number), self._table.columns[index.column()]
        if line is None:
            return
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painting.row_ground(painter, rect, theme, selected=selected, hovered=number == self.hovered_row)
        self._draw[column.paint](painter, rect.adjusted(PADDING, 0, -PADDING, -1), line, column)
        if column.field is not None and self._table.is_contested(line.id, column.field):
            mark_cell(painter, rect, theme)
        painting.hairline(painter, rect, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(self._table.columns[index.column()].width or 240, 30)

    def _name(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        theme = self.theme
        place = QRectF(inner.left() + MARGIN - PADDING + 2, inner.top(), self.place_width, inner.height())
        painting.text(painter, place, where(line), theme, theme.color("text2"))
        room = QRectF(place.right() + 6, inner.top(), inner.right() - place.right() - 6, inner.height())
        for mark in marks_of(line):
            room = mark_title(painter, room, column.text(line), mark, theme)
        painting.text(painter, room, column.text(line), theme, theme.color("text2" if _is_out(line) else "text"))

    def _status(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        if isinstance(line, ActionLine):
            pie = QRectF(inner.left(), inner.top(), painting.PIE, inner.height())
            painting.status_pie(painter, pie, PIES[line.action.status], self.theme)
        room = inner.adjusted(painting.PIE + 6, 0, PADDING, 0)
        colour = self.theme.color("text2" if _is_out(line) else "text")
        painting.text(painter, room, column.text(line), self.theme, colour)

    def _chip(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        del column
        painting.chip(painter, inner, rating_of(line), chip_word(line), self.theme)

    def _text(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        colour = self.theme.color("text2" if _is_out(line) else "text")
        painting.text(painter, inner, column.text(line), self.theme, colour)

    def _quiet(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        align = painting.RIGHT if column.is_right else painting.LEFT
        painting.text(painter, inner, column.text(line), self.theme, self.theme.color("text2"), "base", align)

    def _due(self, painter: QPainter, inner: QRectF, line: Line, column: RegisterColumn[Any]) -> None:
        theme = self.theme
        colour, font = theme.color("text2" if _is_out(line) else "text"), "base"
        if isinstance(line, ActionLine) and line.delivery is Delivery.OVERDUE:
            colour, font = theme.rating_text(Rating.OFF_TRACK), "strong"
        painting.text(painter, inner, column.text(line), theme, colour, font, painting.RIGHT)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        line, column = self._table.row_at(index.row()), self._table.columns[index.column()]
        is_text = line is not None and column.paint in (Paint.TEXT, Paint.QUIET, Paint.STATUS, Paint.DUE)
        if is_text and painting.advance(column.text(line), self.theme) <= option.rect.width() - 2 * PADDING:
            return False  # nothing is shortened: there is nothing more to say
        return bool(super().helpEvent(event, view, option, index))

    # editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        line = self._table.row_at(index.row())
        assert line is not None  # noqa: S101 - what has no row has no flag for editing
        editor = make_editor(self._table.columns[index.column()], line, self.theme, self.known, parent)
        if isinstance(editor, WordCombo):
            editor.chosen.connect(self._on_chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        line = self._table.row_at(index.row())
        if line is not None and isinstance(editor, EDITORS) and not editor.is_touched:
            fill_editor(editor, self._table.columns[index.column()], line)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, EDITORS) or not editor.is_touched:
            return
        try:
            value = value_of(editor)
        except BadValue:
            return  # only where the window was left with it: a key that stores is stopped before
        model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place, column = option.rect, self._table.columns[index.column()]
        if column.paint is Paint.NAME:
            place.setLeft(place.left() + round(MARGIN + self.place_width + 2))
        else:
            right, wanted = place.right(), editor.sizeHint().width()
            place.setWidth(max(place.width(), NAME_WIDTH if isinstance(editor, NameCombo) else min(wanted, NAME_WIDTH)))
            if column.is_right:
                place.moveRight(right)
        editor.setGeometry(place)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, DateEditor):
            editor.close_sentence()
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keep a bad date open, with its sentence, when a key would store it or the keyboard leaves."""
        if isinstance(editor, DateEditor) and not editor.hasAcceptableInput():
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in KEYS_THAT_STORE:
                editor.say_wrong()
                return True
            if event.type() == QEvent.Type.FocusOut:
                editor.say_wrong()
                return False
        return bool(super().eventFilter(editor, event))

    def _on_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, WordCombo):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def _is_out(line: Line) -> bool:
    return isinstance(line, ActionLine) and line.action.status is ActionStatus.STOPPED
