"""Item evidence: the proof of one item in its panel, and the three ways to add to it: link, attach, write a link."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.evidence import EvidenceRow
from readiness.domain.plain_words import counted
from readiness.domain.views import ItemRow
from ui.models.evidence_words import Judge, counted_pieces
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.conflict_strip import Contested, first_contest
from ui.widgets.evidence_line import EvidenceLine, Served
from ui.widgets.labels import heading, label, link

EMPTY = "None yet. Link what the library has, or drop a file here."
NONE_NEEDED = "People who are met need no papers. What they say may be kept here."


class ItemEvidence(QWidget):
    """Shows what `show_rows` brings of the item that `show_item` named; asks with `wanted` when that is not known."""

    wanted = Signal(str)  # id of an item whose evidence is to be read
    link_asked = Signal()
    attach_asked = Signal()
    address_asked = Signal()
    paste_asked = Signal()
    opened = Signal(str)  # id of an attachment
    shown = Signal(str)  # id of evidence, to be shown in the library
    unlinked = Signal(str)  # id of a link
    dated = Signal(str, object)  # id of a link, date | None
    conflict_wanted = Signal(str, str)  # id of a link or attachment, its field
    notice = Signal(str)  # what was typed and could not be stored

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.judge: Judge
        self.item: ItemRow | None = None  # the one that is shown; None: several, or none
        self._is_landing = False  # whether a file is dragged over that would be attached here
        self._contested: Contested = {}
        self.lines: list[EvidenceLine] = []
        self._count = label("", "quiet", self)
        self._none = label(EMPTY, "quiet", self, wrap=True)
        self._list = QVBoxLayout()
        self.link_button = link("Link existing", self)
        self.attach_button = link("Attach file", self)
        self.address_button = link("Add link", self)
        self._lay_out()
        self.link_button.clicked.connect(self.link_asked)
        self.attach_button.clicked.connect(self.attach_asked)
        self.address_button.clicked.connect(self.address_asked)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading("Evidence", self.theme, "strong", self))
        head.addWidget(self._count)
        head.addStretch(1)
        ways = QHBoxLayout()
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(8)
        for button, keys in ((self.link_button, "Ctrl+L"), (self.attach_button, "E"), (self.address_button, "Ctrl+H")):
            button.setToolTip(f"{button.text()} ({keys})")
            ways.addWidget(button)
        ways.addStretch(1)
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._none)
        layout.addLayout(self._list)
        layout.addLayout(ways)

    def set_theme(self, theme: Theme) -> None:
        """Make new lines in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    def show_item(self, item: ItemRow, judge: Judge) -> None:
        """Turn to an item, judged on a day."""
        is_other = self.item is None or item.id != self.item.id
        changed = is_other or self.item is None or item.proof != self.item.proof or judge != self.judge
        self.item, self.judge = item, judge
        if is_other:
            self.flush()
            self._fill(())
        if changed and item.proof.links:
            self.wanted.emit(item.id)
        elif changed:
            self._fill(())
        self._say()

    def show_many(self, items: Sequence[ItemRow]) -> None:
        """Offer to link and attach to several items at once."""
        self.flush()
        self.item = None
        self._fill(())
        self._count.setText("")
        self._none.setText(f"Link or attach to all {counted(len(items), 'item')} at once.")
        self._none.show()

    @property
    def item_id(self) -> str:
        """The item that is shown; "" when it is none or several."""
        return self.item.id if self.item is not None else ""

    def renew(self) -> None:
        """Have the evidence of the item read again: something of it was changed."""
        if self.item is not None and self.item.proof.links:
            self.wanted.emit(self.item.id)

    def show_rows(self, item_id: str, rows: Sequence[EvidenceRow]) -> None:
        """Show what was read of an item, unless another one is shown by now."""
        if self.item is not None and item_id == self.item.id:
            self._fill(rows)
            self._say()

    def take_contested(self, contested: Contested) -> None:
        """Know what is in conflict now, and mark it."""
        self._contested = contested
        self._mark()

    def _mark(self) -> None:
        for line in self.lines:
            line.mark(first_contest(self._contested, line.records()))

    def flush(self) -> None:
        """Bring what was typed and not yet said."""
        for line in self.lines:
            line.flush()

    def say_landing(self, is_landing: bool) -> None:
        """Show whether what is dragged would land here."""
        if is_landing != self._is_landing:
            self._is_landing = is_landing
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_landing:
            return
        painter = QPainter(self)
        place = QRectF(self.rect())
        painting.row_ground(painter, place, self.theme, selected=True, radius=4)
        painting.focus_ring(painter, place, self.theme)
        painter.end()

    def _fill(self, rows: Sequence[EvidenceRow]) -> None:
        served = [Served(row, each) for row in rows for each in row.links if each.item_id == self.item_id]
        while len(self.lines) > len(served):
            gone = self.lines.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(served):
            self.lines.append(self._made())
        for line, each in zip(self.lines, served, strict=True):
            line.show_served(each, self.judge)
        self._mark()

    def _made(self) -> EvidenceLine:
        line = EvidenceLine(self.theme, self)
        line.opened.connect(self.opened)
        line.shown.connect(self.shown)
        line.unlinked.connect(self.unlinked)
        line.dated.connect(self.dated)
        line.conflict_wanted.connect(self.conflict_wanted)
        line.notice.connect(self.notice)
        self._list.addWidget(line)
        return line

    def _say(self) -> None:
        item = self.item
        count = len(item.proof.links) if item is not None else 0
        self._count.setText(str(count) if count else "")
        self._count.setAccessibleName(counted_pieces(count) if count else "")
        self._none.setText(EMPTY if item is None or item.kind.needs_evidence else NONE_NEEDED)
        self._none.setVisible(not count)
