"""Empty state: where there is nothing to show: what this is, what to do, and the button that does it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets.labels import button, heading, label

_ICON, _LINE_WIDTH = 24, 420


class EmptyState(QWidget):
    """Centred in the room it is given."""

    acted = Signal()

    def __init__(
        self, theme: Theme, icon_name: str, title: str, line: str, button_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon = QLabel(self)
        self._title = heading(title, theme, "strong", self)
        self._line = label(line, "quiet", self, wrap=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = button(button_text, "primary", self)
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for each in (self._icon, self._title, self._line):
            layout.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.set_theme(theme)
        self.set_words(title, line, button_text)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in another theme."""
        self._icon.setPixmap(pixmap(self._icon_name, theme.color("text2"), _ICON, self.devicePixelRatioF()))

    def set_words(self, title: str, line: str, button_text: str = "") -> None:
        """Say something else; no button without words on it."""
        self._title.setText(title)
        self._line.setText(line)
        width = min(_LINE_WIDTH, self._line.fontMetrics().horizontalAdvance(line) + 8)
        self._line.setFixedSize(width, self._line.heightForWidth(width))
        self._button.setText(button_text)
        self._button.setVisible(bool(button_text))
        self.setAccessibleName(f"{title} {line}")
