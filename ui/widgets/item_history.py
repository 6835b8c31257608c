"""Item history: who changed what and when, newest first, with a way back to what stood there before."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from readiness.domain.editing import parse_field
from readiness.domain.errors import BadValue
from readiness.domain.views import HistoryRow, ItemEdit
from readiness.domain.vocabulary import ItemField
from ui.models.overview_words import counted
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import breakable, heading, label, link

FIRST, LONGEST = 8, 90
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIELDS = {field.label: field for field in ItemField}


def said(row: HistoryRow) -> str:
    """Return a change in words: "Status: Gathering → Drafted"; long texts are shortened."""
    if row.field == row.new:
        return row.field
    if not row.old:
        return f"{row.field}: {_short(row.new)}"
    return f"{row.field}: {_short(row.old)} → {_short(row.new) or 'empty'}"


def when(row: HistoryRow) -> str:
    """Return the time of a change on this laptop's clock: "26 Apr 09:40", and the year where it is another."""
    local = row.at.astimezone()
    year = "" if local.year == local.now().year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year} {local:%H:%M}"


def way_back(row: HistoryRow) -> ItemEdit | None:
    """Return the edit that puts back what stood there before a change; None where there is no such edit."""
    field = _FIELDS.get(row.field)
    if field is None or row.old == row.new:
        return None
    try:
        return ItemEdit(field, parse_field(field, row.old))
    except BadValue:
        return None


class _Entry(QFrame):
    """One change, with the link that takes it back where there is a way."""

    asked = Signal(object)  # the edit that puts back

    def __init__(self, row: HistoryRow, back: object, parent: QWidget) -> None:
        super().__init__(parent)
        self._back = back
        first = ElidedLabel(f"{when(row)}  {row.actor}", self)
        first.setProperty("tone", "quiet")
        second = label(breakable(said(row)), "", self, wrap=True)
        second.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if len(row.old) > LONGEST or len(row.new) > LONGEST:
            second.setToolTip(f"{row.old or 'empty'}\n\n→\n\n{row.new or 'empty'}"[:2_000])
        self._link = link("Put this back", self)
        self._link.setVisible(self._back is not None)  # always: the keyboard cannot hover
        self._link.setToolTip(f"{row.field} becomes {_short(row.old) or 'empty'} again")
        self._link.setAccessibleName(f"Put back {row.field}: {_short(row.old) or 'empty'}")
        self._link.clicked.connect(self._on_asked)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setRowMinimumHeight(0, 22)
        grid.addWidget(first, 0, 0)
        grid.addWidget(self._link, 0, 1)
        grid.addWidget(second, 1, 0, 1, 2)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._back is None:
            return
        menu = QMenu(self)
        menu.addAction(self._link.toolTip(), self._on_asked)
        menu.exec(event.globalPos())

    def _on_asked(self) -> None:
        if self._back is not None:
            self.asked.emit(self._back)


class ItemHistory(QWidget):
    """The newest changes, and the rest when they are asked for."""

    put_back = Signal(object)  # ItemEdit, or what `back` returns

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, back: Callable[[HistoryRow], object] = way_back
    ) -> None:
        super().__init__(parent)
        self._back = back
        self._rows: tuple[HistoryRow, ...] = ()
        self._shows_all = False
        self._entries: list[_Entry] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._more = link("", self)
        self._more.clicked.connect(self._on_more_clicked)
        self._none = label("Nobody has changed it yet.", "quiet", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(heading("History", theme, "strong", self))
        layout.addWidget(self._none)
        layout.addLayout(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show the changes of an item, newest first."""
        if tuple(rows) == self._rows and self._entries:
            return
        self._rows, self._shows_all = tuple(rows), False
        self._fill()

    def _fill(self) -> None:
        for entry in self._entries:
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        shown = self._rows if self._shows_all else self._rows[:FIRST]
        self._entries = [_Entry(row, self._back(row), self) for row in shown]
        for entry in self._entries:
            entry.asked.connect(self.put_back)
            self._list.addWidget(entry)
        left = len(self._rows) - len(shown)
        self._none.setVisible(not self._rows)
        self._more.setVisible(left > 0)
        self._more.setText(f"Show {counted(left, 'more change')}")

    def _on_more_clicked(self) -> None:
        self._shows_all = True
        self._fill()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
