"""Review queue: what waits for a reviewer, worked off by keyboard: arrows, C checks, S signs off, R returns.

Made to stand as a view of the Checks page; it reads when it is seen.
"""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.domain.review import QueueKind, QueueRow, ReviewState, ReviewVerb, listed
from readiness.domain.views import Identity
from readiness.services.review import find_review, read_queue
from ui.board import BoardSource
from ui.models.review_list import ReviewList
from ui.models.review_words import WORDS
from ui.operations import Operations
from ui.pages.review_queue_panel import ReviewQueuePanel
from ui.review_desk import ReviewDesk
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.review_view import ReviewView

NOTHING = ("Nothing waits to be reviewed", "What is submitted, checked, returned to you or lapsed appears here.")
HINTS = "Arrows move · Enter opens · C checks · S signs off · R returns · W withdraws"
_SAID = {
    QueueKind.CHECK: "{} to be checked",
    QueueKind.SIGN_OFF: "{} to be signed off",
    QueueKind.RETURNED: "{} returned to you",
    QueueKind.LAPSED: "{} to be signed off again",
}


class ReviewQueue(QWidget):
    """The list at the left, the item people are at on the right."""

    hints = HINTS
    open_item = Signal(str)  # id

    def __init__(
        self, operations: Operations, source: BoardSource, theme: Theme, me: Identity, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._source, self._me = operations, source, me
        self._inspection_id: str | None = None
        self._rows: tuple[QueueRow, ...] = ()
        self._question = 0
        self._is_stale = True
        self.queue = ReviewList(self)
        self.list = ReviewView(theme, self.queue)
        self.panel = ReviewQueuePanel(theme)
        self.desk = ReviewDesk(operations, theme, self)
        self.count = label("", "quiet")
        self.empty = EmptyState(theme, "check", *NOTHING)
        self.middle = QStackedWidget()
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.first_focus = self.list

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {"Item": list(self._actions.values())}

    def flush(self) -> None:
        """Nothing here waits to be stored."""

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; the widgets are told by `retheme`."""
        self.desk.theme = theme

    def set_inspection(self, inspection_id: str | None) -> None:
        """Show what waits in one inspection, or in all."""
        if inspection_id != self._inspection_id:
            self._inspection_id = inspection_id
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._source.board is not None:
            self._ask()

    def chosen(self) -> list[QueueRow]:
        """Return the rows that are selected, top to bottom."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.queue.rows[place] for place in places]

    def _make_actions(self) -> dict[str, QAction]:
        made = {"open": QAction("Open the item", self.list)}
        made["open"].setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        made["open"].triggered.connect(self._on_open_wanted)
        for verb, words in WORDS.items():
            action = made[str(verb.value)] = QAction(words.text, self.list)
            action.setShortcut(QKeySequence(words.letter))
            action.setStatusTip(words.tip)
            action.triggered.connect(partial(self._on_verb_wanted, verb))
        for action in made.values():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(action)
        return made

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        self.count.setContentsMargins(24, 0, 24, 4)
        left.addWidget(self.count)
        left.addWidget(self.list, 1)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
        self.middle.addWidget(whole)
        self.middle.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.middle)

    def _connect(self) -> None:
        self._source.refreshed.connect(self._on_refreshed)
        self.list.selectionModel().currentChanged.connect(self._on_moved)
        self.list.doubleClicked.connect(self._on_open_wanted)
        self.panel.opened.connect(self._on_open_wanted)
        self.panel.left.connect(self.list.setFocus)
        self.panel.review.asked.connect(self._on_asked)
        self.panel.review.changes_wanted.connect(self._on_changes_wanted)

    def _on_refreshed(self, *_: object) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._ask()

    def _ask(self) -> None:
        self._is_stale = False
        self._question += 1
        then = partial(self._on_read, self._question)
        self._operations.ask(then, read_queue, self._source.day, self._me)

    def _on_read(self, question: int, rows: tuple[QueueRow, ...]) -> None:
        if isValid(self) and question == self._question:  # the view may be gone, or something else asked meanwhile
            self._rows = rows
            self._show()

    def _show(self) -> None:
        """Show what waits; people stay at their item, or at the place where it stood."""
        here = self.list.currentIndex()
        row, place = self.queue.row(here), here.row()
        rows = [row for row in self._rows if self._inspection_id in (None, row.item.inspection_id)]
        self.queue.show_rows(rows, self._source.day)
        counts = {kind: sum(row.kind is kind for row in rows) for kind in QueueKind}
        self.count.setText(listed([_SAID[kind].format(count) for kind, count in counts.items() if count]))
        self.middle.setCurrentIndex(0 if rows else 1)
        if not rows:
            return
        found = self.queue.place_of(row.item.id) if row is not None else None
        self.list.setCurrentIndex(self.queue.index(min(max(place, 0), len(rows) - 1) if found is None else found))
        self._on_moved(self.list.currentIndex())

    def _on_moved(self, index: QModelIndex) -> None:
        row = self.queue.row(index)
        if row is not None:
            self.panel.show_row(row, self._source.day)
            self._operations.ask(self._on_review_read, find_review, row.item.id)

    def _on_review_read(self, state: ReviewState | None) -> None:
        if isValid(self) and state is not None:
            self.panel.review.show_state(state)

    def _on_open_wanted(self, *_: object) -> None:
        row = self.queue.row(self.list.currentIndex())
        if row is not None:
            self.open_item.emit(row.item.id)

    def _on_verb_wanted(self, verb: ReviewVerb, _checked: bool = False) -> None:
        """Do something with the selected items; what was noted in the panel goes with it."""
        self._act(verb, self.chosen(), self.panel.review.take_note())

    def _on_asked(self, verb: ReviewVerb, ids: tuple[str, ...], note: str) -> None:
        self._act(verb, [row for row in self.queue.rows if row.item.id in ids], note)

    def _act(self, verb: ReviewVerb, rows: list[QueueRow], note: str) -> None:
        if not self.desk.do(verb, [row.item for row in rows], note) and note:
            self.panel.review.note.setText(note)
        self.list.setFocus()

    def _on_changes_wanted(self, state: ReviewState) -> None:
        row = self.queue.row(self.list.currentIndex())
        if row is not None:
            self.desk.show_changes(state, row.item)
