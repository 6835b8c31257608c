"""Plan card: a few rows about the plan; each opens the rows, the day or the event behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.models.plan_cards import PlanRow
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.entry_list import ROW_HEIGHT, Entry, EntryList
from ui.widgets.labels import label

ROWS = 4


class PlanCard(Card):
    """Shows four rows; its note says how many there are."""

    row_opened = Signal(object)  # PlanRow

    def __init__(self, theme: Theme, title: str, hint: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent, note=note)
        self._rows: Sequence[PlanRow] = ()
        self._usual_note = note
        self.list = EntryList(theme)
        self.list.setAccessibleName(title)
        self.hint = label(hint, "quiet", wrap=True)
        self.hint.setContentsMargins(4, 2, 4, 0)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        height = max(ROW_HEIGHT, round(theme.metric().height()) + 8)
        self.setMinimumHeight(ROWS * height + 24 + 26)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.list.activated.connect(self._on_activated)

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show other rows: the first four."""
        self._rows = tuple(rows)
        shown = self._rows[:ROWS]
        self.list.set_entries(
            [
                Entry(str(place), row.title, row.right, row.rating, late=row.late, figure=row.figure, tip=row.tip)
                for place, row in enumerate(shown)
            ]
        )
        self.hint.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.set_note(f"{len(shown)} of {len(rows)}" if len(shown) < len(rows) else self._usual_note)

    def _on_activated(self, key: str) -> None:
        self.row_opened.emit(self._rows[int(key)])
