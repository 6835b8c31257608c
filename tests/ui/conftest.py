"""What tests of the window share."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from windows import council, crashes, example, opened

__all__ = ["council", "crashes", "example", "opened"]


@pytest.fixture(autouse=True)
def clean_clipboard() -> Iterator[None]:
    """Leave nothing on the clipboard that Python made: Qt frees it too late at the end."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def no_rubbish_in_workers() -> Iterator[None]:
    """Look for rubbish between tests, in this thread: Qt's objects freed in a worker crash, as ui/rubbish.py says."""
    gc.disable()
    yield
    gc.unfreeze()  # a window that was opened set aside what was there
    gc.enable()
