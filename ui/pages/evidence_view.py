"""Evidence view: the parts of the library's page and how they share its width."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.icons import icon
from ui.models.evidence_table import EvidenceTable
from ui.models.saved_views import Preferences
from ui.theme import Theme
from ui.widgets.buttons import ToolButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.evidence_bar import EvidenceBar
from ui.widgets.evidence_grid import EvidenceGrid
from ui.widgets.evidence_panel import EvidencePanel
from ui.widgets.foot_strip import FootStrip
from ui.widgets.labels import button, heading, link

NARROWER = 1000
"""Below this width of the page the panel is closed until it is asked for."""
PANEL_OPEN = "evidence.panel"
HINTS = "E adds files · Ctrl+L links to items · Ctrl+Enter opens · Enter details · Ctrl+F filter"
NOTHING = (
    "No evidence yet",
    "Drop files here, or add them. A piece of evidence can serve many items.",
    "Add files",
)
NO_MATCH = ("No evidence matches", "The filters hide every piece.", "Clear filters")
NONE_HERE = (
    "Nothing is used for this inspection yet",
    "Show all inspections to see the whole library, or attach evidence to an item on the Checklist.",
    "Add files",
)


class EvidenceView(QWidget):
    """Holds head, chips, grid, foot and panel."""

    panel_switched = Signal(bool)  # whether it is shown now

    def __init__(self, theme: Theme, table: EvidenceTable, kept: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._is_narrower = False
        self.title = heading("Evidence", theme, "h1", self)
        self.count = ElidedLabel("", self)
        self.count.setProperty("tone", "quiet")
        self.clear = link("Clear filters", self)
        self.add_link = button(" Add link", "", self)
        self.add = button(" Add files", "", self)
        self.more = ToolButton(self)
        self.bar = EvidenceBar(theme, self)
        self.grid = EvidenceGrid(table, theme, self)
        self.panel = EvidencePanel(theme, self)
        self.empty = EmptyState(theme, "evidence", *NOTHING, parent=self)
        self.foot = FootStrip(theme, self)
        self.foot.set_hints(HINTS)
        self.setProperty("surface", "window")
        self._middle = QStackedWidget(self)
        self._lay_out()
        self.panel.closed.connect(self.hide_panel)
        self.panel.left.connect(self.grid.setFocus)
        self.bar.left.connect(self.grid.setFocus)
        self.panel.setVisible(self._wants_panel())
        self.set_theme(theme)

    def _lay_out(self) -> None:
        for each, words in ((self.add, "Add files"), (self.add_link, "Add link")):
            each.setAccessibleName(words)
        self.more.setAccessibleName("More")
        self.more.setToolTip("More")
        self.more.setAutoRaise(True)
        self.more.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addWidget(self.count, 1)
        top.addWidget(self.clear)
        for tool in (self.add_link, self.add, self.more):
            top.addWidget(tool)
        head = QVBoxLayout()
        head.setContentsMargins(24, 14, 16, 8)
        head.setSpacing(6)
        head.addLayout(top)
        head.addWidget(self.bar)
        for widget in (self.grid, self.empty):
            self._middle.addWidget(widget)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(self._middle, 1)
        left.addWidget(self.foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
        self._middle.setCurrentWidget(self.grid)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme; the other widgets are told by themselves."""
        self.title.setFont(theme.font("h1"))
        for widget, name in ((self.add, "plus"), (self.add_link, "link"), (self.more, "more")):
            widget.setIcon(icon(name, theme))

    def show_empty(self, words: tuple[str, str, str] | None) -> None:
        """Show a title, a line and a button in the place of the grid; None: the grid."""
        if words is not None:
            self.empty.set_words(*words)
        self._middle.setCurrentWidget(self.grid if words is None else self.empty)

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
        self.bar.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.box.selectAll()

    def _wants_panel(self) -> bool:
        return self._kept.get(PANEL_OPEN, True) is not False

    def _show_panel(self, is_shown: bool) -> None:
        if is_shown != self.has_panel:
            if not is_shown:
                self.panel.flush()
            self.panel.setVisible(is_shown)
            self.panel_switched.emit(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was, self._is_narrower = self._is_narrower, self.width() < NARROWER
        if was != self._is_narrower:
            self._show_panel(self._wants_panel() and not self._is_narrower)
