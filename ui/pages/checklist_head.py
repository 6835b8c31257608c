"""Checklist head: the title with its count, the buttons, and below them what to filter by."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.models.item_columns import COLUMNS
from ui.models.overview_words import counted
from ui.theme import Theme
from ui.widgets.buttons import ToolButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.filter_bar import FilterBar
from ui.widgets.labels import button, heading, link, set_tone
from ui.widgets.view_switch import ITEMS, ViewSwitch

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ChecklistHead(QWidget):
    """Says how many are shown; `column_switched` brings a column's key and whether it is wanted."""

    add_asked = Signal()
    clear_asked = Signal()
    column_switched = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "window")
        self.title = heading("Checklist", theme, "h1", self)
        self.count = ElidedLabel("", self)
        set_tone(self.count, "tone", "quiet")
        self.clear = link("Clear filters", self)
        self.switch = ViewSwitch(theme, ITEMS, self)
        self.add = button(" Add item", "", self)
        self.add.setAccessibleName("Add item")
        self.columns, self.more = ToolButton(self), ToolButton(self)
        self.filters = FilterBar(theme, self)
        self._shown: dict[str, QAction] = {}
        self._prepare_menus()
        self._lay_out()
        self.add.clicked.connect(self.add_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.set_theme(theme)

    def _prepare_menus(self) -> None:
        for tool, name in ((self.columns, "Columns"), (self.more, "More")):
            tool.setAccessibleName(name)
            tool.setToolTip(name)
            tool.setAutoRaise(True)
            tool.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for column in COLUMNS:
            if column.width:
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setShortcut(QKeySequence(f"Ctrl+Shift+{(len(self._shown) + 1) % 10}"))
                action.setData(column.key)
                action.toggled.connect(self._on_column_toggled)
                self._shown[column.key] = action
        self.columns.setMenu(menu)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addWidget(self.count, 1)
        top.addWidget(self.clear)
        top.addStretch(1)
        for each in (self.switch, self.add, self.columns, self.more):
            top.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.filters)
        self.count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        self.theme = theme
        self.title.setFont(theme.font("h1"))
        self.add.setIcon(icon("plus", theme))
        self.columns.setIcon(icon("columns", theme))
        self.more.setIcon(icon("more", theme))

    def column_actions(self) -> list[QAction]:
        """Return the switches of the columns, for the menu bar too."""
        return list(self._shown.values())

    def show_columns(self, is_shown: Callable[[str], bool]) -> None:
        """Tick the columns that are wanted, saying nothing."""
        for key, action in self._shown.items():
            blocked = action.blockSignals(True)
            action.setChecked(is_shown(key))
            action.blockSignals(blocked)

    def say_count(self, shown: int, of_all: int, changed: int, since: datetime | None) -> None:
        """Say how many items are shown, and how many of them changed since the last visit."""
        said = f"{shown:,} of {counted(of_all, 'item')}" if shown != of_all else counted(of_all, "item")
        if since is not None and changed:
            local = since.astimezone()
            said += f" · {changed:,} changed since {local.day} {_MONTHS[local.month - 1]}"
        self.count.setText(said)
        self.clear.setVisible(not self.filters.chosen.is_empty)

    def _on_column_toggled(self, wanted: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.column_switched.emit(str(action.data()), wanted)
