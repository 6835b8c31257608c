"""The pictures of the README can be taken at any time, and show something."""

import re
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.pictures import LOOKS, PAGES, take_pictures

ROOT = Path(__file__).parents[2]
MANY_COLOURS = 24


def test_that_every_page_can_be_pictured(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    taken = take_pictures(qapp, tmp_path, sizes=(QSize(1366, 768),))
    assert len(taken) == len(LOOKS) * (len(PAGES) + 1)
    for path in taken:
        image = QImage(str(path))
        assert image.size() == QSize(1366, 768), path
        seen = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(seen) >= MANY_COLOURS, path


def test_that_the_pictures_of_the_readme_are_there() -> None:
    named = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    for path in named:
        assert not QImage(str(ROOT / path)).isNull(), path
