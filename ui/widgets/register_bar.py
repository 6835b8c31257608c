"""Register bar: what actions or findings can be filtered by, as chips, their order, and a box for words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from readiness.domain.action_filters import ActionFilter, FindingFilter
from readiness.domain.views import Board
from readiness.domain.vocabulary import Delivery, Rating, Word
from ui.models.register_columns import Line
from ui.models.register_words import ORDERS
from ui.theme import Theme
from ui.widgets.filter_bar import DELAY_MS, GROWING, FilterBox
from ui.widgets.filter_chip import FilterChip, Option
from ui.widgets.flow_layout import FlowLayout

Filter = ActionFilter | FindingFilter
AREAS = "areas"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chip: its words, the field of the filter it sets, and what it offers: words, or what `read` finds in lines."""

    label: str
    field: str
    words: tuple[Word, ...] = ()
    read: Callable[[Line], str] | None = None
    none: str = "None"  # what "" is called


class RegisterBar(QWidget):
    """`changed` says that people chose another filter or order; `show_filter` shows one without saying so."""

    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, choices: Sequence[Choice], empty: Filter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices, self._empty, self._chosen = tuple(choices), empty, empty
        self.chips = {choice.field: FilterChip(theme, choice.label, (), self) for choice in choices}
        self.order_chip = FilterChip(theme, "Order", [Option(each, each) for each in ORDERS], self, single=True)
        self.box = FilterBox(theme, self)
        self.box.setToolTip("Words in what it says, where it belongs, owner or origin (Ctrl+F)")
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        row = QWidget(self)
        flow = FlowLayout(row)
        for chip in (*self.chips.values(), self.order_chip):
            flow.addWidget(chip)
        row.setSizePolicy(GROWING)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(row)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        for choice in self._choices:
            self.chips[choice.field].set_options(_word_option(word) for word in choice.words)
            self.chips[choice.field].chosen.connect(self._on_chip_chosen)
        self.order_chip.chosen.connect(self._on_order_chosen)
        self.box.textChanged.connect(self._delay.start)
        self.box.left.connect(self.left)
        self._delay.timeout.connect(self._on_text_settled)

    @property
    def chosen(self) -> Filter:
        """The filter, also what was typed a moment ago."""
        return replace(self._chosen, text=self.box.text().strip())

    @property
    def order(self) -> str:
        """The order that was chosen; "": as people put them."""
        return str(next(iter(self.order_chip.values), ""))

    def show_filter(self, chosen: Filter) -> None:
        """Show a filter, saying nothing."""
        self._delay.stop()
        self._chosen = chosen
        blocked = self.box.blockSignals(True)
        self.box.setText(chosen.text)
        self.box.blockSignals(blocked)
        self._show_chips()

    def clear(self) -> None:
        """Let everything pass, and say so."""
        self.show_filter(self._empty)
        self.changed.emit()

    def offer(self, lines: Sequence[Line], board: Board, inspection_id: str | None) -> None:
        """Offer what there is to choose from, of one inspection or of all; what is no longer there is let go."""
        for choice in self._choices:
            chip = self.chips[choice.field]
            if choice.field == AREAS:
                chip.set_options(_area_options(board, inspection_id))
            elif choice.read is not None:
                found = {choice.read(line) for line in lines}
                named = [Option(name, name) for name in sorted(found - {""}, key=str.casefold)]
                chip.set_options([*named, *([Option("", choice.none)] if "" in found else [])])
            values = tuple(value for value in getattr(self._chosen, choice.field) if value in chip.offered)
            kept: dict[str, Any] = {choice.field: values}
            self._chosen = replace(self._chosen, **kept)
        self._show_chips()

    def _show_chips(self) -> None:
        for field, chip in self.chips.items():
            chip.set_values(getattr(self._chosen, field))

    def _on_chip_chosen(self, values: tuple[Any, ...]) -> None:
        field = next((field for field, chip in self.chips.items() if chip is self.sender()), None)
        if field is not None:
            set_to: dict[str, Any] = {field: values}
            self._chosen = replace(self.chosen, **set_to)
            self._show_chips()
            self.changed.emit()

    def _on_order_chosen(self) -> None:
        self.changed.emit()

    def _on_text_settled(self) -> None:
        self._chosen = self.chosen
        self.changed.emit()


def _word_option(word: Word) -> Option:
    rating = word if isinstance(word, Rating) else word.rating if isinstance(word, Delivery) else None
    return Option(word, word.label, rating=rating)


def _area_options(board: Board, inspection_id: str | None) -> list[Option]:
    titles = {row.id: row.short_title for row in board.inspections}
    return [
        Option(
            area.id,
            f"{area.code}  {area.title}" + ("" if inspection_id else f" ({titles[area.inspection_id]})"),
            area.code,
        )
        for area in board.areas
        if inspection_id in (None, area.inspection_id)
    ]
