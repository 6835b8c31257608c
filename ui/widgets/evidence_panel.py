"""Evidence panel: one piece of evidence in full, with its files and uses; or what several have in common."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from readiness.domain.describing import parse_evidence_field
from readiness.domain.errors import BadValue
from readiness.domain.evidence import AttachmentRow, EvidenceEdit, EvidenceRow
from readiness.domain.evidence_filters import EvidenceLine
from readiness.domain.views import HistoryRow
from readiness.domain.vocabulary import EvidenceField
from ui.models.evidence_words import RATING_OF, Judge, counted_pieces
from ui.previews import Preview, has_preview
from ui.theme import Theme
from ui.widgets.click_text import ClickText
from ui.widgets.conflict_strip import ConflictStrip
from ui.widgets.detail_frame import DetailFrame
from ui.widgets.evidence_fields import EvidenceFields
from ui.widgets.evidence_files import EvidenceFiles
from ui.widgets.evidence_uses import EvidenceUses, Use
from ui.widgets.item_history import ItemHistory
from ui.widgets.item_panel import RatingReason
from ui.widgets.labels import heading, label
from ui.widgets.long_texts import LongTexts
from ui.widgets.preview_box import PreviewBox

_SHOWS = ((EvidenceField.SHOWS, EvidenceField.SHOWS.label, "What does it prove, in a sentence?"),)
_FIELDS = {field.label: field for field in EvidenceField}
SEVERAL_HINT = "What you set here is set for all of them, as one step that can be undone."
NONE_HINT = "Choose a piece of evidence to see it here in full."


def way_back(row: HistoryRow) -> EvidenceEdit | None:
    """Return the edit that puts back what stood there before a change; None where there is no such edit."""
    field = _FIELDS.get(row.field)
    if field is None or row.old == row.new:
        return None
    try:
        return EvidenceEdit(field, parse_evidence_field(field, row.old))
    except BadValue:
        return None


class EvidencePanel(DetailFrame):
    """Edits and wishes go out as signals; the page shows what came of them."""

    edited = Signal(object, object)  # tuple of ids, EvidenceEdit
    preview_wanted = Signal(object, int)  # AttachmentRow, page
    notice = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._line: EvidenceLine | None = None
        self._shown_file: AttachmentRow | None = None
        self.title = ClickText(theme, "Title", single=True, parent=self)
        self.reason = RatingReason(theme, self)
        self._many = heading("", theme, "h2", self)
        self._hint = label("", "quiet", self, wrap=True)
        self.conflicts = ConflictStrip(theme, "evidence", self)
        self.texts = LongTexts(theme, _SHOWS, self)
        self.fields = EvidenceFields(theme, self)
        self.preview = PreviewBox(theme, self)
        self.files = EvidenceFiles(theme, self)
        self.uses = EvidenceUses(theme, self)
        self.history = ItemHistory(theme, self, back=way_back)
        self._lay_out()
        self._connect()
        self.show_nothing()
        self.title.set_words_font(theme.font("h2"))

    def _lay_out(self) -> None:
        body = self.layout_of_body
        for head in (self.title, self.reason, self._many, self._hint, self.conflicts):
            body.addWidget(head)
        self.texts.place(EvidenceField.SHOWS, body)
        for section in (self.fields, self.files, self.preview, self.uses, self.history):
            body.addWidget(section)
            body.addSpacing(4)
        body.addStretch(1)

    def _connect(self) -> None:
        self.title.entered.connect(self._on_title_entered)
        self.texts.edited.connect(self._on_text_edited)
        self.texts.left.connect(self.left)
        self.fields.edited.connect(self.edited)
        editors = {EvidenceField.TITLE: self.title, **self.fields.editors(), **self.texts.edits}
        for field, editor in editors.items():
            self.conflicts.watch(editor, str(field.value))
        self.history.put_back.connect(self._on_put_back)
        self.preview.page_wanted.connect(self._on_page_wanted)
        for section in (self.files, self.uses):
            self.conflicts.taken.connect(section.take_contested)
            section.conflict_wanted.connect(self.conflicts.wanted)
        for teller in (self.fields, self.texts, self.uses):
            teller.notice.connect(self.notice)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.title.set_words_font(theme.font("h2"))  # after the sheet, which would take it away

    @property
    def shown_id(self) -> str:
        """The one piece that is shown; "" when it is none or several."""
        return self._line.id if self._line is not None else ""

    @property
    def unstored(self) -> tuple[str, ...]:
        """What was typed and is too long to be stored."""
        return self.texts.unstored

    def show_nothing(self) -> None:
        """Say what would stand here."""
        self._leave()
        self.head_words.setText("Details")
        self._hint.setText(NONE_HINT)
        self.conflicts.show_ids(())
        self._show(self._hint)

    def show_many(self, rows: Sequence[EvidenceRow]) -> None:
        """Offer what can be set for several pieces at once."""
        self._leave()
        self.head_words.setText("Selected")
        self._many.setText(counted_pieces(len(rows)))
        self._hint.setText(SEVERAL_HINT)
        self._show(self._many, self._hint, self.fields)
        self.conflicts.show_ids([row.id for row in rows])
        self.fields.show_rows(rows)

    def show_line(self, line: EvidenceLine, uses: Sequence[Use], judge: Judge) -> None:
        """Show one piece in full; its history follows, and a preview where there is one."""
        row, is_other = line.row, line.id != self.shown_id
        if is_other:
            self.flush()
            self.title.replace_text(row.title)
            self.history.show_rows(())
            self.to_top()
        self._line = line
        self._show(
            self.title, self.reason, *self.texts.edits.values(), self.fields, self.files, self.uses, self.history
        )
        self.head_words.setText(row.source.label)
        self.title.show_text(row.title)
        self.reason.show_rating(RATING_OF[line.currency], _why(line, judge), line.currency.label)
        self.texts.show_texts(row.id, row.title, {EvidenceField.SHOWS: row.shows})
        self.conflicts.show_ids([row.id])
        self.fields.show_rows((row,))
        lost = [file.id for file in line.missing]
        self.files.show_revisions(row.revisions, lost, is_other=is_other)
        self.uses.show_uses(uses, judge, is_other=is_other)
        self._ask_preview(line, is_other=is_other)

    def show_history(self, evidence_id: str, rows: Sequence[HistoryRow]) -> None:
        """Show what was read of a piece, unless another one is shown by now."""
        if evidence_id == self.shown_id:
            self.history.show_rows(rows)

    def show_preview(self, preview: Preview) -> None:
        """Show what was read of the file that was asked for last."""
        if self._shown_file is not None:
            self.preview.show_preview(preview, self._shown_file.name)

    def flush(self) -> None:
        """Bring everything that was typed and not yet said."""
        self.title.flush()
        self.texts.flush()
        self.fields.flush()
        self.uses.flush()

    def focus_first(self) -> None:
        """Put the keyboard in."""
        self.fields.words[EvidenceField.SOURCE].setFocus()

    def _leave(self) -> None:
        self.flush()
        self.texts.leave()
        self._line = self._shown_file = None
        self.preview.show_nothing()

    def _show(self, *parts: QWidget) -> None:
        for part in (
            self.title, self.reason, self._many, self._hint, *self.texts.edits.values(), self.fields, self.files,
            self.uses, self.history,
        ):  # fmt: skip
            part.setVisible(part in parts)

    def _ask_preview(self, line: EvidenceLine, *, is_other: bool) -> None:
        lost = {file.id for file in line.missing}
        files = line.row.latest.attachments if line.row.latest is not None else ()
        kept = [file for file in files if file.is_stored and file.id not in lost and has_preview(file.name)]
        file = kept[0] if kept else None
        if is_other or file is None:
            self.preview.show_nothing()
        if file is not None and (is_other or self._shown_file is None or file.sha256 != self._shown_file.sha256):
            self.preview_wanted.emit(file, 0)
        self._shown_file = file

    def _on_page_wanted(self, page: int) -> None:
        if self._shown_file is not None:
            self.preview_wanted.emit(self._shown_file, page)

    def _tell(self, edit: EvidenceEdit) -> None:
        if self._line is not None:
            self.edited.emit((self._line.id,), edit)

    def _on_title_entered(self, title: str) -> None:
        self._tell(EvidenceEdit(EvidenceField.TITLE, title))

    def _on_put_back(self, edit: EvidenceEdit) -> None:
        self._tell(edit)

    def _on_text_edited(self, id_: str, field: EvidenceField, text: str) -> None:
        self.edited.emit((id_,), EvidenceEdit(field, text))


def _why(line: EvidenceLine, judge: Judge) -> str:
    """Return why a piece is judged as it is."""
    if line.until is None:
        return "it has no end" if line.links else "not used, and it has no end"
    said = judge.said(line.until)
    first = said.removeprefix("current ")
    several = len({link.until for link in line.links}) > 1
    return f"{first}, where it ends first" if several else first
