"""Grid keys: what the keys of the checklist's grid select, and how a letter begins to write in a cell."""

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from readiness.domain.vocabulary import ItemField
from ui.models.item_columns import COLUMNS
from ui.models.item_table import Index
from ui.widgets.name_combo import NameCombo

Select = QItemSelectionModel.SelectionFlag
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_MOVES = frozenset(
    {_Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End}
    | {_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown}
)
_TEXTS = frozenset({ItemField.TITLE, ItemField.OWNER, ItemField.SERVICE})


def is_plain(event: QKeyEvent) -> bool:
    """Whether a key is pressed alone."""
    return event.modifiers() in (_Modifier.NoModifier, _Modifier.KeypadModifier)


def selected_by(view: QAbstractItemView, index: Index, event: QEvent | None) -> Select | None:
    """Return what moving to a cell by a key does to the selection; None: what Qt does.

    With Ctrl, Qt moves the ring alone, and the next key would change rows out of sight. Along a row, all stays.
    """
    if not isinstance(event, QKeyEvent) or event.key() not in _MOVES:
        return None
    if event.modifiers() & _Modifier.ShiftModifier:
        return None
    stays = index.row() == view.currentIndex().row() and view.selectionModel().isSelected(index)
    return Select.NoUpdate if stays else Select.ClearAndSelect | Select.Rows


def begins_text(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Whether a key is a letter and the current cell a text that can be written."""
    index = view.currentIndex()
    if not (is_plain(event) or event.modifiers() == _Modifier.ShiftModifier) or not event.text().isalpha():
        return False
    is_text = index.isValid() and COLUMNS[index.column()].field in _TEXTS
    return is_text and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


def type_over(view: QAbstractItemView, event: QKeyEvent) -> None:
    """Write over the current cell, as in a spreadsheet; Esc puts back what stood there."""
    view.edit(view.currentIndex())
    editor = view.indexWidget(view.currentIndex())
    line = editor.lineEdit() if isinstance(editor, NameCombo) else editor
    if isinstance(line, QLineEdit):
        line.selectAll()
        QCoreApplication.sendEvent(line, event)
