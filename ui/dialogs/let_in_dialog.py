"""Let-in dialog: the code that is compared by telephone, then the team's code to be read out. It changes nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from readiness.domain.sharing import Newcomer
from ui.theme import Theme
from ui.widgets.labels import heading, label

WIDTH = 440


class LetInDialog(QDialog):
    """First the newcomer's code; once it was let in, the team's."""

    confirmed = Signal(str)  # the newcomer's code: somebody read out the same

    def __init__(self, theme: Theme, newcomer: Newcomer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Let a laptop in")
        self._newcomer, self._theme = newcomer, theme
        self.title = heading(f"“{newcomer.label}” wants to join", theme, "h2")
        self.title.setWordWrap(True)
        self.said = label(
            "Ring whoever works on it, at a number that you know, and have them read out the code of their laptop. "
            "It must be",
            wrap=True,
        )
        self.code = heading(newcomer.code, theme)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.then = label("From then on it can read everything that the team shares, and write.", "quiet", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = self.buttons.addButton("The code is the same: let it in", QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setAutoDefault(False)
        self.no = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.no.setDefault(True)  # whoever presses Enter without looking lets nobody in
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        parts: tuple[QWidget, ...] = (self.title, self.said, self.code, self.then, self.buttons)
        for each in parts:
            layout.addWidget(each)
        self.setMinimumWidth(WIDTH)
        self._name_code("Code of the new laptop")
        self.no.setFocus()
        self.yes.clicked.connect(self._on_confirmed)
        self.no.clicked.connect(self.reject)

    def show_team_code(self, code: str) -> None:
        """Say what is to be read out in turn, now that the laptop is let in."""
        self.title.setText(f"“{self._newcomer.label}” is let in")
        self.code.setText(code)
        self._name_code("The team’s code")
        self.said.setText("While you are on the telephone, read out the team’s code. They write it where they join:")
        self.then.setText(
            "It joins from where you share, once you have synced, or from a bundle that you write for it."
        )
        self.yes.hide()
        self.no.setText("Done")
        self.setEnabled(True)
        self.no.setFocus()

    def _name_code(self, what: str) -> None:
        self.code.setAccessibleName(f"{what}: {self.code.text()}")

    def _on_confirmed(self) -> None:
        self.setEnabled(False)
        self.confirmed.emit(self._newcomer.code)
