"""Rail: the left edge of the window: whose workspace this is, the pages, and who works here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.button_rows import ButtonRows
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.painted_button import PaintedButton

WIDTH, _ROW = 160, 30


@dataclass(frozen=True, slots=True)
class RailPage:
    """A page as the rail offers it; `keys` is said in the tooltip ("Ctrl+1")."""

    key: str
    title: str
    icon: str
    keys: str = ""


class RailButton(PaintedButton):
    """One page: icon, title and, where something waits there, a number."""

    ring_radius = hover_radius = 6.0

    def __init__(self, theme: Theme, page: RailPage, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.page, self.badge = page, 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(page.title)
        self.setToolTip(f"{page.title} ({page.keys})" if page.keys else page.title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_badge(0)

    def show_badge(self, badge: int) -> None:
        """Show how many things wait on the page; 0: nothing."""
        self.badge = badge
        self.setAccessibleName(f"{self.page.title}, {badge} waiting" if badge else self.page.title)
        self.update()

    def nextCheckState(self) -> None:
        """Leave it to the rail: a page stays current when it is pressed again."""

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 18, max(_ROW, round(self.theme.metric().height()) + 10))

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        theme, on = self.theme, self.isChecked()
        if on:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("text") if theme.high_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        colour = theme.color("accent_text" if on else "text")
        icon_colour = theme.color("accent_text" if on else "text2")
        painting.icon_at(painter, QRectF(rect.left() + 9, rect.top(), 16, rect.height()), self.page.icon, icon_colour)
        right = rect.right() - 9
        if self.badge:
            place = QRectF(right - 32, rect.top(), 32, rect.height())
            painting.text(painter, place, str(self.badge), theme, theme.color("text"), "strong", painting.RIGHT)
            right = place.right() - painting.advance(str(self.badge), theme, "strong") - 4
        room = QRectF(rect.left() + 32, rect.top(), right - rect.left() - 32, rect.height())
        painting.text(painter, room, self.page.title, theme, colour, "strong" if on else "base")


class IdentityButton(PaintedButton):
    """Who works on this laptop; a click changes it."""

    ring_radius = hover_radius = 6.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 18, _ROW)

    def paint_face(self, painter: QPainter, rect: QRectF) -> None:
        quiet = self.theme.color("text2")
        painting.icon_at(painter, QRectF(rect.left() + 9, rect.top(), 16, rect.height()), "person", quiet)
        painting.text(painter, rect.adjusted(31, 0, -8, 0), self.text(), self.theme, quiet)


class Rail(QFrame):
    """The pages; arrows move between them, Enter opens one."""

    page_chosen = Signal(str)  # the key of a page
    identity_clicked = Signal()

    def __init__(self, theme: Theme, pages: Sequence[RailPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Pages")
        self._workspace = ElidedLabel("", self)
        self._workspace.setFont(theme.font("strong"))
        self._scope = ElidedLabel("", self)
        self._scope.setProperty("tone", "quiet")
        self._pages = {page.key: RailButton(theme, page) for page in pages}
        self._list = ButtonRows(theme, self, spacing=4)
        self._list.hold(list(self._pages.values()))
        self._list.setAccessibleName("Pages")
        for button in self._pages.values():
            button.clicked.connect(self._on_page_clicked)
        self._merged = ElidedLabel("", self)
        self._merged.setProperty("tone", "quiet")
        self._merged.setContentsMargins(9, 0, 4, 4)
        self._merged.hide()
        self._identity = IdentityButton(theme, self)
        self._identity.clicked.connect(self.identity_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 14, 9, 8)
        layout.setSpacing(1)
        for each in (self._workspace, self._scope):
            each.setContentsMargins(9, 0, 4, 0)
            layout.addWidget(each)
        layout.addSpacing(10)
        layout.addWidget(self._list)
        layout.addStretch(1)
        layout.addWidget(self._merged)
        layout.addWidget(self._identity)

    def set_workspace(self, name: str, scope: str) -> None:
        """Say whose workspace this is and what it is about."""
        self._workspace.setText(name)
        self._scope.setText(scope)

    def set_identity(self, words: str) -> None:
        """Say who works here."""
        self._identity.setText(words)
        self._identity.setAccessibleName(f"You are {words}")
        self._identity.setToolTip(f"You are {words}. Press to change.")
        self._identity.update()

    def set_merged(self, words: str) -> None:
        """Say when laptops met last; "" before they did."""
        self._merged.setText(words)
        self._merged.setVisible(bool(words))

    def set_current(self, key: str) -> None:
        """Show which page is open; says nothing."""
        for each, button in self._pages.items():
            button.setChecked(each == key)

    def set_badge(self, key: str, count: int) -> None:
        """Show how many things wait on a page."""
        self._pages[key].show_badge(count)

    def _on_page_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.page_chosen.emit(button.page.key)
