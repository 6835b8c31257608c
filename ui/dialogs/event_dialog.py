"""Event dialog: on which day something happened after the call, or that it has not. It saves nothing."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from readiness.domain.errors import BadValue
from readiness.domain.notification import checked_event, weekday
from readiness.domain.plan import Plan
from readiness.domain.schemes import Event
from ui.models.plan_words import dated_by
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import button, heading, label, set_tone

WIDTH = 460
WRITE_DAY = "Write the day as 13 Sep 2021."


class EventAnswer(NamedTuple):
    """What happened when; None: it has not happened."""

    event: Event
    day: date | None


class EventDialog(QDialog):
    """Offers the day that is recorded, else the one expected when that has come, else today."""

    def __init__(
        self, theme: Theme, plan: Plan, today: date, event: Event | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plan, self._today = plan, today
        self._is_cleared = False
        self.setWindowTitle("Record an event")
        self.event_box = QComboBox()
        self.event_box.setAccessibleName("What happened")
        for each in Event:
            self.event_box.addItem(each.label, each)
        self.day = DateField("On which day")
        self.fault = FieldFault(theme)
        self.said = label("", wrap=True)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Record")
        set_tone(self.ok, "kind", "primary")
        self.clear = button("It has not happened")
        self.buttons.addButton(self.clear, QDialogButtonBox.ButtonRole.ResetRole)
        self._form = QFormLayout()
        self._lay_out(theme)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.clear.clicked.connect(self._on_cleared)
        self.event_box.currentIndexChanged.connect(self._on_event_changed)
        self.day.textEdited.connect(self._judge)
        self.day.fault_changed.connect(self._judge)
        self.event_box.setCurrentIndex(list(Event).index(event or self._next()))
        self._on_event_changed()

    def _lay_out(self, theme: Theme) -> None:
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow("&What happened", self.event_box)
        self._form.addRow("On which &day", self.day)
        self._form.addRow("", self.fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addWidget(heading(self._plan.inspection.title, theme, "h2"))
        layout.addSpacing(4)
        layout.addLayout(self._form)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)

    @classmethod
    def ask(cls, theme: Theme, plan: Plan, today: date, event: Event | None, parent: QWidget) -> EventAnswer | None:
        """Ask what happened when; None when somebody thinks better of it."""
        dialog = cls(theme, plan, today, event, parent)
        return dialog.answer() if dialog.exec() else None

    @property
    def event_chosen(self) -> Event:
        """What is to be recorded."""
        found = self.event_box.currentData()
        return found if isinstance(found, Event) else Event.SELECTION

    def answer(self) -> EventAnswer | None:
        """Return what was entered; None while it cannot be recorded."""
        if self._is_cleared:
            return EventAnswer(self.event_chosen, None)
        return EventAnswer(self.event_chosen, self.day.day) if not self._wrong() else None

    def _next(self) -> Event:
        """Return what comes next: the first event that is not recorded."""
        return next((event for event in Event if self._recorded(event) is None), Event.PUBLICATION)

    def _recorded(self, event: Event) -> date | None:
        found = getattr(self._plan.inspection, event.value)
        return found if isinstance(found, date) else None

    def _on_event_changed(self) -> None:
        event = self.event_chosen
        expected = getattr(self._plan.milestones, event.value)
        usual = expected if isinstance(expected, date) and expected <= self._today else self._today
        self.day.set_day(self._recorded(event) or usual)
        self.clear.setEnabled(self._recorded(event) is not None)
        self.clear.setToolTip("Take the recorded day back" if self.clear.isEnabled() else "No day is recorded for it")
        self._judge()

    def _on_cleared(self) -> None:
        self._is_cleared = True
        self.accept()

    def _wrong(self) -> str:
        if not self.day.is_sound:
            return self.day.fault or WRITE_DAY
        if self.day.day is None:
            return WRITE_DAY
        try:
            checked_event(self._plan.inspection, self.event_chosen, self.day.day)
        except BadValue as fault:
            return str(fault)
        return ""

    def _judge(self) -> None:
        wrong = self._wrong()
        shown = wrong if self.day.day is not None or self.day.fault else ""  # a date still being typed is not judged
        self.fault.show_fault(shown)
        self._form.setRowVisible(self.fault, bool(shown))
        set_tone(self.day, "wrong", bool(shown))
        answer = self.answer()
        self.ok.setEnabled(answer is not None)
        self.ok.setToolTip(wrong)
        self.said.setText(self._means(answer.day) if answer is not None and answer.day is not None else "")

    def _means(self, day: date) -> str:
        ahead = " That day is still to come." if day > self._today else ""
        return f"{self.event_chosen.label} on {weekday(day)}: {dated_by(self._plan, self.event_chosen)}.{ahead}"
