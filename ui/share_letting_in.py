"""Share, letting in: a lead opens an introduction, compares its code by telephone and lets the laptop in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.share_desk import ShareDesk

if TYPE_CHECKING:
    from readiness.domain.sharing import Newcomer
    from ui.dialogs.let_in_dialog import LetInDialog
    from ui.theme import Theme


class LettingIn(QObject):
    """One dialog at a time; what is refused is said by the page's foot, as the desk says it."""

    def __init__(self, desk: ShareDesk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.dialog: LetInDialog | None = None
        desk.refused.connect(self._on_refused)

    def ask(self, theme: Theme) -> None:
        """Have somebody choose the introduction; the rest follows."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, "The introduction of the new laptop", str(Path.home()), "Introductions (*.irtintro)"
        )
        if chosen:
            self._desk.do(partial(_look, Path(chosen)), partial(self._on_looked, theme, Path(chosen)))

    def _on_looked(self, theme: Theme, path: Path, newcomer: Newcomer) -> None:
        from ui.dialogs.let_in_dialog import LetInDialog

        self.dialog = LetInDialog(theme, newcomer, self._page)
        self.dialog.confirmed.connect(partial(self._on_confirmed, path))
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _on_confirmed(self, path: Path, code: str) -> None:
        self._desk.do(partial(_let_in, path, code), self._on_let_in)

    def _on_let_in(self, team_code: str) -> None:
        if self.dialog is not None:
            self.dialog.show_team_code(team_code)
        if self._desk.board is not None and self._desk.board.places:
            self._desk.sync(asked=False)

    def _on_refused(self, _sentence: str) -> None:
        if self.dialog is not None and not self.dialog.isEnabled():
            self.dialog.reject()

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _look(path: Path, workspace: Any) -> Newcomer:
    from readiness.services.letting_in import look_at_introduction

    return look_at_introduction(workspace, path)


def _let_in(path: Path, code: str, workspace: Any) -> str:
    from readiness.services.letting_in import let_in

    return let_in(workspace, path, code)
