"""Name combo: an owner or a service; any text may be written, the ones already in use are offered."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class NameCombo(QComboBox):
    """Finds what is typed anywhere in the known names. `entered` brings what was written or picked, once."""

    entered = Signal(str)

    def __init__(self, name: str, known: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = self._said = ""  # by the outside, to the outside
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_name(name)
        self.set_known(known)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        completer.activated.connect(self.flush)
        self.activated.connect(self.flush)

    def set_name(self, name: str) -> None:
        """Say what a screen reader calls it."""
        self.setAccessibleName(name)

    def set_known(self, known: Iterable[str]) -> None:
        """Offer these names; what is written stays."""
        names = list(known)
        if names == [self.itemText(place) for place in range(self.count())]:
            return
        text = self.currentText()
        self.blockSignals(True)
        self.clear()
        self.addItems(names)
        self.setCurrentIndex(-1)
        self.setEditText(text)
        self.blockSignals(False)

    @property
    def is_touched(self) -> bool:
        """Whether something else stands here than was shown."""
        return self._tidy() != self._shown

    @property
    def is_pending(self) -> bool:
        """Whether something was written that has not been said yet."""
        return self._tidy() != self._said

    def show_text(self, text: str, placeholder: str = "") -> None:
        """Show a name, saying nothing; the placeholder stands where there is none."""
        self._shown = self._said = text
        self.setEditText(text)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(placeholder)
            line.setCursorPosition(0)

    def text(self) -> str:
        """Return what is written, tidied."""
        return self._tidy()

    def flush(self) -> None:
        """Bring what was written and not yet said."""
        if self.is_pending:
            self._said = self._tidy()
            self.entered.emit(self._said)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past a field must not change it."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
        elif event.key() == Qt.Key.Key_Escape and self.is_pending:
            self.setEditText(self._said)
        else:
            super().keyPressEvent(event)

    def _tidy(self) -> str:
        return " ".join(self.currentText().split())
