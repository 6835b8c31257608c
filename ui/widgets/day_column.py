"""Day column: one day of the timetable: its head, what happens, and as much of what is due as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.plan import PlanEvent
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.vocabulary import Rating
from ui.models.plan_weeks import Column, DueEntry
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.event_lines import EventLines
from ui.widgets.painted_button import PaintedButton

HEAD, ENTRY, MORE = 32, 44, 26
INSET = 8.0
FEWEST_ENTRIES = 3
_RULE = 2.0  # the line below the head
_BAD = (Rating.OFF_TRACK, Rating.AT_RISK)


class DayHead(PaintedButton):
    """The name of a day and what kind of day it is; a press opens all that is due."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.column = Column("", "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_column(self, column: Column) -> None:
        """Show another day."""
        self.column = column
        self.setAccessibleName(column.spoken)
        self.setToolTip(f"{column.heading}: {column.notes[0]}" if column.notes else column.heading)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, max(HEAD, round(self.theme.metric("strong").height()) + 14))

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, column = self.theme, self.column
        line = QRectF(rect.left(), rect.bottom() - _RULE, rect.width(), _RULE)
        painter.fillRect(line, theme.color("accent_text" if column.is_today else "border"))
        inner = rect.adjusted(INSET, 0, -INSET, -_RULE)
        quiet = column.is_past or bool(column.off)
        width = min(painting.advance(column.heading, theme, "strong") + 1, inner.width())
        place = QRectF(inner.left(), inner.top(), width, inner.height())
        painting.text(painter, place, column.heading, theme, theme.color("text2" if quiet else "text"), "strong")
        room = QRectF(place.right() + 8, inner.top(), inner.right() - place.right() - 8, inner.height())
        note = next((each for each in column.notes if painting.advance(each, theme) <= room.width()), "")
        note = note or (column.notes[-1] if column.notes else "")
        colour = theme.color("accent_text" if column.is_today else "text2")
        painting.text(painter, room, note, theme, colour, align=painting.RIGHT)


class DueButton(PaintedButton):
    """An item in two lines: its title; whose it is, and in words what is wrong with it. A press opens it."""

    hover_radius = ring_radius = 6.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entry: DueEntry | None = None
        self.is_past = False
        self._title: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_entry(self, entry: DueEntry, width: int, spare: int, *, is_past: bool) -> int:
        """Show another item.

        Args:
            entry: The item.
            width: How wide it stands.
            spare: How much height there is for a second line of its title.
            is_past: Whether its day is over.

        Returns:
            How much of the spare height it takes.
        """
        self.entry, self.is_past = entry, is_past
        line = round(self.theme.metric().height())
        room = width - 2 * INSET - (0 if entry.rating in _BAD else 18)
        self._title = painting.wrapped(entry.item.title, self.theme, room, 2 if spare >= line else 1, self._font())
        item = entry.item
        owner = item.owner or item.service or "nobody named"
        said = (f"{item.reference} {item.title}", owner, entry.rating.label, item.status.label, entry.mark)
        self.setAccessibleName(", ".join(part for part in said if part))
        due = f"due {written(item.due)}, " if item.due is not None else ""
        self.setToolTip(f"{item.reference} {item.title}\n{owner} · {item.status.label} · {due}{entry.why}")
        self.updateGeometry()
        self.update()
        return (len(self._title) - 1) * line

    def _font(self) -> str:
        done = self.entry is not None and self.entry.item.status not in BELOW_CHECKED
        return "base" if self.is_past and done else "strong"

    def sizeHint(self) -> QSize:
        extra = max(0, len(self._title) - 1) * round(self.theme.metric().height())
        return QSize(120, entry_height(self.theme) + extra)

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        entry, theme = self.entry, self.theme
        if entry is None:
            return
        inner = rect.adjusted(INSET, 4, -INSET, -4)
        line = inner.height() / (len(self._title) + 1)
        first = QRectF(inner.left(), inner.top(), inner.width(), line)
        last = first.translated(0, inner.height() - line)
        if entry.rating in _BAD:
            self._paint_word(painter, last, entry.rating)
            last.setRight(last.right() - self._word_width(entry.rating) - 8)
        else:
            place = QRectF(first.right() - 10, first.top(), 10, first.height())
            painting.rating_mark(painter, place, entry.rating, theme)
            first.setRight(first.right() - 18)
        colour = theme.color("text2" if self.is_past else "text")
        for number, words in enumerate(self._title):
            painting.text(painter, first.translated(0, number * line), words, theme, colour, self._font())
        self._paint_owner(painter, last, entry)

    def _paint_owner(self, painter: QPainter, rect: QRectF, entry: DueEntry) -> None:
        """Paint whose it is; what marks the date keeps its room, the name gives way."""
        theme, quiet = self.theme, self.theme.color("text2")
        owner = entry.item.owner or entry.item.service or "Nobody named"
        mark = f" · {entry.mark}" if entry.mark else ""
        room = max(0.0, rect.width() - (painting.advance(mark, theme) if mark else 0.0))
        words = painting.elided(owner, theme, room) + mark
        painting.text(painter, rect, words, theme, quiet)

    def _word_width(self, rating: Rating) -> float:
        return painting.MARK + 5 + painting.advance(rating.label, self.theme, "strong") + 1

    def _paint_word(self, painter: QPainter, rect: QRectF, rating: Rating) -> None:
        theme, width = self.theme, self._word_width(rating)
        left = rect.right() - width
        painting.rating_mark(painter, QRectF(left, rect.top(), painting.MARK, rect.height()), rating, theme)
        room = QRectF(left + painting.MARK + 5, rect.top(), width, rect.height())
        painting.text(painter, room, rating.label, theme, theme.rating_text(rating), "strong")


class MoreButton(PaintedButton):
    """How many items have no room; a press opens all of the day."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, max(MORE, round(self.theme.metric().height()) + 8))

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        colour = self.theme.color("accent_text")
        painting.text(painter, rect.adjusted(INSET, 0, -INSET, 0), self.text(), self.theme, colour)


class DayBody(QWidget):
    """What happens on a day and what is due, below its head; `stops` are the buttons, from top to bottom."""

    item_opened = Signal(str)  # id
    rows_opened = Signal(object)  # Column
    refilled = Signal()  # other buttons stand here now

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = Column("", "")
        self.events, self.more = EventLines(theme, self), MoreButton(theme, self)
        self._events: tuple[PlanEvent, ...] = ()
        self._entries: list[DueButton] = []
        self._shown = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(FEWEST_ENTRIES * entry_height(theme) + MORE)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 2, 0, 0)
        self._lines.setSpacing(0)
        for each in (self.events, self.more):
            self._lines.addWidget(each)
        self._lines.addStretch(1)
        self.more.clicked.connect(self._on_more_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Make new entries in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    @property
    def stops(self) -> list[PaintedButton]:
        """The buttons that are shown."""
        return [*self._entries[: self._shown], *([self.more] if not self.more.isHidden() else [])]

    def show_column(self, column: Column, events: Sequence[PlanEvent], top: int = 0) -> None:
        """Show another day.

        Args:
            column: The day.
            events: What happens on it alone.
            top: How much at its top is taken by what goes on for several days.
        """
        self.column, self._events = column, tuple(events)
        self._lines.setContentsMargins(0, top + 2, 0, 0)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        entries, entry = self.column.entries, entry_height(self.theme)
        room = max(self.height(), self.minimumHeight()) - self._lines.contentsMargins().top()
        more = self.more.sizeHint().height()
        least = min(len(entries), FEWEST_ENTRIES - 1) * entry + (more if len(entries) >= FEWEST_ENTRIES else 0)
        self.events.show_events(self._events, self.width(), room - least)
        room -= self.events.height()
        shown = len(entries) if len(entries) * entry <= room else max(1, (room - more) // entry)
        self._hold(shown, room - shown * entry if shown == len(entries) else 0)
        rest = len(entries) - shown
        self.more.setText(f"+ {rest:,} more")
        self.more.setAccessibleName(f"{rest:,} more, {self.column.heading}")
        self.more.setVisible(rest > 0)
        self._shown = shown
        self.refilled.emit()

    def _hold(self, count: int, spare: int) -> None:
        """Show so many entries; titles too long for one line take a second one while there is room to spare."""
        while len(self._entries) < count:
            button = DueButton(self.theme, self)
            button.clicked.connect(self._on_entry_clicked)
            self._lines.insertWidget(1 + len(self._entries), button)
            self._entries.append(button)
        for button, entry in zip(self._entries, self.column.entries[:count], strict=False):
            more = button.show_entry(entry, self.width(), spare, is_past=self.column.is_past)
            spare -= more
        for place, button in enumerate(self._entries):
            button.setVisible(place < count)

    def _on_entry_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, DueButton) and button.entry is not None:
            self.item_opened.emit(button.entry.item.id)

    def _on_more_clicked(self) -> None:
        self.rows_opened.emit(self.column)


def entry_height(theme: Theme) -> int:
    """Return how high an item in two lines is."""
    return max(ENTRY, 2 * round(theme.metric().height()) + 10)
