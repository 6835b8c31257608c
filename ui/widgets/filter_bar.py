"""Filter bar: one chip per thing to filter by, saved views, and a box for words. It holds an ItemFilter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from readiness.domain.filters import DueSpan, ItemFilter
from readiness.domain.views import Board
from readiness.domain.vocabulary import ItemStatus, Priority, Rating, short_service
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.filter_chip import FilterChip, Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.toggle_chip import ToggleChip

DELAY_MS = 60
_VIEW = "Saved view"
_ONLY = "only"
GROWING = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
GROWING.setHeightForWidth(True)


@dataclass(frozen=True, slots=True)
class Choice:
    """A chip: its words and the field of the filter it sets."""

    label: str
    field: str
    is_shown: bool = True  # without anything chosen


CHOICES = (
    Choice("Area", "areas"),
    Choice("Rating", "ratings"),
    Choice("Status", "statuses"),
    Choice("Owner", "owners"),
    Choice("Service", "services"),
    Choice("Due", "due"),
    Choice("Priority", "priorities", is_shown=False),
)


class FilterBox(QLineEdit):
    """Words to look for; Esc empties it, then gives the keyboard back."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setPlaceholderText("Filter")
        self.setAccessibleName("Filter by words")
        self.setToolTip("Words in reference, item, owner or service (Ctrl+F)")
        self.setProperty("kind", "search")
        self.setTextMargins(20, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(220)

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painting.icon_at(painter, QRectF(8, 0, 16, self.height()), "filter", self.theme.color("text2"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(92, super().sizeHint().height())  # what the chips leave is its own

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class FilterBar(QWidget):
    """`changed` brings the filter as people chose it; `show_filter` shows one without saying so."""

    changed = Signal(object)  # ItemFilter
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ItemFilter()
        self._views: dict[str, ItemFilter] = {}
        self.view = FilterChip(theme, _VIEW, (), self, single=True)
        self.chips = {choice.field: FilterChip(theme, choice.label, (), self) for choice in CHOICES}
        self.confirm = ToggleChip(theme, "Confirm again", self)
        self.only = FilterChip(theme, "Only", (), self)
        self._waits = False  # whether anything shown is to be confirmed again
        self.box = FilterBox(theme, self)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        row = QWidget(self)
        flow = FlowLayout(row)
        for chip in (self.view, *self.chips.values(), self.confirm, self.only):
            flow.addWidget(chip)
        row.setSizePolicy(GROWING)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(row)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self._connect()
        self._offer_words()
        self._show_chips()

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_view_chosen)
        for chip in self.chips.values():
            chip.chosen.connect(self._on_chip_chosen)
        self.confirm.chosen.connect(self._on_confirm_chosen)
        self.only.chosen.connect(self._on_only_chosen)
        self.box.textChanged.connect(self._on_text_changed)
        self.box.left.connect(self.left)
        self._delay.timeout.connect(self._on_text_settled)

    @property
    def chosen(self) -> ItemFilter:
        """The filter, also what was typed a moment ago."""
        return replace(self._chosen, text=self.box.text().strip())

    def show_filter(self, chosen: ItemFilter) -> None:
        """Show a filter, saying nothing."""
        self._delay.stop()
        self._chosen = chosen
        blocked = self.box.blockSignals(True)
        if self.box.text().strip() != chosen.text:
            self.box.setText(chosen.text)
        self.box.blockSignals(blocked)
        self._show_chips()

    def offer(self, board: Board, inspection_id: str | None, views: Mapping[str, ItemFilter]) -> None:
        """Offer what is on the board, of one inspection or of all, and the views that were saved."""
        areas = [area for area in board.areas if inspection_id in (None, area.inspection_id)]
        titles = {row.id: row.short_title for row in board.inspections}
        self.chips["areas"].set_options(
            Option(
                area.id,
                f"{area.code}  {area.title}" + ("" if inspection_id else f" ({titles[area.inspection_id]})"),
                area.code,
            )
            for area in areas
        )
        items = [item for item in board.items if inspection_id in (None, item.inspection_id)]
        self.chips["owners"].set_options(_names({item.owner for item in items}, "Nobody"))
        self.chips["services"].set_options(_names({item.service for item in items}, "None", short_service))
        self._waits = any(item.confirm for item in items)
        self._views = dict(views)
        self.view.set_options(Option(name, name) for name in self._views)
        self._show_chips()

    def _offer_words(self) -> None:
        self.chips["ratings"].set_options(Option(word, word.label, rating=word) for word in Rating)
        for field, words in (("statuses", ItemStatus), ("due", DueSpan), ("priorities", Priority)):
            self.chips[field].set_options(Option(word, word.label) for word in words)

    def _show_chips(self) -> None:
        chosen = self._chosen
        for choice in CHOICES:
            chip = self.chips[choice.field]
            chip.set_values(getattr(chosen, choice.field))
            chip.setVisible(choice.is_shown or bool(chip.values))
        self.confirm.set_values([chosen.confirm])
        self.confirm.setVisible(chosen.confirm or self._waits)
        bare = replace(chosen, label="")
        self.view.set_values([name for name, view in self._views.items() if replace(view, label="") == bare][:1])
        only = _said_only(chosen) if not self.view.values else ""
        self.only.set_options([Option(_ONLY, only or _ONLY)])
        self.only.set_values([_ONLY] if only else [])
        self.only.setVisible(bool(only))

    def _take(self, chosen: ItemFilter) -> None:
        self._chosen = chosen
        self._show_chips()
        self.changed.emit(self.chosen)

    def _on_chip_chosen(self, values: tuple[Any, ...]) -> None:
        field = next((field for field, chip in self.chips.items() if chip is self.sender()), None)
        if field is not None:
            set_to: dict[str, Any] = {field: values}
            self._take(replace(self.chosen, **set_to))

    def _on_confirm_chosen(self, values: tuple[Any, ...]) -> None:
        self._take(replace(self.chosen, confirm=bool(values)))

    def _on_view_chosen(self, values: tuple[Any, ...]) -> None:
        chosen = self._views[values[0]] if values else ItemFilter()
        self.show_filter(chosen)
        self.changed.emit(chosen)

    def _on_only_chosen(self, values: tuple[Any, ...]) -> None:
        if not values:
            self._take(without_only(self.chosen))

    def _on_text_changed(self) -> None:
        self._delay.start()

    def _on_text_settled(self) -> None:
        self._take(self.chosen)


def without_only(chosen: ItemFilter) -> ItemFilter:
    """Return a filter without what has no chip of its own."""
    return replace(chosen, day_one=False, mine=(), changed_since=None, items=(), inspections=(), label="")


def _said_only(chosen: ItemFilter) -> str:
    said = []
    if chosen.items or (chosen.label and without_only(chosen) != replace(chosen, label="")):
        said.append(chosen.label or f"{len(chosen.items)} items")
    else:
        said += ["mine"] if chosen.mine else []
        said += ["day one"] if chosen.day_one else []
        said += ["changed"] if chosen.changed_since is not None else []
        said += ["one inspection"] if chosen.inspections else []
    return ", ".join(said)


def _names(found: set[str], none: str, short: Any = str) -> Sequence[Option]:
    named = [Option(name, name, short(name)) for name in sorted(found - {""}, key=str.casefold)]
    return [*named, Option("", none)] if "" in found else named
