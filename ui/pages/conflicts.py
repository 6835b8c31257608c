"""Conflicts: the fields that were changed in two places before they met, by service, and choosing for each."""

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QMenu, QStackedWidget, QTableView, QVBoxLayout, QWidget

from readiness.domain.conflicts import Conflict
from readiness.domain.plain_words import counted
from readiness.services.conflicts import (
    StaleChoice,
    keep,
    read_conflicts,
    resolve,
    settle_removal,
    take_all_from,
    take_newest,
)
from readiness.services.undo import undo
from ui.models.conflict_list import ConflictList
from ui.operations import Operations
from ui.pages.conflict_chooser import ConflictChooser
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.foot_strip import FootStrip
from ui.widgets.labels import button, heading, label, link
from ui.widgets.three_lines import ThreeLineDelegate

LIST_WIDTH = 304
NOTHING = (
    "No conflicts",
    "What two laptops changed at the same time appears here, with both values, until somebody chooses.",
)


class ConflictsPage(QWidget):
    """The list at the left, the chosen conflict at the right. Numbers keep a value, Alt+arrows move."""

    share_wanted = Signal()

    def __init__(self, operations: Operations, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._wanted: tuple[str, str] | None = None
        self.crumb = link("Share")
        self.title, self.count = heading("Conflicts", theme), label("", "quiet")
        self.from_one, self.newest = button("Take all from…"), button("Take the newest for all")
        self.conflicts, self.list = ConflictList(self), QTableView()
        self.delegate = ThreeLineDelegate(theme, self.list)
        self._make_list()
        self.chooser = ConflictChooser(theme)
        self.empty = EmptyState(theme, "check", *NOTHING)
        self.middle = QStackedWidget()
        self.foot = FootStrip(theme)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {"Edit": list(self._actions)}

    def flush(self) -> None:
        """What is being typed is kept by the chooser until it is saved."""

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self.title.setFont(theme.font("h1"))
        self.delegate.theme = theme
        self.list.verticalHeader().setDefaultSectionSize(self.delegate.height)

    def show_conflict(self, record_id: str, field: str) -> None:
        """Show one conflict, as soon as it is read."""
        self._wanted = (record_id, field)
        self.read()

    def read(self) -> None:
        """Ask for the conflicts."""
        self._operations.ask(self._on_read, read_conflicts)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def _make_list(self) -> None:
        """Make the list a table of one column: a list of Qt's asks for every row before it shows the first."""
        self.list.setModel(self.conflicts)
        self.list.setItemDelegate(self.delegate)
        self.list.setAccessibleName("Fields in conflict")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.list.verticalHeader().setDefaultSectionSize(self.delegate.height)
        self.list.horizontalHeader().hide()
        self.list.verticalHeader().hide()

    def _make_actions(self) -> list[QAction]:
        made = []
        deeds: list[tuple[str, str, Any]] = [
            (f"Keep value {number}", str(number), partial(self.chooser.keep, number)) for number in (1, 2, 3)
        ]
        deeds += [
            ("Next conflict", "Alt+Right", partial(self._on_moved, 1)),
            ("Previous conflict", "Alt+Left", partial(self._on_moved, -1)),
            ("Save the wording", "Ctrl+Return", self.chooser.save.click),
        ]
        for words, keys, slot in deeds:
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(partial(_call, slot))
            self.addAction(action)
            made.append(action)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 24, 12)
        head.setSpacing(8)
        for each in (self.crumb, label("›", "quiet"), self.title, self.count):
            head.addWidget(each)
        head.addStretch(1)
        head.addWidget(self.from_one)
        head.addWidget(self.newest)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.chooser, 1)
        self.middle.addWidget(both)
        self.middle.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.foot)
        self.foot.set_hints("1, 2, 3 keep a value · Ctrl+Enter saves the wording · Alt+Right next")
        self.first_focus = self.list

    def _connect(self) -> None:
        self._operations.changed.connect(self._on_changed)
        self._operations.failed.connect(self._on_failed)
        self.crumb.clicked.connect(self.share_wanted)
        self.newest.clicked.connect(self._on_newest)
        self.from_one.clicked.connect(self._on_from_one)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.chooser.moved.connect(self._on_moved)
        self.chooser.keep_wanted.connect(self._on_keep)
        self.chooser.write_wanted.connect(self._on_write)
        self.chooser.removal_settled.connect(self._on_removal)
        self.foot.undo_asked.connect(partial(self._operations.change, undo))

    def _on_changed(self, _changes: object) -> None:
        if self.isVisible():
            self.read()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, StaleChoice) and self.isVisible():
            self.foot.show_notice(str(error), warning=True)
            self.read()

    def _on_read(self, found: tuple[Conflict, ...]) -> None:
        row = self._row_to_show(found)
        self.count.setText(f"{counted(len(found), 'field')} changed in two places before they met" if found else "")
        self.newest.setText(f"Take the newest for all {len(found)}")
        for button_ in (self.newest, self.from_one):
            button_.setEnabled(bool(found))
        self.conflicts.show_rows(found)
        self.middle.setCurrentIndex(0 if found else 1)
        if found:
            self.show_row(row)

    def _row_to_show(self, found: tuple[Conflict, ...]) -> int:
        shown = self.chooser.conflict
        key = self._wanted or ((shown.id, shown.field) if shown is not None else None)
        self._wanted = None
        keys = [(each.id, each.field) for each in found]
        if key in keys:
            return keys.index(key)
        return max(0, min(self.list.currentIndex().row(), len(found) - 1))  # the next one takes its place

    def show_row(self, row: int) -> None:
        """Show the conflict in a row; where there is none, nothing changes."""
        if 0 <= row < self.conflicts.rowCount():
            self.list.setCurrentIndex(self.conflicts.index(row))

    def _on_current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            rows = self.conflicts.rows
            self.chooser.show_conflict(rows[now.row()], now.row() + 1, len(rows))

    def _on_moved(self, by: int) -> None:
        self.show_row(self.list.currentIndex().row() + by)

    def _on_keep(self, conflict: Conflict, change_id: str, reason: str) -> None:
        self._operations.change(keep, conflict.id, conflict.field, change_id, reason)

    def _on_write(self, conflict: Conflict, text: str, reason: str) -> None:
        seen = [each.change_id for each in conflict.versions]
        self._operations.change(resolve, conflict.id, conflict.field, text, reason, seen)

    def _on_removal(self, conflict: Conflict, goes: bool, reason: str) -> None:
        self._operations.change(settle_removal, conflict.id, goes, reason)

    def _on_newest(self) -> None:
        self._operations.change(take_newest, self._keys())

    def _on_from_one(self) -> None:
        laptops = {each.device: each.laptop for found in self.conflicts.rows for each in found.versions}
        menu = QMenu(self)
        for device, name in sorted(laptops.items(), key=lambda pair: pair[1]):
            menu.addAction(name, partial(self._operations.change, take_all_from, device, self._keys()))
        menu.exec(self.from_one.mapToGlobal(self.from_one.rect().bottomLeft()))
        menu.deleteLater()

    def _keys(self) -> list[tuple[str, str]]:
        return [(each.id, each.field) for each in self.conflicts.rows]


def _call(slot: Any, *_: object) -> None:
    slot()
