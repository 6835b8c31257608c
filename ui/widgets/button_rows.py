"""Button rows: painted buttons under or beside each other that are one stop for Tab; arrows move inside."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton

_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_Down, Qt.Key.Key_Right)


class ButtonRows(QWidget):
    """Holds buttons; the one last focused keeps the place for Tab."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        direction: QBoxLayout.Direction = QBoxLayout.Direction.TopToBottom,
        spacing: int = 0,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: list[PaintedButton] = []
        self.row_layout = QBoxLayout(direction, self)
        self.row_layout.setContentsMargins(0, 0, 0, 0)
        self.row_layout.setSpacing(spacing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Make new rows in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    def hold(self, buttons: Sequence[PaintedButton]) -> None:
        """Show these buttons, in this order; those no longer named go. Focus stays where its button stays."""
        for old in self.buttons:
            if old not in buttons:
                self.row_layout.removeWidget(old)
                old.hide()
                old.deleteLater()
        for new in buttons:
            if new not in self.buttons:
                new.installEventFilter(self)
        self.buttons = list(buttons)
        for place, button in enumerate(self.buttons):
            if self.row_layout.indexOf(button) != place:
                self.row_layout.removeWidget(button)
                self.row_layout.insertWidget(place, button)
                button.show()
        self._keep_one_stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn arrows, Home and End into moves, and keep Tab's place."""
        if event.type() == QEvent.Type.FocusIn and watched in self.buttons:
            self._keep_one_stop(self.buttons.index(watched))
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self.buttons:
            to = self._target(event.key(), self.buttons.index(watched))
            if to is not None:
                self.move_to(to)
                return True
        return super().eventFilter(watched, event)

    def move_to(self, place: int) -> None:
        """Give the keyboard to the button at a place."""
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _target(self, key: int, here: int) -> int | None:
        last = len(self.buttons) - 1
        if key in _BACK:
            return max(0, here - 1)
        if key in _ON:
            return min(last, here + 1)
        return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(key))

    def _keep_one_stop(self, stop: int | None = None) -> None:
        if stop is None:
            tabbed = [n for n, button in enumerate(self.buttons) if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
            stop = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), tabbed[0] if tabbed else 0)
        for place, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == stop else Qt.FocusPolicy.ClickFocus)
