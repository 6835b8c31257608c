"""Evidence line: one piece of evidence as it serves an item, in two lines, and what can be done with it there."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from readiness.domain.dates import written
from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow
from ui.models.evidence_words import RATING_OF, Judge, icon_of, line_words, spoken, strength_words
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.link_line import LinkLine, TwoLines

ICON = 16.0


@dataclass(frozen=True, slots=True)
class Served:
    """A piece of evidence with the link by which it serves an item."""

    row: EvidenceRow
    link: LinkRow

    @property
    def attachments(self) -> tuple[AttachmentRow, ...]:
        """The files and links that count."""
        return self.row.latest.attachments if self.row.latest is not None else ()


class EvidenceButton(TwoLines):
    """Title and strength, and below them the source and how current it is; pressed, the file or link opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._served: Served | None = None
        self._judge: Judge | None = None

    def show_served(self, served: Served, judge: Judge) -> None:
        """Show a piece of evidence, judged on a day."""
        self._served, self._judge = served, judge
        words = spoken(served.row, served.link.until, judge)
        said = f"{line_words(served.row, served.link.until, judge)} · {strength_words(served.row.strength)}"
        shows = f"\n{served.row.shows}" if served.row.shows else ""
        self.say(words, "opens it", f"{served.row.title}\n{said}{shows}"[:1_000])

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        if self._served is None or self._judge is None:
            return
        theme, height, row = self.theme, self.line_height(), self._served.row
        inner = rect.adjusted(4, 4, -4, -4)
        painting.icon_at(painter, QRectF(inner.left(), inner.top(), ICON, height), icon_of(row), theme.color("text2"))
        left = inner.left() + ICON + 8
        bars = QRectF(inner.right() - painting.STRENGTH_WIDTH, inner.top(), painting.STRENGTH_WIDTH, height)
        painting.strength_bars(painter, bars, row.strength, theme)
        first = QRectF(left, inner.top(), bars.left() - left - 8, height)
        self.paint_title(painter, first, row.title)
        until = self._served.link.until
        mark = QRectF(left, inner.top() + height, painting.MARK, height)
        painting.rating_mark(painter, mark, RATING_OF[self._judge.currency(until)], theme)
        room = QRectF(mark.right() + 6, mark.top(), inner.right() - mark.right() - 6, height)
        painting.text(painter, room, line_words(row, until, self._judge), theme, theme.color("text2"))


class EvidenceLine(LinkLine):
    """Of several files the menu names each."""

    opened = Signal(str)  # id of an attachment
    shown = Signal(str)  # id of evidence, to be shown in the library

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.button = EvidenceButton(theme)
        super().__init__(theme, self.button, parent)
        self.served: Served | None = None
        self.button.pressed_through.connect(self._on_pressed)

    def show_served(self, served: Served, judge: Judge) -> None:
        """Show a piece of evidence, judged on a day."""
        self.served = served
        self.button.show_served(served, judge)
        self.show_link(served.link, served.row.title, _as_it_says(served))

    def records(self) -> tuple[str, ...]:
        """Return what may be in conflict here: the link, and the files and links that count."""
        served = self.served
        return (served.link.id, *(file.id for file in served.attachments)) if served is not None else ()

    def fill_menu(self) -> None:
        """Offer to open each file, and to show the piece in the library."""
        files = self.served.attachments if self.served is not None else ()
        for file in files:
            words = "Open" if len(files) == 1 else f"Open {file.name}"
            self.menu.addAction(words).triggered.connect(partial(self._on_open_chosen, file.id))
        self.menu.addAction("Show in Evidence").triggered.connect(self._on_shown)

    def _on_open_chosen(self, attachment_id: str, _checked: bool = False) -> None:
        self.opened.emit(attachment_id)

    def _on_pressed(self) -> None:
        files = self.served.attachments if self.served is not None else ()
        if len(files) == 1:
            self.opened.emit(files[0].id)
        elif files:
            self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        else:
            self._on_shown()

    def _on_shown(self) -> None:
        if self.served is not None:
            self.shown.emit(self.served.row.id)


def _as_it_says(served: Served) -> str:
    """Return what counts while the link has no day of its own."""
    until = served.link.until if served.link.valid_until is None else served.row.valid_until
    return f"as it says: {written(until)}" if until is not None else "as it says: no end"
