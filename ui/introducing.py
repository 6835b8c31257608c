"""Introducing: makes the introduction of this laptop while the join dialog is open, in the worker."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from readiness.domain.errors import ReadinessError
from readiness.domain.sharing import introduction_name
from ui.operations import Operations

if TYPE_CHECKING:
    from readiness.domain.sharing import Newcomer
    from ui.dialogs.join_dialog import JoinDialog


class Introducing(QObject):
    """Serves one dialog."""

    def __init__(self, operations: Operations, dialog: "JoinDialog", folder: str) -> None:
        super().__init__(dialog)
        self._operations, self._dialog, self._folder = operations, dialog, Path(folder)
        dialog.form.wanted.connect(self._on_wanted)
        operations.find(self._on_looked, _introduced_in, self._folder)

    def _on_looked(self, found: "Newcomer | None") -> None:
        if found is not None and isValid(self._dialog):
            self._dialog.show_newcomer(found)

    def _on_wanted(self, name: str) -> None:
        proposed = str(Path.home() / introduction_name(name))
        chosen, _ = QFileDialog.getSaveFileName(
            self._dialog, "Introduce this laptop", proposed, "Introductions (*.irtintro)"
        )
        if chosen:
            made = partial(self._on_made, Path(chosen))
            self._operations.find(made, _introduce, self._folder, Path(chosen), name)

    def _on_made(self, out: Path, made: "Newcomer | ReadinessError") -> None:
        if not isValid(self._dialog):
            return
        if isinstance(made, ReadinessError):
            self._dialog.show_fault(str(made))
        else:
            self._dialog.show_newcomer(made)
            self._dialog.form.say_written(out.name)


def _introduced_in(folder: Path) -> "Newcomer | None":
    from readiness.services.introducing import introduced_in

    return introduced_in(folder)


def _introduce(folder: Path, out: Path, name: str) -> "Newcomer | ReadinessError":
    from readiness.services.introducing import introduce

    try:
        return introduce(folder, out, name, replace=True)
    except ReadinessError as error:
        return error
