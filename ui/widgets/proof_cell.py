"""Proof cell: how many pieces of evidence an item has, and the shape that warns when they lapse or lapsed."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus
from ui.models.evidence_words import RATING_OF, Judge, proof_count, proof_mark
from ui.theme import Theme
from ui.widgets import painting

GAP = 5.0


def proof_cell(painter: QPainter, inner: QRectF, item: ItemRow, judge: Judge, theme: Theme) -> None:
    """Paint the number at the right; a triangle before it: all of it lapses soon; a diamond: none of it counts."""
    words, is_out = proof_count(item), item.status is ItemStatus.NOT_APPLICABLE
    colour = theme.color("text2" if is_out or not item.proof.links else "text")
    painting.text(painter, inner, words, theme, colour, "base", painting.RIGHT)
    mark = None if is_out else proof_mark(item, judge)
    if mark is not None:
        left = inner.right() - painting.advance(words, theme) - GAP - painting.MARK
        painting.rating_mark(painter, QRectF(left, inner.top(), painting.MARK, inner.height()), RATING_OF[mark], theme)
