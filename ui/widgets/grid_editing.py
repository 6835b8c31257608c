"""Grid editing: whether Qt really asks a grid for an editor, where another one than the cell's is to open."""

from typing import Any

from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView

_Hint = QAbstractItemDelegate.EndEditHint
MOVES_ON = frozenset({_Hint.EditNextItem, _Hint.EditPreviousItem})
"""How an editor ends when Tab goes to the next cell."""


def is_asked(view: QAbstractItemView, how: tuple[Any, ...]) -> bool:
    """Return whether what `edit` was told beside the cell, a trigger and an event, opens an editor in this view.

    Qt asks at every click and move too, and leaves it to the view's triggers.
    """
    if not how or how[0] == QAbstractItemView.EditTrigger.AllEditTriggers:
        return True
    return bool(how[0] & view.editTriggers())
