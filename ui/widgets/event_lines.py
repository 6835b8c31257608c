"""Event lines: what happens on a day, below its head, and what goes on for several days, across them.

A ring stands before what is only usual or expected, a dot before what is sure.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.domain.plan import PlanEvent
from readiness.domain.schemes import HANDBOOK
from ui.models.plan_spans import Span
from ui.theme import Theme
from ui.widgets import painting

INSET, SIGN = 8.0, 13.0
MOST_LINES, MOST_LANES = 2, 4
_LANE, _GAP = 20, 2


class EventLines(QWidget):
    """Each in one or two lines; those that have no room are in the tooltip and counted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._told: list[tuple[PlanEvent | None, list[str]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_events(self, events: Sequence[PlanEvent], width: int, room: int) -> None:
        """Show as much as a width and a height have room for."""
        line, left = _line(self.theme), max(20.0, width - 2 * INSET - SIGN)
        self._told = []
        lines = max(0, (room - 6) // line)
        for number, event in enumerate(events):
            rest = len(events) - number - 1
            most = min(MOST_LINES, lines - (rest > 0))
            if most <= 0:
                self._told += [(None, [f"and {rest + 1} more"])] if lines > 0 else []
                break
            self._told.append((event, painting.wrapped(words_of(event), self.theme, left, most)))
            lines -= len(self._told[-1][1])
        count = sum(len(each) for _, each in self._told)
        self.setFixedHeight(count * line + (6 if count else 0))
        self.setToolTip("\n".join(full_words(event) for event in events))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, line = QPainter(self), _line(self.theme)
        top, colour = 2.0, self.theme.color("text2")
        for each, lines in self._told:
            if each is not None:
                sign(painter, QPointF(INSET + 4, top + line / 2), each, self.theme)
            for words in lines:
                place = QRectF(INSET + SIGN, top, self.width() - 2 * INSET - SIGN, line)
                painting.text(painter, place, words, self.theme, colour)
                top += line
        painter.end()


class SpanLanes(QWidget):
    """What goes on for several days, each in one line across their columns. It lies over the columns' tops."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._spans: tuple[Span, ...] = ()
        self._columns, self._spacing = 1, 0

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_spans(self, spans: Sequence[Span], columns: int, spacing: int) -> None:
        """Show other spans over so many columns, which stand so far apart."""
        self._spans = tuple(span for span in spans if span.lane < MOST_LANES)
        self._columns, self._spacing = max(1, columns), spacing
        self.setToolTip("\n".join(full_words(span.event) for span in spans))
        self.setVisible(bool(self._spans))
        self._cut()
        self.update()

    def room(self, lanes: int) -> int:
        """Return how high so many lines are."""
        return min(MOST_LANES, lanes) * (self._height() + _GAP) + (4 if lanes else 0)

    def _height(self) -> int:
        return max(_LANE, _line(self.theme) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        """Leave all but the lines to what lies below."""
        region = QRegion()
        for _, rect in self._placed():
            region += rect.toAlignedRect()
        self.setMask(region)

    def _placed(self) -> list[tuple[Span, QRectF]]:
        width = (self.width() - self._spacing * (self._columns - 1)) / self._columns
        height, step = self._height(), width + self._spacing
        return [
            (
                span,
                QRectF(
                    span.first * step, 4 + span.lane * (height + _GAP), (span.last - span.first) * step + width, height
                ),
            )
            for span in self._spans
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for span, rect in self._placed():
            self._paint(painter, rect, span.event)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRectF, event: PlanEvent) -> None:
        theme = self.theme
        painter.setPen(theme.color("text") if theme.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0, -0.5, 0), 4, 4)
        sign(painter, QPointF(rect.left() + INSET + 4, rect.center().y()), event, theme)
        room = rect.adjusted(INSET + SIGN, 0, -INSET, 0)
        painting.text(painter, room, words_of(event), theme, theme.color("text2"))


def sign(painter: QPainter, centre: QPointF, event: PlanEvent, theme: Theme) -> None:
    """Paint what stands before an event."""
    colour = theme.color("text2")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if event.verified and not event.estimated else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 2.6, 2.6)
    painter.restore()


def words_of(event: PlanEvent) -> str:
    """Return an event as it stands on a day."""
    return f"{event.title} · expected" if event.estimated else event.title


def full_words(event: PlanEvent) -> str:
    """Return an event as a tooltip says it."""
    return words_of(event) if event.verified else f"{words_of(event)}: {HANDBOOK}"


def _line(theme: Theme) -> int:
    return max(18, round(theme.metric().height()) + 1)
