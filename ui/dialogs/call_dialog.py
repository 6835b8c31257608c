"""Call dialog: what was said on the telephone, and what it means, before anything is recorded. It saves nothing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.errors import BadValue
from readiness.domain.notification import Call, checked_call, read_time, said_back
from readiness.domain.plan import propose_on_site, visit_of
from readiness.domain.schemes import VisitType
from readiness.domain.views import FrameworkDraft, InspectionRow
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import heading, label, set_tone

WIDTH, MOST_SENTENCES = 520, 5
WRITE_DAY = "Write the day of the call as 13 Sep 2021."


class CallDialog(QDialog):
    """The days on site follow the day and the kind of visit until somebody writes others by hand.

    Where several inspections are tracked it says for which the call came; `other` is another one that was chosen, and
    the dialog closes for it: it has kinds of visit of its own.
    """

    def __init__(
        self,
        theme: Theme,
        row: InspectionRow,
        framework: FrameworkDraft | None,
        calendar: WorkingDays,
        today: date,
        parent: QWidget | None = None,
        *,
        among: Sequence[InspectionRow] = (),
    ) -> None:
        super().__init__(parent)
        self.other: str | None = None
        self._row, self._framework, self._calendar, self._today = row, framework, calendar, today
        self.setWindowTitle("Call and dates" if row.notified_on else "We have had the call")
        self.day = DateField("Day of the call", row.notified_on or today)
        self.time = QLineEdit(row.notified_at)
        self.which, self.visit = QComboBox(), QComboBox()
        for each in among:
            self.which.addItem(each.short_title, each.id)
        self.which.setCurrentIndex(self.which.findData(row.id))
        self.start, self.end = DateField("On site from"), DateField("On site to")
        self.faults: dict[QLineEdit, FieldFault] = {
            field: FieldFault(theme) for field in (self.day, self.time, self.start, self.end)
        }
        self.said = label("", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._form = QFormLayout()
        self._by_hand: set[object] = set()
        self._fill()
        self._lay_out(theme)
        self._connect()
        self._judge()

    def _fill(self) -> None:
        visits = self._framework.visits if self._framework is not None else ()
        for each in visits:
            self.visit.addItem(each.title, each.code)
        self.visit.setCurrentIndex(max(0, self.visit.findData(self._row.visit)) if visits else -1)
        self._propose()
        if self._row.notified_on is None:
            return
        for field, day in ((self.start, self._row.on_site_from), (self.end, self._row.on_site_to)):
            if field.day != day:  # what was recorded and is not the proposal was somebody's word
                field.set_day(day)
                self._by_hand.add(field)

    def _lay_out(self, theme: Theme) -> None:
        self.time.setPlaceholderText("09:15")
        self.time.setAccessibleName("Time of the call")
        self.time.setToolTip("Write the time as 09:15, or leave it empty")
        self.visit.setAccessibleName("Kind of visit")
        self.ok.setText("Record the call")
        set_tone(self.ok, "kind", "primary")
        self.which.setAccessibleName("Inspection")
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Inspection", self.which),
            ("&Day of the call", self.day),
            ("&Time", self.time),
            ("&Kind of visit", self.visit),
            ("On site &from", self.start),
            ("On site t&o", self.end),
        )
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in rows:
            if isinstance(field, QComboBox) and field.count() < (2 if field is self.which else 1):
                continue
            self._form.addRow(words, field)
            if isinstance(field, QLineEdit):
                self._form.addRow("", self.faults[field])
        self.said.setMinimumHeight(MOST_SENTENCES * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addWidget(heading(self._row.title, theme, "h2"))
        layout.addSpacing(4)
        layout.addLayout(self._form)
        layout.addSpacing(4)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.day.setFocus()

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for field in (self.day, self.start, self.end):
            field.textEdited.connect(self._on_date_edited)
            field.fault_changed.connect(self._judge)
        self.time.textEdited.connect(self._judge)
        self.time.editingFinished.connect(self._judge)
        self.visit.currentIndexChanged.connect(self._on_visit_changed)
        self.which.activated.connect(self._on_other_chosen)

    def _on_other_chosen(self) -> None:
        if self.which.currentData() != self._row.id:
            self.other = str(self.which.currentData())
            self.reject()

    def take(self, day: str, time: str) -> None:
        """Show what was typed for another inspection already."""
        self.day.setText(day)
        self.time.setText(time)
        self._propose()
        self._judge()

    def call(self) -> Call | None:
        """Return the call as it is written; None while it cannot be recorded."""
        day, visit = self.day.day, str(self.visit.currentData() or "")
        if day is None or self._wrong():
            return None
        return checked_call(Call(day, read_time(self.time.text()), visit, self.start.day, self.end.day))

    def _wrong(self) -> dict[QLineEdit, str]:
        """Return what is wrong with which field, in words that name the cure."""
        found: dict[QLineEdit, str] = {
            field: field.fault or WRITE_DAY for field in (self.day, self.start, self.end) if not field.is_sound
        }
        try:
            read_time(self.time.text())
        except BadValue as fault:
            found[self.time] = str(fault)
        if self.day.day is None or any(field in found for field in (self.day, self.start, self.end)):
            return found
        for field, end in ((self.start, None), (self.end, self.end.day)):
            try:
                checked_call(Call(self.day.day, on_site_from=self.start.day, on_site_to=end))
            except BadValue as fault:
                found[field if self.start.day is not None else self.start] = str(fault)
                break
        return found

    def _visit(self) -> VisitType | None:
        return visit_of(self._framework, str(self.visit.currentData() or ""))

    def _propose(self, typed: object = None) -> None:
        """Write the days on site where nobody wrote others; a field that is being typed in stays as it is."""
        visit, day = self._visit(), self.day.day
        if visit is None or day is None:
            return
        try:
            first, last = propose_on_site(visit, day, self._calendar)
            if self.start not in self._by_hand and typed is not self.start:
                self.start.set_day(first)
            if self.start.day is not None:
                last = self._calendar.nth(self.start.day, visit.on_site_days)
            if self.end not in self._by_hand and typed is not self.end:
                self.end.set_day(last)
        except BadValue:  # beyond the calendar: `_judge` says so of the day itself
            return

    def _on_date_edited(self) -> None:
        field = self.sender()
        if isinstance(field, DateField) and field is not self.day:
            if field.text().strip():
                self._by_hand.add(field)
            else:
                self._by_hand.discard(field)  # emptied: it follows again
        self._propose(typed=field)
        self._judge()

    def _on_visit_changed(self) -> None:
        self._propose()
        self._judge()

    def _judge(self) -> None:
        """Say below a field what is wrong with it (of one being typed in, only when it is left), and what all means."""
        wrong = self._wrong()
        for field, fault in self.faults.items():
            sentence = wrong.get(field, "")
            shown = "" if field.hasFocus() and not _was_left(field) else sentence
            fault.show_fault(shown)
            self._form.setRowVisible(fault, bool(shown))
            set_tone(field, "wrong", bool(shown))
        call = self.call()
        self.ok.setEnabled(call is not None)
        self.ok.setToolTip("" if call is not None else next(iter(wrong.values()), WRITE_DAY))
        said = said_back(call, self._row, self._visit(), self._today, self._calendar) if call is not None else ()
        self.said.setText("\n".join(said))


def _was_left(field: QLineEdit) -> bool:
    """Whether a field with the keyboard holds what can be judged: a date that is one, however it stands to others."""
    return isinstance(field, DateField) and (field.is_sound or bool(field.fault))
