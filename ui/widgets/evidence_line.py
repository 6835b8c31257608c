"""Evidence line: one piece of evidence as it serves an item, in two lines, and what can be done with it there."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow
from ui.icons import icon
from ui.models.evidence_words import RATING_OF, Judge, icon_of, line_words, spoken, strength_words
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.buttons import ToolButton
from ui.widgets.day_line import DayLine
from ui.widgets.labels import label
from ui.widgets.painted_button import PaintedButton

ICON = 16.0
COUNTS_UNTIL = "Counts here until"


@dataclass(frozen=True, slots=True)
class Served:
    """A piece of evidence with the link by which it serves an item."""

    row: EvidenceRow
    link: LinkRow

    @property
    def attachments(self) -> tuple[AttachmentRow, ...]:
        """The files and links that count."""
        return self.row.latest.attachments if self.row.latest is not None else ()


class EvidenceButton(PaintedButton):
    """The two lines; pressed, they open the file or link."""

    unlinked = Signal()
    dated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._served: Served | None = None
        self._judge: Judge | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_served(self, served: Served, judge: Judge) -> None:
        """Show a piece of evidence, judged on a day."""
        self._served, self._judge = served, judge
        words = spoken(served.row, served.link.until, judge)
        self.setAccessibleName(f"{words}. Enter opens it")
        said = f"{line_words(served.row, served.link.until, judge)} · {strength_words(served.row.strength)}"
        shows = f"\n{served.row.shows}" if served.row.shows else ""
        self.setToolTip(f"{served.row.title}\n{said}{shows}"[:1_000])
        self.update()

    def _line_height(self) -> float:
        return round(self.theme.metric().height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, round(2 * self._line_height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        if self._served is None or self._judge is None:
            return
        theme, height, row = self.theme, self._line_height(), self._served.row
        inner = rect.adjusted(4, 4, -4, -4)
        painting.icon_at(painter, QRectF(inner.left(), inner.top(), ICON, height), icon_of(row), theme.color("text2"))
        left = inner.left() + ICON + 8
        bars = QRectF(inner.right() - painting.STRENGTH_WIDTH, inner.top(), painting.STRENGTH_WIDTH, height)
        painting.strength_bars(painter, bars, row.strength, theme)
        first = QRectF(left, inner.top(), bars.left() - left - 8, height)
        painting.text(painter, first, row.title, theme, theme.color("text"))
        until = self._served.link.until
        mark = QRectF(left, inner.top() + height, painting.MARK, height)
        painting.rating_mark(painter, mark, RATING_OF[self._judge.currency(until)], theme)
        room = QRectF(mark.right() + 6, mark.top(), inner.right() - mark.right() - 6, height)
        painting.text(painter, room, line_words(row, until, self._judge), theme, theme.color("text2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.unlinked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.dated.emit()
        else:
            super().keyPressEvent(event)


class EvidenceLine(QWidget):
    """The button, a menu beside it, and a day below it while somebody sets until when it counts here."""

    opened = Signal(str)  # id of an attachment
    shown = Signal(str)  # id of evidence, to be shown in the library
    unlinked = Signal(str)  # id of the link
    dated = Signal(str, object)  # id of the link, date | None
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.served: Served
        self.face = EvidenceButton(theme, self)
        self.more = ToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAutoRaise(True)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        self._until = QWidget(self)
        self.day = DayLine(theme, COUNTS_UNTIL, self._until)
        self._lay_out()
        self.face.clicked.connect(self._on_pressed)
        self.face.unlinked.connect(self._on_unlinked)
        self.face.dated.connect(self.ask_day)
        self.day.entered.connect(self._on_dated)
        self.day.given_up.connect(self.notice)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.face, 1)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout(self._until)
        below.setContentsMargins(28, 0, 0, 4)
        below.setSpacing(4)
        below.addWidget(label(COUNTS_UNTIL, "quiet", self))
        below.addWidget(self.day, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._until)
        self._until.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.theme = theme
        self.more.setIcon(icon("more", theme, "text2"))

    def show_served(self, served: Served, judge: Judge) -> None:
        """Show a piece of evidence; a day of its own for this item stays in sight."""
        is_other = not hasattr(self, "served") or served.link.id != self.served.link.id
        if is_other and hasattr(self, "served"):
            self.day.flush()
        self.served = served
        self.face.show_served(served, judge)
        self.more.setAccessibleName(f"More for {served.row.title}")
        self.more.setToolTip("Open, show, count until, unlink")
        own = served.link.valid_until
        if is_other:
            self._until.setVisible(own is not None)
        self.day.show_day(own, _as_it_says(served), is_other=is_other)

    def ask_day(self) -> None:
        """Put the keyboard where until when it counts for this item is written."""
        self._until.show()
        self.day.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.line.selectAll()

    def flush(self) -> None:
        """Bring what was typed and not yet said."""
        self.day.flush()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def _fill_menu(self) -> None:
        self.menu.clear()
        files = self.served.attachments
        for file in files:
            words = "Open" if len(files) == 1 else f"Open {file.name}"
            self.menu.addAction(words).triggered.connect(lambda _=False, id_=file.id: self.opened.emit(id_))
        self.menu.addAction("Show in Evidence").triggered.connect(lambda _=False: self._on_shown())
        self.menu.addAction("Counts here until… (F2)").triggered.connect(lambda _=False: self.ask_day())
        self.menu.addSeparator()
        self.menu.addAction("Unlink from this item (Del)").triggered.connect(lambda _=False: self._on_unlinked())

    def _on_pressed(self) -> None:
        files = self.served.attachments
        if len(files) == 1:
            self.opened.emit(files[0].id)
        elif files:
            self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        else:
            self._on_shown()

    def _on_shown(self) -> None:
        self.shown.emit(self.served.row.id)

    def _on_unlinked(self) -> None:
        self.unlinked.emit(self.served.link.id)

    def _on_dated(self, day: object) -> None:
        self.dated.emit(self.served.link.id, day)


def _as_it_says(served: Served) -> str:
    """Return what counts while the link has no day of its own."""
    until = served.link.until if served.link.valid_until is None else served.row.valid_until
    return f"as it says: {written(until)}" if until is not None else "as it says: no end"
