"""Item editors: what opens in a cell of the checklist. Enter and Tab store, Esc restores; a bad date stays open."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent, QValidator
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemField
from ui.models.item_columns import Column
from ui.theme import Theme
from ui.widgets.labels import set_tone
from ui.widgets.name_combo import NameCombo
from ui.widgets.word_combo import WORDS, WordCombo


class DateValidator(QValidator):
    """Lets a date or nothing pass; anything else may still become one."""

    def validate(self, text: str, position: int) -> object:
        """Return how sound the text is."""
        return (QValidator.State.Acceptable if _is_sound(text) else QValidator.State.Intermediate), text, position


class DateEditor(QLineEdit):
    """Empty gives the rule its say again. The sentence about a bad date stands below the cell, over the grid."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setValidator(DateValidator(self))
        self._shown = ""
        self._wrong = QLabel(parent)
        self._wrong.setObjectName("cellError")
        self._wrong.setProperty("surface", "error")
        self._wrong.setProperty("tone", "bad")
        self._wrong.setContentsMargins(8, 4, 8, 4)
        self._wrong.hide()
        self.textEdited.connect(self._on_edited)

    @property
    def is_touched(self) -> bool:
        """Whether something else stands here than was shown."""
        return self.text() != self._shown

    def show_day(self, day: date | None, placeholder: str) -> None:
        """Show the date set by hand; the placeholder says what the rule gives."""
        self._shown = written(day)
        self.setText(self._shown)
        self.setPlaceholderText(placeholder)
        self.selectAll()

    def day(self) -> date | None:
        """Return the date; raises BadValue."""
        return read_date(self.text()) if self.text().strip() else None

    def say_wrong(self) -> None:
        """Show what is wrong and how to put it right."""
        try:
            self.day()
        except BadValue as error:
            self._wrong.setText(str(error))
            self._wrong.adjustSize()
            self._place()
            self._wrong.show()
            self._wrong.raise_()
            set_tone(self, "wrong", True)
            self.setAccessibleDescription(str(error))

    def _on_edited(self) -> None:
        if self._wrong.isVisible() and self.hasAcceptableInput():
            self._wrong.hide()
            set_tone(self, "wrong", False)
            self.setAccessibleDescription("")

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        frame = over.rect()
        corner = self.geometry().bottomLeft() + QPoint(0, 2)
        left = max(0, min(corner.x(), frame.right() - self._wrong.width() - 8))
        above = corner.y() + self._wrong.height() > frame.bottom()
        self._wrong.move(left, self.y() - self._wrong.height() - 2 if above else corner.y())

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wrong.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.selectAll()

    def close_sentence(self) -> None:
        """Take the sentence away for good: the editor is about to go."""
        self._wrong.deleteLater()


class LineEditor(QLineEdit):
    """A line of text, with the cursor at its end."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._shown = ""

    @property
    def is_touched(self) -> bool:
        """Whether something else stands here than was shown."""
        return " ".join(self.text().split()) not in ("", self._shown)

    def show_text(self, text: str) -> None:
        """Show the text that stands in the cell."""
        self._shown = text
        self.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.end(False)  # the view has selected all of it: the first letter typed would take its place


Editor = WordCombo | NameCombo | DateEditor | LineEditor


def make_editor(
    column: Column, item: ItemRow, theme: Theme, known: dict[ItemField, list[str]], parent: QWidget
) -> Editor:
    """Return the editor of a cell."""
    name = f"{column.title} of {item.reference}"
    field = column.field
    if field in WORDS:
        return WordCombo(theme, name, WORDS[field], parent)
    if field in (ItemField.OWNER, ItemField.SERVICE):
        return NameCombo(name, known.get(field, []), parent)
    if field is ItemField.DUE:
        return DateEditor(name, parent)
    return LineEditor(name, parent)


def fill_editor(editor: Editor, column: Column, item: ItemRow) -> None:
    """Show in an editor what stands in the cell."""
    value = column.value(item) if column.value is not None else None
    if isinstance(editor, WordCombo):
        editor.show_word(value if value in WORDS.get(column.field or ItemField.TITLE, ()) else None)  # type: ignore[arg-type]
    elif isinstance(editor, DateEditor):
        editor.show_day(item.due_override, rule_says(item))
    elif isinstance(editor, NameCombo):
        editor.show_text(str(value), "Nobody yet" if column.field is ItemField.OWNER else "None yet")
        line = editor.lineEdit()
        if line is not None:
            line.end(False)
    else:
        editor.show_text(str(value))


def value_of(editor: Editor) -> object:
    """Return what an editor would store. Raises BadValue."""
    if isinstance(editor, WordCombo):
        return editor.word
    if isinstance(editor, DateEditor):
        return editor.day()
    return editor.text() if isinstance(editor, NameCombo) else " ".join(editor.text().split())


def rule_says(item: ItemRow) -> str:
    """Return what stands where no date is set by hand: the day the rule comes to, else the rule."""
    if item.due_override is None and item.due is not None:
        return written(item.due)
    return item.due_rule or "13 Sep 2021"


def _is_sound(text: str) -> bool:
    if not text.strip():
        return True
    try:
        read_date(text)
    except BadValue:
        return False
    return True


KEYS_THAT_STORE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
