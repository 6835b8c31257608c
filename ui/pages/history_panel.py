"""History panel: one step in full, and what can be done about it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.views import HistoryRow, StepRow
from ui.models.step_html import step_html, step_text
from ui.theme import Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.labels import button
from ui.widgets.plain_text import INSET, make_plain

WIDTH = 320
UNDONE_ALREADY = "This step was undone already."
NO_STEP = "This tells what happened, and that cannot be undone."


class StepPanel(QWidget):
    """Shows a step: what, who, when, why; each field with its old and new value."""

    undo_wanted = Signal(str)  # id of a step
    show_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step: StepRow | None = None
        self._rows: Sequence[HistoryRow] = ()
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "panel")
        self.title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.about.setProperty("tone", "quiet")
        self.undo_button = button("Undo this step")
        self.show_button = button("Show item")
        self.fields = QTextBrowser()
        self._lay_out()
        self.set_theme(theme)
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self.show_button.clicked.connect(self.show_wanted)
        self.show_step(None, 0)

    def _lay_out(self) -> None:
        make_plain(self.fields)
        self.fields.setAccessibleName("What changed")
        for each in (self.title, self.about):
            each.setContentsMargins(INSET, 0, 0, 0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(INSET, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.show_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16 - INSET, 16, 12, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(buttons)
        layout.addWidget(self.fields, 1)
        layout.addStretch()  # while there are no fields

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self._theme = theme
        self.title.setFont(theme.font("h2"))
        self._fill()

    def show_step(self, step: StepRow | None, items: int, at: datetime | None = None) -> None:
        """Show another step; its fields follow.

        Args:
            step: The step; None: none is chosen.
            items: How many of the items it touched are still there to be shown.
            at: Its time on this laptop's clock.
        """
        same = step is not None and self._step is not None and step.id == self._step.id
        self._step = step
        if not same:
            self._rows = ()
        self.title.setText(step.label if step else "No step chosen")
        self.about.setText(_about(step, at) if step else "Choose a step to see what it changed.")
        for widget in (self.undo_button, self.show_button, self.fields):
            widget.setVisible(step is not None)
        if step is None:
            return
        self.undo_button.setEnabled(not why_not_undone(step))
        self.undo_button.setToolTip(why_not_undone(step) or "Put back what stood there before this step")
        self.show_button.setEnabled(items > 0)
        self.show_button.setText("Show item" if items <= 1 else f"Show {items} items")
        self.show_button.setToolTip(why_not_shown(step) if items == 0 else "")
        self._fill()

    def show_fields(self, rows: Sequence[HistoryRow]) -> None:
        """Show what the step changed."""
        self._rows = rows
        self._fill()

    def _fill(self) -> None:
        self.fields.setHtml(step_html(self._rows, diff_colours(self._theme)))
        self.fields.setAccessibleDescription(step_text(self._rows[:20]))

    def _on_undo_clicked(self) -> None:
        if self._step is not None:
            self.undo_wanted.emit(self._step.id)


def _about(step: StepRow, at: datetime | None) -> str:
    when = f"{written(at.date())}, {at:%H:%M}" if at else ""
    lines = [f"{step.actor} · {when}"]
    if step.reason:
        lines.append(step.reason)
    if step.undone:
        lines.append("This step was undone.")
    return "\n".join(lines)


def why_not_undone(step: StepRow) -> str:
    """Return why a step cannot be undone; "" when it can."""
    return UNDONE_ALREADY if step.undone else NO_STEP if step.is_event else ""


def why_not_shown(step: StepRow) -> str:
    """Return why the items of a step cannot be shown."""
    return "The items of this step were removed." if step.records else "This step changed no items."
