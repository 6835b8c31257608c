"""Checklist details: keeps the panel in step with the grid and reads what it shows of an item."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from readiness.domain.figures import figures
from readiness.domain.scoring import explain_rating
from readiness.domain.views import Board, HistoryRow, ItemRow, Narratives
from readiness.services import boards, queries
from readiness.services.review import find_review
from ui.models.evidence_words import Judge
from ui.models.item_rows import AreaHead, GridRow
from ui.operations import Operations
from ui.pages.checklist_verbs import ChecklistVerbs
from ui.widgets.item_panel import ItemPanel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from readiness.domain.editions import EarlierWords
    from readiness.domain.review import ReviewState

Details = tuple[Narratives, tuple[HistoryRow, ...], str, "EarlierWords | None", "ReviewState | None"]
NO_TEXTS = Narratives("", "", "", "")


def read_details(session: "Session", item_id: str) -> Details:
    """Return an item's long texts, history, what is not certain about its due rule, words it was judged on, review."""
    from readiness.services.editions import earlier_words
    from readiness.services.schemes import doubt_of  # brings the readers of frameworks: in the worker

    texts = boards.read_narratives(session, [item_id]).get(item_id, NO_TEXTS)
    history, doubt = queries.item_history(session, item_id), doubt_of(session, item_id)
    return texts, history, doubt, earlier_words(session, item_id), find_review(session, item_id)


class ChecklistDetails(QObject):
    """One read is under way at a time; an answer older than the last thing written is dropped and asked for anew.

    An answer may come after the page is gone: another workspace was opened.
    """

    def __init__(self, operations: Operations, panel: ItemPanel, verbs: ChecklistVerbs, parent: QObject) -> None:
        super().__init__(parent)
        self._operations, self._panel, self._verbs = operations, panel, verbs
        self._reading = self._wanted = ""
        operations.failed.connect(self._on_failed)

    def show_rows(self, rows: Sequence[GridRow], board: Board) -> None:
        """Show what is selected: one item, several, or an area."""
        chosen = [row for row in rows if isinstance(row, ItemRow)]
        if len(chosen) > 1:
            self._panel.show_many(chosen)
            self._panel.evidence.show_many(chosen)
        elif chosen:
            self.show_item(chosen[0], board)
        elif rows and isinstance(rows[0], AreaHead):
            head = rows[0]
            self._panel.show_area(head.area, figures(item for item in board.items if item.area_id == head.id))
        elif not self._panel.item_id:
            self._panel.show_nothing()

    def show_item(self, item: ItemRow, board: Board) -> None:
        """Show an item, and read the rest of it."""
        self._panel.show_item(item, explain_rating(item, board.day, board.calendar))
        self._panel.evidence.show_item(item, Judge.on(board.day, board.calendar))
        self._read(item.id)

    def refresh(self, board: Board) -> None:
        """Show the item again as the board has it now; nothing, when it is no longer there."""
        if not self._panel.item_id:
            return
        item = next((item for item in board.items if item.id == self._panel.item_id), None)
        if item is None:
            self._panel.show_nothing()
        else:
            self.show_item(item, board)

    def _read(self, item_id: str) -> None:
        self._wanted = item_id
        if not self._reading:
            self._reading = item_id
            self._operations.ask(partial(self._on_read, item_id, self._verbs.writes), read_details, item_id)

    def _on_failed(self) -> None:
        self._reading = ""  # it may have been the read that failed: the next one must not wait for it

    def _on_read(self, item_id: str, writes: int, found: Details) -> None:
        if not isValid(self):
            return
        self._reading = ""
        waits = self._operations.unwritten and self._panel.texts.is_read  # then the panel knows better than the file
        if writes == self._verbs.writes and not waits:
            self._panel.show_details(item_id, *found[:4])
            self._panel.review.show_state(found[4])
        if self._wanted != item_id or writes != self._verbs.writes:
            self._read(self._wanted)
