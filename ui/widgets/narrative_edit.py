"""Narrative edit: a text of a few lines that grows with its content and says when its writer pauses."""

from unicodedata import normalize

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from readiness.domain.editing import TEXT_LIMIT

PAUSE_MS = 800
_LEAST_LINES, _MOST_LINES = 2, 10
_MARGINS = 20  # frame, padding and document margin, above and below


class NarrativeEdit(QPlainTextEdit):
    """`paused` brings what was written, once for each pause; nothing typed is ever put back or lost."""

    paused = Signal(str)
    refused = Signal(str)  # why what was typed is not said; "" when nothing is in the way any more
    left = Signal()  # Esc: the text stays, the keyboard may go back to the grid

    def __init__(
        self, name: str, placeholder: str = "", parent: QWidget | None = None, *, pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "narrative")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._said = ""  # what the outside knows
        self._stored = ""  # what the store has once that was written
        self._name = name
        self.fault = ""  # why what is pending cannot be said
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def is_pending(self) -> bool:
        """Whether something was typed that has not been said yet."""
        return self.toPlainText() != self._said

    def set_text(self, words: str) -> bool:
        """Show a text that was read after all that was said here was written; False: what is typed is newer."""
        if self.is_pending:
            return False
        if words != self._stored:
            place = self.textCursor().position() if self.hasFocus() else 0
            self._show(words)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(self._said)))
            self.setTextCursor(cursor)
        return True

    def replace_text(self, words: str) -> None:
        """Show another item's text, whatever stands here; `flush` first, and keep what is pending then."""
        self._show(words)

    def show_draft(self, words: str) -> None:
        """Show what somebody typed earlier and could not be said, as if it were typed now."""
        self.setPlainText(words)
        self.flush()

    def flush(self) -> None:
        """Say at once what was typed and not yet said; what is too long waits to be shortened."""
        self._timer.stop()
        if not self.is_pending:
            return
        text = self.toPlainText()
        self._find_fault(text)
        if not self.fault:
            self._said, self._stored = text, normalize("NFC", text)  # the store composes accents
            self.paused.emit(text)

    def _find_fault(self, text: str) -> None:
        fault = ""
        if len(text) > TEXT_LIMIT:
            fault = f"{self._name} is too long: {len(text):,} characters. Shorten it to {TEXT_LIMIT:,}."
        if fault != self.fault:
            self.fault = fault
            self.refused.emit(fault)

    def sizeHint(self) -> QSize:
        return QSize(240, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._wanted_height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _wanted_height(self) -> int:
        lines = round(self.document().size().height())  # QPlainTextDocumentLayout counts in lines
        return max(_LEAST_LINES, min(lines, _MOST_LINES)) * self.fontMetrics().lineSpacing() + _MARGINS

    def _fit(self) -> None:
        many = self.document().size().height() > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if many else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        height = self._wanted_height()
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def _show(self, words: str) -> None:
        self.setPlainText(words)
        self._said, self._stored = self.toPlainText(), words  # Qt writes line ends its own way
        self._timer.stop()
        self._find_fault("")

    def _on_text_changed(self) -> None:
        if self.is_pending:
            self._timer.start()
        else:
            self._timer.stop()
            self._find_fault("")
