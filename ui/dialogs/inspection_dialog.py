"""Inspection dialogs: track another one, or change the name and planning dates of one. They ask; the caller saves."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from readiness.domain.views import FrameworkDraft, InspectionDraft, InspectionRow
from readiness.services.inspections import InspectionEdit, free_short_title
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.date_field import DateField
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label, set_tone

if TYPE_CHECKING:
    from ui.offers import Offer

WIDTH = 620
PLANNING = (
    "Planning dates, to be changed at any time. Until the call comes, everything due on “day n” is counted from the "
    "day the call is expected."
)
TAKEN = "Another inspection is called “{}” already. Give this one another short title."


class InspectionDialog(QDialog):
    """Both dialogs: with frameworks to choose from it makes a draft, without it edits.

    The editions in force are offered first; the others follow under a heading that cannot be chosen.
    """

    def __init__(
        self,
        theme: Theme,
        frameworks: Sequence[FrameworkDraft],
        row: InspectionRow | None,
        ready_by: date | None,
        parent: QWidget | None = None,
        others: Sequence[FrameworkDraft] = (),
        *,
        taken: Collection[str] = (),
    ) -> None:
        """Ask about a new inspection, or about one there is.

        Args:
            theme: What it is painted in.
            frameworks: Those in force; none where an inspection is edited.
            row: The inspection that is edited; None: a new one.
            ready_by: The day suggested for a new one.
            parent: The window it stands before.
            others: Other editions.
            taken: The short titles of the other inspections: two of one name cannot be told apart at the top.
        """
        super().__init__(parent)
        self._frameworks = {draft.id: draft for draft in (*frameworks, *others)}
        self._taken = tuple(taken)
        self.setWindowTitle("Name and dates" if row else "Track another inspection")
        self.framework = _framework_box(frameworks, others)
        self.title = QLineEdit(row.title if row else "")
        self.short_title = QLineEdit(row.short_title if row else "")
        self.ready_by = DateField("Be ready by", row.ready_by if row else ready_by)
        self.expected_from = DateField("Call expected from", row.expected_from if row else None)
        self.expected_from.setPlaceholderText("the working day after")
        self.fault = FieldFault(theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out(is_new=row is None)
        self._connect()
        if row is None:
            self._on_framework_changed()
        self._on_changed()
        self.setMinimumWidth(WIDTH)

    def _lay_out(self, *, is_new: bool) -> None:
        form = QFormLayout()
        if is_new:
            form.addRow("&Framework", self.framework)
        for words, field in (
            ("&Title", self.title),
            ("&Short title", self.short_title),
            ("Be &ready by", self.ready_by),
            ("&Call expected from", self.expected_from),
        ):
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        said = label(PLANNING, "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(said)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.framework.currentIndexChanged.connect(self._on_framework_changed)
        for line in (self.title, self.short_title, self.ready_by, self.expected_from):
            line.textChanged.connect(self._on_changed)
        for dates in (self.ready_by, self.expected_from):
            dates.fault_changed.connect(self._on_changed)

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
        cls, theme: Theme, offer: "Offer", parent: QWidget, taken: Collection[str] = ()
    ) -> InspectionDraft | None:
        """Ask which inspection to track; None when somebody thinks better of it."""
        dialog = cls(theme, offer.frameworks, None, offer.ready_by, parent, offer.others, taken=taken)
        return dialog.draft() if dialog.exec() else None

    @classmethod
    def ask_edit(
        cls, theme: Theme, row: InspectionRow, parent: QWidget, taken: Collection[str] = ()
    ) -> InspectionEdit | None:
        """Ask what an inspection is to be called and its dates; None when somebody thinks better of it."""
        dialog = cls(theme, (), row, None, parent, taken=taken)
        return dialog.edit() if dialog.exec() else None

    def _on_framework_changed(self) -> None:
        framework = self._frameworks[self.framework.currentData()]
        self.title.setText(framework.title)
        self.short_title.setText(free_short_title(framework, self._taken))

    def _on_changed(self, _what: object = None) -> None:
        wrong, shown = self._wrong(), self._shown()
        self.fault.show_fault(shown)
        set_tone(self.short_title, "wrong", bool(shown) and self._is_taken())
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not wrong)
        ok.setToolTip(wrong)

    def _shown(self) -> str:
        """Return the sentence that stands below the fields: nothing of what is only half typed."""
        unread = self.ready_by.fault or self.expected_from.fault
        return unread or (self._wrong() if self.ready_by.is_sound and self.expected_from.is_sound else "")

    def _wrong(self) -> str:
        if not self.title.text().strip() or not self.short_title.text().strip():
            return "Write a title and a short title."
        if not self.ready_by.is_sound or not self.expected_from.is_sound:
            return "Write the dates as 13 Sep 2021."
        ready_by, expected = self.ready_by.day, self.expected_from.day
        if ready_by and expected and expected < ready_by:
            return "The call cannot be expected before everything is to be ready. Choose a later day for the call."
        return TAKEN.format(self.short_title.text().strip()) if self._is_taken() else ""

    def _is_taken(self) -> bool:
        wanted = self.short_title.text().strip().casefold()
        return any(wanted == other.casefold() for other in self._taken)


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
