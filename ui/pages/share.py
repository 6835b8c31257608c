"""Share: the team's laptops, where this one shares, what the last round brought, and rounds by hand."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.sharing import LaptopRow, MergeReport, SharingBoard
from readiness.domain.vocabulary import Trust
from ui.models import share_words as words
from ui.models.laptop_table import LaptopTable
from ui.operations import Operations
from ui.pages.share_bundles import Bundles
from ui.pages.share_kept import KeptLines
from ui.pages.share_places import PlacesCard
from ui.pages.share_report import ReportCard
from ui.pages.share_team import TeamCard
from ui.share_desk import ShareDesk
from ui.share_letting_in import LettingIn
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.foot_strip import FootStrip
from ui.widgets.labels import button, heading, label, link
from ui.widgets.progress_line import ProgressLine

ROW = 30
_WIDTHS = (210, 136, 96, 180, 90, 92, 96, 70, 124)


class SharePage(QWidget):
    """What is worst stands in the sentence at the head; below it laptops, places, the last merge, the team."""

    open_item = Signal(str)  # id
    conflicts_wanted = Signal()

    def __init__(self, operations: Operations, desk: ShareDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations, self._desk, self._theme = operations, desk, theme
        self._board: SharingBoard | None = None
        self.title = heading("Share", theme)
        self.sentence = label("", "", wrap=True)
        self.code = link("")
        self.choose = button("Choose…", "primary")
        self.sync = button("Sync now")
        self.hand_over, self.take_in = button("Write a bundle…"), button("Take in a bundle…")
        self.progress = ProgressLine()
        self.kept, self.bundles = KeptLines(operations, desk), Bundles(desk)
        self.table, self.laptops = LaptopTable(self), QTableView()
        self.laptops_card = Card(theme, "Laptops")
        self.confirm, self.shut_out, self.rename = link("Confirm"), link("Shut out"), link("Name this laptop")
        self.places = PlacesCard(theme)
        self.report = ReportCard(theme)
        self.team = TeamCard(theme)
        self.foot = FootStrip(theme)
        self.letting_in = LettingIn(desk, self)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def page_actions(self) -> dict[str, list[QAction]]:
        """Return what can be done here, by menu."""
        return {
            "File": [self._actions[name] for name in ("sync", "hand_over", "take_in")],
            "Edit": [self._actions["choose"]],
        }

    def flush(self) -> None:
        """Nothing here waits to be stored."""

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours."""
        self._theme = theme
        self.title.setFont(theme.font("h1"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.read()

    def _make_actions(self) -> dict[str, QAction]:
        made = {
            "sync": (QAction("Sync now", self), "F5", self._desk.sync),
            "hand_over": (QAction("Write a bundle…", self), "Ctrl+Shift+W", self._on_hand_over),
            "take_in": (QAction("Take in a bundle…", self), "Ctrl+Shift+A", self.bundles.take_in),
            "choose": (QAction("Choose for fields in conflict…", self), "Ctrl+Shift+X", self.conflicts_wanted.emit),
        }
        for action, keys, slot in made.values():
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(partial(_call, slot))
            self.addAction(action)
        return {name: action for name, (action, _, _) in made.items()}

    def _lay_out(self) -> None:
        self.code.setToolTip("Equal codes on two screens mean the same data. Press to copy.")
        self._set_table()
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 24, 0)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(label("Data code", "quiet"))
        head.addWidget(self.code)
        for each in (self.take_in, self.hand_over, self.sync):
            head.addWidget(each)
        said = QHBoxLayout()
        said.setContentsMargins(24, 6, 24, 10)
        said.addWidget(self.sentence, 1)
        said.addWidget(self.choose)
        moving = QVBoxLayout()
        moving.setContentsMargins(24, 0, 24, 10)
        moving.addWidget(self.progress)
        self.progress.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for row in (head, said):
            layout.addLayout(row)
        layout.addWidget(self.kept)
        layout.addWidget(self.bundles)
        layout.addLayout(moving)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self.foot)
        self.foot.set_hints("F5 syncs · Ctrl+Shift+W writes a bundle · Ctrl+Shift+A takes one in")
        self.setFocusProxy(self.laptops)

    def _set_table(self) -> None:
        table = self.laptops
        table.setModel(self.table)
        table.setProperty("kind", "lines")
        table.setAccessibleName("Laptops of the team")
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        row = QHBoxLayout()
        row.setSpacing(16)
        for each in (self.confirm, self.shut_out, self.rename):
            row.addWidget(each)
        row.addStretch(1)
        self.laptops_card.add_rows(table)
        self.laptops_card.add(row)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget(self)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        left.addWidget(self.report, 1)
        right.addWidget(self.places)
        right.addWidget(self.team)
        right.addStretch(1)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 0, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(self.laptops_card)
        layout.addLayout(columns, 1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        desk = self._desk
        desk.serve(self)
        desk.board_read.connect(self._on_board_read)
        desk.progressed.connect(self._on_progressed)
        desk.running.connect(self._on_running)
        desk.finished.connect(self._on_finished)
        desk.refused.connect(partial(self.foot.show_notice, warning=True))
        self.sync.clicked.connect(partial(_call, desk.sync))
        self.progress.cancelled.connect(desk.cancel)
        self.choose.clicked.connect(self.conflicts_wanted)
        for part in (self.kept, self.bundles):
            part.said.connect(self.foot.show_notice)
        self.code.clicked.connect(self._on_code_clicked)
        self.hand_over.clicked.connect(self._on_hand_over)
        self.take_in.clicked.connect(self.bundles.take_in)
        self.laptops.selectionModel().currentRowChanged.connect(self._judge)
        self.confirm.clicked.connect(self._on_confirm)
        self.shut_out.clicked.connect(self._on_shut_out)
        self.rename.clicked.connect(self._on_rename)
        self.places.folder_wanted.connect(self._on_folder)
        self.places.hub_wanted.connect(self._on_hub)
        self.places.removal_wanted.connect(self._on_place_removed)
        self.places.dismissal_wanted.connect(self._on_fault_dismissed)
        self.report.open_item.connect(self.open_item)
        self.report.undo_wanted.connect(self._on_undo_merge)
        self.team.passphrase_wanted.connect(self._on_passphrase)
        self.team.encrypting_wanted.connect(self._on_encrypting)
        self.team.files_wanted.connect(self._on_files)
        self.team.let_in_wanted.connect(self._on_let_in)
        self.foot.undo_asked.connect(self._on_undo)

    def _on_board_read(self, board: SharingBoard) -> None:
        now = datetime.now(UTC)
        chosen = self._chosen()
        self._board = board
        self.code.setText(board.data_code)
        self.code.setAccessibleName(f"Data code {board.data_code}, copy")
        self.sentence.setText(words.headline(board, now))
        self.choose.setVisible(board.conflicts > 0)
        self.choose.setText("Choose…")
        self._actions["choose"].setEnabled(board.conflicts > 0)
        self.table.show_rows(board.laptops, board.data_code, now)
        height = self.laptops.horizontalHeader().sizeHint().height() + ROW * min(max(len(board.laptops), 1), 8) + 4
        self.laptops.setFixedHeight(height)
        row = next((n for n, each in enumerate(board.laptops) if chosen and each.device == chosen.device), 0)
        self.laptops.selectRow(row)
        self.places.show_places(board, now)
        self.report.show_report(board.last)
        self.team.show_board(board)
        self._judge()

    def _chosen(self) -> LaptopRow | None:
        return self.table.laptop(self.laptops.currentIndex())

    def _judge(self, *_: object) -> None:
        """Offer what can be done with the laptop that is chosen, and say why the rest cannot."""
        row, board = self._chosen(), self._board
        if row is None or board is None:
            return
        other = row.trust is not Trust.SELF
        self.shut_out.setText("Let in again" if row.trust is Trust.REVOKED else "Shut out")
        why = "" if board.is_lead else "Only the laptop that founded the team can do that."
        self.confirm.setEnabled(other and not why and row.trust is Trust.SEEN and bool(row.fingerprint))
        self.shut_out.setEnabled(other and not why and bool(row.fingerprint))
        for each in (self.confirm, self.shut_out):
            each.setToolTip(why or ("" if other else "This is this laptop."))

    def _on_progressed(self, said: str) -> None:
        self.progress.show_progress(said)

    def _on_running(self, on: bool) -> None:
        self.progress.setVisible(on)
        self.sync.setEnabled(not on)
        self.progress.show_progress("Sharing")

    def _on_finished(self, report: MergeReport, asked: bool) -> None:
        trouble = words.troubles(report.places)
        if trouble and asked:
            self.foot.show_notice(trouble, warning=True)
        elif asked or report.taken:
            self.foot.show_notice(words.round_words(report), warning=bool(report.needs_version))

    def _on_code_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.foot.show_notice("The data code is copied.")

    def _on_hand_over(self) -> None:
        self.bundles.hand_over(self.hand_over)

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

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The team’s shared folder", str(Path.home()))
        if chosen:
            self._desk.do(partial(_place, "add_place", chosen))

    def _on_hub(self) -> None:
        said, agreed = QInputDialog.getText(
            self, "Share through PostgreSQL", "postgresql://login@server/database, without a password:"
        )
        if agreed and said.strip():
            self._desk.do(partial(_place, "add_place", said.strip()))

    def _on_place_removed(self, target: str) -> None:
        self._desk.do(partial(_place, "remove_place", target))

    def _on_fault_dismissed(self, place: str, name: str) -> None:
        self._desk.do(partial(_dismissed, place, name))

    def _on_passphrase(self) -> None:
        from ui.dialogs.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._theme, self)
        if dialog.exec():
            self._desk.do(
                partial(_of_team, "set_passphrase", dialog.passphrase()),
                lambda _: self.foot.show_notice("The passphrase is set. It is handed on with the next sync."),
            )
        dialog.deleteLater()

    def _on_encrypting(self, on: bool) -> None:
        self._desk.do(partial(_of_team, "set_encrypting", on))

    def _on_files(self, on: bool) -> None:
        from readiness.services.shared_files import set_files_travel

        self._desk.do(lambda workspace: set_files_travel(workspace, on))

    def _on_let_in(self) -> None:
        self.letting_in.ask(self._theme)

    def _on_undo_merge(self, steps: tuple[str, ...]) -> None:
        from readiness.services.merges import undo_merge

        self._operations.change(undo_merge, steps)

    def _on_undo(self) -> None:
        from readiness.services.undo import undo

        self._operations.change(undo)


def _call(slot: Any, *_: object) -> None:
    slot()


def _of_team(deed: str, *args: Any) -> Any:
    """Do one of the deeds of services/team.py; the workspace comes last, from the worker."""
    from readiness.services import team

    *given, workspace = args
    return getattr(team, deed)(workspace, *given)


def _place(deed: str, target: str, workspace: Any) -> None:
    from readiness.services import sharing_places

    getattr(sharing_places, deed)(workspace, target)


def _dismissed(place: str, name: str, workspace: Any) -> None:
    from readiness.services.faults import dismiss_fault

    dismiss_fault(workspace, place, name)
