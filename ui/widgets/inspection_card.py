"""Inspection card: an inspection to tick, with the day by which everything is to be ready."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.plain_words import counted
from readiness.domain.views import FrameworkDraft
from ui.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import label, set_tone

_INDENT = 30  # under the words of the box


class InspectionCard(QFrame):
    """Ticked, it asks for the date; the whole card can be pressed.

    That of another edition than the one in force is quieter: one line, not ticked, and named with its edition.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        framework: FrameworkDraft,
        ready_by: date | None,
        parent: QWidget | None = None,
        *,
        other: bool = False,
    ) -> None:
        super().__init__(parent)
        self.framework_id = framework.id
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box = QCheckBox(framework.title, self)
        self.box.setFont(theme.font("base" if other else "strong"))
        self.box.setAccessibleDescription(framework.summary)
        name = f"{framework.short_title}, {framework.edition}" if other else framework.short_title
        self.date = DateField(f"{name}: be ready by", ready_by, self)
        self.date.setFixedWidth(120)
        self.date.textChanged.connect(self.changed)
        self._fault = FieldFault(theme, self)
        self.date.fault_changed.connect(self._fault.show_fault)
        self._dated = QWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 3 if other else 7, 13, 4 if other else 8)
        layout.setSpacing(2)
        if other:
            self.box.setAccessibleName(f"{framework.title}, {framework.edition}")
            self.box.setToolTip(framework.summary)
        layout.addLayout(self._make_head(framework, other))
        if not other:
            summary = ElidedLabel(framework.summary, self)
            summary.setProperty("tone", "quiet")
            summary.setContentsMargins(_INDENT, 0, 0, 0)
            layout.addWidget(summary)
        layout.addWidget(self._dated)
        self._lay_out_date()
        self.box.setChecked(not other)
        self._on_box_toggled(not other)
        self.box.toggled.connect(self._on_box_toggled)

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

    def _make_head(self, framework: FrameworkDraft, other: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.box, 0 if other else 1)
        if other:
            edition = ElidedLabel(framework.edition, self)
            edition.setProperty("tone", "quiet")
            head.addWidget(edition, 1)
        head.addWidget(label(counted(framework.item_count, "item"), "quiet"))
        return head

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
