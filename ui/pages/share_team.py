"""Share team: the passphrase, whether what leaves is locked, and what no lock protects."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from readiness.domain.sharing import SharingBoard
from ui.models.share_words import files_words
from ui.share_desk import ShareDesk
from ui.share_letting_in import LettingIn
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.labels import label, link

HONEST = "Whoever has the passphrase can read everything. Roles are a courtesy: no program can enforce them here."


class TeamCard(Card):
    """Who can join, and how."""

    said = Signal(str)  # a sentence for the foot

    def __init__(self, desk: ShareDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Team", parent)
        self._desk, self._theme = desk, theme
        self.letting_in = LettingIn(desk, self)
        self.state = label("", wrap=True)
        self.change = link("Set a passphrase…")
        self.let_in = link("Let a laptop in…")
        self.encrypts = QCheckBox("Lock what leaves this laptop with the team’s key")
        self.files = QCheckBox("Share evidence files too, up to 25 MB each")
        self.lacking = label("", "quiet", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.let_in)
        row.addWidget(self.change)
        row.addStretch(1)
        self.add(self.state)
        self.add(row)
        self.add(self.encrypts)
        self.add(self.files)
        self.add(self.lacking)
        self.add(label(HONEST, "quiet", wrap=True))
        self.told = label("", "quiet", wrap=True)
        self.add(self.told)
        self.let_in.clicked.connect(self._on_let_in)
        self.change.clicked.connect(self._on_passphrase)
        self.encrypts.toggled.connect(self._on_encrypting)
        self.files.toggled.connect(self._on_files)

    def set_theme(self, theme: Theme) -> None:
        """Ask in other colours from now on."""
        self._theme = theme

    def show_board(self, board: SharingBoard) -> None:
        """Show how the team stands."""
        if board.has_passphrase:
            self.state.setText("Colleagues join from the first page: with the passphrase, or you let their laptop in.")
        else:
            self.state.setText("The team has no passphrase: colleagues join once you let their laptop in.")
        self.told.setText(board.told)
        self.told.setVisible(bool(board.told))
        self.change.setText("Change the passphrase…" if board.has_passphrase else "Set a passphrase…")
        for each in (self.let_in, self.change):
            each.setEnabled(board.is_lead)
            each.setToolTip("" if board.is_lead else "Only the laptop that founded the team can do that.")
        with QSignalBlocker(self.encrypts):
            self.encrypts.setChecked(board.encrypts)
        with QSignalBlocker(self.files):
            self.files.setChecked(board.do_files_travel)
        self.lacking.setText(files_words(board))
        self.lacking.setVisible(bool(self.lacking.text()))

    def _on_let_in(self) -> None:
        self.letting_in.ask(self._theme)

    def _on_passphrase(self) -> None:
        from ui.dialogs.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._theme, self)
        if dialog.exec():
            passphrase = dialog.passphrase()
            self._desk.do(lambda workspace: _set_passphrase(workspace, passphrase), self._on_passphrase_set)
        dialog.deleteLater()

    def _on_passphrase_set(self, _: object) -> None:
        self.said.emit("The passphrase is set. It is handed on with the next sync.")

    def _on_encrypting(self, on: bool) -> None:
        from readiness.services.team import set_encrypting

        self._desk.do(lambda workspace: set_encrypting(workspace, on))

    def _on_files(self, on: bool) -> None:
        from readiness.services.shared_files import set_files_travel

        self._desk.do(lambda workspace: set_files_travel(workspace, on))


def _set_passphrase(workspace: Any, passphrase: str) -> None:
    from readiness.services.team import set_passphrase

    set_passphrase(workspace, passphrase)
