"""Share commands: rounds of sharing for the window: the badge in the rail, and what a round brought, at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.domain.errors import InConflict
from ui.operations import Operations

if TYPE_CHECKING:
    from readiness.domain.sharing import MergeReport, SharingPulse
    from ui.main_window import MainWindow
    from ui.share_desk import ShareDesk
    from ui.share_moments import ShareMoments


class ShareCommands:
    """Brings the desk once the first page is filled: sharing costs nothing before that."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._window: MainWindow
        self.desk: ShareDesk | None = None
        self.moments: ShareMoments | None = None

    def attach(self, window: MainWindow) -> None:
        """Serve this window."""
        self._window = window
        window.filled.connect(self._on_filled)

    def _on_filled(self) -> None:
        if self.desk is None:
            from ui.share_moments import ShareMoments

            self.desk = self._window.stack.makers.share_desk()
            self.desk.pulse_read.connect(self._on_pulse_read)
            self.desk.finished.connect(self._on_finished)
            self._operations.failed.connect(self._on_failed)
            self.moments = ShareMoments(self._operations, self.desk, self._window)
            self._window.before_closing = self.moments.leave
        self.desk.begin()

    def _on_pulse_read(self, pulse: SharingPulse) -> None:
        from ui.models.share_words import merged_words

        self._window.rail.set_badge("share", pulse.conflicts)
        self._window.stack.set_contested(pulse.contested)
        self._window.rail.set_merged(merged_words(pulse.last_at, self._window.source.day))

    def _on_finished(self, report: MergeReport, _asked: bool) -> None:
        """Say what came while somebody works elsewhere; the Share page says it itself."""
        from ui.models.share_words import round_words

        if report.taken and self._window.stack.current_key != "share":
            self._window.frame.say(round_words(report))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, InConflict):
            self._window.stack.open_conflict(error.id, error.field)
