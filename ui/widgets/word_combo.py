"""Word combo: chooses one word of the vocabulary; statuses with their pies. `chosen` tells of people's choices only."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority, Word
from ui.theme import Theme
from ui.widgets import painting

WORDS: dict[ItemField, Sequence[Word]] = {
    ItemField.STATUS: tuple(ItemStatus),
    ItemField.PRIORITY: tuple(Priority),
    ItemField.KIND: tuple(Kind),
    ItemField.IMPACT_LEVEL: tuple(ImpactLevel),
}
SEVERAL = "Several"


class WordCombo(QComboBox):
    """A drop-down of words. None stands for "several", where items differ."""

    chosen = Signal(object)  # Word

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: Sequence[Word],
        parent: QWidget | None = None,
        *,
        say: Callable[[Any], str] = attrgetter("label"),
    ) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self.is_touched = False  # somebody chose since `show_word`
        self.setAccessibleName(name)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for word in self._words:
            self.addItem(say(word))
        self.setPlaceholderText(SEVERAL)
        self.set_theme(theme)
        self.activated.connect(self._on_activated)

    def set_theme(self, theme: Theme) -> None:
        """Draw the pies in another theme."""
        for place, word in enumerate(self._words):
            if isinstance(word, ItemStatus):
                self.setItemIcon(place, status_icon(word, theme))

    @property
    def word(self) -> Word | None:
        """What is shown."""
        return self._words[self.currentIndex()] if self.currentIndex() >= 0 else None

    def show_word(self, word: Word | None) -> None:
        """Show a word, saying nothing."""
        self.is_touched = False
        self.setCurrentIndex(self._words.index(word) if word is not None else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past a field must not change it."""
        event.ignore()

    def _on_activated(self) -> None:
        self.is_touched = True
        self.chosen.emit(self.word)


@lru_cache(maxsize=32)
def status_icon(status: ItemStatus, theme: Theme) -> QIcon:
    """Return the pie of a status as an icon."""
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    drawn = QPixmap(round(16 * ratio), round(16 * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painting.status_pie(painter, QRectF(0, 0, 16, 16), status, theme)
    painter.end()
    return QIcon(drawn)
