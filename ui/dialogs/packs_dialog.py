"""Packs dialog: the packs that went out, and exactly what was in each."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from readiness.domain.evidence import PackRow
from readiness.domain.manifest import missing_files, sent_files
from readiness.domain.pack_words import counted, meant_for, sized
from readiness.domain.preflight import moment
from ui.theme import Theme
from ui.widgets.labels import button, heading, label
from ui.widgets.row_list import Row, RowList

COLUMNS = ("File", "Items", "Size")
SIZE = (900, 560)
ROW = 28


class PacksDialog(QDialog):
    """Newest first; the manifest of one can be copied as it went out."""

    def __init__(self, theme: Theme, packs: Sequence[PackRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Earlier packs")
        self._packs = tuple(packs)
        self.list, self.files = RowList(theme), QTreeWidget()
        self.title, self.about = heading("", theme, "h2"), label("", "quiet", wrap=True)
        self.copy, self.close_button = button("&Copy the manifest"), button("Close", "primary")
        self._lay_out()
        self.list.currentRowChanged.connect(self._on_chosen)
        self.copy.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.reject)
        self.list.show_rows(
            [
                Row(row.id, row.title, f"{moment(row.made_at.astimezone())}, {meant_for(row.audience)}")
                for row in self._packs
            ]
        )
        self.list.setFocus()

    def _lay_out(self) -> None:
        self.resize(*SIZE)
        self.list.setAccessibleName("Packs, newest first")
        self.list.setMinimumWidth(260)
        self.files.setAccessibleName("Files of the pack")
        self.files.setHeaderLabels(list(COLUMNS))
        self.files.headerItem().setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.files.setRootIsDecorated(False)
        self.files.setUniformRowHeights(True)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a file's own name stands at the end
        head = self.files.header()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        head.resizeSection(1, 150)
        head.resizeSection(2, 90)
        self.copy.setAutoDefault(False)
        self.close_button.setDefault(True)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.files, 1)
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def _on_chosen(self, number: int) -> None:
        if not 0 <= number < len(self._packs):
            return
        row = self._packs[number]
        files, missing = sent_files(row.manifest), missing_files(row.manifest)
        self.title.setText(row.title)
        held = f"{counted(len(files), 'file')}, {sized(sum(file.size for file in files))}"
        gone = f" Missing from it: {', '.join(missing)}." if missing else ""
        self.about.setText(f"{held}, made {meant_for(row.audience)} by {row.made_by}.{gone}")
        self.files.clear()
        for file in files:
            listed = QTreeWidgetItem(self.files, [file.path, ", ".join(file.items), sized(file.size)])
            listed.setSizeHint(0, QSize(0, ROW))
            listed.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            listed.setToolTip(0, f"{file.name}\nSHA-256 {file.sha256}")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._packs[self.list.currentRow()].manifest)
        self.copy.setText("Copied")
