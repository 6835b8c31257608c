"""Review view: the list of what waits for a reviewer: two lines a row, the kinds as headings."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.review import QueueKind, QueueRow
from readiness.domain.vocabulary import Rating
from ui.models.review_list import NEXT, QueueRole, ReviewList
from ui.theme import Theme
from ui.widgets.painting import RIGHT, advance, focus_ring, hairline, row_ground, text

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT, HEAD_HEIGHT = 52, 40
_PAD, _NAME, _PROOF, _GAP = 24.0, 84.0, 288.0, 12.0
_NARROW = 760.0
OWN = "waits for somebody else"


class ReviewView(QListView):
    """Arrows move, with Shift over several; Enter opens."""

    def __init__(self, theme: Theme, model: ReviewList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = ReviewDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What waits to be reviewed, the longest first")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.delegate.theme = theme
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()


class ReviewDelegate(QStyledItemDelegate):
    """Paints an item: reference, title, who and how long; below, its proof in short and what it says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        height = max(ROW_HEIGHT, 2 * round(self.theme.metric().height()) + 20)
        return QSize(0, height + (HEAD_HEIGHT if index.data(QueueRole.HEAD) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, theme, head = QRectF(option.rect), self.theme, index.data(QueueRole.HEAD)
        if head:
            above = QRectF(rect.left(), rect.top(), rect.width(), HEAD_HEIGHT)
            text(painter, above.adjusted(_PAD, 10, -_PAD, 0), head, theme, theme.color("text"), "strong")
            hairline(painter, above, theme)
            rect.setTop(above.bottom())
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        row_ground(painter, rect, theme, selected=selected, hovered=hovered)
        hairline(painter, rect, theme)
        if selected:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        self._paint_row(painter, rect.adjusted(_PAD, 6, -_PAD, -6), index, index.data(QueueRole.ROW))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect.adjusted(3, 0, 0, 0), theme)

    def _paint_row(self, painter: QPainter, rect: QRectF, index: Index, row: QueueRow) -> None:
        theme, quiet, height = self.theme, self.theme.color("text2"), rect.height() / 2
        first = QRectF(rect.left(), rect.top(), rect.width(), height)
        text(painter, first, row.item.reference, theme, quiet)
        right = str(index.data(QueueRole.RIGHT))
        width = min(advance(right, theme) + 1, rect.width() * 0.4)
        text(painter, QRectF(rect.right() - width, rect.top(), width, height), right, theme, quiet, align=RIGHT)
        title = first.adjusted(_NAME, 0, -width - _GAP, 0)
        text(painter, title, row.item.title, theme, theme.color("text"))
        second = first.translated(0, height).adjusted(_NAME, 0, 0, 0)
        if row.refusals.get(NEXT[row.kind]):
            width = advance(OWN, theme) + 1
            place = QRectF(second.right() - width, second.top(), width, height)
            text(painter, place, OWN, theme, quiet, align=RIGHT)
            second.setRight(place.left() - _GAP)
        if rect.width() >= _NARROW:
            proof = QRectF(second.left(), second.top(), _PROOF - _GAP, height)
            weak = theme.rating_text(Rating.OFF_TRACK) if row.item.unproven else quiet
            text(painter, proof, str(index.data(QueueRole.PROOF)), theme, weak)
            second.setLeft(second.left() + _PROOF)
        colour = theme.rating_text(Rating.AT_RISK) if row.kind is QueueKind.LAPSED else quiet
        text(painter, second, str(index.data(QueueRole.SAID)), theme, colour)
