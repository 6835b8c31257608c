"""Card: a surface with a title, a quiet note or a link at its right, and room for content."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.labels import heading, label, link

_EDGE, _INSET = 12, 4  # rows to press reach 4 px further than text, for their hover and ring; their text aligns


class Card(QFrame):
    """`add` puts text and charts under the title, `add_rows` puts rows that bring their own 4 px at each side."""

    link_activated = Signal()

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None = None, *, note: str = "", link_text: str = ""
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._title = heading(title, theme, "h2", self)
        self._title.setMinimumHeight(24)
        self._note = label(note, "quiet", self)
        self._note.setContentsMargins(0, 0, _INSET, 0)
        self._link = link(link_text, self)
        self._link.clicked.connect(self.link_activated)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(_INSET, 0, 0, 0)
        self.head.setSpacing(8)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.head.addWidget(self._note)
        self.head.addWidget(self._link)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_EDGE, _EDGE - 2, _EDGE, _EDGE)
        outer.setSpacing(4)
        outer.addLayout(self.head)
        outer.addLayout(self.body, 1)
        self.set_title(title)
        self.set_note(note)
        self.set_link(link_text)

    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Put content in line with the title."""
        inset = QVBoxLayout()
        inset.setContentsMargins(_INSET, 0, _INSET, 0)
        if isinstance(content, QWidget):
            inset.addWidget(content)
        else:
            inset.addLayout(content)
        self.body.addLayout(inset, stretch)

    def add_rows(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a list, a rating bar or key figures; their text stands in line with the title."""
        if isinstance(content, QWidget):
            self.body.addWidget(content, stretch)
        else:
            self.body.addLayout(content, stretch)

    def set_title(self, title: str) -> None:
        """Name the card."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Show a quiet word at the right; "": none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_link(self, words: str) -> None:
        """Show a link at the right; "": none."""
        self._link.setText(words)
        self._link.setAccessibleName(f"{self._title.text()}: {words}")
        self._link.setVisible(bool(words))
