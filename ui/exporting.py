"""Exporting from the window: asks where, reads in the worker, writes in a thread of its own, and can be cancelled.

What looks like an identifier of a child is asked about before anything is written; whoever does not say why it may stay
gets a workbook without it.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from readiness.domain.filters import ItemFilter
from readiness.domain.sightings import Occasion, ScanResult
from readiness.domain.vocabulary import EventKind
from readiness.services.events import tell
from readiness.services.export import leave_out, read_for_export, scan_export, write_export
from readiness.services.guard import exempt
from ui.dialogs.guard_dialog import GuardDialog
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch

SHOW_AFTER_MS = 500
LEAVING = "Left out, the workbook is written without these texts."


class Exporting(QObject):
    """One export at a time; editing goes on meanwhile."""

    exported = Signal(object)  # ExportReport
    cancelled = Signal()
    failed = Signal(object)  # Exception
    _progressed = Signal(int, int)
    _returned = Signal(object)  # Callable[[], None]: what comes next, on the GUI thread

    def __init__(self, operations: Operations, settings: Settings, themes: ThemeSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations, self._settings, self._themes, self._window = operations, settings, themes, parent
        self.left_out = 0  # texts that the last workbook was written without
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._progress: QProgressDialog | None = None
        self._running = False
        self._progressed.connect(self._on_progressed)
        self._returned.connect(self._on_returned)

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._running

    def ask_target(self, name: str) -> Path | None:
        """Ask where to write; None when somebody thinks better of it."""
        folder = Path(str(self._settings.get("export_folder", str(Path.home()))))
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Export the summary", str(folder / name), "Excel workbook (*.xlsx)"
        )
        if not chosen:
            return None
        target = Path(chosen)
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(f"{target.name}.xlsx")
        self._settings.set("export_folder", str(target.parent))
        return target

    def start(self, target: Path, chosen: ItemFilter, day: date) -> None:
        """Write what a filter lets through to a workbook."""
        if self.is_running:
            return
        self._running, self.left_out, self._stop = True, 0, Event()
        self._show_progress()
        then = partial(self._look_through, target, day)
        self._operations.ask_or(self._on_read_failed, then, read_for_export, day, chosen)

    def _show_progress(self) -> None:
        progress = QProgressDialog("Writing the summary …", "Cancel", 0, 0, self._window)
        progress.setWindowTitle("Export")
        progress.setMinimumDuration(SHOW_AFTER_MS)
        progress.setAutoClose(False)
        progress.canceled.connect(self._stop.set)
        self._progress = progress

    def _on_read_failed(self, error: Exception) -> None:
        self._finish(partial(self.failed.emit, error))

    def _look_through(self, target: Path, day: date, read: Any) -> None:
        def work() -> Callable[[], None]:
            return partial(self._on_looked_through, target, day, read, scan_export(read, day))

        self._start(work)

    def _on_looked_through(self, target: Path, day: date, read: Any, found: ScanResult) -> None:
        cleans = False
        if found.sightings and not self._stop.is_set():
            self._hide_progress()
            reason = GuardDialog.ask(self._themes.theme, found, LEAVING, self._window)
            cleans = reason is None
            if reason is not None:
                self._operations.change(exempt, "", Occasion.EXPORT, found.sightings, reason)
            self._show_progress()
        self._write(target, day, read, cleans=cleans)

    def _write(self, target: Path, day: date, read: Any, *, cleans: bool) -> None:
        at = datetime.now().astimezone()
        stop = self._stop

        def work() -> Callable[[], None]:
            from readiness.excel.workbook import ExportCancelled

            written, left_out = leave_out(read, day) if cleans else (read, 0)
            try:
                report = write_export(written, target, at, progress=self._progressed.emit, cancelled=stop.is_set)
            except ExportCancelled:
                return partial(self._finish, self.cancelled.emit)
            return partial(self._on_written, report, left_out)

        self._start(work)

    def _on_written(self, report: Any, left_out: int) -> None:
        self.left_out = left_out
        if self._operations.is_writable:
            self._operations.change(tell, EventKind.EXPORT, report.path.name)
        self._finish(partial(self.exported.emit, report))

    def _start(self, work: Callable[[], Callable[[], None]]) -> None:
        """Do something in the thread of its own; what it returns is done on the GUI thread."""

        def job() -> None:
            try:
                outcome = work()
            except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
                outcome = partial(self._finish, partial(self.failed.emit, error))
            self._returned.emit(outcome)

        self._pool.start(job)

    def wait(self) -> None:
        """Stop what is under way and wait for it a moment; for closing the window."""
        self._stop.set()
        self._operations.patience.wait(self._pool)

    def _on_progressed(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(done)

    def _on_returned(self, outcome: Callable[[], None]) -> None:
        outcome()

    def _finish(self, tell: Callable[[], None]) -> None:
        self._hide_progress()
        self._running = False
        tell()

    def _hide_progress(self) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect(self._stop.set)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
