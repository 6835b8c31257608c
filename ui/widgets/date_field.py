"""Date field: a line to type a date into; what it cannot read stays as typed and is said below."""

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dates import date_fault, format_date, parse_date
from ui.widgets.labels import set_tone

_WIDTH = 120


class DateField(QLineEdit):
    """`day` is what is written, None when nothing or not a date; `fault` is the sentence to show."""

    day_changed = Signal(object)  # date | None; only sound values
    fault_changed = Signal(str)  # "": sound again

    def __init__(self, name: str, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fault = ""
        self._day = day
        self.setAccessibleName(name)
        self.setPlaceholderText("13 Sep 2021")
        self.setToolTip("Write the date as 13 Sep 2021, 13/9/2021 or 2021-09-13")
        self.setText(format_date(day))
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self.settle)

    @property
    def day(self) -> date | None:
        """The date that is written."""
        return parse_date(self.text())

    @property
    def is_sound(self) -> bool:
        """Whether a date stands here, or nothing."""
        return not date_fault(self.text())

    def set_day(self, day: date | None) -> None:
        """Show a date from outside; says nothing."""
        self._day = day
        self.setText(format_date(day))
        self._say("")

    def settle(self) -> None:
        """Judge what is written, as on leaving the field: tidy a date, mark what is none."""
        fault = date_fault(self.text())
        if not fault:
            self.setText(format_date(self.day))
            self._announce()
        self._say(fault)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def _on_text_edited(self) -> None:
        if self.is_sound:  # a fault is only said on leaving, but goes as soon as it is cured
            self._say("")
            self._announce()

    def _announce(self) -> None:
        if self.day != self._day:
            self._day = self.day
            self.day_changed.emit(self._day)

    def _say(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            set_tone(self, "wrong", bool(fault))
            self.setAccessibleDescription(fault)
            self.fault_changed.emit(fault)
