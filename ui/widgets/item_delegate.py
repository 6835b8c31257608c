"""Item delegate: paints the checklist's cells and opens their editors. Nothing is built in `paint`.

Source: look.md, sections 2 to 4.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.errors import BadValue
from readiness.domain.filters import is_late
from readiness.domain.plain_words import counted
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus, Rating
from ui.models.item_columns import COLUMNS, Column, Paint, marks_of
from ui.models.item_rows import AreaHead, InspectionHead
from ui.models.item_table import Index, ItemTable, head_title
from ui.models.overview_words import percent
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.item_editors import (
    KEYS_THAT_STORE,
    DateEditor,
    LineEditor,
    fill_editor,
    make_editor,
    value_of,
)
from ui.widgets.name_combo import NameCombo
from ui.widgets.proof_cell import proof_cell
from ui.widgets.title_mark import SIGN, mark_cell, mark_title
from ui.widgets.word_combo import WordCombo

PADDING, MARGIN, DOT, REFERENCE = 6.0, 24.0, 6.0, 36.0
NAME_WIDTH = 200
"""An editor of names may reach over the next cells."""
CHEVRON = 24
"""Left of this, a click on a heading folds it."""

_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
_EDITORS = (WordCombo, NameCombo, DateEditor, LineEditor)


class ItemDelegate(QStyledItemDelegate):
    """Draws rows as the look has them; `hovered_row` and `reference_width` are set by the grid."""

    def __init__(self, table: ItemTable, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.theme = theme
        self.hovered_row = self.landing_row = -1  # under the mouse; where what is dragged would land
        self.reference_width = 44.0
        self.known: dict[ItemField, list[str]] = {}  # names that owners' and services' editors offer
        self._draw = {
            Paint.NAME: self._name,
            Paint.STATUS: self._status,
            Paint.RATING: self._rating,
            Paint.TEXT: self._text,
            Paint.QUIET: self._quiet,
            Paint.DUE: self._due,
            Paint.EVIDENCE: lambda painter, inner, item, _: proof_cell(painter, inner, item, table.judge, self.theme),
            Paint.PRIORITY: self._priority,
        }

    # painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number, column = index.row(), COLUMNS[index.column()]
        row = self._table.row_at(number)
        if row is None:
            return
        theme, rect = self.theme, QRectF(option.rect)
        state = option.state.value
        selected, hovered = bool(state & _SELECTED), number == self.hovered_row
        inner = rect.adjusted(PADDING, 0, -PADDING, -1)
        if isinstance(row, ItemRow):
            painting.row_ground(painter, rect, theme, selected=selected, hovered=hovered)
            self._draw[column.paint](painter, inner, row, column)
            if column.field is not None and self._table.is_contested(row.id, column.field):
                mark_cell(painter, rect, theme)
        else:
            painter.fillRect(rect, theme.color("window" if isinstance(row, AreaHead) else "rail"))
            painting.row_ground(painter, rect, theme, selected=selected, hovered=hovered)
            self._head(painter, inner, row, column)
        painting.hairline(painter, rect, theme)
        if number == self.landing_row:
            painting.landing(painter, rect, theme)
        if self._has_ring(row, index, bool(state & _FOCUSED)):
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)

    def _has_ring(self, row: object, index: Index, has_focus: bool) -> bool:
        """Whether the keyboard is in a cell; in a heading it is in the row, and shows at its name."""
        view = self.parent()
        if isinstance(row, ItemRow) or not isinstance(view, QAbstractItemView):
            return has_focus
        is_here = COLUMNS[index.column()].paint is Paint.NAME and view.currentIndex().row() == index.row()
        return is_here and view.hasFocus()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(COLUMNS[index.column()].width or 240, 30)

    def _head(self, painter: QPainter, inner: QRectF, head: AreaHead | InspectionHead, column: Column) -> None:
        theme = self.theme
        if column.paint is Paint.NAME:
            sign = QRectF(inner.left() - 7, inner.top(), 16, inner.height())
            name = "chevron-down" if head.is_open else "chevron-right"
            painting.icon_at(painter, sign, name, theme.color("text2"))
            room = inner.adjusted(MARGIN - PADDING, 0, 0, 0)
            title = head_title(head)
            painting.text(painter, room, title, theme, theme.color("text"), "strong")
            if not head.is_open or not head.items:
                said = f"·  {counted(head.shown, 'item')}" if head.items else "·  no items yet"
                room.setLeft(room.left() + painting.advance(title, theme, "strong") + 8)
                painting.text(painter, room, said, theme, theme.color("text2"))
        elif column.paint is Paint.STATUS and head.readiness is not None:
            painting.progress_bar(painter, inner, head.readiness, theme, painting.THIN_BAR)
        elif column.paint is Paint.RATING:
            room = inner.adjusted(4, 0, 0, 0)
            painting.text(painter, room, percent(head.readiness), theme, theme.color("text"))

    def _name(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        del column
        theme, left = self.theme, inner.left() - PADDING
        quiet = theme.color("text2")
        if self._table.is_changed(item):
            dot = QRectF(left + REFERENCE - DOT - 5, round(inner.center().y() - DOT / 2), DOT, DOT)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("data"))
            painter.drawEllipse(dot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        reference = QRectF(left + REFERENCE, inner.top(), self.reference_width + 2, inner.height())
        painting.text(painter, reference, item.reference, theme, quiet)
        room = QRectF(reference.right() + 4, inner.top(), inner.right() - reference.right() - 4, inner.height())
        for mark in marks_of(item)[:1]:
            room = mark_title(painter, room, item.title, mark, self.theme)
        painting.text(painter, room, item.title, theme, quiet if _is_out(item) else theme.color("text"))

    def _status(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        del column
        pie = QRectF(inner.left(), inner.top(), painting.PIE, inner.height())
        painting.status_pie(painter, pie, item.status, self.theme)
        room = inner.adjusted(painting.PIE + 6, 0, PADDING, 0)
        words = "N/A" if _is_out(item) else item.status.label
        painting.text(painter, room, words, self.theme, self.theme.color("text2" if _is_out(item) else "text"))

    def _rating(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        del column
        painting.rating_chip(painter, inner, item.rating, self.theme)

    def _text(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        colour = self.theme.color("text2" if _is_out(item) else "text")
        painting.text(painter, inner, column.text(item), self.theme, colour)

    def _quiet(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        painting.text(painter, inner, column.text(item), self.theme, self.theme.color("text2"))

    def _due(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        theme, words = self.theme, column.text(item)
        if is_late(item, self._table.day):
            colour, font = theme.rating_text(Rating.OFF_TRACK), "strong"
        else:
            colour, font = theme.color("text2" if _is_out(item) else "text"), "base"
        painting.text(painter, inner, words, theme, colour, font, painting.RIGHT)

    def _priority(self, painter: QPainter, inner: QRectF, item: ItemRow, column: Column) -> None:
        del column
        painting.priority_bars(painter, inner, item.priority, self.theme, quiet=_is_out(item))

    # tooltips: only where words are shortened or something is worked out

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        row, column = self._table.row_at(index.row()), COLUMNS[index.column()]
        if isinstance(row, ItemRow) and column.paint in (Paint.NAME, Paint.TEXT):
            room = option.rect.width() - 2 * PADDING
            if column.paint is Paint.NAME:
                room -= REFERENCE + self.reference_width
                room -= SIGN + 8 if marks_of(row) else 0
            if painting.advance(column.text(row), self.theme) <= room:
                return False
        return bool(super().helpEvent(event, view, option, index))

    # editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        row = self._table.row_at(index.row())
        assert isinstance(row, ItemRow)  # noqa: S101 - headings have no flag for editing
        editor = make_editor(COLUMNS[index.column()], row, self.theme, self.known, parent)
        if isinstance(editor, WordCombo):
            editor.chosen.connect(self._on_chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row = self._table.row_at(index.row())
        if isinstance(row, ItemRow) and isinstance(editor, _EDITORS) and not editor.is_touched:
            fill_editor(editor, COLUMNS[index.column()], row)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, _EDITORS) or not editor.is_touched:
            return
        try:
            value = value_of(editor)
        except BadValue:
            return  # only where the window was left with it: a key that stores is stopped before
        model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = option.rect
        if COLUMNS[index.column()].paint is Paint.NAME:
            place.setLeft(place.left() + round(REFERENCE + self.reference_width))
        else:
            right, wanted = place.right(), editor.sizeHint().width()
            place.setWidth(max(place.width(), NAME_WIDTH if isinstance(editor, NameCombo) else min(wanted, NAME_WIDTH)))
            if COLUMNS[index.column()].is_right:
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


def _is_out(item: ItemRow) -> bool:
    return item.status is ItemStatus.NOT_APPLICABLE
