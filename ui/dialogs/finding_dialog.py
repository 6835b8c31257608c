"""Finding dialog: asks for a point of an earlier inspection. It saves nothing; OK waits until it is sound."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.action_editing import checked_finding
from readiness.domain.errors import BadValue
from readiness.domain.evidence import FindingDraft
from readiness.domain.vocabulary import FindingField
from ui.dialogs.action_dialog import NO_PLACE
from ui.models.places import EVERYWHERE, Place
from ui.models.register_columns import Field
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault
from ui.widgets.name_combo import NameCombo


class FindingDialog(QDialog):
    """What was found, in which inspection, and which part of the checklist it concerns now."""

    def __init__(
        self,
        theme: Theme,
        places: Mapping[str, Place],
        here: str,
        known: Mapping[Field, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a finding")
        self._places = places
        self.title, self.dated = QLineEdit(), DateField("Dated")
        self.origin = NameCombo("From", known.get(FindingField.ORIGIN, ()))
        self.origin.show_text("", "Social care inspection 2017")
        self.owner = NameCombo("Owner", known.get(FindingField.OWNER, ()))
        self.place = NameCombo("Belongs to", places)
        self.place.show_text(here if here in places else EVERYWHERE)
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        form = QFormLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&What was found", self.title),
            ("&From", self.origin),
            ("&Dated", self.dated),
            ("&Owner", self.owner),
            ("&Belongs to", self.place),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Add finding")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        for line in (self.title, self.dated):
            line.textChanged.connect(self._on_changed)
        for name in (self.origin, self.owner, self.place):
            name.editTextChanged.connect(self._on_changed)
        self._on_changed()
        self.setMinimumWidth(520)
        self.title.setFocus()

    def draft(self) -> FindingDraft:
        """Return the finding as it was typed."""
        place = self._places.get(self.place.text(), Place())
        return FindingDraft(
            title=" ".join(self.title.text().split()),
            origin=self.origin.text(),
            dated=self.dated.day,
            owner=self.owner.text(),
            inspection_id=place.inspection_id,
            area_id=place.area_id,
        )

    @classmethod
    def ask(
        cls,
        theme: Theme,
        places: Mapping[str, Place],
        here: str,
        known: Mapping[Field, Sequence[str]],
        parent: QWidget,
    ) -> FindingDraft | None:
        """Ask for a finding; None when somebody thinks better of it."""
        dialog = cls(theme, places, here, known, parent)
        return dialog.draft() if dialog.exec() else None

    def _on_changed(self) -> None:
        fault = self._fault() if self.title.text().strip() else ""
        self.fault.show_fault(fault)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.title.text().strip()) and not fault)
        ok.setToolTip(fault or ("" if self.title.text().strip() else "Write what was found."))

    def _fault(self) -> str:
        if not self.dated.is_sound:
            return "The date cannot be read. Write it as 13 Sep 2021."
        if self.place.text() not in self._places:
            return NO_PLACE
        try:
            checked_finding(self.draft())
        except BadValue as error:
            return str(error)
        return ""
