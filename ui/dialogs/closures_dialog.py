"""Closures dialog: on which days the council is shut, besides weekends and bank holidays. It saves nothing."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.errors import BadValue
from readiness.domain.notification import weekday
from readiness.domain.plain_words import counted
from readiness.services.notification import days_between
from ui.theme import DIALOG_MARGINS, Theme
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import button, label, set_tone

WIDTH, HEIGHT = 460, 440
SAID = "Due dates count none of these as working days. Weekends and England’s bank holidays need not be entered."


class ClosuresDialog(QDialog):
    """The list of closed days; one day or several in a row are added, chosen ones are removed."""

    def __init__(self, theme: Theme, closures: Iterable[date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = frozenset(closures)
        self.days = set(self._before)
        self.setWindowTitle("Council closures")
        self.first, self.last = DateField("Closed on, or from"), DateField("Closed to")
        self.add, self.remove = button("Add"), button("Remove")
        self.fault = FieldFault(theme)
        self.list = QListWidget()
        self.empty = EmptyState(
            theme, "calendar", "No closure is kept", "Add a day above, or the first and last of several."
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Closed days")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.last.setPlaceholderText("one day")
        self.add.setAutoDefault(False)
        self.remove.setAutoDefault(False)
        self.remove.setToolTip("Take the chosen days out of the list (Delete)")
        self.ok.setText("Keep these days")
        set_tone(self.ok, "kind", "primary")
        entry, tail = QHBoxLayout(), QHBoxLayout()
        for each in (label("Closed on, or from"), self.first, label("to"), self.last, self.add):
            entry.addWidget(each)
        self.count = label("", "quiet")
        tail.addWidget(self.count, 1)
        tail.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setSpacing(8)
        layout.addWidget(label(SAID, "quiet", wrap=True))
        layout.addLayout(entry)
        layout.addWidget(self.fault)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(tail)
        layout.addWidget(self.buttons)
        self.resize(WIDTH, HEIGHT)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_added)
        for field in (self.first, self.last):
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # a shortcut, or the dialog would take it for OK
                enter = QShortcut(QKeySequence(key), field, context=Qt.ShortcutContext.WidgetShortcut)
                enter.activated.connect(self._on_added)
            field.textEdited.connect(self._on_text_edited)
        self.remove.clicked.connect(self._on_removed)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_removed)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, theme: Theme, closures: Iterable[date], parent: QWidget) -> frozenset[date] | None:
        """Ask which days are closed; None when somebody thinks better of it or changes nothing."""
        dialog = cls(theme, closures, parent)
        return dialog.answer() if dialog.exec() else None

    def answer(self) -> frozenset[date] | None:
        """Return the closed days; None where they are those of before."""
        return frozenset(self.days) if self.days != self._before else None

    def accept(self) -> None:
        """Keep what is in the list, and what was typed and not yet added."""
        if self.first.text().strip() and not self._add():
            return
        super().accept()

    def _on_added(self) -> None:
        if self._add():
            self.first.setFocus()

    def _add(self) -> bool:
        """Add what is typed; return whether it could be."""
        try:
            wanted = self._typed()
        except BadValue as fault:
            self.fault.show_fault(str(fault))
            return False
        new = [day for day in wanted if WorkingDays().is_working(day) and day not in self.days]
        if not new:
            reason = WorkingDays().why_off(wanted[0]) if wanted else "weekend"
            known = f"a {reason} already" if reason else "in the list already"
            self.fault.show_fault(f"{weekday(wanted[0]) if wanted else 'That'} is {known}; nothing has to be added.")
            return False
        self.fault.show_fault("")
        self.days.update(new)
        for field in (self.first, self.last):
            field.set_day(None)
        self._fill(new)
        return True

    def _typed(self) -> tuple[date, ...]:
        for field in (self.first, self.last):
            if not field.is_sound:
                field.settle()
                raise BadValue(field.fault)
        first, last = self.first.day, self.last.day
        if first is None:
            raise BadValue("Write the day as 13 Sep 2021, or the first and the last of several.")
        return days_between(first, last) if last is not None else (first,)

    def _on_text_edited(self) -> None:
        self.fault.show_fault("")

    def _on_removed(self) -> None:
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        row = min((self.list.row(item) for item in self.list.selectedItems()), default=0)
        self.days.difference_update(chosen)
        self._fill()
        if self.list.count():
            self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _on_selected(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _fill(self, new: Iterable[date] = ()) -> None:
        self.list.clear()
        for day in sorted(self.days):
            item = QListWidgetItem(weekday(day))
            item.setData(Qt.ItemDataRole.UserRole, day)
            self.list.addItem(item)
            if day in new:
                item.setSelected(True)
                self.list.scrollToItem(item)
        self.list.setVisible(bool(self.days))
        self.empty.setVisible(not self.days)
        self.remove.setVisible(bool(self.days))
        self.count.setText(counted(len(self.days), "closed day") if self.days else "")
        self._on_selected()
