"""Evidence sync: what the library's page shows follows the library, the board, the filter and the selection.

Nothing here asks for changes.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from readiness.domain.evidence import AttachmentRow, EvidenceRow
from readiness.domain.evidence_filters import Around, EvidenceLine, in_order, is_wanted, line_of, searchable
from readiness.domain.outside import path_in
from readiness.domain.views import Board, HistoryRow
from readiness.services.queries import evidence_history
from readiness.storage.files import FileStore
from ui.board import BoardSource
from ui.library import LibrarySource
from ui.link_looking import LinkLooking
from ui.models.evidence_table import EvidenceTable
from ui.models.evidence_words import Judge, counted_pieces
from ui.operations import Operations
from ui.pages.evidence_actions import EvidenceActions
from ui.pages.evidence_verbs import EvidenceVerbs
from ui.pages.evidence_view import NO_MATCH, NONE_HERE, NOTHING, EvidenceView
from ui.previews import Previewer, Wanted
from ui.widgets.evidence_uses import Use
from ui.widgets.item_panel import WIDTH

PREVIEW_WIDTH = WIDTH - 30
"""Px that the panel leaves to a preview."""


class EvidenceSync(QObject):
    """`show` after another filter, inspection or library; `go` to a piece as soon as it is there."""

    def __init__(
        self,
        operations: Operations,
        source: BoardSource,
        library: LibrarySource,
        looking: LinkLooking,
        view: EvidenceView,
        table: EvidenceTable,
        verbs: EvidenceVerbs,
        actions: EvidenceActions,
    ) -> None:
        super().__init__(view)
        self._operations, self._source, self._library, self._looking = operations, source, library, looking
        self._view, self._table, self._verbs, self._actions = view, table, verbs, actions
        self._grid, self._panel = view.grid, view.panel
        self.previewer = Previewer(self)
        self.inspection_id: str | None = None
        self._texts: dict[str, tuple[EvidenceRow, str]] = {}  # what words are looked for in, by piece
        self._known: frozenset[str] | None = None  # ids of all pieces before the last refresh
        self._wanted = ""  # the piece to go to
        self._asked = 0
        library.refreshed.connect(self.take)
        library.held_changed.connect(self.show)
        looking.changed.connect(self.show)
        source.refreshed.connect(self._on_board_refreshed)
        view.bar.changed.connect(self.show)
        self._grid.picks.picked.connect(self._on_picked)
        self._panel.preview_wanted.connect(self._on_preview_wanted)
        self.previewer.ready.connect(self._panel.show_preview)

    def take(self) -> None:
        """Show the library as it is now. What was added becomes current."""
        rows = self._library.rows or ()
        before, self._known = self._known, frozenset(row.id for row in rows)
        self._looking.look(
            path_in(file.url)
            for row in rows
            if row.latest is not None
            for file in row.latest.attachments
            if file.url and not file.is_stored
        )
        self.show()
        added = self._known - before if before is not None else frozenset()
        if len(added) == 1 and not self._wanted:
            self._wanted = next(iter(added))
        self._go()

    def go(self, evidence_id: str) -> None:
        """Go to a piece as soon as it is there; filters that hide it are cleared."""
        self._wanted = evidence_id
        self._go()

    def show(self) -> None:
        """Show what inspection, filter and order leave."""
        board, rows = self._source.board, self._library.rows
        if board is None or rows is None:
            return
        chosen, judge = self._view.bar.chosen, Judge.on(board.day, board.calendar)
        inspections = {item.id: item.inspection_id for item in board.items}
        around = Around(inspections, board.day, judge.lapsing, self._library.held, self._looking.gone)
        lines = [line_of(row, around, self.inspection_id) for row in rows]
        scope = [line for line in lines if line.links or self.inspection_id is None]
        wanted = [line for line in lines if is_wanted(line, chosen, self.inspection_id, self._text(line.row))]
        shown = in_order(wanted, self._view.bar.order)
        self._table.names = {item.id: f"{item.reference} {item.title}" for item in board.items}
        self._table.show_lines(shown, judge)
        of_all = f"{len(shown):,} of {counted_pieces(len(scope))}" if len(shown) != len(scope) else ""
        self._view.count.setText(of_all or counted_pieces(len(scope)))
        self._view.clear.setVisible(not chosen.is_empty)
        if not shown:
            nothing = NONE_HERE if self.inspection_id is not None and rows else NOTHING
            self._view.show_empty(nothing if chosen.is_empty else NO_MATCH)
        else:
            self._view.show_empty(None)
        self._on_picked()

    def _text(self, row: EvidenceRow) -> str:
        known = self._texts.get(row.id)
        if known is None or known[0] is not row:
            known = self._texts[row.id] = (row, searchable(row))
        return known[1]

    def _go(self) -> None:
        if not self._wanted or self._known is None:
            return
        if self._table.place_of(self._wanted) is None and self._wanted in self._known:
            self.inspection_id = self.inspection_id if self._is_used_here(self._wanted) else None
            self._view.bar.clear()
        if self._grid.picks.select([self._wanted]):
            self._wanted = ""

    def _is_used_here(self, evidence_id: str) -> bool:
        board, row = self._source.board, self._library.row(evidence_id)
        used = {link.item_id for link in row.links} if row is not None else set()
        return board is not None and any(
            item.id in used and item.inspection_id == self.inspection_id for item in board.items
        )

    # the panel

    def _on_picked(self) -> None:
        lines = self._grid.picks.rows()
        if not lines and self._table.rows:  # what was removed leaves its place to the next
            self._grid.picks.select_place(max(0, self._grid.currentIndex().row()))
            return
        self._actions.show_state(len(lines))
        if len(lines) == 1:
            self._show_line(lines[0])
        elif lines:
            self._panel.show_many([line.row for line in lines])
        else:
            self._panel.show_nothing()

    def _show_line(self, line: EvidenceLine) -> None:
        board = self._source.board
        if line.id != self._panel.shown_id:
            self.previewer.forget()
        self._panel.show_line(line, self._uses(line, board) if board is not None else (), self._table.judge)
        self._read_history(line.id)

    def _uses(self, line: EvidenceLine, board: Board) -> Sequence[Use]:
        """Return where a piece is used in all inspections, in their order."""
        names = {row.id: row.short_title for row in board.inspections}
        links = {link.item_id: link for link in line.row.links}
        used = [item for item in board.items if item.id in links] if links else []
        return [Use(links[item.id], item, names.get(item.inspection_id, "")) for item in used]

    def _read_history(self, evidence_id: str) -> None:
        self._asked += 1
        self._operations.ask(partial(self._on_history_read, self._asked, evidence_id), evidence_history, evidence_id)

    def _on_history_read(self, asked: int, evidence_id: str, rows: tuple[HistoryRow, ...]) -> None:
        if isValid(self) and asked == self._asked:
            self._panel.show_history(evidence_id, rows)

    def _on_preview_wanted(self, file: AttachmentRow, page: int) -> None:
        folder = self._operations.folder
        if folder is not None:
            room = self._panel.preview.room(PREVIEW_WIDTH)
            path = FileStore(folder).path_of(file.sha256)
            self.previewer.want(Wanted(path, file.name, file.size, room.width(), room.height(), page))

    def _on_board_refreshed(self, _board: Board, told: object) -> None:
        if told is None or self._view.isVisible():
            self.show()
