"""Pack commands: asks for an evidence pack, makes it in a thread of its own, remembers it, and shows earlier ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.background import Background, Told
from ui.operations import Operations
from ui.settings import Settings
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressDialog

    from readiness.services.pack_making import PackReport
    from readiness.services.packs import PackBasis
    from ui.dialogs.pack_dialog import PackRequest
    from ui.main_window import MainWindow

FOLDER = "pack_folder"
SHOW_AFTER_MS = 500
BUSY = "A pack is being made. Wait for it, or cancel it first."
_STEPS = 1000


class PackCommands:
    """The slot of “Evidence pack” in `ui/actions.py`."""

    def __init__(self, operations: Operations, settings: Settings, themes: ThemeSwitch) -> None:
        self._operations, self._settings, self._themes = operations, settings, themes
        self._window: MainWindow
        self._background: Background | None = None
        self._progress: QProgressDialog | None = None

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {"pack": self.pack}

    def stop(self) -> None:
        """Stop what is under way; for closing."""
        if self._background is not None:
            self._background.close(self._operations.patience)

    @property
    def is_making(self) -> bool:
        """Whether a pack is being made."""
        return self._background is not None and self._background.is_running

    def pack(self) -> None:
        """Ask for a pack and make it."""
        from readiness.services.packs import read_basis

        if self._window.source.board is None:
            return
        if self.is_making:
            self._window.frame.say(BUSY)
            return
        self._window.flush()
        day = self._window.source.day
        self._operations.do(self._on_basis_read, lambda workspace: read_basis(workspace, day))

    def _on_basis_read(self, basis: "PackBasis") -> None:
        from ui.dialogs.pack_dialog import PackDialog

        row = self._window.switch.row()
        dialog = PackDialog(
            self._themes.theme, basis, None, row.id if row is not None else "", self._seen(basis), self._window
        )
        if dialog.exec():
            self._make(basis, dialog.request())

    def _seen(self, basis: "PackBasis") -> tuple[str, ...]:
        """Return the items that the Checklist shows, where it hides some; a page that was never opened hides none."""
        from readiness.domain.filters import passes

        page = self._window.stack.pages.get("checklist")
        if page is None:
            return ()
        board, chosen = basis.dossier.board, page.current_filter()
        seen = tuple(item.id for item in board.items if passes(item, chosen, board))
        return seen if len(seen) < len(board.items) else ()

    def _make(self, basis: "PackBasis", request: "PackRequest") -> None:
        from PySide6.QtWidgets import QProgressDialog

        target = self._ask_target(request)
        if target is None or self.is_making:
            return
        if self._background is None:
            self._background = Background(self._window)
            self._background.progressed.connect(self._on_progressed)
        progress = QProgressDialog("Making the pack …", "Cancel", 0, 0, self._window)
        progress.setWindowTitle("Evidence pack")
        progress.setMinimumDuration(SHOW_AFTER_MS)
        progress.setAutoClose(False)
        progress.canceled.connect(self._background.stop)
        self._progress = progress
        at = datetime.now().astimezone()

        def job(told: Told, cancelled: Callable[[], bool]) -> "PackReport":
            from readiness.services.pack_making import write_pack

            return write_pack(
                request.plan, basis.store, target, basis.who, at, as_folder=request.as_folder, told=told,
                cancelled=cancelled,
            )  # fmt: skip

        self._background.start(job, self._on_made, partial(self._on_failed, basis, request), self._on_cancelled)

    def _ask_target(self, request: "PackRequest") -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        day = self._window.source.day
        kept = Path(str(self._settings.get(FOLDER, str(Path.home()))))
        name = f"Evidence pack {request.plan.audience.label.lower()} {day:%Y-%m-%d}"
        if request.as_folder:
            chosen = QFileDialog.getExistingDirectory(self._window, "Where to put the pack’s folder", str(kept))
            if not chosen:
                return None
            folder, number, target = Path(chosen), 1, Path(chosen) / name
            while target.exists():
                number += 1
                target = folder / f"{name} ({number})"
        else:
            place = str(kept / f"{name}.zip")
            chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the evidence pack", place, "Zip file (*.zip)")
            if not chosen:
                return None
            target = Path(chosen)
            target = target if target.suffix.lower() == ".zip" else target.with_name(f"{target.name}.zip")
        self._settings.set(FOLDER, str(target.parent))
        return target

    def _on_progressed(self, words: str, done: int, total: int) -> None:
        from readiness.domain.pack_words import sized

        if self._progress is not None:
            self._progress.setLabelText(f"{words}: {sized(done)} of {sized(total)}")
            self._progress.setMaximum(_STEPS)
            self._progress.setValue(round(_STEPS * done / total) if total else 0)

    def _end(self) -> None:
        if self._progress is not None and self._background is not None:
            self._progress.canceled.disconnect(self._background.stop)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None

    def _on_made(self, report: "PackReport") -> None:
        from readiness.domain.pack_words import counted, sized
        from readiness.services.packs import record_pack

        self._end()
        self._operations.change(record_pack, report)
        held = f"{counted(report.files, 'file')}, {sized(report.size)}"
        self._operations.do(
            lambda _done: self._window.frame.say(f"Wrote {report.path.name}: {held}, read back and remembered."),
            lambda _workspace: None,
        )

    def _on_failed(self, basis: "PackBasis", request: "PackRequest", error: Exception) -> None:
        from readiness.domain.errors import PackFaulty

        self._end()
        self._operations.failed.emit(error)
        if isinstance(error, PackFaulty):  # the same again, without what cannot go, if somebody says so
            from ui.dialogs.pack_dialog import PackDialog

            lacking = replace(basis, missing=basis.missing | error.hashes)
            again = PackDialog.ask(self._themes.theme, lacking, request, self._window)
            if again is not None:
                self._make(lacking, again)

    def _on_cancelled(self) -> None:
        self._end()
        self._window.frame.say("The pack was cancelled; nothing of it was kept.")
