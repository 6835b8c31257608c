"""Item panel: the right side of the checklist: one item in full, several at once, or an area. It holds values only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readiness.domain.figures import Figures
from readiness.domain.plain_words import counted
from readiness.domain.views import AreaRow, HistoryRow, ItemEdit, ItemRow, Narratives
from readiness.domain.vocabulary import ItemField, Rating
from ui.icons import icon
from ui.theme import Theme
from ui.widgets import painting
from ui.widgets.area_chain import AreaChain
from ui.widgets.area_summary import AreaSummary
from ui.widgets.click_text import ClickText
from ui.widgets.conflict_strip import ConflictStrip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.field_look import field_sheet
from ui.widgets.item_actions import ItemActions
from ui.widgets.item_evidence import ItemEvidence
from ui.widgets.item_fields import ItemFields
from ui.widgets.item_history import ItemHistory
from ui.widgets.item_review import ItemReview
from ui.widgets.item_texts import ItemTexts
from ui.widgets.labels import heading, label
from ui.widgets.reworded_strip import RewordedStrip

if TYPE_CHECKING:
    from readiness.domain.editions import EarlierWords

WIDTH = 320


class RatingReason(QWidget):
    """The chip of a rating and, beside it, why."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rating, self._word, self._why = Rating.NOT_APPLICABLE, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self.theme = theme
        self.update()

    def show_rating(self, rating: Rating, why: str, word: str = "") -> None:
        """Show a rating and its reason; `word` stands on the chip where the rating's own does not."""
        self._rating, self._word, self._why = rating, word or painting.short_rating(rating), why
        self.setAccessibleName(f"{word or rating.label}: {why}")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _is_wide(self) -> bool:
        chip = painting.chip_width(self._word, self.theme)
        return chip + 8 + painting.advance(self._why, self.theme) > self.width()

    def _height(self) -> int:
        return 24 + (round(self.theme.metric().lineSpacing()) + 4) * self._is_wide()

    def _fit(self) -> None:
        self.setFixedHeight(self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        line = QRectF(0, 0, self.width(), 24)
        chip = painting.chip(painter, line, self._rating, self._word, self.theme)
        wide = self._is_wide()  # then the reason stands on a line of its own
        room = QRectF(0, 24, self.width(), self.height() - 24) if wide else line.adjusted(chip.width() + 8, 0, 0, 0)
        painting.text(painter, room, self._why, self.theme, self.theme.color("text2"))
        painter.end()


class ItemPanel(QFrame):
    """Edits and wishes go out as signals; the page shows what came of them."""

    edited = Signal(object, object)  # tuple of item ids, ItemEdit
    area_renamed = Signal(str, str, str)  # area id, code, title
    rating_chosen = Signal(object)  # Rating, of the area shown
    confirmed = Signal(str)  # id of an item that holds in its new words; "": those that are selected
    stepped = Signal(int)  # -1: the item above; 1: below
    notice = Signal(str)  # what was typed and could not be stored
    closed = Signal()
    left = Signal()  # the keyboard may go back to the grid

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._item_id = ""
        self._words = ""  # the title of an item whose words wait to be confirmed
        self.setProperty("surface", "panel")
        self.setAccessibleName("Details")
        self.setFixedWidth(WIDTH)
        self._name = ElidedLabel("", self)
        self._name.setProperty("tone", "quiet")
        self._buttons = {name: self._tool(tip) for name, tip in _BUTTONS}
        self.title = ClickText(theme, "Title", single=True, parent=self)
        self.reason = RatingReason(theme, self)
        self._many = heading("", theme, "h2", self)
        self._hint = label("Choose an item to see it here in full.", "quiet", self, wrap=True)
        self.reworded = RewordedStrip(theme, self)
        self.conflicts = ConflictStrip(theme, "item", self)
        self.fields = ItemFields(theme, self)
        self.texts = ItemTexts(theme, self)
        self.evidence = ItemEvidence(theme, self)
        self.item_actions = ItemActions(theme, self)
        self.review = ItemReview(theme, self)
        self.history = ItemHistory(theme, self)
        self.area = AreaSummary(theme, self)
        self.chain = AreaChain(theme, self)  # after the summary, as Tab goes
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_nothing()

    def _tool(self, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setAutoRaise(True)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 5, 10, 0)
        head.setSpacing(4)
        head.addWidget(self._name)
        head.addStretch(1)
        for button in self._buttons.values():
            head.addWidget(button)
        self._body = QWidget()
        self._body.setProperty("surface", "plain")
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 2, 12, 16)
        body.setSpacing(8)
        for widget in (self.title, self.reason, self._many, self._hint, self.reworded, self.conflicts, self.fields):
            body.addWidget(widget)
        body.addSpacing(2)
        body.addWidget(self.texts)
        body.addSpacing(6)
        body.addWidget(self.evidence)
        body.addSpacing(6)
        body.addWidget(self.item_actions)
        body.addSpacing(6)
        body.addWidget(self.review)
        body.addSpacing(6)
        body.addWidget(self.history)
        body.addWidget(self.area)
        body.addWidget(self.chain)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("kind", "plain")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        for name, step in (("chevron-left", -1), ("chevron-right", 1)):
            self._buttons[name].clicked.connect(self._on_step_back if step < 0 else self._on_step_on)
        self._buttons["close"].clicked.connect(self.closed)
        self.title.entered.connect(self._on_title_entered)
        self.reworded.confirmed.connect(self.confirmed)
        self.fields.edited.connect(self.edited)
        self.fields.notice.connect(self.notice)
        editors = {ItemField.TITLE: self.title, **self.fields.editors(), **self.texts.editors()}
        for field, editor in editors.items():
            self.conflicts.watch(editor, str(field.value))
        self.texts.edited.connect(self.edited)
        self.texts.notice.connect(self.notice)
        self.texts.left.connect(self.left)
        self.evidence.notice.connect(self.notice)
        self.evidence.conflict_wanted.connect(self.conflicts.wanted)
        self.conflicts.taken.connect(self.evidence.take_contested)
        self.history.put_back.connect(self._on_put_back)
        self.area.renamed.connect(self.area_renamed)
        self.area.rating_chosen.connect(self.rating_chosen)

    def set_theme(self, theme: Theme) -> None:
        """Show in another theme from now on."""
        self.theme = theme
        self._body.setStyleSheet(field_sheet(theme))
        self.title.set_words_font(theme.font("h2"))  # after the sheet, which would take it away
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme, "text2"))

    @property
    def item_id(self) -> str:
        """The one item that is shown; "" when it is none or several."""
        return self._item_id

    def show_item(self, item: ItemRow, why: str) -> None:
        """Show an item; its texts and its history follow with `show_details`."""
        if item.id != self._item_id:
            self.title.flush()
            self._item_id = item.id
            self.reworded.hide()
            self.title.replace_text(item.title)
            self.history.show_rows(())
            self._scroll.verticalScrollBar().setValue(0)
        self._show(
            self.title, self.reason, self.fields, self.texts, self.evidence, self.item_actions, self.review,
            self.history,
        )  # fmt: skip
        self._name.setText(item.reference)
        self.title.show_text(item.title)
        self._words = item.title if item.confirm else ""
        self.reworded.setVisible(item.confirm and not self.reworded.isHidden())
        self.reason.show_rating(item.rating, why)
        self.conflicts.show_ids([item.id])
        self.fields.show_items((item,))
        self.texts.show_item(item)
        self.item_actions.show_item(item)
        self.review.show_item(item.id)

    def show_details(
        self,
        item_id: str,
        texts: Narratives,
        rows: Sequence[HistoryRow],
        doubt: str = "",
        earlier: "EarlierWords | None" = None,
    ) -> None:
        """Show what was read of an item, unless another one is shown by now.

        Args:
            item_id: Which.
            texts: Its long texts.
            rows: Its history.
            doubt: What is not certain about its day.
            earlier: The words it was judged on, where those of now wait to be confirmed.
        """
        if item_id == self._item_id:
            self.reworded.show_words(item_id, earlier if self._words else None, self._words, texts.guidance)
            self.fields.due.show_doubt(doubt)
            self.texts.show_texts(item_id, texts)
            self.history.show_rows(rows)

    def show_many(self, items: Sequence[ItemRow]) -> None:
        """Offer what can be set for several items at once."""
        self.flush()
        self._item_id = ""
        self._name.setText("Selected")
        self._many.setText(counted(len(items), "item"))
        self._hint.setText("What you set here is set for all of them, as one step that can be undone.")
        self._show(self._many, self._hint, self.fields, self.evidence, self.review)
        self.review.show_many(items)
        self.reworded.show_count(sum(item.confirm for item in items))
        self.conflicts.show_ids([item.id for item in items])
        self.fields.show_items(items)

    def show_area(self, area: AreaRow, found: Figures) -> None:
        """Show an area."""
        self.flush()
        self._item_id = ""
        self._name.setText(f"Area {area.code}")
        self._show(self.area, self.chain)
        self.area.show_area(area, found)
        self.chain.show_area(area)

    def show_nothing(self, hint: str = "Choose an item to see it here in full.") -> None:
        """Say what would stand here."""
        self.flush()
        self._item_id = ""
        self._name.setText("Details")
        self._hint.setText(hint)
        self._show(self._hint)

    def flush(self) -> None:
        """Bring everything that was typed and not yet said."""
        self.title.flush()
        self.fields.flush()
        self.texts.flush()
        self.evidence.flush()
        self.area.flush()

    def focus_first(self) -> None:
        """Put the keyboard in."""
        target: QWidget = self.area.title.words if self.area.isVisibleTo(self) else self.fields.status_combo()
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, *parts: QWidget) -> None:
        whole: tuple[QWidget, ...] = (
            self.title, self.reason, self._many, self._hint, self.fields, self.texts, self.evidence,
            self.item_actions, self.review, self.history, self.area, self.chain,
        )  # fmt: skip
        for part in whole:
            part.setVisible(part in parts)
        if self.fields not in parts:
            self.reworded.hide()
            self.conflicts.show_ids(())

    def _on_step_back(self) -> None:
        self.stepped.emit(-1)

    def _on_step_on(self) -> None:
        self.stepped.emit(1)

    def _on_title_entered(self, title: str) -> None:
        if self._item_id:
            self.edited.emit((self._item_id,), ItemEdit(ItemField.TITLE, title))

    def _on_put_back(self, edit: ItemEdit) -> None:
        if self._item_id:
            self.edited.emit((self._item_id,), edit)


_BUTTONS = (
    ("chevron-left", "The item above (Alt+Left)"),
    ("chevron-right", "The item below (Alt+Right)"),
    ("close", "Close the panel (Enter opens it again)"),
)
