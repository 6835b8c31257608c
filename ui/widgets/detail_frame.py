"""Detail frame: what the panels beside grids share: a head with a name and buttons, and a body that scrolls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_look import field_sheet
from ui.widgets.item_panel import WIDTH

BUTTONS = (
    ("chevron-left", "The one above (Alt+Left)"),
    ("chevron-right", "The one below (Alt+Right)"),
    ("close", "Close the panel (Enter opens it again)"),
)


class DetailFrame(QFrame):
    """`layout_of_body` takes the parts of a panel."""

    stepped = Signal(int)  # -1: the one above; 1: below
    closed = Signal()
    left = Signal()  # the keyboard may go back to the grid

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "panel")
        self.setAccessibleName("Details")
        self.setFixedWidth(WIDTH)
        self.head_words = ElidedLabel("", self)
        self.head_words.setProperty("tone", "quiet")
        self._buttons = {name: self._tool(tip) for name, tip in BUTTONS}
        head = QHBoxLayout()
        head.setContentsMargins(16, 5, 10, 0)
        head.setSpacing(4)
        head.addWidget(self.head_words)
        head.addStretch(1)
        for button in self._buttons.values():
            head.addWidget(button)
        self._body = QWidget()
        self._body.setProperty("surface", "plain")
        self.layout_of_body = QVBoxLayout(self._body)
        self.layout_of_body.setContentsMargins(16, 2, 12, 16)
        self.layout_of_body.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setProperty("kind", "plain")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        self._buttons["chevron-left"].clicked.connect(self._on_step_back)
        self._buttons["chevron-right"].clicked.connect(self._on_step_on)
        self._buttons["close"].clicked.connect(self.closed)
        self._dress()

    def _tool(self, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setAutoRaise(True)
        return made

    def set_theme(self, theme: Theme) -> None:
        """Show in another theme from now on."""
        self.theme = theme
        self._dress()

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def _dress(self) -> None:
        self._body.setStyleSheet(field_sheet(self.theme))
        for name, button in self._buttons.items():
            button.setIcon(icon(name, self.theme, "text2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_step_back(self) -> None:
        self.stepped.emit(-1)

    def _on_step_on(self) -> None:
        self.stepped.emit(1)
