"""Share laptops: the laptops of the team, worst first, and what a lead can do with the one that is chosen."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QTableView,
    QWidget,
)

from readiness.domain.sharing import LaptopRow, SharingBoard
from readiness.domain.vocabulary import Trust
from ui.models import share_words as words
from ui.models.laptop_table import LaptopTable
from ui.share_desk import ShareDesk
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.labels import link

ROW = 30
MOST_ROWS = 8
"""Seen at once; further ones are scrolled to."""
_WIDTHS = (210, 136, 96, 180, 90, 92, 96, 70, 124)
_LEADS = "Only the laptop that founded the team can do that."


class LaptopsCard(Card):
    """Shows the board's laptops; the chosen one stays chosen while they are shown again."""

    def __init__(self, desk: ShareDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Laptops", parent)
        self._desk = desk
        self._board: SharingBoard | None = None
        self.table, self.view = LaptopTable(self), QTableView()
        self.confirm, self.shut_out, self.rename = link("Confirm"), link("Shut out"), link("Name this laptop")
        self._set_view()
        row = QHBoxLayout()
        row.setSpacing(16)
        for each in (self.confirm, self.shut_out, self.rename):
            row.addWidget(each)
        row.addStretch(1)
        self.add_rows(self.view)
        self.add(row)
        self.view.selectionModel().currentRowChanged.connect(self._judge)
        self.confirm.clicked.connect(self._on_confirm)
        self.shut_out.clicked.connect(self._on_shut_out)
        self.rename.clicked.connect(self._on_rename)

    def show_board(self, board: SharingBoard, now: datetime) -> None:
        """Show how the laptops stand."""
        chosen = self._chosen()
        self._board = board
        self.table.show_rows(board.laptops, board.data_code, now)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(head + ROW * min(max(len(board.laptops), 1), MOST_ROWS) + 4)
        row = next((n for n, each in enumerate(board.laptops) if chosen and each.device == chosen.device), 0)
        self.view.selectRow(row)
        self._judge()

    def _set_view(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.setProperty("kind", "lines")
        view.setAccessibleName("Laptops of the team")
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            view.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _chosen(self) -> LaptopRow | None:
        return self.table.laptop(self.view.currentIndex())

    def _judge(self, *_: object) -> None:
        """Offer what can be done with the laptop that is chosen, and say why the rest cannot."""
        row, board = self._chosen(), self._board
        if row is None or board is None:
            return
        other = row.trust is not Trust.SELF
        self.shut_out.setText("Let in again" if row.trust is Trust.REVOKED else "Shut out")
        why = "" if board.is_lead else _LEADS
        self.confirm.setEnabled(other and not why and row.trust is Trust.SEEN and bool(row.fingerprint))
        self.shut_out.setEnabled(other and not why and bool(row.fingerprint))
        for each in (self.confirm, self.shut_out):
            each.setToolTip(why or ("" if other else "This is this laptop."))

    def _on_confirm(self) -> None:
        row = self._chosen()
        if row is None:
            return
        said = (
            f"Ring {row.person or 'whoever works on it'} and have them read out the key of their laptop from their own "
            f"Share page.\n\nIt must be {row.fingerprint}."
        )
        if self._sure("Confirm this laptop", said, "The key is the same"):
            self._desk.do(partial(_of_team, "pin", row.device))

    def _on_shut_out(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.trust is Trust.REVOKED:
            self._desk.do(partial(_of_team, "reinstate", row.device))
            return
        said = (
            f"What {words.name_of(row)} writes from now on is kept, but counts for nothing, and it can read nothing "
            "new. The team gets a new key, and needs a new passphrase."
        )
        if self._sure("Shut out this laptop", said, "Shut out"):
            self._desk.do(partial(_of_team, "revoke", row.device))

    def _sure(self, title: str, said: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, title, said, QMessageBox.StandardButton.Cancel, self)
        agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        return box.clickedButton() is agreed

    def _on_rename(self) -> None:
        before = self._board.laptops[0].label if self._board else ""
        name, agreed = QInputDialog.getText(self, "Name this laptop", "What colleagues call it:", text=before)
        if agreed:
            self._desk.do(partial(_of_team, "name_laptop", name))


def _of_team(deed: str, given: str, workspace: Any) -> Any:
    """Do one of the deeds of services/team.py; the workspace comes last, from the worker."""
    from readiness.services import team

    return getattr(team, deed)(workspace, given)
