"""Inspection card: an inspection to tick, with the day by which everything is to be ready."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.views import FrameworkDraft
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label, set_tone

_INDENT = 30  # under the words of the box


class InspectionCard(QFrame):
    """Ticked, it asks for the date; the whole card can be pressed."""

    changed = Signal()

    def __init__(
        self, theme: Theme, framework: FrameworkDraft, ready_by: date | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.framework_id = framework.id
        self.setProperty("surface", "card")
        self.setProperty("chosen", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box = QCheckBox(framework.title, self)
        self.box.setFont(theme.font("strong"))
        self.box.setAccessibleDescription(framework.summary)
        self.box.setChecked(True)
        self.box.toggled.connect(self._on_box_toggled)
        self.date = DateField(f"{framework.short_title}: be ready by", ready_by, self)
        self.date.setFixedWidth(120)
        self.date.textChanged.connect(self.changed)
        self._fault = FieldFault(theme, self)
        self.date.fault_changed.connect(self._fault.show_fault)
        self._dated = QWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 7, 13, 8)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self.box, 1)
        head.addWidget(label(f"{framework.item_count} items", "quiet"))
        layout.addLayout(head)
        summary = ElidedLabel(framework.summary, self)
        summary.setProperty("tone", "quiet")
        summary.setContentsMargins(_INDENT, 0, 0, 0)
        layout.addWidget(summary)
        layout.addWidget(self._dated)
        self._lay_out_date()

    @property
    def is_chosen(self) -> bool:
        """Whether the inspection is wanted."""
        return self.box.isChecked()

    @property
    def is_sound(self) -> bool:
        """Whether it can be used as it stands."""
        return not self.is_chosen or self.date.is_sound

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.box.toggle()
        event.accept()

    def _lay_out_date(self) -> None:
        column = QVBoxLayout(self._dated)
        column.setContentsMargins(_INDENT, 6, 0, 2)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        words = label("Be ready by", "quiet")
        words.setBuddy(self.date)
        row.addWidget(words)
        row.addWidget(self.date)
        note = ElidedLabel("a planning date; change it at any time", self)
        note.setProperty("tone", "quiet")
        row.addWidget(note, 1)
        column.addLayout(row)
        column.addWidget(self._fault)

    def _on_box_toggled(self, on: bool) -> None:
        self._dated.setVisible(on)
        set_tone(self, "chosen", on)
        self.changed.emit()
