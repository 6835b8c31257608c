"""Finding panel: one point of an earlier inspection in full, the actions that answer it, and what proves it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.domain.actions import FindingLine
from readiness.domain.dates import written
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Delivery, FindingField
from ui.models.action_table import ActionTable
from ui.models.places import Places
from ui.models.register_columns import Field, Line, where
from ui.theme import Theme
from ui.widgets.click_text import ClickText
from ui.widgets.conflict_strip import ConflictStrip
from ui.widgets.detail_frame import DetailFrame
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.item_panel import RatingReason
from ui.widgets.labels import heading, label, link
from ui.widgets.long_texts import LongTexts
from ui.widgets.register_fields import RegisterFields

_FIELDS = (
    FindingField.STATUS,
    FindingField.OWNER,
    FindingField.ORIGIN,
    FindingField.DATED,
    FindingField.TESTED_ON,
)
_ASKS = ((FindingField.PROOF, "Proof", "What proves that it is met? Figures, audits, what families say."),)


class FindingPanel(DetailFrame):
    """Edits and wishes go out as signals; the page shows what came of them."""

    edited = Signal(object, object, object)  # tuple of ids, FindingField, value
    placed = Signal(object, object)  # tuple of ids, Place
    action_wanted = Signal(str)  # id of an action that answers it
    answer_wanted = Signal(str)  # id of the finding: an action is to be added
    notice = Signal(str)

    def __init__(self, theme: Theme, table: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._table = table
        self._line: FindingLine | None = None
        self.title = ClickText(theme, "Finding", single=True, parent=self)
        self.title.set_words_font(theme.font("h2"))
        self.reason = RatingReason(theme, self)
        self._many = heading("", theme, "h2", self)
        self._hint = label("", "quiet", self, wrap=True)
        self.conflicts = ConflictStrip(theme, "finding", self)
        self.fields = RegisterFields(theme, _FIELDS, self)
        self.texts = LongTexts(theme, _ASKS, self)
        self.answers = EntryList(theme, self)
        self._none = label("No action answers it yet.", "quiet", self)
        self._add = link("Add an action that answers it", self)
        self._add.setToolTip("Add an action that answers it (Ctrl+Shift+A)")
        self._rest = QWidget(self)
        self._lay_out(theme)
        self._connect()
        self.show_lines(())

    def _lay_out(self, theme: Theme) -> None:
        for widget in (self.title, self.reason, self._many, self._hint, self.conflicts, self.fields, self._rest):
            self.layout_of_body.addWidget(widget)
        self.layout_of_body.addStretch(1)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 4, 0, 0)
        rest.setSpacing(4)
        rest.addWidget(heading("What is done about it", theme, "strong", self))
        rest.addWidget(self._none)
        rest.addWidget(self.answers)
        rest.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        rest.addSpacing(6)
        rest.addWidget(heading("What proves that it is met", theme, "strong", self))
        self.texts.place(FindingField.PROOF, rest)

    def _connect(self) -> None:
        self.title.entered.connect(self._on_title_entered)
        self.fields.edited.connect(self.edited)
        editors = {FindingField.TITLE: self.title, **self.fields.editors(), **self.texts.edits}
        for field, editor in editors.items():
            self.conflicts.watch(editor, str(field.value))
        self.conflicts.watch(self.fields.place, "area_id", "inspection_id")
        self.fields.placed.connect(self.placed)
        self.texts.edited.connect(self._on_text_edited)
        self.texts.left.connect(self.left)
        self.answers.activated.connect(self.action_wanted)
        self._add.clicked.connect(self._on_add_clicked)
        for teller in (self.fields, self.texts):
            teller.notice.connect(self.notice)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.title.set_words_font(theme.font("h2"))

    def offer(self, known: Mapping[Field, Sequence[str]], places: Places) -> None:
        """Offer the names in use, and the places there are."""
        self.fields.offer(known, places)

    @property
    def shown_id(self) -> str:
        """The one finding that is shown; "" when it is none or several."""
        return self._line.id if self._line is not None else ""

    @property
    def unstored(self) -> tuple[str, ...]:
        """What was typed and is too long to be stored."""
        return self.texts.unstored

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show one finding in full, what several have in common, or, for none, what would stand here."""
        findings = [line for line in lines if isinstance(line, FindingLine)]
        if len(findings) == 1:
            self._show_one(findings[0])
            return
        self.flush()
        self.texts.leave()
        self._line = None
        self._show(self._hint, *((self._many, self.fields) if findings else ()))
        self.head_words.setText("Selected" if findings else "Details")
        self._many.setText(counted(len(findings), "finding"))
        self._hint.setText(
            "What you set here is set for all of them, as one step that can be undone."
            if findings
            else "Choose a finding to see it here in full."
        )
        self.conflicts.show_ids([line.id for line in findings])
        self.fields.show_lines(findings)

    def _show_one(self, line: FindingLine) -> None:
        finding, is_other = line.finding, line.id != self.shown_id
        if is_other:
            self.flush()
            self.title.replace_text(finding.title)
            self.to_top()
        self._line = line
        self._show(self.title, self.reason, self.fields, self._rest)
        self.head_words.setText(where(line))
        self.title.show_text(finding.title)
        self.reason.show_rating(line.rating, self._table.explain(line))
        self.conflicts.show_ids([line.id])
        self.fields.show_lines((line,))
        self.texts.show_texts(line.id, finding.title, {FindingField.PROOF: finding.proof})
        self._none.setVisible(not line.actions)
        self.answers.setVisible(bool(line.actions))
        self.answers.set_entries(
            [
                Entry(
                    each.id,
                    each.action.title,
                    written(each.action.due) or each.delivery.label,
                    each.delivery.rating,
                    late=each.delivery is Delivery.OVERDUE,
                    tip=f"{each.delivery.label}, impact {each.action.impact_level.label.lower()}",
                )
                for each in line.actions
            ]
        )

    def flush(self) -> None:
        """Bring everything that was typed and not yet said."""
        self.title.flush()
        self.fields.flush()
        self.texts.flush()

    def focus_first(self) -> None:
        """Put the keyboard in."""
        self.fields.words[FindingField.STATUS].setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, *parts: QWidget) -> None:
        for part in (self.title, self.reason, self._many, self._hint, self.fields, self._rest):
            part.setVisible(part in parts)

    def _on_title_entered(self, title: str) -> None:
        if self._line is not None:
            self.edited.emit((self._line.id,), FindingField.TITLE, title)

    def _on_text_edited(self, id_: str, field: object, text: str) -> None:
        self.edited.emit((id_,), field, text)

    def _on_add_clicked(self) -> None:
        if self._line is not None:
            self.answer_wanted.emit(self._line.id)
