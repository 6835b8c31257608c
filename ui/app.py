"""App: builds the window and what it needs, paints it, and only then brings SQLAlchemy and the data."""

import gc
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from readiness.domain.errors import ReadinessError
from ui.after_paint import AfterPaint
from ui.board import BoardSource
from ui.commands import Commands
from ui.ending import end_now, hangs
from ui.errors import ErrorDesk, log_to
from ui.first_focus import focus_first
from ui.icons import app_icon
from ui.main_window import MainWindow
from ui.opening import Opening, SetUp
from ui.operations import Operations
from ui.rubbish import Rubbish
from ui.settings import Settings
from ui.theme import Scheme, ThemeSwitch, make_application

DATABASE = "workspace.db"


def today() -> date:
    """Return the day as the laptop's clock has it."""
    return datetime.now().astimezone().date()


class App(QObject):
    """One window on one workspace at a time."""

    def __init__(self, qt: QApplication, settings: Settings, day: date | None = None) -> None:
        super().__init__(qt)
        self.settings = settings
        self._examples: list[Any] = []  # their temporary folders
        self._folder: Path | None = None
        self.themes = ThemeSwitch(qt, _scheme(settings))
        self.operations = Operations(parent=self)
        self.source = BoardSource(self.operations, day or today(), self)
        self.source.follows_clock = day is None
        self.commands = Commands(self.operations, settings, self.themes)
        self.window = MainWindow(self.themes, settings, self.operations, self.source, self.commands.slots())
        self.commands.attach(self.window)
        self.commands.open_folder = self.open
        self.commands.show_first_run = self.show_first_run
        self.opening = Opening(self.operations, lambda: self.source.day, self.window)
        self.desk = ErrorDesk(self._tell, self._crash)
        self.first_run: Any = None
        self.joining: Any = None  # the dialog, while somebody joins a team
        self.rubbish = Rubbish(self, lambda: not self.operations.is_idle)
        self.preparation: Any = None  # made once the first page stands
        self._connect()

    def _connect(self) -> None:
        self.operations.failed.connect(self.desk.take)
        self.opening.began.connect(self._on_opening)
        self.opening.opened.connect(self._on_opened)
        self.opening.failed.connect(self._on_open_failed)
        self.window.closing.connect(self._on_closing)
        self.window.filled.connect(self._on_started)
        self.window.filled.connect(lambda: self.operations.do(self._on_notice_taken, _take_notice))  # not before

    def start(self, path: Path | None) -> None:
        """Show the window; open a workspace after its first paint, or ask the first questions."""
        self.window.show()
        AfterPaint(self.window, lambda: self._after_first_paint(path))

    def _after_first_paint(self, path: Path | None) -> None:
        folder = path if path is not None else self._last_workspace()
        if folder is None:
            self.show_first_run()
        else:
            self.open(folder)

    def _last_workspace(self) -> Path | None:
        found = next((folder for folder in self.settings.recent()[:1] if _holds_workspace(folder)), None)
        if found is None:
            from readiness.storage.places import default_workspace

            found = default_workspace() if (default_workspace() / DATABASE).exists() else None
        return found

    def open(self, folder: Path) -> None:
        """Open the workspace in a folder, unless something that was typed here would be lost."""
        unstored = self.window.stack.unstored()
        if unstored:
            self.window.frame.warn(unstored)
            return
        self._folder = folder.parent if folder.name == DATABASE else folder
        self.opening.open(folder)

    def show_first_run(self, sentence: str = "") -> None:
        """Ask who works here and which inspections to track, as soon as it is known which there are."""
        from ui.offers import read_offer

        self.operations.find(partial(self._on_offer_read, sentence), read_offer, self.source.day)

    def _on_offer_read(self, sentence: str, offer: Any) -> None:
        from readiness.storage.places import default_workspace
        from ui.pages.first_run import FirstRunPage

        folder = default_workspace()
        number = 1
        while (folder / DATABASE).exists():
            number += 1
            folder = default_workspace().with_name(f"workspace {number}")
        ready = {draft.id: offer.ready_by for draft in (*offer.frameworks, *offer.others)}
        page = FirstRunPage(self.themes.theme, offer.frameworks, ready, str(folder), others=offer.others)
        page.start_requested.connect(self._on_start_requested)
        page.example_requested.connect(self._on_example_requested)
        page.open_requested.connect(self.commands.open_workspace)
        page.join_requested.connect(partial(self._on_join_requested, str(folder)))
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
        back.activated.connect(self._on_first_run_left)
        self._cover(page)
        self._on_started()
        if sentence:
            page.show_error(sentence)

    def _cover(self, page: QWidget | None) -> None:
        """Show a page over the whole window, or the window's own frame again."""
        if self.first_run is not None:
            self.window.whole.removeWidget(self.first_run)
            self.first_run.deleteLater()
        self.first_run = page
        self.window.menuBar().setVisible(page is None)
        if page is None:
            self.window.whole.setCurrentIndex(0)
        else:
            self.window.whole.addWidget(page)
            self.window.whole.setCurrentWidget(page)
            focus_first(page)

    def _on_first_run_left(self) -> None:
        if self.operations.has_workspace:
            self._cover(None)

    def _on_start_requested(self, answers: Any) -> None:
        self._folder = Path(answers.folder)
        from readiness.domain.views import Identity

        identity = Identity(answers.name, answers.role, answers.service)
        self.opening.set_up(SetUp(self._folder, identity, tuple(answers.inspections)))

    def _on_join_requested(self, folder: str) -> None:
        from ui.dialogs.join_dialog import JoinDialog
        from ui.introducing import Introducing

        self.joining = JoinDialog(self.themes.theme, folder, self.window)
        self.joining.join_wanted.connect(partial(self._on_join_wanted, False))
        self.joining.join_by_code_wanted.connect(partial(self._on_join_wanted, True))
        Introducing(self.operations, self.joining, folder)
        self.joining.finished.connect(self._on_join_finished)
        self.joining.open()

    def _on_join_wanted(self, by_code: bool, source: str, said: str, folder: str) -> None:
        self._folder = Path(folder)
        self.opening.join(self._folder, source, said, by_code=by_code)

    def _on_join_finished(self) -> None:
        if self.joining is not None:
            self.joining.deleteLater()
            self.joining = None

    def _on_example_requested(self) -> None:
        from tempfile import TemporaryDirectory

        place = TemporaryDirectory(prefix="inspection-readiness-example-", ignore_cleanup_errors=True)
        self._examples.append(place)
        self._folder = None
        self.opening.example(Path(place.name) / "example")

    def _on_opening(self) -> None:
        self.window.whole.setEnabled(False)

    def _on_opened(self, start: Any, example: bool) -> None:
        joined = self.joining is not None
        if joined:
            self.joining.accept()
        if self._folder is not None and not example:
            self.settings.remember(self._folder)
        self.commands.show_recent()
        self.window.whole.setEnabled(True)
        self._cover(None)
        self.window.begin(start.board, start.identity)
        self.operations.do(_nothing, lambda workspace: workspace.sign_lock(start.identity.signature))
        if joined:  # nobody said yet who works here
            self.operations.do(self._on_joined, lambda _workspace: None)

    def _on_notice_taken(self, words: str) -> None:
        if words:
            self.window.frame.note(words)

    def _on_joined(self, _result: object) -> None:
        self.commands.preferences()

    def _on_open_failed(self, error: Exception) -> None:
        self.window.whole.setEnabled(True)
        if not isinstance(error, ReadinessError):
            self.desk.take(error)
        elif self.joining is not None:
            self.joining.show_fault(str(error))
        elif self.first_run is not None:
            self.first_run.show_error(str(error))
        elif self.operations.has_workspace:
            self.window.frame.warn(str(error))
        else:
            self.show_first_run(str(error))

    def _on_started(self) -> None:
        """What start-up made stays: rubbish is looked for from now on, and not among that (main.py)."""
        if not gc.isenabled():  # main.py put it off
            self.rubbish.start()
        if self.preparation is None:
            from ui.preparation import Preparation

            self.preparation = Preparation(self.operations, self)
            self.preparation.begin()

    def _tell(self, error: ReadinessError) -> None:
        self.window.keeping.tell(error)

    def _crash(self, report: str) -> None:
        from ui.dialogs.crash_dialog import CrashDialog

        CrashDialog(report, self.window).exec()

    def _on_closing(self) -> None:
        if self.preparation is not None:
            self.preparation.stop()
        self.commands.stop()
        self.operations.finish()
        for place in self._examples:
            place.cleanup()


def _holds_workspace(folder: Path) -> bool:
    try:
        return (folder / DATABASE).exists()
    except OSError:  # a folder one may no longer look into
        return False


def _nothing(_result: object) -> None:
    return


def _take_notice(workspace: Any) -> str:
    from readiness.services.start import take_notice

    return take_notice(workspace)


def _scheme(settings: Settings) -> Scheme:
    try:
        return Scheme(settings.get("look", Scheme.SYSTEM.value))
    except ValueError:
        return Scheme.SYSTEM


def open_window(path: Path | None = None, *, close_after_fill: bool = False) -> int:
    """Run the program's window until it is closed; return the exit status."""
    import platformdirs

    qt = make_application(sys.argv[0])
    qt.setApplicationName("Inspection readiness")
    folder = Path(platformdirs.user_config_dir("Inspection readiness", appauthor=False))
    app = App(qt, Settings(folder / "settings.json"))
    app.desk.install()
    AfterPaint(app.window, partial(log_to, folder))
    AfterPaint(app.window, lambda: qt.setWindowIcon(app_icon()))
    if close_after_fill:
        app.window.filled.connect(app.window.close)
    app.start(path)
    status = qt.exec()
    if hangs(app, app.window):
        end_now(status)
    return status
