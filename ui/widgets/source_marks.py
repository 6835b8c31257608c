"""Source marks: from which of the six sources an item's current evidence comes; two or more, and it is triangulated."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.proof import SOURCES_MET
from readiness.domain.vocabulary import EvidenceSource
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.labels import label, set_tone

COLUMNS, SIGN, GAP = 3, 14.0, 4.0
_ORDER = tuple(EvidenceSource)


def say_sources(met: Collection[EvidenceSource]) -> str:
    """Return what the sources come to, in a few words."""
    if not met:
        return "No current evidence yet"
    if len(met) >= SOURCES_MET:
        return f"{len(met)} of {len(_ORDER)} sources: met"
    return "1 source: a second one would confirm it"


class Marks(QWidget):
    """Six words, each with a tick or a dash."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.met: frozenset[EvidenceSource] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def _line_height(self) -> int:
        return round(self.theme.metric().height()) + 5

    def sizeHint(self) -> QSize:
        widest = max(painting.advance(source.label, self.theme, "strong") for source in _ORDER)
        rows = -(-len(_ORDER) // COLUMNS)
        return QSize(round(COLUMNS * (SIGN + GAP + widest + GAP)), rows * self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme, height, width = self.theme, self._line_height(), self.width() / COLUMNS
        for number, source in enumerate(_ORDER):
            row, column = divmod(number, COLUMNS)
            place = QRectF(column * width, row * height, width - GAP, height)
            sign = QRectF(place.left(), place.top(), SIGN, height)
            is_met = source in self.met
            if is_met:
                painting.icon_at(painter, sign, "check", theme.color("accent_text"), 14)
            else:
                painter.fillRect(
                    QRectF(sign.left() + 4, round(sign.center().y()), SIGN - 8, 1.5), theme.color("border_strong")
                )
            colour, font = theme.color("text" if is_met else "text2"), "strong" if is_met else "base"
            room = QRectF(sign.right() + GAP, place.top(), place.right() - sign.right() - GAP, height)
            painting.text(painter, room, source.label, theme, colour, font)
        painter.end()


class SourceMarks(QWidget):
    """The marks, and below them what they come to; a screen reader hears it as one sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = Marks(theme, self)
        self.said = label("", "quiet", self, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.marks)
        layout.addWidget(self.said)
        self.show_sources(frozenset())

    def show_sources(self, met: Collection[EvidenceSource]) -> None:
        """Show which sources current evidence comes from."""
        self.marks.met = frozenset(met)
        words = say_sources(met)
        self.said.setText(words)
        set_tone(self.said, "tone", "quiet" if len(met) >= SOURCES_MET else "warning" if met else "quiet")
        has = ", ".join(source.label for source in _ORDER if source in met)
        lacks = ", ".join(source.label for source in _ORDER if source not in met)
        name = f"Sources of current evidence: {has or 'none'}. {words}."
        self.marks.setAccessibleName(f"{name} Not covered: {lacks}." if lacks else name)
        self.marks.setToolTip(f"Covered: {has or 'none'}\nNot covered: {lacks or 'none'}")
        self.marks.update()
