"""Share moments: a round when somebody comes back to the window, and what is new handed on when it closes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from readiness.domain.errors import ReadinessError
from ui.operations import Operations
from ui.share_desk import ShareDesk
from ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from readiness.storage.workspace import Workspace

APART_S = 60.0
"""Rounds that begin because somebody came back are at least so far apart."""
SHOWN_AFTER_MS = 400
"""A hand-over that takes longer says so while the window closes."""


class ShareMoments(QObject):
    """Serves the window; nothing happens while no place is noted."""

    def __init__(
        self, operations: Operations, desk: ShareDesk, window: QWidget, now: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(window)
        self._operations, self._desk, self._window, self._now = operations, desk, window, now
        self._last = -APART_S  # when a round began
        self._loop: QEventLoop | None = None  # while the window closes
        self._skipped = Event()
        self.dialog: QDialog | None = None  # shown while the window closes and that takes a moment
        desk.running.connect(self._on_running)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state_changed)

    def _on_running(self, on: bool) -> None:
        if on:
            self._last = self._now()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        """Look for news when somebody comes from another program; a dialog of ours that closes is no such moment."""
        if state is Qt.ApplicationState.ApplicationActive and self._shares() and self._now() - self._last >= APART_S:
            self._desk.sync(asked=False)

    def _shares(self) -> bool:
        return self._operations.has_workspace and self._desk.pulse is not None and self._desk.pulse.has_places

    def leave(self) -> None:
        """Hand on what is new before the window closes; comes back after a moment, whatever became of it."""
        if not self._shares():
            return
        self._desk.cancel()
        self._skipped.clear()
        self._loop = QEventLoop()
        shown = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        shown.timeout.connect(self._show)
        longest = QTimer(self, singleShot=True, interval=self._operations.patience.left_ms)
        longest.timeout.connect(self.skip)
        shown.start()
        longest.start()
        self._operations.do(self._on_over, self._hand_on, self._on_failed)
        self._loop.exec()
        self._loop = None
        for timer in (shown, longest):
            timer.stop()
            timer.deleteLater()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def skip(self) -> None:
        """Leave the rest to the next round."""
        self._skipped.set()
        if self._loop is not None:
            self._loop.quit()

    def _hand_on(self, workspace: Workspace) -> int:
        from readiness.services.closing import hand_on

        return hand_on(workspace, skipped=self._skipped.is_set)

    def _on_over(self, _places: Any) -> None:
        if self._loop is not None:
            self._loop.quit()

    def _on_failed(self, error: Exception) -> None:
        self._on_over(None)
        if not isinstance(error, ReadinessError):  # a place that is away is tried again by the next round
            self._operations.failed.emit(error)

    def _show(self) -> None:
        self.dialog = QDialog(self._window)
        self.dialog.setWindowTitle("Closing")
        line = ProgressLine()
        line.show_progress("Handing on what is new…")
        line.cancel.setText("Skip")
        line.cancelled.connect(self.skip)
        layout = QVBoxLayout(self.dialog)
        layout.addWidget(line)
        self.dialog.setMinimumWidth(360)
        self.dialog.rejected.connect(self.skip)
        self.dialog.open()
