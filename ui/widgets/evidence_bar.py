"""Evidence bar: what the library can be filtered by, as chips, its order, and a box for words."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from readiness.domain.evidence_filters import EvidenceFilter, Order
from readiness.domain.vocabulary import Audience, Currency, EvidenceSource, Strength, Word
from ui.models.evidence_words import RATING_OF, numbered
from ui.theme import Theme
from ui.widgets.filter_bar import DELAY_MS, GROWING, FilterBox
from ui.widgets.filter_chip import FilterChip, Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.toggle_chip import ToggleChip

_CHOICES: tuple[tuple[str, str, tuple[Word, ...]], ...] = (
    ("sources", "Source", tuple(EvidenceSource)),
    ("strengths", "Strength", tuple(Strength)),
    ("currencies", "Currency", tuple(Currency)),
    ("audiences", "Audience", tuple(Audience)),
)
_SWITCHES = (("unused", "Not used"), ("missing", "File missing"))


class EvidenceBar(QWidget):
    """`changed` says that people chose another filter or order; `show_filter` shows one without saying so."""

    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = EvidenceFilter()
        self.chips = {
            field: FilterChip(theme, words, [*map(_option, offered)], self) for field, words, offered in _CHOICES
        }
        self.switches = {field: ToggleChip(theme, words, self) for field, words in _SWITCHES}
        orders = [Option(order, order.label) for order in Order if order is not Order.TITLE]
        self.order_chip = FilterChip(theme, "Order", orders, self, single=True)
        self.box = FilterBox(theme, self)
        self.box.setToolTip("Words in title, what it shows, source, or the name of a file or link (Ctrl+F)")
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        row = QWidget(self)
        flow = FlowLayout(row)
        for chip in (*self.chips.values(), *self.switches.values(), self.order_chip):
            flow.addWidget(chip)
            chip.chosen.connect(self._on_chosen)
        row.setSizePolicy(GROWING)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(row)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self.box.textChanged.connect(self._delay.start)
        self.box.left.connect(self.left)
        self._delay.timeout.connect(self.changed)

    @property
    def chosen(self) -> EvidenceFilter:
        """The filter, also what was typed a moment ago."""
        values: dict[str, Any] = {field: chip.values for field, chip in self.chips.items()}
        values |= {field: bool(chip.values) for field, chip in self.switches.items()}
        return EvidenceFilter(text=self.box.text().strip(), **values)

    @property
    def order(self) -> Order:
        """The order that was chosen."""
        found = next(iter(self.order_chip.values), Order.TITLE)
        return found if isinstance(found, Order) else Order.TITLE

    def show_filter(self, chosen: EvidenceFilter) -> None:
        """Show a filter, saying nothing."""
        self._delay.stop()
        blocked = self.box.blockSignals(True)
        self.box.setText(chosen.text)
        self.box.blockSignals(blocked)
        for field, chip in self.chips.items():
            chip.set_values(getattr(chosen, field))
        for field, switch in self.switches.items():
            switch.set_values([True] if getattr(chosen, field) else [])

    def clear(self) -> None:
        """Let everything pass, and say so."""
        self.show_filter(EvidenceFilter())
        self.changed.emit()

    def _on_chosen(self) -> None:
        self._delay.stop()
        self.changed.emit()


def _option(word: Word) -> Option:
    if isinstance(word, Strength):
        return Option(word, numbered(word), str(word.level))
    return Option(word, word.label, rating=RATING_OF[word] if isinstance(word, Currency) else None)
