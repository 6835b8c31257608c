"""Exporting from the window: asks where, reads in the worker, writes in a thread of its own, and can be cancelled."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from readiness.domain.filters import ItemFilter
from readiness.services.export import read_for_export, write_export
from ui.operations import Operations
from ui.settings import Settings

SHOW_AFTER_MS = 500


class Exporting(QObject):
    """One export at a time; editing goes on meanwhile."""

    exported = Signal(object)  # ExportReport
    cancelled = Signal()
    failed = Signal(object)  # Exception
    _progressed = Signal(int, int)
    _returned = Signal(object)

    def __init__(self, operations: Operations, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations, self._settings, self._window = operations, settings, parent
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._progress: QProgressDialog | None = None
        self._progressed.connect(self._on_progressed)
        self._returned.connect(self._on_returned)

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._progress is not None

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
        self._stop = Event()
        progress = QProgressDialog("Writing the summary …", "Cancel", 0, 0, self._window)
        progress.setWindowTitle("Export")
        progress.setMinimumDuration(SHOW_AFTER_MS)
        progress.setAutoClose(False)
        progress.canceled.connect(self._stop.set)
        self._progress = progress
        then = partial(self._write, target)
        self._operations.ask_or(self._on_read_failed, then, read_for_export, day, chosen)

    def _on_read_failed(self, error: Exception) -> None:
        self._on_returned(partial(self.failed.emit, error))

    def _write(self, target: Path, read: Any) -> None:
        at = datetime.now().astimezone()
        stop = self._stop

        def job() -> None:
            from readiness.excel.workbook import ExportCancelled

            try:
                report = write_export(read, target, at, progress=self._progressed.emit, cancelled=stop.is_set)
                outcome: Callable[[], None] = partial(self.exported.emit, report)
            except ExportCancelled:
                outcome = self.cancelled.emit
            except Exception as error:  # the thread's edge; ui/errors.py sorts failures from bugs
                outcome = partial(self.failed.emit, error)
            self._returned.emit(outcome)

        self._pool.start(job)

    def wait(self) -> None:
        """Stop what is under way and wait for it; for closing the window."""
        self._stop.set()
        self._pool.waitForDone()

    def _on_progressed(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(done)

    def _on_returned(self, outcome: Callable[[], None]) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect(self._stop.set)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
        outcome()
