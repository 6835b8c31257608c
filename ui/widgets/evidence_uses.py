"""Evidence uses: the items for which a piece of evidence is used, and until when it counts for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.evidence import LinkRow
from readiness.domain.views import ItemRow
from ui.models.evidence_words import RATING_OF, Judge
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.conflict_strip import Contested, first_contest
from ui.widgets.labels import heading, label, link
from ui.widgets.link_line import LinkLine, TwoLines


@dataclass(frozen=True, slots=True)
class Use:
    """An item for which evidence is used."""

    link: LinkRow
    item: ItemRow
    inspection: str  # its short title


class UseButton(TwoLines):
    """Reference and title, and below them until when it counts there; pressed, the item opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._use: Use | None = None
        self._judge: Judge | None = None

    def show_use(self, use: Use, judge: Judge) -> None:
        """Show a use, judged on a day."""
        self._use, self._judge = use, judge
        said = f"{use.item.reference} {use.item.title}, {use.inspection}, {judge.said(use.link.until)}"
        self.say(said, "shows the item", said)

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        if self._use is None or self._judge is None:
            return
        theme, height, use = self.theme, self.line_height(), self._use
        inner = rect.adjusted(4, 4, -4, -4)
        width = painting.advance(use.item.reference, theme) + 2
        first = QRectF(inner.left(), inner.top(), width, height)
        painting.text(painter, first, use.item.reference, theme, theme.color("text2"))
        room = QRectF(first.right() + 6, inner.top(), inner.right() - first.right() - 6, height)
        self.paint_title(painter, room, use.item.title)
        mark = QRectF(inner.left(), inner.top() + height, painting.MARK, height)
        painting.rating_mark(painter, mark, RATING_OF[self._judge.currency(use.link.until)], theme)
        second = QRectF(mark.right() + 6, mark.top(), inner.right() - mark.right() - 6, height)
        words = f"{use.inspection} · {self._judge.said(use.link.until)}"
        painting.text(painter, second, words, theme, theme.color("text2"))


class UseLine(LinkLine):
    """An item, and what can be done with the link to it."""

    opened = Signal(str)  # id of the item

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.button = UseButton(theme)
        super().__init__(theme, self.button, parent)
        self.use: Use | None = None
        self.button.pressed_through.connect(self._on_opened)

    def show_use(self, use: Use, judge: Judge) -> None:
        """Show a use, judged on a day."""
        self.use = use
        self.button.show_use(use, judge)
        self.show_link(use.link, use.item.reference, "as it says itself")

    def fill_menu(self) -> None:
        """Offer to show the item."""
        self.menu.addAction("Show the item").triggered.connect(self._on_opened)

    def _on_opened(self) -> None:
        if self.use is not None:
            self.opened.emit(self.use.item.id)


class EvidenceUses(QWidget):
    """A line for each item; many are shown when they are asked for."""

    opened = Signal(str)  # id of an item
    unlinked = Signal(str)  # id of a link
    dated = Signal(str, object)  # id of a link, date | None
    conflict_wanted = Signal(str, str)  # id of a link, its field
    link_asked = Signal()
    notice = Signal(str)

    FIRST = 8

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._uses: tuple[Use, ...] = ()
        self._judge: Judge
        self._shows_all = False
        self._contested: Contested = {}
        self.lines: list[UseLine] = []
        self._count = label("", "quiet", self)
        self._none = label("Not used for any item yet, so it counts nowhere.", "quiet", self, wrap=True)
        self._list = QVBoxLayout()
        self._more = link("", self)
        self.add = link("Link to items", self)
        self.add.setToolTip("Choose the items for which it is used (Ctrl+L)")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading("Used for", theme, "strong", self))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.add)
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._none)
        layout.addLayout(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.link_asked)
        self._more.clicked.connect(self._on_more_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Make new lines in another theme from now on; those that stand are told by themselves."""
        self.theme = theme

    def show_uses(self, uses: Sequence[Use], judge: Judge, *, is_other: bool) -> None:
        """Show where a piece of evidence is used."""
        if is_other:
            self.flush()
            self._shows_all = False
        self._uses, self._judge = tuple(uses), judge
        self._fill()

    def take_contested(self, contested: Contested) -> None:
        """Know what is in conflict now, and mark it."""
        self._contested = contested
        self._mark()

    def _mark(self) -> None:
        for line in self.lines:
            line.mark(first_contest(self._contested, [line.use.link.id] if line.use is not None else ()))

    def flush(self) -> None:
        """Bring what was typed and not yet said."""
        for line in self.lines:
            line.flush()

    def _fill(self) -> None:
        shown = self._uses if self._shows_all else self._uses[: self.FIRST]
        while len(self.lines) > len(shown):
            gone = self.lines.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(shown):
            line = UseLine(self.theme, self)
            line.opened.connect(self.opened)
            line.unlinked.connect(self.unlinked)
            line.dated.connect(self.dated)
            line.conflict_wanted.connect(self.conflict_wanted)
            line.notice.connect(self.notice)
            self._list.addWidget(line)
            self.lines.append(line)
        for line, use in zip(self.lines, shown, strict=True):
            line.show_use(use, self._judge)
        self._mark()
        left = len(self._uses) - len(shown)
        self._count.setText(str(len(self._uses)) if self._uses else "")
        self._none.setVisible(not self._uses)
        self._more.setVisible(left > 0)
        self._more.setText(f"Show {left:,} more")

    def _on_more_clicked(self) -> None:
        self._shows_all = True
        self._fill()
