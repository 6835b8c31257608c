"""Checklist review: the claims of what is selected, by key, menu and the panel's section."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from readiness.domain.review import ReviewState, ReviewVerb
from readiness.domain.views import Board, ItemRow
from ui.pages.checklist_verbs import ChecklistVerbs
from ui.pages.checklist_view import ChecklistView
from ui.review_desk import ReviewDesk


class ChecklistReview(QObject):
    """Everything is done by the desk; the note of the panel goes with what is done, whoever asks for it."""

    def __init__(
        self, desk: ReviewDesk, view: ChecklistView, verbs: ChecklistVerbs, board: Callable[[], Board | None]
    ) -> None:
        super().__init__(view)
        self.desk, self._view, self._verbs, self._board = desk, view, verbs, board
        self._section = view.panel.review
        self.deeds = {str(verb.value): partial(self.do, verb) for verb in ReviewVerb}
        self._section.asked.connect(self._on_asked)
        self._section.changes_wanted.connect(self._on_changes_wanted)

    def do(self, verb: ReviewVerb) -> None:
        """Do something with the claims of the selected items."""
        self._act(verb, self._view.grid.picks.items(), self._section.take_note())

    def _on_asked(self, verb: ReviewVerb, ids: tuple[str, ...], note: str) -> None:
        self._act(verb, self._items(ids), note)

    def _act(self, verb: ReviewVerb, items: Sequence[ItemRow], note: str) -> None:
        if self.desk.do(verb, items, note):
            self._verbs.writes += 1  # what was read before it is old
        elif note:
            self._section.note.setText(note)

    def _on_changes_wanted(self, state: ReviewState) -> None:
        for item in self._items((state.item_id,)):
            self.desk.show_changes(state, item)

    def _items(self, ids: Sequence[str]) -> list[ItemRow]:
        """Return items as the board has them: the panel may show one that the filters hide."""
        board, wanted = self._board(), frozenset(ids)
        return [item for item in board.items if item.id in wanted] if board is not None else []
