"""Click text: words that become a field when they are clicked or Enter is pressed on them, and words again after."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.field_fault import FieldFault
from ui.widgets.labels import breakable
from ui.widgets.narrative_edit import NarrativeEdit


class _Words(QLabel):
    """The words at rest: they wrap, take the keyboard, and show its ring."""

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setToolTip("Click to edit")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painting.focus_ring(painter, self.rect().toRectF(), self.theme)
            painter.end()


class _Line(QLineEdit):
    """One line: Enter and leaving store, Esc restores."""

    stored = Signal()
    restored = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stored.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.restored.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.stored.emit()


class ClickText(QWidget):
    """`entered` brings what was written, once. A single line cannot be emptied; a text of several may be."""

    entered = Signal(str)

    def __init__(
        self, theme: Theme, name: str, empty: str = "", *, single: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._empty, self._text = empty, ""
        self._name = name
        self.words = _Words(theme, self)
        self.line = _Line(self) if single else None
        self.edit = None if single else NarrativeEdit(name, empty, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        self.words.asked.connect(self.open)
        if self.line is not None:
            self.line.setAccessibleName(name)
            self.line.stored.connect(self._on_stored)
            self.line.restored.connect(self.close_editor)
            layout.addWidget(self.line)
            self.line.hide()
        if self.edit is not None:
            self.words.setProperty("tone", "quiet")
            self.edit.paused.connect(self._on_paused)
            self.edit.left.connect(self._on_left)
            fault = FieldFault(theme, self)
            self.edit.refused.connect(fault.show_fault)
            layout.addWidget(self.edit)
            layout.addWidget(fault)
            self.edit.hide()
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Paint the ring in another theme."""
        self.words.theme = theme
        self.update()

    def set_words_font(self, font: QFont) -> None:
        """Show the words in a font."""
        self.words.setFont(font)

    @property
    def is_open(self) -> bool:
        """Whether the field is shown."""
        return self.words.isHidden()

    def show_text(self, text: str) -> None:
        """Show a text; while the field is open, what is being typed stays."""
        self._text = text
        self._say()
        if self.edit is not None:
            self.edit.set_text(text)

    def replace_text(self, text: str) -> None:
        """Show the text of something else; `flush` first."""
        self._text = text
        self._close(keep_focus=False)
        if self.edit is not None:
            self.edit.replace_text(text)

    def open(self) -> None:
        """Show the field, with the keyboard in it."""
        self.words.hide()
        if self.line is not None:
            self.line.setText(self._text)
            self.line.show()
            self.line.setFocus()
            self.line.selectAll()
        if self.edit is not None:
            self.edit.set_text(self._text)
            self.edit.show()
            self.edit.setFocus()

    def show_draft(self, text: str) -> None:
        """Open the field, without the keyboard, on what was typed earlier and could not be said."""
        if self.edit is not None:
            self.words.hide()
            self.edit.show()
            self.edit.show_draft(text)

    def flush(self) -> None:
        """Bring what was typed and not yet said."""
        if self.line is not None and self.is_open:
            self._on_stored()
        if self.edit is not None:
            self.edit.flush()

    def close_editor(self) -> None:
        """Show the words again; a single line is restored."""
        self._close(keep_focus=True)

    def _on_stored(self) -> None:
        line = self.line
        if line is None or not self.is_open:
            return
        tidy = " ".join(line.text().split())
        changed = tidy not in ("", self._text)
        if changed:
            self._text = tidy
        self._close(keep_focus=line.hasFocus())
        if changed:
            self.entered.emit(tidy)

    def _on_left(self) -> None:
        if self.edit is None or not self.edit.is_pending:  # what is too long stays in sight
            self.close_editor()

    def _on_paused(self, text: str) -> None:
        self._text = text
        self.entered.emit(text)
        if self.edit is not None and not self.edit.hasFocus():
            self._close(keep_focus=False)

    def _close(self, *, keep_focus: bool) -> None:
        editor = self.line or self.edit
        if editor is not None and self.is_open:
            self._say()
            self.words.show()
            editor.hide()
            if keep_focus:
                self.words.setFocus()
        self._say()

    def _say(self) -> None:
        self.words.setText(breakable(self._text or self._empty))
        self.words.setAccessibleName(f"{self._name}: {self._text or 'empty'}. Enter edits it")
