"""Rehearsal strip: asks for a day and a kind of visit to imagine, and says that nothing is recorded."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.schemes import VisitType
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.buttons import ToolButton
from ui.widgets.date_field import DateField
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import button, heading, label

NOTHING_RECORDED = "Nothing is recorded: every status is as it is today."


class RehearsalStrip(QFrame):
    """Shown while somebody rehearses; the plan below is then the imagined one."""

    asked = Signal(object, str)  # the imagined day of the call; code of the kind of visit, "" for the usual one
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._calendar = WorkingDays()
        self.setProperty("surface", "ribbon")
        self.setAccessibleName("Rehearsal")
        self.day = DateField("If they ring on")
        self.earlier, self.later = ToolButton(), ToolButton()
        self.visit = QComboBox()
        self.back = button("Back to the plan")
        self.fault = FieldFault(theme)
        self._lay_out()
        for tool, name, keys in (
            (self.earlier, "A working day earlier", "Alt+Left"),
            (self.later, "A working day later", "Alt+Right"),
        ):
            tool.setAccessibleName(name)
            tool.setToolTip(f"{name} ({keys})")
        self.visit.setAccessibleName("Kind of visit")
        self.visit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back.setToolTip("Show the plan as it is (Esc)")
        self.day.day_changed.connect(self._on_changed)
        self.day.fault_changed.connect(self.fault.show_fault)
        self.visit.activated.connect(self._on_changed)
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.back.clicked.connect(self.left)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        said = ElidedLabel(NOTHING_RECORDED)
        said.setProperty("tone", "quiet")
        self._title = heading("Rehearsal", self.theme, "strong")
        row.addWidget(self._title)
        row.addSpacing(8)
        row.addWidget(label("If they ring on"))
        row.addWidget(self.earlier)
        row.addWidget(self.day)
        row.addWidget(self.later)
        row.addWidget(self.visit)
        row.addSpacing(8)
        row.addWidget(said, 1)
        row.addWidget(self.back)
        self.day.setFixedWidth(self.day.sizeHint().width())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.fault)

    def set_theme(self, theme: Theme) -> None:
        """Draw the arrows in another theme."""
        self.theme = theme
        self._title.setFont(theme.font("strong"))
        for tool, name in ((self.earlier, "chevron-left"), (self.later, "chevron-right")):
            tool.setIcon(icon(name, theme))
            tool.setIconSize(QSize(16, 16))

    def begin(self, day: date, visits: Sequence[VisitType], visit: str, calendar: WorkingDays) -> None:
        """Show a day to start from and the kinds of visit to choose from."""
        self._calendar = calendar
        self.day.set_day(day)
        self.visit.clear()
        for each in visits:
            self.visit.addItem(each.title, each.code)
        self.visit.setCurrentIndex(max(0, self.visit.findData(visit)))
        self.visit.setVisible(len(visits) > 1)

    def focus_day(self) -> None:
        """Give the keyboard to the day."""
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.day.selectAll()

    def move_by(self, days: int) -> None:
        """Go to the next working day, or the one before."""
        if self.day.day is not None:
            self.day.set_day(self._calendar.add(self.day.day, days))
            self._on_changed()

    def _on_changed(self, *_: object) -> None:
        if self.day.day is not None:
            self.asked.emit(self.day.day, str(self.visit.currentData() or ""))
