"""Date field: a line that takes a date as people write it, and says what is wrong with it below."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue


class DateField(QWidget):
    """Empty means no date. `day()` is None then, and while the text is no date; `is_sound` tells the two apart."""

    edited = Signal()

    def __init__(self, day: date | None = None, name: str = "Date", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.line = QLineEdit(written(day))
        self.line.setPlaceholderText("13 Sep 2021")
        self.line.setAccessibleName(name)
        self.setFocusProxy(self.line)
        self.wrong = QLabel()
        self.wrong.setObjectName("fieldError")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        layout.addWidget(self.line)
        layout.addWidget(self.wrong)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)

    @property
    def is_sound(self) -> bool:
        """Whether the text is a date or empty."""
        return self._read() is not ...

    def day(self) -> date | None:
        """Return the date."""
        found = self._read()
        return found if isinstance(found, date) else None

    def _read(self) -> object:
        text = self.line.text()
        if not text.strip():
            return None
        try:
            return read_date(text)
        except BadValue:
            return ...

    def _on_edited(self) -> None:
        if self.is_sound:
            self._say("")
        self.edited.emit()

    def _on_finished(self) -> None:
        try:
            day = read_date(self.line.text()) if self.line.text().strip() else None
        except BadValue as error:
            self._say(str(error))
            return
        self.line.setText(written(day))
        self._say("")

    def _say(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        if bool(self.line.property("wrong")) != bool(text):
            self.line.setProperty("wrong", bool(text))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
