"""Checklist view: the parts of the page and how they share its width; which columns and whether the panel are shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.models.item_columns import COLUMNS, NUMBERS
from ui.models.item_table import ItemTable
from ui.models.saved_views import COLUMNS_SHOWN, PANEL_OPEN, WIDTHS, Preferences
from ui.pages.checklist_head import ChecklistHead
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.foot_strip import FootStrip
from ui.widgets.item_grid import ItemGrid
from ui.widgets.item_panel import ItemPanel
from ui.widgets.labels import label

HINTS = "1 to 5 set status · 0 N/A · E attach · F2 edit · Enter details · Ctrl+F filter"
NARROW, NARROWER = 1180, 1000
"""Widths of the page (the rail is 160): below the second the panel is closed until it is asked for."""
GIVES_WAY = {"service": NARROW, "owner": NARROWER}
"""Columns that leave room to the panel where the page is narrower than this."""
ROOMY = 880
"""From this width of the grid on, owners take a part of what is left, unless somebody chose their width."""
SOUND = range(20, 2_000)
"""Widths that a column may be given."""
NOTHING = ("No inspections yet", "Track an inspection, and its checklist stands here.", "Track an inspection")


class ChecklistView(QWidget):
    """Holds head, grid, foot and panel."""

    panel_switched = Signal(bool)  # whether it is shown now

    def __init__(self, theme: Theme, table: ItemTable, kept: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._is_narrower = self._is_astray = False
        self.head = ChecklistHead(theme, self)
        self.grid = ItemGrid(table, theme, self)
        self.panel = ItemPanel(theme, self)
        self.empty = EmptyState(theme, "checklist", *NOTHING, parent=self)
        self.foot = FootStrip(theme, self)
        self.foot.set_hints(HINTS)
        self.astray = label("Not in the list as filtered", "quiet", self)
        self.astray.setProperty("surface", "panel")
        self.astray.setFixedHeight(self.foot.height())
        self.astray.setContentsMargins(16, 0, 16, 0)
        self.astray.hide()
        self.setProperty("surface", "window")
        self._middle = QStackedWidget(self)
        self._lay_out()
        self.grid.columns.set_widths(self._widths())
        self.grid.columns.sized.connect(self._on_column_sized)
        self.head.column_switched.connect(self._on_column_switched)
        self.panel.closed.connect(self.hide_panel)
        self.panel.left.connect(self.grid.setFocus)
        self.head.filters.left.connect(self.grid.setFocus)
        self.panel.setVisible(self._wants_panel())
        self._fit_columns()

    def _lay_out(self) -> None:
        for each in (self.grid, self.empty):
            self._middle.addWidget(each)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self._middle, 1)
        left.addWidget(self.foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.panel, 1)
        right.addWidget(self.astray)
        layout.addLayout(left, 1)
        layout.addLayout(right)

    def say_astray(self, is_astray: bool) -> None:
        """Say below the panel whether the filters hide the item in it."""
        self._is_astray = is_astray
        self.astray.setVisible(is_astray and self.has_panel)

    def show_empty(self, words: tuple[str, str, str] | None) -> None:
        """Show a title, a line and a button in the place of the grid; None: the grid."""
        if words is not None:
            self.empty.set_words(*words)
        self._middle.setCurrentWidget(self.grid if words is None else self.empty)

    # the panel

    @property
    def has_panel(self) -> bool:
        """Whether the panel is shown."""
        return not self.panel.isHidden()

    def toggle_panel(self) -> None:
        """Show or hide the panel, and remember it."""
        if self.has_panel:
            self.hide_panel()
        else:
            self._show_panel(True)
            self._kept.set(PANEL_OPEN, None)

    def hide_panel(self) -> None:
        """Hide the panel; what was typed in it is stored."""
        self._show_panel(False)
        if not self._is_narrower:
            self._kept.set(PANEL_OPEN, False)
        self.grid.setFocus()

    def to_panel(self) -> None:
        """Open the panel and put the keyboard into it."""
        self._show_panel(True)
        self.panel.focus_first()

    def to_filter(self) -> None:
        """Put the keyboard into the filter box."""
        self.head.filters.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.filters.box.selectAll()

    def _wants_panel(self) -> bool:
        return bool(self._kept.get(PANEL_OPEN, True))

    def _show_panel(self, is_shown: bool) -> None:
        if is_shown == self.has_panel:
            return
        if not is_shown:
            self.panel.flush()
        self.panel.setVisible(is_shown)
        self.say_astray(self._is_astray)
        self._fit_columns()
        self.panel_switched.emit(is_shown)

    # the columns

    def _is_wanted(self, key: str) -> bool:
        kept = self._kept.get(COLUMNS_SHOWN)
        if isinstance(kept, dict) and isinstance(kept.get(key), bool):
            return bool(kept[key])
        return COLUMNS[NUMBERS[key]].is_shown

    def _on_column_switched(self, key: str, wanted: bool) -> None:
        kept = self._kept.get(COLUMNS_SHOWN)
        self._kept.set(COLUMNS_SHOWN, {**(kept if isinstance(kept, dict) else {}), key: wanted})
        self._fit_columns()

    def _widths(self) -> dict[str, int]:
        """Return the widths that somebody gave to columns; what is unknown or not a width is left out."""
        kept = self._kept.get(WIDTHS)
        found = kept.items() if isinstance(kept, dict) else ()
        return {key: width for key, width in found if key in NUMBERS and type(width) is int and width in SOUND}

    def _on_column_sized(self, key: str, width: int) -> None:
        self._kept.set(WIDTHS, {**self._widths(), key: width})

    def _fit_columns(self) -> None:
        self.head.show_columns(self._is_wanted)
        for number, column in enumerate(COLUMNS):
            is_tight = self.has_panel and self.width() < GIVES_WAY.get(column.key, 0)
            hidden = is_tight or not self._is_wanted(column.key)
            self.grid.setColumnHidden(number, bool(column.width) and hidden)
        if "owner" in self._widths():
            return
        owner = NUMBERS["owner"]
        room = self.width() - (self.panel.width() if self.has_panel else 0) - ROOMY
        self.grid.setColumnWidth(
            owner, round(COLUMNS[owner].width * self.grid.columns.scale + min(64, max(0, room) * 0.2))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was, self._is_narrower = self._is_narrower, self.width() < NARROWER
        if was != self._is_narrower:
            self._show_panel(self._wants_panel() and not self._is_narrower)
        self._fit_columns()
