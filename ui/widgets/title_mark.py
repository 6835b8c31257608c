"""Title mark: what stands behind the title of a row that somebody has to look at, and in the corner of its cells."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from ui.models.item_columns import CONFIRM, CONTESTED
from ui.theme import Theme
from ui.widgets import painting

SIGN, CORNER = 16.0, 7.0
_SIGNS = {CONFIRM: "edit", CONTESTED: "warning"}


def mark_title(painter: QPainter, room: QRectF, title: str, mark: str, theme: Theme) -> QRectF:
    """Mark behind a title what somebody has to look at; return what room that leaves the title."""
    left = min(room.left() + painting.advance(title, theme) + 8, room.right() - SIGN)
    painting.icon_at(
        painter, QRectF(left, room.top(), SIGN, room.height()), _SIGNS[mark], theme.color("accent_text"), 14
    )
    words = QRectF(left + SIGN + 4, room.top(), painting.advance(mark, theme) + 1, room.height())
    if words.right() <= room.right():
        painting.text(painter, words, mark, theme, theme.color("text2"))
    return QRectF(room.left(), room.top(), left - 8 - room.left() + 1, room.height())


def mark_cell(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Mark a cell in conflict in its corner, as a spreadsheet marks one that has a note."""
    top, right = rect.top() + 1, rect.right() - 1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_text"))
    painter.drawPolygon(QPolygonF([QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)]))
    painter.restore()
