"""Child: one fresh process that opens a window and says on the standard output when it had painted, and what it took.

Run as a script by `children.py`, never imported: what it imports before the window would be measured too. Times are of
`perf_counter_ns`, whose zero is the same in every process of a machine.
"""

import sys
from time import perf_counter_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QWidget


class Watch(QObject):
    """Notes when a widget's first pass of painting is over, its children's included."""

    def __init__(self, widget: QWidget, then: object) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:  # children follow in the same pass: come back at once when it is over
            widget.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._then()
            return True
        return super().event(event)


def say(name: str, value: int) -> None:
    """Tell the parent one figure."""
    print(f"{name}={value}", flush=True)


def say_size() -> None:
    """Tell how much memory the process has taken: at most so far, and now for itself alone."""
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - pathlib would count
        peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:  # noqa: PTH123
        own = sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    say("peak_kb", peak)
    say("own_kb", own)


def open_bare_window() -> int:
    """Show an empty QMainWindow and leave when it was painted."""
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)

    def on_painted() -> None:
        say("painted", perf_counter_ns())
        if "size" in sys.argv:
            say_size()
        app.quit()

    Watch(window, on_painted)
    window.show()
    return app.exec()


def open_ours(folder: str, page: str) -> int:
    """Run the program on a workspace; leave when the page was filled and painted."""
    import gc

    gc.disable()  # main.py's first deed; here, because the window's class must be known before it is run

    from ui.main_window import MainWindow

    show = MainWindow.show

    def watched_show(window: MainWindow) -> None:
        Watch(window, lambda: say("painted", perf_counter_ns()))
        window.filled.connect(lambda: on_filled(window))
        show(window)

    def on_filled(window: MainWindow) -> None:
        say("filled", perf_counter_ns())  # the first page was painted with its data
        if not page:
            window.close()
            return
        window.show_page(page)
        shown = window.stack.page(page)
        Watch(shown, lambda: on_page_painted(window))
        shown.update()

    def on_page_painted(window: MainWindow) -> None:
        say_size()
        window.close()

    MainWindow.show = watched_show

    import main

    return main.main(["open", folder])


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "bare":
        sys.exit(open_bare_window())
    if what == "bare+orm":
        import sqlalchemy.orm  # noqa: F401

        sys.exit(open_bare_window())
    sys.exit(open_ours(rest[0], rest[1] if rest[1:] else ""))
