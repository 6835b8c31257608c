"""Item review: where the claim of an item stands, whether its sign-off has lapsed, and what may be done about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from readiness.domain.review import ReviewState, ReviewVerb, lapse_words
from readiness.domain.views import ItemRow
from ui.models.review_words import MOST_REVIEWS, WORDS, fitting, fitting_some, review_line, said_of_many
from ui.theme import Theme
from ui.widgets.buttons import PushButton
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import breakable, button, heading, label, link

NOTE = "A note for the record, or the reason"


class ItemReview(QWidget):
    """Shows what was read of the item that `show_item` named; wishes go out with the note that was written."""

    asked = Signal(object, object, str)  # ReviewVerb, tuple of item ids, note
    changes_wanted = Signal(object)  # ReviewState

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self.state: ReviewState | None = None
        self.said = label("", "", self, wrap=True)
        self.lapse = label("", "warning", self, wrap=True)
        self.changes = link("What changed…", self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(NOTE)
        self.note.setAccessibleName("Note or reason")
        self.note.setToolTip("It is kept with what you do next")
        self._bar = QWidget(self)
        self.buttons = {verb: self._made(verb) for verb in ReviewVerb}
        self.last = label("", "quiet", self, wrap=True)
        self.last.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out(theme)
        self.changes.clicked.connect(self._on_changes_clicked)

    def _made(self, verb: ReviewVerb) -> PushButton:
        made = button(WORDS[verb].text, "", self._bar)
        made.setAutoDefault(False)
        made.clicked.connect(partial(self._on_clicked, verb))
        return made

    def _lay_out(self, theme: Theme) -> None:
        bar = FlowLayout(self._bar, 6)
        for made in self.buttons.values():
            bar.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading("Review", theme, "strong", self))
        layout.addWidget(self.said)
        layout.addWidget(self.lapse)
        layout.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.note)
        layout.addWidget(self._bar)
        layout.addWidget(self.last)

    def show_item(self, item_id: str) -> None:
        """Turn to an item; what was read of it follows with `show_state`."""
        if self._ids != (item_id,):
            self._ids = (item_id,)
            self.note.clear()
            self.show_state(None)

    def show_state(self, state: ReviewState | None) -> None:
        """Show what was read, unless another item is shown by now; None: it is not read yet."""
        if state is not None and self._ids != (state.item_id,):
            return
        self.state = state
        self.said.setText(state.words() if state else "")
        lapsed = state is not None and state.claim.lapsed
        self.lapse.setText(_sentence(lapse_words(state.changes)) if state and lapsed else "")
        self.lapse.setVisible(lapsed)
        self.changes.setVisible(state is not None and bool(state.changes))
        self._offer(fitting(state.claim) if state else ())
        for verb, made in self.buttons.items():
            refusal = state.refusals.get(verb, "") if state else ""
            made.setEnabled(not refusal)
            made.setToolTip(refusal or f"{WORDS[verb].tip} ({WORDS[verb].key})")
        self._tell(state)

    def show_many(self, items: Sequence[ItemRow]) -> None:
        """Offer what is next for several items; those that it is not for are named when it is asked."""
        ids = tuple(item.id for item in items)
        if ids != self._ids:
            self.note.clear()
        self._ids, self.state = ids, None
        self.said.setText(said_of_many(items))
        self.lapse.hide()
        self.changes.hide()
        self._offer(fitting_some(items))
        for verb, made in self.buttons.items():
            made.setEnabled(True)
            made.setToolTip(f"{WORDS[verb].tip} ({WORDS[verb].key})")
        self._tell(None)

    def take_note(self) -> str:
        """Return the note and clear it: it goes with what is done now."""
        words = self.note.text().strip()
        self.note.clear()
        return words

    def _offer(self, verbs: Sequence[ReviewVerb]) -> None:
        for verb, made in self.buttons.items():
            made.setVisible(verb in verbs)
        self.note.setVisible(bool(verbs))
        self._bar.setVisible(bool(verbs))
        self._bar.updateGeometry()

    def _tell(self, state: ReviewState | None) -> None:
        lines = [review_line(row) for row in state.reviews[:MOST_REVIEWS]] if state else []
        self.last.setText(breakable("\n".join(lines)))
        self.last.setVisible(bool(lines))

    def _on_clicked(self, verb: ReviewVerb) -> None:
        self.asked.emit(verb, self._ids, self.take_note())

    def _on_changes_clicked(self) -> None:
        if self.state is not None:
            self.changes_wanted.emit(self.state)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
