"""Day line: a date that looks like text until the keyboard is in it; stored on leaving, with a sentence when bad."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue
from ui.theme import Theme
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import set_tone

LONGEST = 60  # characters of what was typed, in a notice


class DayLine(QWidget):
    """`entered` brings another day, or None; what cannot be read is told and given up when something else is shown."""

    entered = Signal(object)  # date | None
    given_up = Signal(str)  # a sentence

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._shown = name, ""
        self.line = QLineEdit(self)
        self.line.setProperty("kind", "field")
        self.line.setAccessibleName(name)
        self.line.setToolTip("Write the date as 13 Sep 2021, 13/9/2021 or 2021-09-13")
        self._fault = FieldFault(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self._fault)
        self.line.editingFinished.connect(self._store)
        self.line.textEdited.connect(self._on_edited)

    def show_day(self, day: date | None, placeholder: str = "No date yet", *, is_other: bool = False) -> None:
        """Show a day; what is being typed stays, unless it is of something else."""
        is_typed = self.line.text() != self._shown
        self._shown = written(day)
        self.line.setPlaceholderText(placeholder)
        if is_other or not is_typed:
            self._put_back()

    def flush(self) -> None:
        """Bring what was written and not yet said; what cannot be read is given up, and that is told."""
        self._store()
        if self.line.text() != self._shown:
            typed = " ".join(self.line.text().split())
            self._put_back()
            kept = self._shown or "empty"
            self.given_up.emit(f"“{typed[:LONGEST]}” is no date; {self._name.lower()} stays {kept}.")

    def _store(self) -> None:
        text = " ".join(self.line.text().split())
        if text == self._shown:
            self._put_back()
            return
        try:
            day = read_date(text) if text else None
        except BadValue as error:
            set_tone(self.line, "wrong", True)
            self._fault.show_fault(str(error))
            return
        was, self._shown = self._shown, written(day)
        self._put_back()
        if self._shown != was:
            self.entered.emit(day)

    def _put_back(self) -> None:
        self.line.setText(self._shown)
        self.line.setCursorPosition(0)
        self._mend()

    def _mend(self) -> None:
        if self.line.property("wrong"):
            set_tone(self.line, "wrong", False)
            self._fault.show_fault("")

    def _on_edited(self) -> None:
        self._mend()
