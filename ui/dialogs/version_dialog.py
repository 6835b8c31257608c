"""Version dialog: a newer state of a piece of evidence: what is new in it, of which day it is. It saves nothing."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.describing import check_days
from readiness.domain.editing import TEXT_LIMIT
from readiness.domain.errors import BadValue
from readiness.domain.evidence import EvidenceDraft, EvidenceEdit, EvidenceRow
from readiness.domain.first_guess import guess_of_all
from readiness.domain.vocabulary import EvidenceField
from readiness.services.taking import Taken
from ui.models.evidence_words import size_words
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label

WIDTH = 460


class NewVersion(NamedTuple):
    """What is said of a newer version."""

    note: str
    changes: tuple[EvidenceEdit, ...]


class VersionDialog(QDialog):
    """Offers the day of the new file; a day until which the old one counted is asked anew."""

    def __init__(
        self,
        theme: Theme,
        row: EvidenceRow,
        taken: Sequence[Taken],
        today: date,
        refused: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a version")
        self._row = row
        guess = guess_of_all([each.attachment for each in taken], today, [each.modified for each in taken])
        self.note = QLineEdit()
        self.note.setAccessibleName("What is new")
        self.note.setPlaceholderText("What is new in it? May stay empty")
        self.dated = DateField("Dated", guess.dated)
        self.valid_until = DateField("Valid until")
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Add version")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel(f"A newer version of “{row.title}”"))
        for sentence in refused:
            layout.addWidget(label(sentence, "warning", wrap=True))
        for each in taken[:6]:
            file = each.attachment
            layout.addWidget(ElidedLabel(file.url or f"{file.name} · {size_words(file.size)}"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&What is new", self.note)
        form.addRow("&Dated", self.dated)
        form.addRow("&Valid until", self.valid_until)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.note.textChanged.connect(self._judge)
        for day in (self.dated, self.valid_until):
            day.textEdited.connect(self._judge)
            day.fault_changed.connect(self._judge)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._judge()

    @classmethod
    def ask(
        cls,
        theme: Theme,
        row: EvidenceRow,
        taken: Sequence[Taken],
        today: date,
        refused: Sequence[str],
        parent: QWidget,
    ) -> NewVersion | None:
        """Ask what is new; None when somebody thinks better of it."""
        dialog = cls(theme, row, taken, today, refused, parent)
        return dialog.answer() if dialog.exec() else None

    def answer(self) -> NewVersion | None:
        """Return what was entered; None while it is not sound."""
        if self._wrong():
            return None
        days = {EvidenceField.DATED: self.dated.day, EvidenceField.VALID_UNTIL: self.valid_until.day}
        changes = [
            EvidenceEdit(field, day) for field, day in days.items() if day != getattr(self._row, str(field.value))
        ]
        return NewVersion(self.note.text(), tuple(changes))

    def _wrong(self) -> str:
        for day in (self.dated, self.valid_until):
            if not day.is_sound:
                return day.fault or "Write the day as 13 Sep 2021."
        if len(self.note.text()) > TEXT_LIMIT:
            return f"What is new is too long. Shorten it to {TEXT_LIMIT:,} characters."
        row = self._row
        try:
            check_days(
                EvidenceDraft(
                    "",
                    dated=self.dated.day,
                    valid_until=self.valid_until.day,
                    covers_from=row.covers_from,
                    covers_to=row.covers_to,
                )
            )
        except BadValue as error:
            return str(error)
        return ""

    def _judge(self) -> None:
        wrong = self._wrong()
        self.fault.show_fault(wrong)
        self.ok.setEnabled(not wrong)
        self.ok.setToolTip(wrong)
