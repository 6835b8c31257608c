"""Severity chips: how much of what was found matters how much; pressed, only that is shown."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from readiness.domain.vocabulary import Severity
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.check_view import severity_mark
from ui.widgets.painted_button import PaintedButton

_HEIGHT, _PADDING, _MARK, _GAP = 28, 12.0, 14.0, 6.0


class SeverityChip(PaintedButton):
    """Shape, word and number of one severity; violet while it is chosen."""

    ring_radius = _HEIGHT / 2
    paints_hover = False

    def __init__(self, theme: Theme, severity: Severity, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.severity, self.count = severity, 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._say)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show another number."""
        self.count = count
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = painting.advance(self.severity.label, self.theme, "strong")  # bold when chosen: nothing moves
        number = painting.advance(f"{self.count:,}", self.theme, "strong")
        return QSize(round(2 * _PADDING + _MARK + 2 * _GAP + words + number) + 1, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, chosen = self.theme, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent_text" if chosen else "border"))
        hovered = "hover" if self.underMouse() else "raised"
        painter.setBrush(theme.color("accent_soft" if chosen else hovered))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _HEIGHT / 2 - 0.5, _HEIGHT / 2 - 0.5)
        severity_mark(painter, QRectF(rect.left() + _PADDING, rect.top(), _MARK, rect.height()), self.severity, theme)
        left = rect.left() + _PADDING + _MARK + _GAP
        colour, font = theme.color("accent_text" if chosen else "text"), "strong" if chosen else "base"
        inner = QRectF(left, rect.top(), rect.right() - _PADDING - left, rect.height())
        painting.text(painter, inner, self.severity.label, theme, colour, font)
        painting.text(painter, inner, f"{self.count:,}", theme, colour, "strong", painting.RIGHT)

    def _say(self) -> None:
        only = "only these are shown" if self.isChecked() else "press to show only these"
        self.setAccessibleName(f"{self.severity.label}: {self.count:,}")
        self.setAccessibleDescription(only)
        self.setToolTip(f"{self.severity.label}: {self.count:,}; {only}")


class SeverityChips(ButtonRows):
    """One chip a severity; Tab stops once, arrows move, Space and Enter press."""

    chosen = Signal(object)  # frozenset of Severity; empty: everything

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, QBoxLayout.Direction.LeftToRight, spacing=8)
        self.chips = {severity: SeverityChip(theme, severity, self) for severity in Severity}
        self.hold(list(self.chips.values()))
        self.setAccessibleName("How much it matters")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for chip in self.chips.values():
            chip.clicked.connect(self._on_clicked)

    @property
    def severities(self) -> frozenset[Severity]:
        """What is chosen."""
        return frozenset(severity for severity, chip in self.chips.items() if chip.isChecked())

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """Show other numbers."""
        for severity, chip in self.chips.items():
            chip.show_count(counts.get(severity, 0))

    def press(self, severity: Severity) -> None:
        """Choose a severity, or no longer."""
        self.chips[severity].click()

    def clear(self) -> None:
        """Choose none, and say so."""
        for chip in self.chips.values():
            chip.setChecked(False)
        self._on_clicked()

    def _on_clicked(self) -> None:
        self.chosen.emit(self.severities)
