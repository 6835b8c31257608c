"""Opening in the window: open, set up or try the example, in the worker; a refusal is said in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from readiness.domain.errors import RiskyPlace
from ui.operations import Operations

if TYPE_CHECKING:
    from readiness.domain.views import Identity
    from readiness.storage.workspace import Workspace

COUNCIL = "Our council"
"""What a workspace is called until somebody says better, in Preferences."""
Opener = Callable[[bool], "Workspace"]
"""Opens or makes a workspace; the argument says whether to go ahead in a risky place."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first-run page asked."""

    folder: Path
    identity: "Identity"
    inspections: tuple[tuple[str, date | None], ...]  # framework id, ready-by


class Opening(QObject):
    """One at a time; the workspace open before stays open until the new one is."""

    began = Signal()  # until it is opened or failed, what is typed would go astray
    opened = Signal(object, bool)  # StartView; whether it is the example
    failed = Signal(object)  # Exception

    def __init__(self, operations: Operations, day: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._operations, self._day, self._window = operations, day, parent

    def open(self, folder: Path) -> None:
        """Open the workspace in a folder."""

        def opener(at_risk: bool) -> "Workspace":
            from readiness.services.start import open_at

            return open_at(folder, at_risk=at_risk)

        self._begin(folder, opener)

    def set_up(self, answers: SetUp) -> None:
        """Make a workspace from the first-run page's answers and open it."""

        def opener(at_risk: bool) -> "Workspace":
            from readiness.domain.views import InspectionDraft
            from readiness.frameworks.shipped import find_framework
            from readiness.services.start import set_up

            drafts = [InspectionDraft(find_framework(id_), ready_by=ready) for id_, ready in answers.inspections]
            return set_up(answers.folder, answers.identity, COUNCIL, drafts, at_risk=at_risk)

        self._begin(answers.folder, opener)

    def join(self, folder: Path, source: str, said: str, *, by_code: bool = False) -> None:
        """Make a workspace of a team that shares already, with its passphrase or its code, and open it."""

        def opener(at_risk: bool) -> "Workspace":
            from readiness.services.joining import join, join_as_introduced

            return (join_as_introduced if by_code else join)(folder, source, said, at_risk=at_risk)

        self._begin(folder, opener)

    def example(self, folder: Path) -> None:
        """Make the example in an empty folder and open it."""

        def opener(_at_risk: bool) -> "Workspace":
            from readiness.frameworks.shipped import shipped_frameworks
            from readiness.services.demo import make_demo
            from readiness.storage.opening import open_workspace

            make_demo(folder, self._day(), shipped_frameworks()[:2]).close()
            return open_workspace(folder, at_risk=True)  # from here on the clock is the laptop's

        self._begin(folder, opener, example=True)

    def _begin(self, folder: Path, opener: Opener, *, at_risk: bool = False, example: bool = False) -> None:
        then = partial(self._on_open, example)
        failed = partial(self._on_failed, folder, opener)
        self.began.emit()
        self._operations.open(partial(opener, at_risk), then, failed)

    def _on_open(self, example: bool) -> None:
        def look(workspace: "Workspace") -> object:
            from readiness.services.start import look_at_start

            return workspace.glance(look_at_start, self._day())

        self._operations.do(partial(self._on_read, example), look)

    def _on_read(self, example: bool, start: Any) -> None:
        self.opened.emit(start, example)

    def _on_failed(self, folder: Path, opener: Opener, error: Exception) -> None:
        if isinstance(error, RiskyPlace) and self.insists(str(error)):
            self._begin(folder, opener, at_risk=True)
        else:
            self.failed.emit(error)

    def insists(self, sentence: str) -> bool:
        """Ask whether to go ahead in a risky place; the safe answer is the default."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Warning, "A risky place", sentence, parent=self._window)
        box.setInformativeText("Opening it there can lose work. A local folder is safe.")
        safe = box.addButton("Choose a local folder", QMessageBox.ButtonRole.RejectRole)
        anyway = box.addButton("Open it there anyway", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(safe)
        box.exec()
        return box.clickedButton() is anyway
