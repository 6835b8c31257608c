"""Evidence grid: the library as a table of one line a piece, with the keys of the checklist's grid."""

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from readiness.domain.evidence_filters import EvidenceLine
from ui.models.evidence_table import EvidenceTable, Index
from ui.theme import Theme
from ui.widgets.evidence_delegate import EvidenceDelegate
from ui.widgets.grid_header import GridHeader
from ui.widgets.grid_keys import selected_by
from ui.widgets.grid_selection import GridSelection
from ui.widgets.item_grid import ROW_HEIGHT


class EvidenceGrid(QTableView):
    """Rows are selected, cells are current; nothing is edited here."""

    menu_wanted = Signal(object)  # QPoint on the screen
    open_wanted = Signal()  # a double click

    def __init__(self, table: EvidenceTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.theme = table, theme
        self.columns = GridHeader(theme, self, table.columns)
        self.delegate = EvidenceDelegate(table, theme, self)
        self.setAccessibleName("Evidence")
        self._prepare_view()
        self.setModel(table)
        self.picks: GridSelection[EvidenceLine] = GridSelection(self, table)
        self._measure()

    def _prepare_view(self) -> None:
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(self.columns)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = self.delegate.theme = self.columns.theme = theme
        self._measure()
        self.viewport().update()

    def _measure(self) -> None:
        """Fit heights and widths to the system's font."""
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, round(self.theme.metric().height()) + 13))
        self.columns.measure()

    def step(self, by: int) -> None:
        """Select the line above (-1) or below (1) the current one."""
        line = self.table.row_at(self.currentIndex().row() + by)
        if line is not None:
            self.picks.select([line.id])

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Say what becomes selected: what the ring is on is what the next key changes."""
        chosen = selected_by(self, index, event)
        return super().selectionCommand(index, event) if chosen is None else chosen

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here: Ctrl+F finds."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for number, column in enumerate(self.table.columns):
            self.setColumnHidden(number, self.viewport().width() < column.from_width * self.columns.scale)

    def _hover(self, number: int) -> None:
        before, self.delegate.hovered_row = self.delegate.hovered_row, number
        for row in {before, number} - {-1} if before != number else ():
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
