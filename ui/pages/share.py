"""Share: the team's laptops, where this one shares, what the last round brought, and rounds by hand."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.sharing import MergeReport, SharingBoard
from ui.models import share_words as words
from ui.operations import Operations
from ui.pages.share_bundles import Bundles
from ui.pages.share_kept import KeptLines
from ui.pages.share_laptops import LaptopsCard
from ui.pages.share_places import PlacesCard
from ui.pages.share_report import ReportCard
from ui.pages.share_team import TeamCard
from ui.share_desk import ShareDesk
from ui.theme import Theme
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
        self.title = heading("Share", theme)
        self.sentence = label("", "", wrap=True)
        self.code = link("")
        self.choose = button("Choose…", "primary")
        self.sync = button("Sync now")
        self.hand_over, self.take_in = button("Write a bundle…"), button("Take in a bundle…")
        self.progress = ProgressLine()
        self.kept, self.bundles = KeptLines(operations, desk), Bundles(desk)
        self.laptops = LaptopsCard(desk, theme)
        self.places = PlacesCard(desk, theme)
        self.report = ReportCard(theme)
        self.team = TeamCard(desk, theme)
        self.foot = FootStrip(theme)
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
        self.first_focus = self.laptops.view

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
        layout.addWidget(self.laptops)
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
        for part in (self.kept, self.bundles, self.team):
            part.said.connect(self.foot.show_notice)
        self.code.clicked.connect(self._on_code_clicked)
        self.hand_over.clicked.connect(self._on_hand_over)
        self.take_in.clicked.connect(self.bundles.take_in)
        self.report.open_item.connect(self.open_item)
        self.report.undo_wanted.connect(self._on_undo_merge)
        self.foot.undo_asked.connect(self._on_undo)

    def _on_board_read(self, board: SharingBoard) -> None:
        now = datetime.now(UTC)
        self.code.setText(board.data_code)
        self.code.setAccessibleName(f"Data code {board.data_code}, copy")
        self.sentence.setText(words.headline(board, now))
        self.choose.setVisible(board.conflicts > 0)
        self.choose.setText("Choose…")
        self._actions["choose"].setEnabled(board.conflicts > 0)
        self.laptops.show_board(board, now)
        self.places.show_places(board, now)
        self.report.show_report(board.last)
        self.team.show_board(board)

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

    def _on_undo_merge(self, steps: tuple[str, ...]) -> None:
        from readiness.services.merges import undo_merge

        self._operations.change(undo_merge, steps)

    def _on_undo(self) -> None:
        from readiness.services.undo import undo

        self._operations.change(undo)


def _call(slot: Any, *_: object) -> None:
    slot()
