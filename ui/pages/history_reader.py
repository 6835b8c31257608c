"""History reader: asks for steps page by page and fills the list; answers to an older question are dropped."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from readiness.domain.views import HistoryRow, StepRow
from readiness.services.queries import actors, read_steps, step_changes
from ui.models.step_list import PAGE_SIZE, StepList
from ui.operations import Operations


class StepReader(QObject):
    """Reads in the worker what the page wants to show. An answer may come after the page is gone."""

    steps_read = Signal()  # the list is as asked for
    fields_read = Signal(object)  # tuple[HistoryRow, ...] of the step asked for last
    actors_read = Signal(object)  # tuple[str, ...]

    def __init__(self, operations: Operations, steps: StepList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations, self._steps = operations, steps
        self._actor, self._text = "", ""
        self._question = 0
        self._step_id: str | None = None
        steps.more_wanted.connect(self._on_more_wanted)

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the steps are asked for."""
        return bool(self._actor or self._text)

    def read(self, actor: str = "", text: str = "") -> None:
        """Show the steps of one person ("": everybody's), or those that contain a text."""
        self._actor, self._text = actor, text.strip()
        self._question += 1
        then = partial(self._on_first_read, self._question, PAGE_SIZE)
        self._operations.ask(then, read_steps, PAGE_SIZE, None, self._actor, self._text)

    def refresh(self) -> None:
        """Read again as many as are shown, and who wrote them."""
        count = max(PAGE_SIZE, self._steps.rowCount())
        then = partial(self._on_read_again, self._question, count)
        self._operations.ask(then, read_steps, count, None, self._actor, self._text)
        self._operations.ask(self._on_actors_read, actors)

    def read_fields(self, step_id: str) -> None:
        """Read what a step changed."""
        self._step_id = step_id
        self._operations.ask(partial(self._on_fields_read, step_id), step_changes, step_id)

    def _on_first_read(self, question: int, wanted: int, rows: tuple[StepRow, ...]) -> None:
        if isValid(self) and question == self._question:
            self._steps.show_steps(rows, is_complete=len(rows) < wanted)
            self.steps_read.emit()

    def _on_read_again(self, question: int, wanted: int, rows: tuple[StepRow, ...]) -> None:
        if isValid(self) and question == self._question:
            self._steps.refresh(rows, is_complete=len(rows) < wanted)
            self.steps_read.emit()

    def _on_more_wanted(self, before: str) -> None:
        then = partial(self._on_more_read, before)
        self._operations.ask(then, read_steps, PAGE_SIZE, before, self._actor, self._text)

    def _on_more_read(self, before: str, rows: tuple[StepRow, ...]) -> None:
        if isValid(self):
            self._steps.add(before, rows, is_complete=len(rows) < PAGE_SIZE)
            self.steps_read.emit()

    def _on_actors_read(self, names: tuple[str, ...]) -> None:
        if isValid(self):
            self.actors_read.emit(names)

    def _on_fields_read(self, step_id: str, rows: tuple[HistoryRow, ...]) -> None:
        if isValid(self) and step_id == self._step_id:
            self.fields_read.emit(rows)
