"""File opening: hands files and links of evidence to the system's programs, never to be run, and exports copies.

A kept file is opened from a read-only copy under its readable name, in a folder that goes with the window.
"""

import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from readiness.domain.evidence import AttachmentRow
from readiness.domain.file_names import safe_name
from readiness.domain.opening import Verdict, Way, opening_of_file, opening_of_link
from readiness.domain.outside import path_in
from ui.copying import Copying
from ui.operations import Operations

if TYPE_CHECKING:
    from ui.models.saved_views import Preferences

EXPORT_FOLDER = "evidence.export_folder"


class FileOpening(QObject):
    """Asks before it opens what is no web page; what it does not open, it says."""

    refused = Signal(str)  # why something is not opened
    told = Signal(str)  # what was written where

    def __init__(self, operations: Operations, kept: "Preferences", parent: QWidget) -> None:
        super().__init__(parent)
        self._operations, self._kept, self._over = operations, kept, parent
        self._place: Path | None = None
        self.copying = Copying(parent)
        self.copying.failed.connect(operations.failed)

    def open(self, attachment: AttachmentRow) -> None:
        """Open a file or link with the system's program."""
        if attachment.url and not (attachment.is_stored and opening_of_link(attachment.url).way is not Way.OPEN):
            self._open_link(attachment.url)
        else:
            self.open_copy(attachment)

    def open_copy(self, attachment: AttachmentRow) -> None:
        """Open the kept copy of a file, or of what a link leads to."""
        folder, verdict = self._operations.folder, opening_of_file(attachment.name)
        if folder is None or not self._may(verdict):
            return
        self._start("Opening", attachment, partial(_handed_out, folder, attachment, self._folder()), self._show)

    def export(self, attachment: AttachmentRow) -> None:
        """Ask where a copy of a kept file is wanted, and write it there."""
        folder = self._operations.folder
        if folder is None:
            return
        begin = Path(str(self._kept.get(EXPORT_FOLDER, str(Path.home()))))
        name = safe_name(attachment.name, "Evidence", keep_ending=True)
        chosen, _ = QFileDialog.getSaveFileName(self._over, "Export a copy", str(begin / name))
        if chosen:
            target = Path(chosen)
            self._kept.set(EXPORT_FOLDER, str(target.parent))
            self._start("Exporting", attachment, partial(_exported, folder, attachment, target), self._on_exported)

    def close(self) -> None:
        """Stop, and take the read-only copies away."""
        self.copying.wait(self._operations.patience)
        if self._place is not None:
            for path in self._place.rglob("*"):
                with suppress(OSError):
                    path.chmod(stat.S_IWRITE | stat.S_IREAD | stat.S_IEXEC)
            shutil.rmtree(self._place, ignore_errors=True)  # what another program holds stays for the system
            self._place = None

    def _open_link(self, url: str) -> None:
        if self._may(opening_of_link(url)):
            path = path_in(url)
            self._hand_over(QUrl.fromLocalFile(path) if path else QUrl(url))

    def _may(self, verdict: Verdict) -> bool:
        if verdict.way is Way.NEVER:
            self.refused.emit(verdict.said)
            return False
        return verdict.way is Way.OPEN or self._agrees(verdict.said)

    def _agrees(self, question: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "Open", question, parent=self._over)
        opens = box.addButton("Open", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is opens

    def _start(
        self, title: str, attachment: AttachmentRow, job: Callable[..., Any], then: Callable[[Any], None]
    ) -> None:
        if self.copying.is_running:
            self.refused.emit("A file is being copied. Open this one when that is done.")
            return
        self.copying.start(f"{title} {attachment.name[:60]}", job, then)

    def _show(self, path: Path) -> None:
        self._hand_over(QUrl.fromLocalFile(str(path)))

    def _hand_over(self, url: QUrl) -> None:
        if not QDesktopServices.openUrl(url):
            name = url.fileName() or url.toDisplayString()
            self.refused.emit(f"No program here opens “{name[:80]}”. Export a copy, and open it elsewhere.")

    def _on_exported(self, path: Path) -> None:
        self.told.emit(f"Wrote {path.name} to {path.parent}.")

    def _folder(self) -> Path:
        if self._place is None:
            from tempfile import mkdtemp

            self._place = Path(mkdtemp(prefix="inspection-readiness-"))
        return self._place


def _handed_out(folder: Path, attachment: AttachmentRow, place: Path, told: Any, cancelled: Any) -> Path:
    from readiness.services.handing_out import hand_out
    from readiness.storage.files import FileStore

    progress = partial(_told, told, attachment)
    return hand_out(FileStore(folder), attachment, place, progress, cancelled)


def _exported(folder: Path, attachment: AttachmentRow, target: Path, told: Any, cancelled: Any) -> Path:
    from readiness.services.handing_out import export_copy
    from readiness.storage.files import FileStore

    progress = partial(_told, told, attachment)
    return export_copy(FileStore(folder), attachment, target, progress, cancelled)


def _told(told: Any, attachment: AttachmentRow, done: int) -> None:
    told(attachment.name, done, attachment.size)
