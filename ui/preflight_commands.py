"""Pre-flight commands: looks whether this laptop is ready to go offline, backs up, and fetches copies of links."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.background import Background, Told
from ui.operations import Operations
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.domain.preflight import PreflightFacts
    from readiness.services.fetching import Fetched
    from readiness.services.preflight import RecordFacts
    from readiness.storage.workspace import Workspace
    from ui.dialogs.preflight_dialog import PreflightDialog
    from ui.main_window import MainWindow


class PreflightCommands:
    """The slot of “Pre-flight” in `ui/actions.py`. The record is read in the worker, files in a thread of their own."""

    def __init__(self, operations: Operations, themes: ThemeSwitch) -> None:
        self._operations, self._themes = operations, themes
        self._window: MainWindow
        self._background: Background | None = None
        self._facts: PreflightFacts | None = None
        self._is_stopped = False  # while the record was being read, which cannot be stopped
        self.dialog: PreflightDialog | None = None

    def attach(self, window: "MainWindow") -> None:
        """Serve this window."""
        self._window = window

    def slots(self) -> dict[str, Callable[[], None]]:
        """Return what each action does, by its name."""
        return {"preflight": self.preflight}

    def stop(self) -> None:
        """Stop what is under way; for closing."""
        if self._background is not None:
            self._background.close(self._operations.patience)

    def preflight(self) -> None:
        """Open the page and look."""
        from ui.dialogs.preflight_dialog import PreflightDialog

        if self._window.source.board is None or self.dialog is not None:
            return
        self._window.flush()
        if self._background is None:
            self._background = Background(self._window)
            self._background.progressed.connect(self._on_progressed)
        dialog = self.dialog = PreflightDialog(self._themes.theme, self._window)
        dialog.wanted.connect(self.look)
        dialog.stopped.connect(self._on_stop_wanted)
        dialog.backup_wanted.connect(self._on_backup_wanted)
        dialog.fetch_wanted.connect(self._on_fetch_wanted)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self.look()

    def _on_closed(self, _result: int) -> None:
        self.dialog = None
        if self._background is not None:
            self._background.stop()

    def look(self) -> None:
        """Look at everything."""
        from ui.dialogs.preflight_dialog import LOOKING

        if self.dialog is not None:
            self.dialog.say("")
            self._look(LOOKING)

    def _look(self, words: str) -> None:
        if self.dialog is not None:
            self._is_stopped = False
            self.dialog.show_progress(words)
            self._operations.do(self._on_record_read, partial(_read, day=self._window.source.day), self._on_failed)

    def _on_record_read(self, read: "tuple[RecordFacts, Path]") -> None:
        if self.dialog is None or self._background is None or self._is_stopped:
            return
        record, folder = read

        def job(told: Told, stopped: Callable[[], bool]) -> "PreflightFacts":
            from readiness.services.preflight import gather

            return gather(record, folder, datetime.now().astimezone(), told, stopped)

        self._background.start(job, self._on_found, self._on_failed, self._on_stopped)

    def _on_progressed(self, words: str, done: int, total: int) -> None:
        from readiness.domain.pack_words import sized

        if self.dialog is not None:
            is_bytes = not words.startswith("Fetching")
            told = f"{words}: {sized(done)} of {sized(total)}" if is_bytes else f"{words} ({done + 1} of {total})"
            self.dialog.show_progress(told, done, total)

    def _on_found(self, facts: "PreflightFacts") -> None:
        self._facts = facts
        if self.dialog is not None:
            self.dialog.show_facts(facts)

    def _on_stop_wanted(self) -> None:
        if self._background is not None and self._background.is_running:
            self._background.stop()  # it says when it has
        else:
            self._is_stopped = True
            self._on_stopped()

    def _on_stopped(self) -> None:
        if self.dialog is not None:
            self.dialog.show_stopped()

    def _on_failed(self, error: Exception) -> None:
        from readiness.domain.errors import ReadinessError

        self._on_stopped()
        if self.dialog is not None and isinstance(error, ReadinessError):
            self.dialog.say(str(error))  # the window's own notice stands behind the page
        else:
            self._operations.failed.emit(error)

    def _on_backup_wanted(self) -> None:
        if self.dialog is not None:
            self.dialog.show_progress("Backing up …")
            self._operations.do(self._on_backed_up, lambda workspace: workspace.backup("by-hand"), self._on_failed)

    def _on_backed_up(self, _path: object) -> None:
        self.look()

    def _on_fetch_wanted(self) -> None:
        from ui.dialogs.fetch_dialog import FetchDialog

        links = [link for link in self._facts.links if link.path] if self._facts is not None else []
        chosen = FetchDialog.ask(self._themes.theme, links, self.dialog or self._window)
        if chosen and self.dialog is not None:
            self.dialog.say("")
            self.dialog.show_progress("Fetching …")
            self._operations.do(partial(self._on_store, chosen), _store, self._on_failed)

    def _on_store(self, chosen: Any, store: Any) -> None:
        if self._background is None:
            return

        def job(told: Told, stopped: Callable[[], bool]) -> "Fetched":
            from readiness.services.fetching import take_copies

            return take_copies(store, chosen, told, stopped)

        self._background.start(job, self._on_fetched, self._on_failed, self._on_stopped)

    def _on_fetched(self, fetched: "Fetched") -> None:
        from readiness.services.fetching import keep_copies

        if fetched.copies:
            self._operations.change(keep_copies, fetched)
        if self.dialog is not None:
            self.dialog.say("\n".join(fetched.refused))
        self._look("Looking again …")


def _read(workspace: "Workspace", day: Any) -> "tuple[RecordFacts, Path]":
    from readiness.services.preflight import read_record_facts

    return workspace.read(read_record_facts, day), workspace.folder


def _store(workspace: "Workspace") -> Any:
    from readiness.storage.files import FileStore

    return FileStore(workspace.folder)
