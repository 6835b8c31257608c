"""Header: inspection switch, countdown, undo and redo, search and help, along the top of every page."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.icons import icon
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.buttons import ToolButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.segmented import Segmented

HEIGHT = 48
_SEARCH_WIDTH = 232


class SearchBox(QLineEdit):
    """A search field with its sign at the left and its key at the right. Esc empties it and leaves."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("kind", "search")
        self.setPlaceholderText("Search everything")
        self.setAccessibleName("Search everything")
        self.setToolTip("Search everything (Ctrl+K)")
        self.setTextMargins(22, 0, 0, 0)
        self.setMinimumWidth(140)
        self.setMaximumWidth(_SEARCH_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SEARCH_WIDTH, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, rect, quiet = QPainter(self), QRectF(self.rect()), self.theme.color("text2")
        painting.icon_at(painter, QRectF(rect.left() + 9, rect.top(), 16, rect.height()), "search", quiet)
        if not self.text() and self.width() > 200:
            painting.text(painter, rect.adjusted(0, 0, -10, 0), "Ctrl+K", self.theme, quiet, align=painting.RIGHT)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)


class Header(QFrame):
    """Undo and redo are the window's own actions; they bring their state and their tooltips."""

    inspection_chosen = Signal(str)  # the key of an inspection; "" is all
    search_changed = Signal(str)
    search_entered = Signal(str)
    search_left = Signal()  # Esc: give the keyboard back to the page
    help_asked = Signal()

    def __init__(self, theme: Theme, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "header")
        self.setFixedHeight(HEIGHT)
        self._switch = Segmented(theme, "Inspection", self)
        self._switch.chosen.connect(self.inspection_chosen)
        self._clock = _Sign(theme, "clock", self)
        self._countdown = ElidedLabel("", self)
        self._undo, self._redo = undo, redo
        self.search = SearchBox(theme, self)
        self.search.textChanged.connect(self.search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.left.connect(self.search_left)
        self._help = ToolButton(self)
        self._help.setAccessibleName("Help")
        self._help.setToolTip("Help (F1)")
        self._help.clicked.connect(self.help_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 18, 0)
        layout.setSpacing(4)
        layout.addWidget(self._switch)
        layout.addSpacing(12)
        layout.addWidget(self._clock)
        layout.addWidget(self._countdown, 1)
        for action in (undo, redo):
            layout.addWidget(self._tool(action))
            layout.addSpacing(4)
        layout.addSpacing(4)
        layout.addWidget(self.search, 1)
        layout.addSpacing(2)
        layout.addWidget(self._help)
        self.set_theme(theme)
        self.set_countdown("")

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        self.theme = theme
        self._undo.setIcon(icon("undo", theme, "text2"))
        self._redo.setIcon(icon("redo", theme, "text2"))
        self._help.setIcon(icon("help", theme, "text2"))

    def set_inspections(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer these inspections (key and words of each); the switch hides where there is no choice."""
        self._switch.set_options(options, current)
        self._switch.setVisible(len(options) > 1)

    def set_current(self, key: str) -> None:
        """Show which inspection the pages are about; says nothing."""
        self._switch.set_current(key)

    def set_countdown(self, words: str) -> None:
        """Say how long is left, "4 working days to ready by 30 Apr 2021"; "": nothing."""
        self._countdown.setText(words)
        self._clock.setVisible(bool(words))

    def _tool(self, action: QAction) -> ToolButton:
        tool = ToolButton(self)
        tool.setDefaultAction(action)
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return tool

    def _on_search_entered(self) -> None:
        self.search_entered.emit(self.search.text())


class _Sign(QWidget):
    """A quiet icon beside words that already say it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.setFixedSize(16, 16)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painting.icon_at(painter, QRectF(self.rect()), self._name, self._theme.color("text2"))
        painter.end()
