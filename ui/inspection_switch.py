"""Inspection switch: which inspection the pages are about, and how long is left until it is to be ready."""

from __future__ import annotations  # names used only here cost no import before the first paint

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.board import BoardSource
from ui.widgets.header import Header

if TYPE_CHECKING:
    from readiness.domain.views import Board, InspectionRow


class InspectionSwitch(QObject):
    """Keeps the header's switch and countdown; pages follow `changed`."""

    changed = Signal(object)  # id of an inspection, or None for all

    def __init__(self, header: Header, source: BoardSource) -> None:
        super().__init__(header)
        self._header, self._source = header, source
        self.current: str | None = None
        header.inspection_chosen.connect(self.choose)
        source.refreshed.connect(self._on_refreshed)

    def choose(self, key: str | None) -> None:
        """Narrow to one inspection; "" or None: all."""
        self.current = key or None
        self._header.set_current(key or "")
        self.changed.emit(self.current)
        if self._source.board is not None:
            self._header.set_countdown(countdown(self._source.board, self.current))

    def next(self) -> None:
        """Go round: all, then each."""
        board = self._source.board
        if board is not None and len(board.inspections) > 1:
            keys = ["", *(row.id for row in board.inspections)]
            self.choose(keys[(keys.index(self.current or "") + 1) % len(keys)])

    def row(self) -> InspectionRow | None:
        """Return the inspection chosen, or the only one there is."""
        board = self._source.board
        rows = board.inspections if board is not None else ()
        return next((row for row in rows if row.id == self.current), rows[0] if len(rows) == 1 else None)

    def _on_refreshed(self, board: Board, _told: object) -> None:
        if self.current is not None and self.current not in [row.id for row in board.inspections]:
            self.choose(None)
        options = [("", "All inspections"), *((row.id, row.short_title) for row in board.inspections)]
        self._header.set_inspections(options if len(options) > 2 else [], self.current or "")
        self._header.set_countdown(countdown(board, self.current))


def countdown(board: Board, inspection_id: str | None) -> str:
    """Return how long is left of an inspection; of all, of the one that comes first."""
    from readiness.domain.countdown import countdown, nearest_inspection

    row = nearest_inspection((row for row in board.inspections if inspection_id in (None, row.id)), board.day)
    left = countdown(row, board.day, board.calendar) if row is not None else ""
    if row is None or not left:
        return ""
    if inspection_id or len(board.inspections) == 1:
        return left[:1].upper() + left[1:]
    return f"{row.short_title}: {left}"
