"""Link dialog: finds evidence of the library as somebody types, and says where each piece is used. It links nothing.

Several may be ticked; Enter without a tick takes the one that is current, so that a word and Enter are enough.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from readiness.domain.evidence import EvidenceRow, UseRow
from ui.models.evidence_words import counted_pieces, icon_of, strength_words
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Found = Sequence[tuple[EvidenceRow, Sequence[UseRow]]]
Finder = Callable[[str, Callable[[Found], None]], None]
"""Looks for words and hands over what was found, sooner or later."""

DELAY_MS, WIDTH, HEIGHT = 120, 560, 460
_NOTHING = "Nothing in the library has these words."
_EMPTY = "The library is empty. Attach a file first."
_MOST_USES = 3


def uses_words(uses: Sequence[UseRow]) -> str:
    """Return where a piece of evidence is used: "used for RV-C02, SC-A01 and 2 more"."""
    if not uses:
        return "not used yet"
    said = ", ".join(use.reference for use in uses[:_MOST_USES])
    more = len(uses) - _MOST_USES
    return f"used for {said}" + (f" and {more} more" if more > 0 else "")


class FoundList(QAbstractListModel):
    """What was found, and which of it is ticked; what serves all the items already cannot be."""

    def __init__(self, linked: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._linked = frozenset(linked)
        self._found: Found = ()
        self.ticked: dict[str, EvidenceRow] = {}  # also what another search found

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def at(self, index: Index) -> tuple[EvidenceRow, Sequence[UseRow]] | None:
        """Return what stands in a row."""
        return self._found[index.row()] if index.isValid() else None

    def is_linked(self, row: EvidenceRow) -> bool:
        """Whether a piece serves all the items already."""
        return row.id in self._linked

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._found)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = self.at(index)
        if found is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.is_linked(found[0]):
            return usual
        return usual | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.at(index)
        if found is None:
            return None
        row, uses = found
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.id in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            already = ", linked already" if self.is_linked(row) else ""
            return f"{row.title}, {row.source.label}, {strength_words(row.strength)}, {uses_words(uses)}{already}"
        if role == Qt.ItemDataRole.ToolTipRole:
            listed = "\n".join(f"{use.inspection}: {use.reference} {use.title}" for use in uses[:12])
            return "\n".join(filter(None, (row.title, row.shows[:400], listed)))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        found = self.at(index)
        if found is None or role != Qt.ItemDataRole.CheckStateRole or self.is_linked(found[0]):
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.ticked[found[0].id] = found[0]
        else:
            self.ticked.pop(found[0].id, None)
        self.dataChanged.emit(index, index)
        return True

    def toggle(self, index: Index) -> None:
        """Tick a piece, or take its tick away."""
        found = self.at(index)
        if found is not None:
            is_on = found[0].id in self.ticked
            state = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
            self.setData(index, state, Qt.ItemDataRole.CheckStateRole)


class _Delegate(QStyledItemDelegate):
    """Two lines a piece: its title, and what it is and where it is used; a click anywhere ticks."""

    def __init__(self, theme: Theme, found: FoundList, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._found = theme, found

    def _line(self) -> int:
        return round(self._theme.metric().height()) + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, 2 * self._line() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = self._found.at(index)
        if found is None:
            return
        (row, uses), theme, rect = found, self._theme, QRectF(option.rect)
        state, is_linked = option.state, self._found.is_linked(found[0])
        here = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not is_linked
        painting.row_ground(painter, rect, theme, selected=here, hovered=hovered)
        line = self._line()
        first = QRectF(rect.left() + 12, rect.top() + 5, rect.width() - 24, line)
        if not is_linked:
            painting.tick_box(painter, QRectF(first.left(), first.top(), 16, line), row.id in self._found.ticked, theme)
        place = QRectF(first.left() + 24, first.top(), 16, line)
        painting.icon_at(painter, place, icon_of(row), theme.color("text2"))
        room = QRectF(place.right() + 8, first.top(), first.right() - place.right() - 8, line)
        quiet = theme.color("text2")
        painting.text(painter, room, row.title, theme, quiet if is_linked else theme.color("text"))
        said = f"{row.source.label} · strength {row.strength.level} of 4 · {uses_words(uses)}"
        said = f"linked already · {said}" if is_linked else said
        painting.text(painter, room.translated(0, line), said, theme, quiet)
        painting.hairline(painter, rect, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect, theme)

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        del model, option
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        spaced = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if clicked or (spaced and event.key() == Qt.Key.Key_Space):  # type: ignore[attr-defined]
            self._found.toggle(index)
            return True
        return False


class _SearchLine(QLineEdit):
    """Arrows move in the list below while the keyboard stays in the words."""

    def __init__(self, moved: Callable[[QKeyEvent], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._moved = moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        ticks = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in moves or ticks:
            self._moved(event)
        else:
            super().keyPressEvent(event)


class LinkDialog(QDialog):
    """`chosen` is what to link."""

    def __init__(
        self,
        theme: Theme,
        find: Finder,
        where: str,
        linked: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Offer the library.

        Args:
            theme: How it looks.
            find: Looks for evidence.
            where: What it is linked to, "RV-C02 Audit results".
            linked: Ids of what serves all of it already.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle("Link existing evidence")
        self._find, self._asked = find, ""
        self.search = _SearchLine(self._on_moved, self)
        self.found = FoundList(linked, self)
        self.list = QListView(self)
        self.none = label("", "quiet", self, wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._lay_out(theme, where)
        self.search.textChanged.connect(self._delay.start)
        self._delay.timeout.connect(self._look)
        self.found.dataChanged.connect(self._say)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.list.doubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()
        self._say()

    @classmethod
    def ask(
        cls, theme: Theme, find: Finder, where: str, linked: Collection[str], parent: QWidget
    ) -> tuple[EvidenceRow, ...]:
        """Ask what to link; nothing when somebody thinks better of it."""
        dialog = cls(theme, find, where, linked, parent)
        return dialog.chosen() if dialog.exec() else ()

    def _lay_out(self, theme: Theme, where: str) -> None:
        self.search.setPlaceholderText("Search by title, what it shows, source or file")
        self.search.setAccessibleName("Search the library")
        self.list.setModel(self.found)
        self.list.setItemDelegate(_Delegate(theme, self.found, self.list))
        self.list.setAccessibleName("Evidence found")
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel(f"For {where}"))
        layout.addWidget(self.search)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)
        self.ok.setText("Link")
        self.resize(WIDTH, HEIGHT)

    def chosen(self) -> tuple[EvidenceRow, ...]:
        """Return what is ticked; without a tick, what is current."""
        if self.found.ticked:
            return tuple(self.found.ticked.values())
        here = self.found.at(self.list.currentIndex())
        return (here[0],) if here is not None and not self.found.is_linked(here[0]) else ()

    def _look(self) -> None:
        text = self._asked = self.search.text().strip()
        self._find(text, lambda found: self._on_found(text, found))

    def _on_found(self, text: str, found: Found) -> None:
        if not isValid(self) or text != self._asked:
            return
        self.found.show_found(found)
        first = next((row for row, (each, _) in enumerate(found) if not self.found.is_linked(each)), 0)
        self.list.setCurrentIndex(self.found.index(first))
        self.none.setText(_NOTHING if text else _EMPTY)
        self.none.setVisible(not found)
        self.list.setVisible(bool(found))
        self._say()

    def _on_moved(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.found.toggle(self.list.currentIndex())
        else:
            self.list.event(event)

    def _say(self) -> None:
        chosen = self.chosen()
        self.ok.setEnabled(bool(chosen))
        self.ok.setToolTip("" if chosen else "Choose a piece of evidence.")
        ticked = len(self.found.ticked)
        self.ok.setText(f"Link {counted_pieces(ticked)}" if ticked > 1 else "Link")
