"""Overview forecast: a slider to a later day, and how things will stand on it if nothing changes."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.calendar import WorkingDays
from readiness.domain.dates import written
from readiness.domain.filters import ItemFilter
from readiness.domain.forecast import Forecast, Outlook
from readiness.domain.views import InspectionRow, ItemRow
from readiness.domain.vocabulary import Rating
from ui.models.forecast_words import INVITATION, SHOWN, day_said, falling_due, lapsing, now, readings, told, whose
from ui.theme import Theme
from ui.widgets.button_rows import ButtonRows
from ui.widgets.day_slider import DaySlider
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label, link
from ui.widgets.rating_bar import LegendEntry

_LINE = 24
_WIDEST_DAY = "Wed 30 Sep 2020"
_WIDEST_LAPSE = "Evidence of 888 items lapses"


class ForecastRow(QWidget):
    """Keeps the day somebody looks at while the board changes under it; a scope that ends earlier shows its end."""

    foreseen = Signal(object)  # Forecast: what is shown now
    open_items = Signal(object)  # ItemFilter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlook: Outlook | None = None
        self._wanted: date | None = None  # None: today, whichever day that is
        self.seen: Forecast | None = None
        self.name = label("Forecast")
        self.slider = DaySlider(theme)
        self.day = label()
        self.words = ElidedLabel(INVITATION)
        self.legend = ButtonRows(theme, self, QBoxLayout.Direction.LeftToRight, spacing=4)
        self.entries = {rating: LegendEntry(theme, rating, self.legend) for rating in SHOWN}
        self.due, self.none_due = link(""), label("", "quiet")  # one of them is shown
        self.lapses = link("")
        self._lay_out()
        self.set_theme(theme)
        self.lapses.clicked.connect(self._on_lapses_clicked)
        self.slider.valueChanged.connect(self._on_slid)
        self.due.clicked.connect(self._on_due_clicked)
        for entry in self.entries.values():
            entry.clicked.connect(self._on_entry_clicked)

    def _lay_out(self) -> None:
        self.name.setBuddy(self.slider)
        keeps = self.lapses.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.lapses.setSizePolicy(keeps)
        self.words.setProperty("tone", "quiet")
        self.legend.hold(list(self.entries.values()))
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(4, 0, 4, 0)
        above.setSpacing(8)
        above.addWidget(self.name)
        above.addWidget(self.slider, 1)
        above.addWidget(self.day)
        above.addWidget(self.lapses)
        below.setContentsMargins(4, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.words)
        below.addWidget(self.legend)
        below.addStretch(1)
        below.addWidget(self.due)
        below.addWidget(self.none_due)
        below.addStrut(_LINE)  # as high without entries: nothing moves when somebody begins to slide
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addLayout(below)

    def show_items(
        self, items: Sequence[ItemRow], inspections: Sequence[InspectionRow], day: date, calendar: WorkingDays
    ) -> None:
        """Look ahead from another board, or another part of it; the day that was looked at stays."""
        self._outlook = Outlook(items, day, calendar, inspections)
        days = self._outlook.days
        place = sum(each <= self._wanted for each in days[1:]) if self._wanted is not None else 0
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(days) - 1)
            self.slider.setValue(place)
        self._look()

    def set_theme(self, theme: Theme) -> None:
        """Keep room for the longest day, so that the slider does not move while it is slid."""
        self.day.setFont(theme.font("strong"))
        self.day.setFixedWidth(round(theme.metric("strong").horizontalAdvance(_WIDEST_DAY)) + 2)
        self.lapses.setFixedWidth(round(theme.metric().horizontalAdvance(_WIDEST_LAPSE)) + 20)

    def _on_slid(self, place: int) -> None:
        if self._outlook is not None:
            self._wanted = self._outlook.days[place] if place else None
            self._look()

    def _look(self) -> None:
        if self._outlook is None:
            return
        seen = self.seen = self._outlook.at(self._outlook.days[self.slider.value()])
        is_later = seen.until > seen.day
        self.day.setText(day_said(seen))
        self.words.setText(f"If nothing changes: {readings(seen)}" if is_later else INVITATION)
        self.legend.setVisible(is_later)
        for rating, entry in self.entries.items():
            entry.show_count(seen.then.by_rating[rating], now(seen, rating))
        for said in (self.due, self.none_due):
            said.setText(falling_due(seen))
            said.setVisible(is_later and bool(seen.falling_due) is (said is self.due))
        self.lapses.setText(lapsing(seen))
        self.lapses.setVisible(bool(seen.lapsing))
        self.lapses.setToolTip(f"By {written(seen.until)}: {whose(seen)}")
        self.due.setToolTip(f"Not yet checked, and due from today to {written(seen.until)}")
        self.slider.setAccessibleName(f"Forecast: {day_said(seen)}")
        self.slider.setAccessibleDescription(" ".join(told(seen)))
        self.setToolTip("\n".join(told(seen)))
        self.foreseen.emit(seen)

    def _on_due_clicked(self) -> None:
        if self.seen is not None:
            self._open(self.seen.falling_due, f"Due by {written(self.seen.until)}")

    def _on_lapses_clicked(self) -> None:
        if self.seen is not None:
            items = tuple(each.item for each in self.seen.lapsing)
            self._open(items, f"Evidence lapses by {written(self.seen.until)}")

    def _on_entry_clicked(self) -> None:
        rating = next((each for each, entry in self.entries.items() if entry is self.sender()), Rating.OFF_TRACK)
        if self.seen is not None:
            self._open(self.seen.by_rating[rating], f"{rating.label} on {written(self.seen.until)}")

    def _open(self, items: Sequence[ItemRow], words: str) -> None:
        if items:
            self.open_items.emit(ItemFilter(items=tuple(item.id for item in items), label=words))
