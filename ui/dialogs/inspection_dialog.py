"""Inspection dialogs: track another one, or change the name and planning dates of one. They ask; the caller saves."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.views import FrameworkDraft, InspectionDraft, InspectionRow
from readiness.services.inspections import InspectionEdit
from ui.theme import DIALOG_MARGINS
from ui.widgets.date_field import DateField


class InspectionDialog(QDialog):
    """Both dialogs: with frameworks to choose from it makes a draft, without it edits.

    The editions in force are offered first; the others follow under a heading that cannot be chosen.
    """

    def __init__(
        self,
        frameworks: Sequence[FrameworkDraft],
        row: InspectionRow | None,
        ready_by: date | None,
        parent: QWidget | None = None,
        others: Sequence[FrameworkDraft] = (),
    ) -> None:
        super().__init__(parent)
        self._frameworks = {draft.id: draft for draft in (*frameworks, *others)}
        self.setWindowTitle("Name and dates" if row else "Track another inspection")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        form = QFormLayout()
        self.framework = _framework_box(frameworks, others)
        if row is None:
            form.addRow("&Framework", self.framework)
        self.title = QLineEdit(row.title if row else "")
        self.short_title = QLineEdit(row.short_title if row else "")
        self.ready_by = DateField("Be ready by", row.ready_by if row else ready_by)
        self.expected_from = DateField("Call expected from", row.expected_from if row else None)
        self.expected_from.setPlaceholderText("the working day after")
        for label, field in (
            ("&Title", self.title),
            ("&Short title", self.short_title),
            ("Be &ready by", self.ready_by),
            ("&Call expected from", self.expected_from),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        layout.addLayout(form)
        said = QLabel(
            "Planning dates, to be changed at any time. Until the call comes, everything due on “day n” is counted "
            "from the day the call is expected."
        )
        said.setObjectName("quiet")
        said.setWordWrap(True)
        layout.addWidget(said)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.framework.currentIndexChanged.connect(self._on_framework_changed)
        for line in (self.title, self.short_title):
            line.textChanged.connect(self._on_changed)
        for dates in (self.ready_by, self.expected_from):
            dates.textChanged.connect(self._on_changed)
        if row is None:
            self._on_framework_changed()
        self._on_changed()
        self.setMinimumWidth(560)

    def draft(self) -> InspectionDraft:
        """Return the inspection to start."""
        framework = self._frameworks[self.framework.currentData()]
        title = self.title.text().strip()
        return InspectionDraft(
            framework,
            "" if title == framework.title else title,
            self.ready_by.day,
            self.expected_from.day,
            short_title=self.short_title.text().strip(),
        )

    def edit(self) -> InspectionEdit:
        """Return what an inspection is to become."""
        return InspectionEdit(
            self.title.text().strip(), self.short_title.text().strip(), self.ready_by.day, self.expected_from.day
        )

    @classmethod
    def ask_new(
        cls,
        frameworks: Sequence[FrameworkDraft],
        ready_by: date | None,
        parent: QWidget,
        others: Sequence[FrameworkDraft] = (),
    ) -> InspectionDraft | None:
        """Ask which inspection to track; None when somebody thinks better of it."""
        dialog = cls(frameworks, None, ready_by, parent, others)
        return dialog.draft() if dialog.exec() else None

    @classmethod
    def ask_edit(cls, row: InspectionRow, parent: QWidget) -> InspectionEdit | None:
        """Ask what an inspection is to be called and its dates; None when somebody thinks better of it."""
        dialog = cls((), row, None, parent)
        return dialog.edit() if dialog.exec() else None

    def _on_framework_changed(self) -> None:
        framework = self._frameworks[self.framework.currentData()]
        self.title.setText(framework.title)
        self.short_title.setText(framework.short_title)

    def _on_changed(self) -> None:
        wrong = self._wrong()
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not wrong)
        ok.setToolTip(wrong)

    def _wrong(self) -> str:
        if not self.title.text().strip() or not self.short_title.text().strip():
            return "Write a title and a short title."
        if not self.ready_by.is_sound or not self.expected_from.is_sound:
            return "Write the dates as 13 Sep 2021."
        ready_by, expected = self.ready_by.day, self.expected_from.day
        if ready_by and expected and expected < ready_by:
            return "The call cannot be expected before everything is to be ready."
        return ""


def _framework_box(frameworks: Sequence[FrameworkDraft], others: Sequence[FrameworkDraft]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName("Framework")
    items = QStandardItemModel(box)
    for draft in frameworks:
        items.appendRow(_framework_item(draft))
    if others:
        quiet = QStandardItem("Other editions")
        quiet.setEnabled(False)
        items.appendRow(quiet)
    for draft in others:
        items.appendRow(_framework_item(draft))
    box.setModel(items)
    box.setCurrentIndex(next((row for row in range(box.count()) if box.itemData(row)), -1))
    return box


def _framework_item(draft: FrameworkDraft) -> QStandardItem:
    item = QStandardItem(f"{draft.title}, {draft.edition} ({draft.item_count} items)")
    item.setData(draft.id, Qt.ItemDataRole.UserRole)
    return item
