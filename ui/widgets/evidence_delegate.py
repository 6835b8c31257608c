"""Evidence delegate: paints the cells of the library as the checklist's are painted. Nothing is built in `paint`.

Source: look.md, sections 2 to 4.
"""

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from readiness.domain.evidence_filters import EvidenceLine
from readiness.domain.vocabulary import Currency, Rating
from ui.models.evidence_columns import EvidenceColumn
from ui.models.evidence_table import EvidenceTable, Index
from ui.models.evidence_words import RATING_OF, icon_of
from ui.models.item_columns import CONTESTED
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.item_delegate import MARGIN, PADDING
from ui.widgets.title_mark import mark_cell, mark_title

ICON = 16.0


class EvidenceDelegate(QStyledItemDelegate):
    """`hovered_row` is set by the grid."""

    def __init__(self, table: EvidenceTable, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.theme = theme
        self.hovered_row = -1
        self._draw = {
            "title": self._title,
            "strength": self._strength,
            "currency": self._currency,
            "until": self._until,
            "file": self._file,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number = index.row()
        line, column = self._table.row_at(number), self._table.columns[index.column()]
        if line is None:
            return
        theme, rect, state = self.theme, QRectF(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painting.row_ground(painter, rect, theme, selected=selected, hovered=number == self.hovered_row)
        draw = self._draw.get(column.key, self._text)
        draw(painter, rect.adjusted(PADDING, 0, -PADDING, -1), line, column)
        if column.key in self._table.contested.get(line.id, ()):
            mark_cell(painter, rect, theme)
        painting.hairline(painter, rect, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect.adjusted(0, 0, 0, -1), theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(self._table.columns[index.column()].width or 240, 30)

    def _title(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        theme = self.theme
        place = QRectF(inner.left() + MARGIN - PADDING + 2, inner.top(), ICON, inner.height())
        painting.icon_at(painter, place, icon_of(line.row), theme.color("text2"))
        room = QRectF(place.right() + 8, inner.top(), inner.right() - place.right() - 8, inner.height())
        if self._table.is_marked(line):
            room = mark_title(painter, room, column.text(line), CONTESTED, theme)
        painting.text(painter, room, column.text(line), theme, theme.color("text"))

    def _strength(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        del column
        place = QRectF(inner.left(), inner.top(), painting.STRENGTH_WIDTH, inner.height())
        painting.strength_bars(painter, place, line.row.strength, self.theme)

    def _currency(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        mark = QRectF(inner.left(), inner.top(), painting.MARK, inner.height())
        painting.rating_mark(painter, mark, RATING_OF[line.currency], self.theme)
        room = QRectF(mark.right() + 6, inner.top(), inner.right() - mark.right() - 2, inner.height())
        is_out = line.currency is Currency.OUT_OF_DATE
        colour = self.theme.rating_text(Rating.OFF_TRACK) if is_out else self.theme.color("text")
        painting.text(painter, room, column.text(line), self.theme, colour)

    def _until(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        colour, font = self.theme.color("text2"), "base"
        if line.currency is Currency.OUT_OF_DATE:
            colour, font = self.theme.rating_text(Rating.OFF_TRACK), "strong"
        elif line.currency is Currency.DUE_TO_LAPSE:
            colour = self.theme.color("text")
        painting.text(painter, inner, column.text(line), self.theme, colour, font, painting.RIGHT)

    def _file(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        if not line.missing:
            self._text(painter, inner, line, column)
            return
        mark = QRectF(inner.left(), inner.top(), painting.MARK, inner.height())
        painting.rating_mark(painter, mark, Rating.OFF_TRACK, self.theme)
        room = inner.adjusted(painting.MARK + 6, 0, 0, 0)
        painting.text(painter, room, "not there", self.theme, self.theme.rating_text(Rating.OFF_TRACK))

    def _text(self, painter: QPainter, inner: QRectF, line: EvidenceLine, column: EvidenceColumn) -> None:
        words, align = column.text(line), painting.RIGHT if column.is_right else painting.LEFT
        quiet = column.key not in ("source", "used") or words == "–"
        painting.text(painter, inner, words, self.theme, self.theme.color("text2" if quiet else "text"), "base", align)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        line, column = self._table.row_at(index.row()), self._table.columns[index.column()]
        if line is not None and column.key == "title" and not line.row.shows:
            room = option.rect.width() - 2 * PADDING - MARGIN - ICON
            if painting.advance(column.text(line), self.theme) <= room:
                return False  # nothing is shortened: there is nothing more to say
        return bool(super().helpEvent(event, view, option, index))
