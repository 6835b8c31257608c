"""Edition list: the rows of a comparison in a table whose changed words are marked; and one of them in full below."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from readiness.domain.editions import EditionRow, Fate
from readiness.domain.vocabulary import Rating
from ui.models.diff_text import Mark, Run
from ui.models.edition_table import AFTER, BEFORE, COLUMNS, EditionTable, Index, marked
from ui.theme import Theme
from ui.widgets import painting

ROW_HEIGHT, PADDING = 30, 8.0
_QUIET = frozenset({1, 5})
_RATINGS = {Mark.REMOVED: Rating.OFF_TRACK, Mark.ADDED: Rating.ON_TRACK}


class EditionDelegate(QStyledItemDelegate):
    """Draws a row: words taken out struck through on red, words brought in underlined on green."""

    def __init__(self, table: EditionTable, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._table.row_at(index.row())
        if row is None:
            return
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painting.row_ground(
            painter, rect, theme, selected=selected, hovered=bool(state & QStyle.StateFlag.State_MouseOver)
        )
        room = rect.adjusted(PADDING, 0, -PADDING, -1)
        if index.column() in (BEFORE, AFTER):
            is_gone = row.fate is Fate.REMOVED and index.column() == AFTER
            self._words(painter, room, marked(row, index.column()), "text2" if is_gone else "text")
        else:
            quiet = index.column() in _QUIET or row.fate in (Fate.UNCHANGED, Fate.OWN)
            text = COLUMNS[index.column()].text(row)
            painting.text(painter, room, text, theme, theme.color("text2" if quiet else "text"))
        painting.hairline(painter, rect, theme)
        view = self.parent()
        is_here = isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index
        if is_here:
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(COLUMNS[index.column()].width or 240, ROW_HEIGHT)

    def _words(self, painter: QPainter, room: QRectF, runs: Sequence[Run], tone: str) -> None:
        theme = self.theme
        for run in runs:
            width = painting.advance(run.text, theme)
            here = QRectF(room.left(), room.top(), min(width, room.width()), room.height())
            if run.mark is Mark.KEPT:
                painting.text(painter, here, run.text, theme, theme.color(tone))
            else:
                self._marked(painter, here, run)
            room = room.adjusted(width, 0, 0, 0)
            if room.width() <= 0:
                return

    def _marked(self, painter: QPainter, here: QRectF, run: Run) -> None:
        theme, rating = self.theme, _RATINGS[run.mark]
        lead = painting.advance(run.text[: len(run.text) - len(run.text.lstrip())], theme)
        line = theme.metric().height()
        ground = QRectF(here.left() + lead, here.center().y() - line / 2, here.width() - lead, line)
        painter.fillRect(ground, theme.rating_chip(rating))
        painter.setFont(_lined(theme, run.mark))
        painter.setPen(theme.rating_text(rating))
        words = painting.elided(run.text.strip(), theme, ground.width() + 0.5)
        painter.drawText(ground, painting.LEFT | Qt.TextFlag.TextSingleLine, words)


@cache
def _lined(theme: Theme, mark: Mark) -> QFont:
    """Return the font of marked words: colour alone would not tell."""
    font = QFont(theme.font())
    font.setUnderline(mark is Mark.ADDED)
    font.setStrikeOut(mark is Mark.REMOVED)
    return font


class EditionList(QTableView):
    """Rows of a comparison; `chosen` brings the one the keyboard is in."""

    chosen = Signal(object)  # EditionRow, or None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = EditionTable(self)
        self.setModel(self.table)
        self._delegate = EditionDelegate(self.table, theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Items, before and after")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        scale = max(1.0, theme.metric().height() / 16.5)
        for number, column in enumerate(COLUMNS):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            columns.setSectionResizeMode(number, mode)
            if column.width:
                columns.resizeSection(number, round(column.width * scale))

    def show_rows(self, rows: Sequence[EditionRow]) -> None:
        """Show other rows, and go to the first."""
        self.table.show_rows(rows)
        self.setCurrentIndex(self.table.index(0, BEFORE))
        if not rows:
            self.chosen.emit(None)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._delegate.theme = theme
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self.table.row_at(current.row()))
