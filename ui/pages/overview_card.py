"""Inspection card: how ready one inspection is, which way it goes, and what its items' ratings are."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import Rating
from ui.models.overview_figures import InspectionCard
from ui.models.overview_words import how_far, percent, short_day, without_year
from ui.models.why_figures import COUNTED
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.key_figure import KeyFigure
from ui.widgets.labels import label, link, set_tone
from ui.widgets.rating_bar import RatingBar


class InspectionCardView(Card):
    """The card of one inspection; every figure opens its rows."""

    open_items = Signal(object)  # ItemFilter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._card: InspectionCard | None = None
        self._since: date | None = None
        self.ready = KeyFigure(theme, percent(None), "ready")
        self.day_one = KeyFigure(theme, percent(None), "day one")
        self.way = label()
        self.since = link("")
        self.ratings = RatingBar(theme)
        figures, moves = QHBoxLayout(), QHBoxLayout()
        figures.setSpacing(12)
        figures.addWidget(self.ready)
        figures.addWidget(self.day_one)
        figures.addStretch(1)
        figures.addLayout(moves)
        moves.setSpacing(2)
        moves.addWidget(self.way)
        moves.addWidget(self.since)
        self.body.addLayout(figures)
        self.body.addSpacing(4)
        self.body.addWidget(self.ratings)
        self.ready.clicked.connect(self._on_ready_clicked)
        self.day_one.clicked.connect(self._on_day_one_clicked)
        self.since.clicked.connect(self._on_since_clicked)
        self.ratings.rating_chosen.connect(self._on_rating_chosen)

    def show_card(self, card: InspectionCard, points: int | None, since: date, today: date) -> None:
        """Show another state.

        Args:
            card: The figures.
            points: By how many points readiness moved; None: not known yet.
            since: From which day on it moved.
            today: The board's day.
        """
        self._card, self._since = card, since
        self.set_title(card.inspection.short_title)
        self.setToolTip(card.inspection.title)
        self.set_note(how_far(card))
        self.ready.set_figure(percent(card.figures.readiness), "ready")
        self.day_one.set_figure(percent(card.figures.day_one_readiness), "day one")
        self.ratings.set_counts(card.figures.by_rating)
        for widget in (self.way, self.since):
            widget.setVisible(points is not None)
        if points is None:
            return
        self.way.setText("=" if points == 0 else f"{'▲' if points > 0 else '▼'} {abs(points)}")
        set_tone(self.way, "tone", "quiet" if points == 0 else ("good" if points > 0 else "bad"))
        self.since.setText(f"since {short_day(since, today)}")
        self.since.setToolTip("Show the items that changed since then")
        self.since.setAccessibleName(f"{points:+d} points since {short_day(since, today)}")

    def _open(self, chosen: ItemFilter, label_: str) -> None:
        if self._card is not None:
            row = self._card.inspection
            self.open_items.emit(replace(chosen, inspections=(row.id,), label=f"{row.short_title}: {label_}"))

    def _on_ready_clicked(self) -> None:
        self._open(ItemFilter(statuses=COUNTED), "what counts")

    def _on_day_one_clicked(self) -> None:
        self._open(ItemFilter(day_one=True), "what counts on day one")

    def _on_since_clicked(self) -> None:
        if self._since is not None:
            start = datetime.combine(self._since, time(), UTC)
            self._open(ItemFilter(changed_since=start), f"changed since {without_year(self._since)}")

    def _on_rating_chosen(self, rating: Rating) -> None:
        self._open(ItemFilter(ratings=(rating,)), rating.label)
