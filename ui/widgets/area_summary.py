"""Area summary: what the panel says of an area: its name, its figures, its grades."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.figures import Figures
from readiness.domain.plain_words import counted
from readiness.domain.views import AreaRow
from readiness.domain.vocabulary import ItemStatus, Rating
from ui.models.overview_words import percent
from ui.theme import Theme
from ui.widgets.click_text import ClickText
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.labels import heading, label


class AreaSummary(QWidget):
    """`renamed` brings the area's id, its letter and its new title; a rating asks for its rows."""

    renamed = Signal(str, str, str)  # area id, code, title
    rating_chosen = Signal(object)  # Rating

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area: AreaRow | None = None
        self.title = ClickText(theme, "Title of the area", single=True, parent=self)
        self.title.set_words_font(theme.font("h2"))
        self._ready = heading("", theme, "h1", self)
        self._counts = label("", "quiet", self, wrap=True)
        self.ratings = EntryList(theme, self)
        self._scale_head = heading("Grades", theme, "strong", self)
        self._scale = label("", "quiet", self, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for each in (self.title, self._ready, self._counts, self.ratings, self._scale_head, self._scale):
            layout.addWidget(each)
        layout.addStretch(1)
        self.title.entered.connect(self._on_title_entered)
        self.ratings.activated.connect(self._on_rating_activated)

    def show_area(self, area: AreaRow, found: Figures) -> None:
        """Show an area and what its items add up to."""
        if self._area is not None and area.id != self._area.id:
            self.title.flush()
            self.title.replace_text(area.title)
        self._area = area
        self.title.show_text(area.title)
        self._ready.setText(f"{percent(found.readiness)} ready" if found.readiness is not None else "Nothing applies")
        done = found.by_status[ItemStatus.SIGNED_OFF]
        first = (
            f", {percent(found.day_one_readiness)} of what counts on day one"
            if found.day_one_readiness is not None
            else ""
        )
        self._counts.setText(f"{counted(found.applicable, 'item')}, {done} signed off{first}.")
        self.ratings.set_entries(
            [
                Entry(str(rating.value), rating.label, f"{count:,}", rating, figure=count > 0)
                for rating, count in found.by_rating.items()
            ]
        )
        self._scale.setText(" · ".join(area.scale))
        for each in (self._scale_head, self._scale):
            each.setVisible(bool(area.scale))

    def flush(self) -> None:
        """Bring a title that was typed and not yet said."""
        self.title.flush()

    def _on_rating_activated(self, code: str) -> None:
        self.rating_chosen.emit(next(rating for rating in Rating if rating.value == code))

    def _on_title_entered(self, title: str) -> None:
        if self._area is not None:
            self.renamed.emit(self._area.id, self._area.code, title)
