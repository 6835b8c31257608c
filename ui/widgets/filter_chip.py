"""Filter chip: a pill that says what is chosen and opens the list to choose from; its cross clears."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.filter_popup import FilterPopup, Option
from ui.widgets.painted_button import PaintedButton

__all__ = ["FilterChip", "Option"]

_HEIGHT, _PADDING, _SIGN, _GAP = 28, 12.0, 16.0, 4.0
_MOST_NAMED = 3  # more are counted
_MOST_WIDTH = 260.0


class FilterChip(PaintedButton):
    """Chooses several options (or one, with `single`). Down or Enter opens, Delete clears."""

    chosen = Signal(tuple)  # values, in the order of the options

    ring_radius = _HEIGHT / 2
    paints_hover = False
    opens_list = True

    def __init__(
        self,
        theme: Theme,
        label: str,
        options: Sequence[Option] = (),
        parent: QWidget | None = None,
        *,
        single: bool = False,
    ) -> None:
        super().__init__(theme, parent)
        self.label, self.single = label, single
        self._options: tuple[Option, ...] = tuple(options)
        self._values: tuple[object, ...] = ()
        self._popup: FilterPopup | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_popup)
        self._say()

    @property
    def values(self) -> tuple[object, ...]:
        """What is chosen."""
        return self._values

    @property
    def offered(self) -> frozenset[object]:
        """The values that can be chosen."""
        return frozenset(option.value for option in self._options)

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer other options; what is chosen and still offered stays chosen."""
        self._options = tuple(options)
        offered = [option.value for option in self._options]
        self._values = tuple(value for value in self._values if value in offered)
        if self._popup is not None:
            self._popup.show_options(self._options, self._values)
        self._say()

    def set_values(self, values: Iterable[object]) -> None:
        """Show what is chosen elsewhere; says nothing."""
        wanted = list(values)
        self._values = tuple(option.value for option in self._options if option.value in wanted)
        if self._popup is not None:
            self._popup.show_options(self._options, self._values)
        self._say()

    def clear(self) -> None:
        """Choose nothing, and say so."""
        self._on_popup_chosen(())

    def open_popup(self) -> None:
        """Open the list under the chip."""
        popup = FilterPopup(self.theme, self.label, single=self.single, parent=self)
        popup.show_options(self._options, self._values)
        popup.chosen.connect(self._on_popup_chosen)
        popup.closed.connect(self._on_popup_closed)
        self._popup = popup
        popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def said(self) -> str:
        """Return the chip's words: "Owner", "Area: C, D, E" or "Owner: 5 chosen"."""
        words = [option.short or option.text for option in self._options if option.value in self._values]
        if not words:
            return self.label
        return f"{self.label}: {', '.join(words) if len(words) <= _MOST_NAMED else f'{len(words)} chosen'}"

    def sizeHint(self) -> QSize:
        words = min(painting.advance(self.said(), self.theme, self._font()), _MOST_WIDTH)
        return QSize(round(words + 2 * _PADDING + _SIGN + _GAP - 2), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, active = self.theme, bool(self._values)
        colour = theme.color("accent_text" if active else "text")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent_text" if active else "border"))
        hovered = "hover" if self.underMouse() else "raised"
        painter.setBrush(theme.color("accent_soft" if active else hovered))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _HEIGHT / 2 - 0.5, _HEIGHT / 2 - 0.5)
        room = QRectF(rect.left() + _PADDING, rect.top(), rect.width() - 2 * _PADDING - _SIGN - _GAP + 3, rect.height())
        painting.text(painter, room, self.said(), theme, colour, self._font())
        if active:
            painting.icon_at(painter, self._sign_place(), "close", colour, 14)
        elif self.opens_list:
            painting.icon_at(painter, self._sign_place(), "chevron-down", theme.color("text2"), 16)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._values and self.isDown() and self._sign_place().adjusted(-4, -8, 8, 8).contains(event.position()):
            self.setDown(False)
            self.clear()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._values:
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.open_popup()
        else:
            super().keyPressEvent(event)

    def _font(self) -> str:
        return "strong" if self._values else "base"

    def _sign_place(self) -> QRectF:
        return QRectF(self.width() - _PADDING - _SIGN + 3, 0, _SIGN, self.height())

    def _say(self) -> None:
        self.setAccessibleName(f"Filter {self.said()}")
        self.setAccessibleDescription(self._keys())
        words = self.said()
        self.setToolTip(words if painting.advance(words, self.theme, self._font()) > _MOST_WIDTH else "")
        self.updateGeometry()
        self.update()

    def _keys(self) -> str:
        """Return what its keys do, as a screen reader says it."""
        if not self.opens_list:
            return "Enter turns it off" if self._values else "Enter turns it on"
        return "Enter opens the list, Delete clears" if self._values else "Enter opens the list"

    def _on_popup_chosen(self, values: tuple[object, ...]) -> None:
        if values != self._values:
            self._values = values
            self._say()
            self.chosen.emit(values)

    def _on_popup_closed(self) -> None:
        self._popup = None
        self.update()
