"""Overview lists: the cards of bars and of items; each shows as many rows as its height has room for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.filters import is_late
from readiness.domain.scoring import explain_rating
from readiness.domain.views import ItemRow
from ui.models.overview_figures import GroupBar
from ui.models.overview_words import late_by, short_day
from ui.theme import Theme
from ui.widgets.bar_list import Bar, BarList
from ui.widgets.button_rows import ButtonRows
from ui.widgets.card import Card
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.labels import label

FEWEST_BARS, FEWEST_ENTRIES = 6, 4
MOST_FILLS = 3


class RowsCard(Card):
    """A card whose rows are laid out anew when its height changes."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(theme, title, parent, note=note)
        self._is_filling = self._is_outgrown = False

    def fill(self) -> None:
        """Show as many rows as there is room for."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Fill; again where a row that came gave the card another height, for Qt lays out as soon as it is shown."""
        self._is_outgrown = True
        if self._is_filling:
            return
        self._is_filling = True
        try:
            for _ in range(MOST_FILLS):
                if self._is_outgrown:
                    self._is_outgrown = False
                    self.fill()
        finally:
            self._is_filling = False


class BarsCard(RowsCard):
    """Areas or services, worst first."""

    open_items = Signal(object)  # ItemFilter

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent, note="worst first")
        self._title_text = title
        self._bars: Sequence[GroupBar] = ()
        self.list = BarList(theme)
        self.list.setAccessibleName(title)
        _let_shrink(self.list, FEWEST_BARS * _height_of(theme, 24))
        self.body.addWidget(self.list, 1)
        self.list.activated.connect(self._on_activated)

    def show_bars(self, bars: Sequence[GroupBar]) -> None:
        """Show other bars; those that have no room stay away, and the note says so."""
        self._bars = bars
        self._fill()

    def fill(self) -> None:
        places = fitting(self._bars, max(FEWEST_BARS, self.list.height() // _height_of(self.list.theme, 24)))
        shown = [(place, self._bars[place]) for place in places]
        self.list.set_bars([Bar(str(place), bar.label, bar.percent, bar.off_track) for place, bar in shown])
        for row, (_, bar) in zip(self.list.buttons, shown, strict=True):
            row.setToolTip(bar.tooltip)
        self.set_note("worst first" if len(shown) == len(self._bars) else f"worst {len(shown)} of {len(self._bars)}")

    def _on_activated(self, key: str) -> None:
        bar = self._bars[int(key)]
        self.open_items.emit(replace(bar.chosen, label=bar.tooltip))


def fitting(bars: Sequence[GroupBar], room: int) -> list[int]:
    """Return which bars to show where there is room for some: never one without, for one with, items off track.

    Where only one would be left out, it is shown too; the rows then stand a little closer.
    """
    places = range(len(bars))
    if len(bars) <= room + 1:
        return list(places)
    return sorted(sorted(places, key=lambda place: (not bars[place].off_track, place))[:room])


class ItemsCard(RowsCard):
    """Items with the day they are due; late ones in words."""

    open_item = Signal(str)  # id

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent)
        self._entries: Sequence[Entry] = ()
        self.list = EntryList(theme)
        self.list.setAccessibleName(title)
        self.hint = label("", "quiet", wrap=True)
        self.hint.setContentsMargins(4, 0, 4, 0)  # where the rows begin
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        _let_shrink(self.list, FEWEST_ENTRIES * _height_of(theme, 28))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.list, 1)
        self.list.activated.connect(self.open_item)

    def show_items(self, items: Sequence[ItemRow], day: date, calendar: WorkingDays, hint: str) -> None:
        """Show other items.

        Args:
            items: In the order to show; more than there is room for may be given.
            day: The board's day.
            calendar: The working days that the reasons for ratings count in.
            hint: What to say where there are none.
        """
        self._entries = [_entry(item, day, calendar) for item in items[:60]]
        self.hint.setText(hint)
        self.hint.setVisible(not items)
        self._fill()

    def fill(self) -> None:
        room = max(FEWEST_ENTRIES, self.list.height() // _height_of(self.list.theme, 28))
        self.list.set_entries(self._entries[:room])


def _entry(item: ItemRow, day: date, calendar: WorkingDays) -> Entry:
    late = is_late(item, day)
    right = late_by(item.due, day) if late and item.due is not None else short_day(item.due, day)
    dated = f"due {written(item.due)}; " if item.due is not None else ""
    tip = f"{dated}{explain_rating(item, day, calendar)}"
    return Entry(item.id, item.title, right, item.rating, late=late, tip=tip)


def _height_of(theme: Theme, least: int) -> int:
    return max(least, round(theme.metric().height()) + 8)


def _let_shrink(rows: ButtonRows, height: int) -> None:
    """Let a list be lower than its rows ask for: the card then shows fewer of them, from the top."""
    rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    rows.setMinimumHeight(height)
    layout = rows.layout()
    if layout is not None:
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
