"""Closes a window while a round hangs in a call of the system. Run by test_closing_hangs.py as a process of its own."""

import os
import sys
from pathlib import Path
from threading import Event

from PySide6.QtCore import QTimer

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.items import edit_items
from readiness.sync.folder import FolderCarrier
from ui import patience
from ui.app import App, open_window

hangs = Event()


def main(folder: Path, pipe: Path) -> int:
    """Open the window, share with a place whose listing never comes, type something, and close."""

    def never_answers(_carrier):
        hangs.set()
        os.open(pipe, os.O_RDONLY)  # nobody ever writes into it

    patience.LONGEST_MS = 300
    FolderCarrier.look = never_answers
    start = App.start

    def start_and_drive(app, path):
        start(app, path)
        app.window.filled.connect(lambda: drive(app))

    App.start = start_and_drive
    return open_window(folder)


def drive(app) -> None:
    app.commands.shares.desk.sync()
    waiting = QTimer(app, interval=5)
    waiting.timeout.connect(lambda: close(app, waiting) if hangs.is_set() else None)
    waiting.start()


def close(app, waiting) -> None:
    waiting.stop()
    mine = next(row.id for row in app.source.board.items if row.reference == "A02")
    app.operations.change(edit_items, [mine], [ItemEdit(ItemField.OWNER, "Head of SEND")])
    print("closed" if app.window.close() else "still open", flush=False)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
