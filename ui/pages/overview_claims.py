"""Overview claims: the assertion gap as a card: how many claims do not stand, and why; every number opens its rows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from readiness.domain.assertions import AssertionGap, Doubt, headline
from readiness.domain.filters import ItemFilter
from readiness.domain.plain_words import counted
from readiness.domain.views import ItemRow
from ui.models.overview_words import NO_VALUE
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.labels import label

TITLE = "Claimed, not proven"
ROW_HEIGHT = 24


class ClaimsCard(Card):
    """One row a reason, also those that nothing is doubted for: an empty row is an answer."""

    open_items = Signal(object)  # ItemFilter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, TITLE, parent)
        self._gap: AssertionGap | None = None
        self.list = EntryList(theme, row_height=ROW_HEIGHT, lines=False)
        self.list.setAccessibleName(TITLE)
        self.hint = label("", "quiet", wrap=True)
        self.add(self.hint)
        self.add_rows(self.list)
        self.body.addStretch(1)  # beside higher cards, the rows stay at the top
        self.list.activated.connect(self._on_activated)
        self.link_activated.connect(self._on_link_activated)

    def show_gap(self, gap: AssertionGap, *, known: bool) -> None:
        """Show another gap.

        Args:
            gap: The claims, and those that do not stand.
            known: Whether it was looked at yet who checked what; until then nobody says so.
        """
        self._gap = gap
        doubted = len(gap.doubted)
        self.set_link(counted(doubted, "item") if doubted else "")
        self.hint.setText("" if doubted else "".join(headline(gap)))
        self.hint.setVisible(not doubted)
        self.list.setVisible(bool(doubted))
        self.list.set_entries([self._entry(doubt, known) for doubt in Doubt] if doubted else [])

    def _entry(self, doubt: Doubt, known: bool) -> Entry:
        count = len(self._gap.by_doubt[doubt]) if self._gap is not None else 0
        shown = f"{count:,}" if known or doubt is not Doubt.SAME_PERSON else NO_VALUE
        return Entry(str(doubt.value), doubt.label, shown, figure=count > 0)

    def _on_activated(self, key: str) -> None:
        doubt = next(doubt for doubt in Doubt if doubt.value == key)
        if self._gap is not None:
            self._open(self._gap.by_doubt[doubt], f"{TITLE}: {doubt.label[:1].lower()}{doubt.label[1:]}")

    def _on_link_activated(self) -> None:
        if self._gap is not None:
            self._open(self._gap.doubted, TITLE)

    def _open(self, items: tuple[ItemRow, ...], words: str) -> None:
        if items:
            self.open_items.emit(ItemFilter(items=tuple(item.id for item in items), label=words))
