"""Labels: text in the tones and sizes of the look, in one line each."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Theme
from ui.widgets.buttons import PushButton

ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(r"\S{16}(?=\S{8})")


def label(words: str = "", tone: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """Return a label of plain text; tone: "", quiet, bad, warning, good, accent."""
    made = QLabel(words, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def breakable(words: str) -> str:
    """Return words in which a very long one (an address) may go on in the next line, as a label alone never does."""
    return _LONG_WORD.sub(lambda found: found[0] + ZERO_WIDTH_SPACE, words)


def heading(words: str, theme: Theme, level: str = "h1", parent: QWidget | None = None) -> QLabel:
    """Return a heading: h1 for pages, h2 for cards, strong for sections."""
    made = label(words, parent=parent)
    made.setFont(theme.font(level))
    return made


def link(words: str, parent: QWidget | None = None) -> PushButton:
    """Return a button that looks like a link."""
    made = PushButton(words, parent)
    made.setProperty("kind", "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def button(words: str, kind: str = "", parent: QWidget | None = None) -> PushButton:
    """Return a button; kind: "" for the usual one, primary, quiet or link."""
    made = PushButton(words, parent)
    if kind:
        made.setProperty("kind", kind)
    return made


def set_tone(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it looks when it is first shown
            widget.style().unpolish(widget)
            widget.style().polish(widget)
