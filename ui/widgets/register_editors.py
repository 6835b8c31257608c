"""Register editors: what opens in a cell of the grids of actions and findings. Enter and Tab store, Esc restores."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from readiness.domain.action_editing import DAYS, WORDS
from readiness.domain.vocabulary import ActionField, FindingField, Word
from ui.models.register_columns import Field, Line, RegisterColumn, where
from ui.theme import Theme
from ui.widgets.item_editors import DateEditor, LineEditor
from ui.widgets.name_combo import NameCombo
from ui.widgets.word_combo import WordCombo

NAMES = frozenset({ActionField.OWNER, ActionField.SERVICE, FindingField.OWNER, FindingField.ORIGIN})
"""Fields whose values recur: those in use are offered."""

Editor = WordCombo | NameCombo | DateEditor | LineEditor
EDITORS = (WordCombo, NameCombo, DateEditor, LineEditor)


def make_editor(
    column: RegisterColumn[Any], line: Line, theme: Theme, known: Mapping[Field, Sequence[str]], parent: QWidget
) -> Editor:
    """Return the editor of a cell."""
    field = column.field or ActionField.TITLE
    name = f"{column.title} of {where(line)}"
    if field in WORDS:
        return WordCombo(theme, name, tuple(WORDS[field]), parent)
    if field in NAMES:
        return NameCombo(name, known.get(field, ()), parent)
    if field in DAYS:
        return DateEditor(name, parent)
    return LineEditor(name, parent)


def fill_editor(editor: Editor, column: RegisterColumn[Any], line: Line) -> None:
    """Show in an editor what stands in the cell."""
    value = column.value(line) if column.value is not None else None
    if isinstance(editor, WordCombo):
        editor.show_word(value if isinstance(value, Word) else None)
    elif isinstance(editor, DateEditor):
        editor.show_day(value, "13 Sep 2021")  # type: ignore[arg-type]  # such a column has days
    elif isinstance(editor, NameCombo):
        editor.show_text(str(value), "Nobody yet" if column.key == "owner" else "")
        edit = editor.lineEdit()
        if edit is not None:
            edit.end(False)
    else:
        editor.show_text(str(value))


def value_of(editor: Editor) -> object:
    """Return what an editor would store. Raises BadValue."""
    if isinstance(editor, WordCombo):
        return editor.word
    if isinstance(editor, DateEditor):
        return editor.day()
    return editor.text() if isinstance(editor, NameCombo) else " ".join(editor.text().split())
