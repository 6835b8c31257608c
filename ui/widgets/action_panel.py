"""Action panel: one action in full, by the board's three questions; or what several have in common."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.domain.actions import QUESTIONS, ActionLine, three_questions
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import ActionField, ActionSource, ImpactLevel
from ui.models.action_table import ActionTable
from ui.models.places import Places
from ui.models.register_columns import Field, Line, where
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.click_text import ClickText
from ui.widgets.conflict_strip import ConflictStrip
from ui.widgets.detail_frame import DetailFrame
from ui.widgets.item_panel import WIDTH, RatingReason
from ui.widgets.labels import heading, label, link
from ui.widgets.long_texts import LongTexts
from ui.widgets.origin_fields import OriginFields
from ui.widgets.register_fields import RegisterFields
from ui.widgets.word_combo import WordCombo

LINK_WIDTH = WIDTH - 48
_FIELDS = (
    ActionField.STATUS,
    ActionField.OWNER,
    ActionField.SERVICE,
    ActionField.DUE,
    ActionField.SOURCE,
    ActionField.ORIGIN,
)
_ASKS = (
    (ActionField.PRACTICE, "Change in practice", "What do people do differently since?"),
    (ActionField.IMPACT, "Difference for children", "What is different for children, and how is it known?"),
)


class ActionPanel(DetailFrame):
    """Edits and wishes go out as signals; the page shows what came of them."""

    edited = Signal(object, object, object)  # tuple of ids, ActionField, value
    placed = Signal(object, object)  # tuple of ids, Place
    finding_wanted = Signal(str)  # id
    notice = Signal(str)

    def __init__(self, theme: Theme, table: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._table = table
        self._line: ActionLine | None = None
        self.title = ClickText(theme, "Action", single=True, parent=self)
        self.title.set_words_font(theme.font("h2"))
        self.reason = RatingReason(theme, self)
        self._many = heading("", theme, "h2", self)
        self._hint = label("", "quiet", self, wrap=True)
        self.conflicts = ConflictStrip(theme, "action", self)
        self.fields = RegisterFields(theme, _FIELDS, self)
        self.origin = OriginFields(theme, self)
        self._finding = link("", self)
        self.level = WordCombo(theme, ActionField.IMPACT_LEVEL.label, tuple(ImpactLevel), self)
        self.level.setProperty("kind", "field")
        self.level.setProperty("sign", "always")
        self.texts = LongTexts(theme, _ASKS, self)
        self._questions = QWidget(self)
        self._answers = [label("", "", self, wrap=True) for _ in QUESTIONS]
        self._lay_out(theme)
        self._connect()
        self.show_lines(())

    def _lay_out(self, theme: Theme) -> None:
        body = self.layout_of_body
        for widget in (self.title, self.reason, self._many, self._hint, self.conflicts, self.fields, self.origin):
            body.addWidget(widget)
        body.addWidget(self._finding, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._questions)
        body.addStretch(1)
        asked = QVBoxLayout(self._questions)
        asked.setContentsMargins(0, 4, 0, 0)
        asked.setSpacing(4)
        done, impact, sustained = (heading(words, theme, "strong", self) for words in QUESTIONS)
        for each in (done, self._answers[0]):
            asked.addWidget(each)
        asked.addSpacing(6)
        asked.addWidget(heading("What changed in practice?", theme, "strong", self))
        self.texts.place(ActionField.PRACTICE, asked)
        asked.addSpacing(6)
        head = QHBoxLayout()
        head.addWidget(impact)
        head.addStretch(1)
        head.addWidget(self.level)
        asked.addLayout(head)
        self.texts.place(ActionField.IMPACT, asked)
        asked.addSpacing(6)
        for each in (sustained, self._answers[2]):
            asked.addWidget(each)
        self._answers[1].hide()  # the level and the text are the answer

    def _connect(self) -> None:
        self.title.entered.connect(self._on_title_entered)
        self.fields.edited.connect(self.edited)
        editors = {
            ActionField.TITLE: self.title,
            **self.fields.editors(),
            **self.texts.edits,
            ActionField.IMPACT_LEVEL: self.level,
        }
        for field, editor in editors.items():
            self.conflicts.watch(editor, str(field.value))
        self.conflicts.watch(self.fields.place, "item_id", "area_id", "inspection_id")
        self.conflicts.watch(self.origin, str(ActionField.ORIGIN.value))
        self.fields.placed.connect(self.placed)
        self.origin.entered.connect(self._on_origin_entered)
        self.level.chosen.connect(self._on_level_chosen)
        self.texts.edited.connect(self._on_text_edited)
        self.texts.left.connect(self.left)
        self._finding.clicked.connect(self._on_finding_clicked)
        for teller in (self.fields, self.origin, self.texts):
            teller.notice.connect(self.notice)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.title.set_words_font(theme.font("h2"))  # after the sheet, which would take it away

    def offer(self, known: Mapping[Field, Sequence[str]], places: Places) -> None:
        """Offer the names in use, and the places there are."""
        self.fields.offer(known, places)
        self.origin.offer(known.get(ActionField.ORIGIN, ()))

    @property
    def shown_id(self) -> str:
        """The one action that is shown; "" when it is none or several."""
        return self._line.id if self._line is not None else ""

    @property
    def unstored(self) -> tuple[str, ...]:
        """What was typed and is too long to be stored."""
        return self.texts.unstored

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show one action in full, what several have in common, or, for none, what would stand here."""
        actions = [line for line in lines if isinstance(line, ActionLine)]
        if len(actions) == 1:
            self._show_one(actions[0])
            return
        self.flush()
        self.texts.leave()
        self._line = None
        self._show(self._hint, *((self._many, self.fields) if actions else ()))
        self.head_words.setText("Selected" if actions else "Details")
        self._many.setText(counted(len(actions), "action"))
        self._hint.setText(
            "What you set here is set for all of them, as one step that can be undone."
            if actions
            else "Choose an action to see it here in full."
        )
        self.fields.show_row(ActionField.ORIGIN, bool(actions))
        self.conflicts.show_ids([line.id for line in actions])
        self.fields.show_lines(actions)

    def _show_one(self, line: ActionLine) -> None:
        action, is_other = line.action, line.id != self.shown_id
        if is_other:
            self.flush()
            self.title.replace_text(action.title)
            self.to_top()
        self._line = line
        promised = action.source is ActionSource.SCRUTINY
        parts: list[QWidget] = [self.title, self.reason, self.fields, self._questions]
        parts += [self.origin] if promised else []
        parts += [self._finding] if action.finding_id else []
        self._show(*parts)
        self.fields.show_row(ActionField.ORIGIN, not promised)
        self.head_words.setText(where(line))
        self.title.show_text(action.title)
        self.reason.show_rating(line.delivery.rating, self._table.explain(line), line.delivery.label)
        self.conflicts.show_ids([line.id])
        self.fields.show_lines((line,))
        self.origin.show_origin(action.origin, is_other=is_other)
        self.level.show_word(action.impact_level)
        answers = three_questions(action, self._table.day)
        for said, words in zip(self._answers, (answers.done, answers.impact, answers.sustained), strict=True):
            said.setText(words)
        self.texts.show_texts(
            line.id, action.title, {ActionField.PRACTICE: action.practice, ActionField.IMPACT: action.impact}
        )

    def name_finding(self, words: str) -> None:
        """Say which finding the action answers."""
        said = f"Answers: {words}" if words else "Answers a finding that was removed"
        self._finding.setText(painting.elided(said, self.theme, LINK_WIDTH))
        self._finding.setAccessibleName(said)
        self._finding.setToolTip(words)
        self._finding.setEnabled(bool(words))

    def flush(self) -> None:
        """Bring everything that was typed and not yet said."""
        self.title.flush()
        self.fields.flush()
        if self._line is not None and self.origin.isVisibleTo(self):
            self.origin.flush()
        self.texts.flush()

    def focus_first(self) -> None:
        """Put the keyboard in."""
        self.fields.words[ActionField.STATUS].setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, *parts: QWidget) -> None:
        for part in (self.title, self.reason, self._many, self._hint, self.fields, self.origin, self._finding,
                     self._questions):  # fmt: skip
            part.setVisible(part in parts)

    def _tell(self, field: ActionField, value: object) -> None:
        if self._line is not None:
            self.edited.emit((self._line.id,), field, value)

    def _on_title_entered(self, title: str) -> None:
        self._tell(ActionField.TITLE, title)

    def _on_origin_entered(self, origin: str) -> None:
        self._tell(ActionField.ORIGIN, origin)

    def _on_level_chosen(self, level: object) -> None:
        self._tell(ActionField.IMPACT_LEVEL, level)

    def _on_text_edited(self, id_: str, field: object, text: str) -> None:
        self.edited.emit((id_,), field, text)

    def _on_finding_clicked(self) -> None:
        if self._line is not None:
            self.finding_wanted.emit(self._line.action.finding_id)
