"""Foot strip: what was just done at the left, for a while; the keys of the page at the right."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from readiness.domain.vocabulary import Rating
from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import label, link, set_tone

HEIGHT, SIGN = 32, 16
NOTICE_MS = 8_000


class FootStrip(QFrame):
    """A notice passes by itself; what it tells of stays done, and Undo stays in the Edit menu."""

    undo_asked = Signal()
    cleared = Signal()  # nothing is being said any more

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, notice_ms: int = NOTICE_MS) -> None:
        super().__init__(parent)
        self.theme = theme
        self._is_warning = False
        self.setProperty("surface", "foot")
        self.setFixedHeight(HEIGHT)
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN, SIGN)
        self._notice = ElidedLabel("", self)
        self._undo = link("Undo", self)
        self._undo.setToolTip("Undo (Ctrl+Z)")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes by itself and must not take the keyboard along
        self._undo.clicked.connect(self._on_undo_clicked)
        self._keys = label("Ctrl+Z", "quiet", self)
        self._hints = ElidedLabel("", self)
        self._hints.setProperty("tone", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 16, 0)
        layout.setSpacing(8)
        for each in (self._sign, self._notice, self._undo, self._keys):
            layout.addWidget(each)
        layout.addStretch(1)
        layout.addWidget(self._hints)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(notice_ms)
        self._timer.timeout.connect(self.clear_notice)
        self.set_theme(theme)
        self.clear_notice()

    @property
    def notice(self) -> str:
        """What is being said; "" when nothing is."""
        return self._notice.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw the sign in another theme."""
        self.theme = theme
        ratio = self.devicePixelRatioF()
        done = pixmap("check", theme.color("accent_text"), SIGN, ratio)
        self._sign.setPixmap(_warning_sign(theme, ratio) if self._is_warning else done)

    def set_hints(self, words: str) -> None:
        """Say the keys of the page: "1 to 5 set status · E attach"."""
        self._hints.setText(words)

    def show_notice(self, words: str, *, undo: bool = False, warning: bool = False) -> None:
        """Say what was just done, or why it was not, to the eye and to a screen reader.

        Args:
            words: A sentence.
            undo: Whether to offer Undo.
            warning: Whether something was refused: a tick would say that it was done.
        """
        self._is_warning = warning
        self.set_theme(self.theme)
        self._notice.setText(words)
        self._show(True, undo)
        self._timer.start()
        announce(self, words)

    def withdraw_undo(self) -> None:
        """Offer Undo no longer: something else came after what the notice tells of."""
        self._undo.hide()
        self._keys.hide()

    def clear_notice(self) -> None:
        """Stop saying it."""
        self._timer.stop()
        self._notice.setText("")
        self._show(False, False)
        self.cleared.emit()

    def _show(self, said: bool, undo: bool) -> None:
        self._sign.setVisible(said)
        self._notice.setVisible(said)
        self._undo.setVisible(undo)
        self._keys.setVisible(undo)
        self._hints.setVisible(not (said and self._is_warning))  # why something was refused needs the room
        set_tone(self, "surface", ("refusal" if self._is_warning else "notice") if said else "foot")
        set_tone(self._notice, "tone", "warning" if self._is_warning else "")

    def _on_undo_clicked(self) -> None:
        self.clear_notice()
        self.undo_asked.emit()


def _warning_sign(theme: Theme, ratio: float) -> QPixmap:
    drawn = QPixmap(round(SIGN * ratio), round(SIGN * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painting.rating_mark(painter, QRectF(0, 0, SIGN, SIGN), Rating.AT_RISK, theme)
    painter.end()
    return drawn


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something, without moving the keyboard."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
