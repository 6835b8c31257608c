"""The icons: all there, drawn in one hand, and sharp."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from resources import resource
from ui.icons import app_icon, icon, pixmap
from ui.theme import make_theme

NAMES = sorted(entry.name.removesuffix(".svg") for entry in resource("icons").iterdir() if entry.name.endswith(".svg"))
LINES = [name for name in NAMES if name != "app"]
PROMISED = [
    "overview",
    "checklist",
    "history",
    "evidence",
    "calendar",
    "checks",
    "share",
    "undo",
    "redo",
    "search",
    "help",
    "close",
    "chevron-down",
    "chevron-right",
    "chevron-left",
    "chevron-up",
    "plus",
    "more",
    "columns",
    "filter",
    "export",
    "clock",
    "person",
    "laptop",
    "folder",
    "play",
    "join",
    "spreadsheet",
    "restore",
    "remove",
    "edit",
    "check",
    "warning",
    "info",
    "moon",
    "sun",
    "arrow-up",
    "arrow-down",
    "copy",
    "settings",
    "file",
    "app",
]


def inked(drawn) -> int:
    image = drawn.toImage()
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


def test_that_every_promised_icon_is_there():
    assert set(PROMISED) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_that_an_icon_draws_something(qapp, name):
    assert inked(pixmap(name, QColor("#1C1C24"))) >= 6


@pytest.mark.parametrize("name", LINES)
def test_that_an_icon_is_drawn_in_our_hand(name):
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    for trait in ('viewBox="0 0 24 24"', 'stroke="currentColor"', 'stroke-width="1.75"', 'stroke-linecap="round"'):
        assert trait in source
    assert source.count("fill=") == 1
    assert 'fill="none"' in source


def test_that_an_icon_takes_its_colour(qapp):
    image = pixmap("plus", QColor("#CE2B37"), 24, 2.0).toImage()
    assert image.pixelColor(24, 24).name() == "#ce2b37"


def test_that_a_drawing_is_made_once_and_for_the_device(qapp):
    red = QColor("#CE2B37")
    assert pixmap("plus", red, 16, 2.0).size() == QSize(32, 32)
    assert pixmap("plus", red, 16, 2.0) is pixmap("plus", QColor(red), 16, 2.0)
    assert pixmap("plus", red, 16, 1.5).deviceIndependentSize().toSize() == QSize(16, 16)


def test_that_a_disabled_icon_takes_the_disabled_colour(qapp):
    theme = make_theme(False, qapp.font())
    drawn = icon("plus", theme).pixmap(QSize(16, 16), 1.0, QIcon.Mode.Disabled).toImage()
    seen, wanted = drawn.pixelColor(8, 8), theme.color("disabled")
    assert all(abs(a - b) <= 2 for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True))


def test_that_the_program_has_an_icon_for_every_place(qapp):
    assert QSize(256, 256) in app_icon().availableSizes()
