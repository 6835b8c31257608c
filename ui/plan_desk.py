"""Plan desk: the plan that Inspection week shows: an inspection's own, or a rehearsal of it. It records nothing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from readiness.domain.calendar import WorkingDays
from readiness.domain.plan import Plan, Planner, visit_of
from readiness.domain.views import Board, Changes, FrameworkDraft, InspectionRow, ItemRow
from ui.board import BoardSource
from ui.models.plan_words import shown_inspection
from ui.operations import Operations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class PlanDesk(QObject):
    """Makes the plan again where the board, the choice of inspection or the rehearsal changed."""

    changed = Signal()

    def __init__(self, operations: Operations, source: BoardSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations, self._source = operations, source
        self._chosen: str | None = None
        self._asked: tuple[str, str, str] | None = None  # of which framework was asked for last
        self._waiting: list[Callable[[], None]] = []
        self._planner: Planner | None = None
        self.is_known = False  # whether the framework was read: before, a plan would lack the timetable
        self.row: InspectionRow | None = None
        self.items: tuple[ItemRow, ...] = ()  # those of the inspection
        self.framework: FrameworkDraft | None = None
        self.plan: Plan | None = None  # None: no inspection, or no day is known
        self.rehearsed: tuple[date, str] | None = None  # the imagined day of the call and kind of visit

    @property
    def day(self) -> date:
        """The day that is today."""
        board = self._source.board
        return board.day if board is not None else self._source.day

    @property
    def calendar(self) -> WorkingDays:
        """The working days that count."""
        board = self._source.board
        return board.calendar if board is not None else WorkingDays()

    def choose(self, inspection_id: str | None) -> None:
        """Plan one inspection; None: the one that is running or expected first. A rehearsal of another one ends."""
        self._chosen = inspection_id
        self.refresh()

    def refresh(self, told: tuple[Changes, ...] | None = ()) -> None:
        """Take the board as it is now.

        Args:
            told: What was changed since; None: all of it may have been.
        """
        board = self._source.board
        if board is None:
            return
        before = self.row.id if self.row is not None else None
        self.row = shown_inspection(board, self._chosen)
        if self.row is None:
            self._asked, self.rehearsed = None, None
        elif self.row.id != before:
            self.rehearsed = None
        self._take(board)
        if self.row is not None:
            self._ask_framework(self.row, again=told is None or any(changes.of("framework") for changes in told))

    def _take(self, board: Board) -> None:
        row = self.row
        self.items = tuple(item for item in board.items if row is not None and item.inspection_id == row.id)
        self._planner = Planner(row, self.items, self.framework, board.calendar) if row is not None else None
        self._make()

    def _make(self) -> None:
        if self._planner is None:
            self.plan = None
        elif self.rehearsed is None:
            self.plan = self._planner.plan()
        else:
            call, visit = self.rehearsed
            self.plan = self._planner.rehearse(call, visit_of(self.framework, visit))
        self.changed.emit()

    def rehearse(self, call: date, visit: str = "") -> None:
        """Show the plan for an imagined call; "": the usual kind of visit."""
        self.rehearsed = (call, visit)
        self._make()

    def leave(self) -> None:
        """Show the inspection's own plan again."""
        if self.rehearsed is not None:
            self.rehearsed = None
            self._make()

    def when_known(self, then: Callable[[], None]) -> None:
        """Call as soon as the framework of the inspection is read: at once, where it is."""
        if self.is_known or self.row is None:
            then()
        else:
            self._waiting.append(then)

    def _ask_framework(self, row: InspectionRow, *, again: bool) -> None:
        key = (row.id, row.framework, row.edition)
        if key == self._asked and not again:
            return
        self.is_known = self.is_known and key == self._asked
        self._asked = key

        def query(session: "Session", inspection_id: str) -> FrameworkDraft | None:
            from readiness.services.schemes import framework_of  # reads files: in the worker

            return framework_of(session, inspection_id)

        failed = partial(self._on_framework_failed, key)
        self._operations.ask_or(failed, partial(self._on_framework_read, key), query, row.id)

    def _on_framework_failed(self, key: tuple[str, str, str], error: Exception) -> None:
        self._on_framework_read(key, None)
        self._operations.failed.emit(error)

    def _on_framework_read(self, key: tuple[str, str, str], framework: FrameworkDraft | None) -> None:
        board = self._source.board
        if not isValid(self) or key != self._asked or board is None:
            return  # an answer may come after the page is gone, or another inspection is shown
        is_new = not self.is_known or framework != self.framework
        self.framework, self.is_known = framework, True
        if is_new:
            self._take(board)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
