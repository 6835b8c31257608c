"""Check view: the list of what the checks found: rules as headings that fold, their places below, one line each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readiness.domain.checks.results import CheckResult
from readiness.domain.vocabulary import Rating, Severity
from ui.models.check_list import CheckHead, CheckList, CheckRole
from ui.theme import Theme
from ui.widgets.painting import RIGHT, advance, focus_ring, hairline, icon_at, rating_mark, row_ground, text

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 32  # of headings too: the view then asks one row for its height, and not thousands
_PAD, _CHEVRON, _MARK, _GAP = 16.0, 24.0, 20.0, 12.0
_COUNT, _NAME, _OWNER, _MEND = 44.0, 84.0, 168.0, 76.0
_NARROW = 980.0
MARKS = {Severity.MUST: Rating.OFF_TRACK, Severity.SHOULD: Rating.AT_RISK}
"""The shapes of the severities; what is only to be known has a sign of its own."""


def severity_mark(painter: QPainter, rect: QRectF, severity: Severity, theme: Theme) -> None:
    """Paint the shape of a severity in the middle of a rectangle."""
    mark = MARKS.get(severity)
    if mark is None:
        icon_at(painter, rect, "info", theme.color("text2"), 14)
    else:
        rating_mark(painter, rect, mark, theme)


class CheckView(QListView):
    """Arrows move; Right and Left fold; Enter opens a place or folds a heading."""

    mend_asked = Signal()  # of the current row

    def __init__(self, theme: Theme, model: CheckList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks = model
        self.delegate = CheckDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What the checks found")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.delegate.set_theme(theme)
        self.viewport().update()

    def fold(self, is_open: bool) -> None:
        """Fold the rule of the current row in or out; folding in from a place goes to its heading."""
        here = self.currentIndex()
        if not here.isValid():
            return
        head = self.checks.index(self.checks.head_of(here.row()))
        row = self.checks.row(head)
        if isinstance(row, CheckHead):
            if not is_open:
                self.setCurrentIndex(head)
            self.checks.set_open(row.rule.code, is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.checks.row(self.currentIndex())
        if event.key() == Qt.Key.Key_Right and isinstance(here, CheckHead):
            self.fold(True)
        elif event.key() == Qt.Key.Key_Left and here is not None:
            self.fold(False)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed = self.currentIndex()
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index != pressed:
            return
        row = self.checks.row(index)
        if self.is_on_mend(index, event.position().toPoint()):
            self.mend_asked.emit()
        elif isinstance(row, CheckHead):
            self.checks.set_open(row.rule.code, not row.is_open)

    def is_on_mend(self, index: Index, point: QPoint) -> bool:
        """Whether a point lies on the words that mend a row."""
        row = self.checks.row(index)
        can = bool(row.mendable) if isinstance(row, CheckHead) else row is not None and bool(row.fix)
        place = self.delegate.mend_place(QRectF(self.visualRect(index)))
        return can and place.contains(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        over = self.is_on_mend(self.indexAt(point), point)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()


class CheckDelegate(QStyledItemDelegate):
    """Paints a heading (chevron, shape, title, why, how many) or a place (item, sentence, owner)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, max(ROW_HEIGHT, round(self._theme.metric().height()) + 12))

    def mend_place(self, rect: QRectF) -> QRectF:
        """Return where a row says that it can be mended."""
        return QRectF(rect.right() - _PAD - _COUNT - _MEND, rect.top(), _MEND, rect.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, row = self._theme, QRectF(option.rect), index.data(CheckRole.ROW)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if isinstance(row, CheckHead) and not theme.high_contrast:
            painter.fillRect(rect, theme.color("window"))
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        row_ground(painter, rect, theme, selected=selected, hovered=hovered)
        hairline(painter, rect, theme)
        if selected:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        if isinstance(row, CheckHead):
            self._paint_head(painter, rect, row)
        elif isinstance(row, CheckResult):
            self._paint_place(painter, rect, row)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect.adjusted(3, 0, 0, 0), theme)

    def _paint_head(self, painter: QPainter, rect: QRectF, head: CheckHead) -> None:
        theme, quiet = self._theme, self._theme.color("text2")
        left = rect.left() + _PAD
        chevron = "chevron-down" if head.is_open else "chevron-right"
        icon_at(painter, QRectF(left - 4, rect.top(), _CHEVRON, rect.height()), chevron, quiet)
        left += _CHEVRON
        severity_mark(painter, QRectF(left - 4, rect.top(), _MARK, rect.height()), head.rule.severity, theme)
        left += _MARK
        count = QRectF(rect.right() - _PAD - _COUNT, rect.top(), _COUNT, rect.height())
        text(painter, count, f"{len(head.results):,}", theme, theme.color("text"), "strong", RIGHT)
        right = self.mend_place(rect).left() - _GAP
        if head.mendable:
            words = "Mend" if head.mendable == 1 else f"Mend {head.mendable:,}"
            text(painter, self.mend_place(rect), words, theme, theme.color("accent_text"), align=RIGHT)
        width = min(advance(head.rule.title, theme, "strong") + 1, right - left)
        title = QRectF(left, rect.top(), width, rect.height())
        text(painter, title, head.rule.title, theme, theme.color("text"), "strong")
        why = QRectF(title.right() + _GAP, rect.top(), right - title.right() - _GAP, rect.height())
        if why.width() > 60:
            text(painter, why, head.rule.why, theme, quiet)

    def _paint_place(self, painter: QPainter, rect: QRectF, result: CheckResult) -> None:
        theme, quiet, about = self._theme, self._theme.color("text2"), result.about
        left = rect.left() + _PAD + _CHEVRON + _MARK
        right = self.mend_place(rect).left() - _GAP
        if result.fix:
            text(painter, self.mend_place(rect), "Mend", theme, theme.color("accent_text"), align=RIGHT)
        if about.owner and rect.width() >= _NARROW:
            owner = QRectF(right - _OWNER, rect.top(), _OWNER, rect.height())
            text(painter, owner, about.owner, theme, quiet)
            right = owner.left() - _GAP
        wide = rect.width() - left - (_OWNER + _GAP if rect.width() >= _NARROW else 0) - _MEND - _COUNT - _PAD
        called = QRectF(left, rect.top(), wide * 0.42, rect.height())
        if about.title:
            text(painter, QRectF(left, rect.top(), _NAME, rect.height()), about.name, theme, quiet)
            rest = called.adjusted(_NAME, 0, 0, 0)
            text(painter, rest, about.title, theme, theme.color("text"))
        else:
            text(painter, called, about.name, theme, theme.color("text"))
        said = QRectF(called.right() + _GAP, rect.top(), right - called.right() - _GAP, rect.height())
        text(painter, said, result.sentence, theme, quiet)
