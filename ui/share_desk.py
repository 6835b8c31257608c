"""Share desk: rounds of sharing in the worker, piece by piece, so that edits find their turn between.

Where a place hangs, edits go on beside the piece that waits for it (ui/worker.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from readiness.domain.errors import ReadinessError
from readiness.domain.sharing import MergeReport, SharingBoard, SharingPulse
from readiness.domain.views import Changes
from ui.operations import Operations
from ui.worker import Kind

if TYPE_CHECKING:
    from readiness.services.rounds import Round
    from readiness.storage.workspace import Workspace

EVERY_MS = 120_000
"""How often a round is tried by itself while places are noted."""


class ShareDesk(QObject):
    """One round at a time. Every signal comes on the GUI thread."""

    board_read = Signal(object)  # SharingBoard
    pulse_read = Signal(object)  # SharingPulse
    progressed = Signal(str)
    finished = Signal(object, bool)  # MergeReport; whether somebody asked for the round
    refused = Signal(str)  # a sentence
    running = Signal(bool)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._round: Round | None = None
        self._pieces: Iterator[str] | None = None
        self._is_running = self._is_stopped = self._is_asked = False
        self.board: SharingBoard | None = None
        self.pulse: SharingPulse | None = None
        self._page: QWidget | None = None  # the Share page, once it is made
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        operations.changed.connect(self._on_changed)
        self._again = QTimer(self, singleShot=True, interval=300)
        self._again.timeout.connect(self._on_settled)

    @property
    def is_running(self) -> bool:
        """Whether a round is under way."""
        return self._is_running

    def serve(self, page: QWidget) -> None:
        """Read all that a page shows whenever something changed, while it is there to be seen."""
        self._page = page

    def begin(self) -> None:
        """Serve the workspace that was just opened."""
        self.board = self.pulse = None
        self._timer.start()
        self._feel()

    def read(self) -> None:
        """Ask for what the Share page shows, which looks at the whole log, and for what every page shows."""
        if self._operations.has_workspace:
            self._operations.ask(self._on_read, _read_board)
            self._feel()

    def _feel(self) -> None:
        if self._operations.has_workspace:
            self._operations.ask(self._on_felt, _read_pulse)

    def _on_felt(self, pulse: SharingPulse) -> None:
        self.pulse = pulse
        self.pulse_read.emit(pulse)

    def _on_settled(self) -> None:
        if self._page is not None and isValid(self._page) and self._page.isVisible():
            self.read()
        else:
            self._feel()

    def sync(self, *, asked: bool = True) -> None:
        """Begin a round through the places that are noted; one that is under way goes on."""
        self._start(None, asked)

    def take_bundle(self, path: Path) -> None:
        """Take in a bundle that was handed over."""
        self._start([str(path)], True)

    def cancel(self) -> None:
        """Stop after the piece that is under way; the next round goes on from there."""
        self._is_stopped = True

    def do(self, job: Callable[[Workspace], Any], then: Callable[[Any], None] | None = None) -> None:
        """Do something about places, laptops or the passphrase, then read the page again."""
        self._operations.do(partial(self._on_done, then), job, self._on_failed)

    def _start(self, targets: list[str] | None, asked: bool) -> None:
        if self._is_running or not self._operations.has_workspace:
            return
        self._is_running, self._is_stopped, self._is_asked = True, False, asked
        self.running.emit(True)
        self._operations.do(self._on_begun, partial(_begin, targets), self._on_failed)

    def _on_begun(self, begun: tuple[Round, Iterator[str]]) -> None:
        self._round, self._pieces = begun
        self._next()

    def _next(self) -> None:
        pieces = self._pieces
        if pieces is not None:
            self._operations.do(self._on_piece, lambda _workspace: next(pieces, None), self._on_failed, Kind.REMOTE)

    def _on_piece(self, said: str | None) -> None:
        if self._round is None:
            return
        if said is not None and self._is_stopped:
            self._round.stop()
            said = None
        if said is None:
            finish = self._round.finish
            self._operations.do(self._on_finished, lambda _workspace: finish(), self._on_failed)
            return
        self.progressed.emit(said)
        self._next()

    def _on_finished(self, report: MergeReport) -> None:
        self._end()
        if report.ids:
            self._operations.changed.emit(Changes("Take in changes", None, dict(report.ids)))
        self.finished.emit(report, self._is_asked)
        self._on_settled()

    def _on_failed(self, error: Exception) -> None:
        was_running = self._is_running
        self._end()
        if isinstance(error, ReadinessError):
            if self._is_asked or not was_running:
                self.refused.emit(str(error))
        else:
            self._operations.failed.emit(error)

    def _end(self) -> None:
        if self._round is not None:
            self._round.let_go()  # whatever ended it
        self._round = self._pieces = None
        if self._is_running:
            self._is_running = False
            self.running.emit(False)

    def _on_done(self, then: Callable[[Any], None] | None, result: Any) -> None:
        if then is not None:
            then(result)
        self._operations.changed.emit(Changes("", None, {"event": frozenset()}))  # the history may tell of it
        self.read()

    def _on_read(self, board: SharingBoard) -> None:
        self.board = board
        self.board_read.emit(board)

    def _on_time(self) -> None:
        if self.pulse is not None and self.pulse.has_places:
            self.sync(asked=False)

    def _on_changed(self, _changes: Changes) -> None:
        if self.pulse is not None:
            self._again.start()


def _read_board(session: Any) -> SharingBoard:
    from datetime import UTC, datetime

    from readiness.services.sharing import read_sharing

    return read_sharing(session, datetime.now(UTC))


def _read_pulse(session: Any) -> SharingPulse:
    from readiness.services.sharing import read_pulse

    return read_pulse(session)


def _begin(targets: list[str] | None, workspace: Workspace) -> tuple[Round, Iterator[str]]:
    from readiness.services.rounds import Round

    made = Round(workspace, targets)
    return made, made.pieces()
