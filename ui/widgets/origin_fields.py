"""Origin fields: at which meeting, when, and under which minute something was promised; stored as one line."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from readiness.domain.origins import Origin, read_origin, written_origin
from ui.theme import Theme
from ui.widgets.day_line import DayLine
from ui.widgets.item_fields import LABEL_WIDTH
from ui.widgets.labels import label
from ui.widgets.name_combo import NameCombo


class OriginFields(QWidget):
    """`entered` brings the origin as one line, "Scrutiny commission, 12 Mar 2021, minute 45"."""

    entered = Signal(str)
    notice = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin, self._text = Origin(), ""
        self.meeting = NameCombo("Meeting", (), self)
        self.held = DayLine(theme, "Held on", self)
        self.minute = QLineEdit(self)
        self.minute.setAccessibleName("Minute")
        for field in (self.meeting, self.minute):
            field.setProperty("kind", "field")
        self.minute.setPlaceholderText("its number in the minutes")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, (words, widget) in enumerate(
            (("Meeting", self.meeting), ("Held on", self.held), ("Minute", self.minute))
        ):
            grid.addWidget(label(words, "quiet", self), row, 0)
            grid.addWidget(widget, row, 1)
        self.meeting.entered.connect(self._tell)
        self.held.entered.connect(self._on_day_entered)
        self.held.given_up.connect(self.notice)
        self.minute.editingFinished.connect(self._tell)

    def offer(self, origins: Iterable[str]) -> None:
        """Offer the meetings that are known."""
        meetings = {read_origin(text).meeting for text in origins} - {""}
        self.meeting.set_known(sorted(meetings, key=str.casefold))

    def show_origin(self, text: str, *, is_other: bool) -> None:
        """Show an origin in its parts; `flush` before that of something else is shown."""
        self._text, self._origin = text, read_origin(text)
        if is_other or not self.meeting.is_pending:
            self.meeting.show_text(self._origin.meeting, "Scrutiny commission")
            self.meeting.setToolTip(self._origin.meeting)
        self.held.show_day(self._origin.held, is_other=is_other)
        if is_other or not self.minute.hasFocus():
            self.minute.setText(self._origin.minute)

    def flush(self) -> None:
        """Bring what was written and not yet said."""
        self.meeting.flush()
        self.held.flush()
        self._tell()

    def _on_day_entered(self, day: object) -> None:
        self._origin = Origin(self.meeting.text(), day, self.minute.text())  # type: ignore[arg-type]  # date | None
        self._tell()

    def _tell(self) -> None:
        self._origin = Origin(self.meeting.text(), self._origin.held, self.minute.text())
        text = written_origin(self._origin)
        if text != written_origin(read_origin(self._text)):
            self._text = text
            self.entered.emit(text)
