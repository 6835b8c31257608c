"""Tick dialog: finds what can be chosen as somebody types; several may be ticked. It changes nothing itself.

Enter without a tick takes the row that is current, so that a word and Enter are enough.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.models.tick_rows import TickRow
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label
from ui.widgets.tick_list import SearchLine, TickModel, TickView

Finder = Callable[[str, Callable[[Sequence[TickRow]], None]], None]
"""Looks for words and hands over what it found, sooner or later."""

DELAY_MS, WIDTH, HEIGHT = 120, 560, 460


@dataclass(frozen=True, slots=True)
class TickWords:
    """What the dialog says."""

    title: str
    about: str  # "For RV-C02 Audit results over time"
    search: str  # what the line of words looks in
    empty: str  # there is nothing to choose from
    choose: str  # why OK waits
    ok: str = "Link"


class TickDialog(QDialog):
    """`chosen` are ids."""

    def __init__(self, theme: Theme, words: TickWords, find: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.title)
        self._words, self._find, self._asked = words, find, ""
        self._is_answered = self._is_accepted = False  # the words asked for last; whether Enter waits for that
        self.search = SearchLine(self._on_moved, self)
        self.model = TickModel(self)
        self.list = TickView(theme, self.model, self)
        self.none = label("", "quiet", self, wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._lay_out()
        self.search.textChanged.connect(self._delay.start)
        self._delay.timeout.connect(self.look)
        self.model.dataChanged.connect(self._say)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.look()
        self._say()

    @classmethod
    def ask(cls, theme: Theme, words: TickWords, find: Finder, parent: QWidget) -> tuple[str, ...]:
        """Ask what is wanted; nothing when somebody thinks better of it."""
        dialog = cls(theme, words, find, parent)
        return dialog.chosen() if dialog.exec() else ()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self._words.search)
        self.search.setAccessibleName(self._words.search)
        self.search.setClearButtonEnabled(False)
        self.list.setAccessibleName("Found")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel(self._words.about))
        layout.addWidget(self.search)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)
        layout.setStretchFactor(self.none, 0)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.ok.setText(self._words.ok)
        self.resize(WIDTH, HEIGHT)

    def chosen(self) -> tuple[str, ...]:
        """Return what is ticked; without a tick, what is current."""
        if self.model.ticked:
            return tuple(self.model.ticked)
        here = self.model.row(self.list.currentIndex())
        return (here.id,) if here is not None and not here.is_off else ()

    def accept(self) -> None:
        """Close as soon as what was typed last was looked for: Enter may come before the list does."""
        self._is_accepted = True
        if self._delay.isActive():
            self.look()
        elif self._is_answered:
            self._close()

    def _close(self) -> None:
        self._is_accepted = False
        if self.chosen():
            super().accept()

    def look(self) -> None:
        """Look for what is typed."""
        self._delay.stop()
        text = self._asked = self.search.text().strip()
        self._is_answered = False
        self._find(text, lambda rows: self._on_found(text, rows))

    def _on_found(self, text: str, rows: Sequence[TickRow]) -> None:
        if not isValid(self) or text != self._asked:
            return
        self._is_answered = True
        self.model.show_rows(rows)
        first = next((number for number, row in enumerate(rows) if not row.is_off), 0)
        self.list.setCurrentIndex(self.model.index(first))
        self.none.setText("Nothing has these words." if text else self._words.empty)
        self.none.setVisible(not rows)
        self._say()
        if self._is_accepted:
            self._close()

    def _on_moved(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.model.toggle(self.list.currentIndex())
        else:
            self.list.event(event)

    def _on_double_clicked(self) -> None:
        here = self.model.row(self.list.currentIndex())
        if here is not None:
            self.model.ticked.setdefault(here.id, here)  # the first click ticked it, the second took it away
            self.accept()

    def _say(self) -> None:
        chosen = self.chosen()
        self.ok.setEnabled(bool(chosen))
        self.ok.setToolTip("" if chosen else self._words.choose)
        ticked = len(self.model.ticked)
        self.ok.setText(f"{self._words.ok} {ticked:,}" if ticked > 1 else self._words.ok)
