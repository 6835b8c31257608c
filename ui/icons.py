"""Icons: our own line drawings in resources/icons, in the colours of a theme."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import resource
from ui.theme import Theme

SIZE = 16
_APP_SIZES = (16, 24, 32, 48, 64, 256)


def icon(name: str, theme: Theme, colour: str = "text", size: int = SIZE) -> QIcon:
    """Return an icon in a colour of the theme; disabled, it takes the colour of disabled text."""
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    made = QIcon(pixmap(name, theme.color(colour), size, ratio))
    made.addPixmap(pixmap(name, theme.color("disabled"), size, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: QColor, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return an icon drawn in one colour, `size` units wide, sharp at a device's ratio; drawn once."""
    return _drawn(name, colour.name(), size, ratio)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    made = QIcon()
    for size in _APP_SIZES:
        made.addPixmap(_drawn("app", "", size, 1.0))
    return made


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")
