"""Keeping: what the file could not take is said, saved again, copied, or knowingly given up; never lost unseen."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from readiness.domain.errors import WorkspaceError
from ui.frame import Frame
from ui.operations import Operations


class Keeping(QObject):
    """Stands between failures and the person."""

    def __init__(self, operations: Operations, frame: Frame, window: QWidget) -> None:
        super().__init__(window)
        self._operations, self._frame, self._window = operations, frame, window
        self._was_told = False  # that closing would lose something
        frame.notice.acted.connect(self._on_notice_acted)

    def tell(self, error: Exception) -> None:
        """Show an expected failure; where a change could not be written, offer to write it again."""
        if self._operations.unwritten and isinstance(error, WorkspaceError):
            self._frame.warn(f"Not saved yet: {error}", "Save again")
        else:
            self._frame.warn(str(error))

    def may_close(self) -> bool:
        """Whether the window may close: always, unless something is not saved; then the second try asks."""
        self._operations.settle_to_close()
        if not self._operations.unwritten:
            return True
        if self._was_told and self.gives_up():
            self._operations.give_up()
            return True
        self._was_told = True
        self._frame.warn("Your last changes are not saved yet: the file could not take them.", "Save again")
        return False

    def gives_up(self) -> bool:
        """Ask whether to lose what is not saved; its words can be copied first."""
        number = self._operations.unwritten
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Not saved",
            f"{number} {'change is' if number == 1 else 'changes are'} not saved, and the file still refuses "
            "to take them.",
            parent=self._window,
        )
        stay = box.addButton("Keep the window open", QMessageBox.ButtonRole.RejectRole)
        copy = box.addButton("Copy the texts and close", QMessageBox.ButtonRole.AcceptRole)
        lose = box.addButton("Close and lose them", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(self._operations.unwritten_words())
        return box.clickedButton() in (copy, lose)

    def _on_notice_acted(self) -> None:
        self._frame.notice.clear_notice()
        if self._operations.unwritten:
            self._operations.write_again()
