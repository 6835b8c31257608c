"""Review queue panel: the item a reviewer is at: its claim, its proof in short, and what it says."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from readiness.domain.review import QueueRow, proof_words
from ui.theme import Theme
from ui.widgets.field_look import field_sheet
from ui.widgets.item_review import ItemReview
from ui.widgets.labels import breakable, heading, label, link

WIDTH = 320


class ReviewQueuePanel(QFrame):
    """Shows a row of the queue; the rest of its review is read by the page."""

    opened = Signal()
    left = Signal()  # the keyboard may go back to the list

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAccessibleName("Details")
        self.setFixedWidth(WIDTH)
        self.name = label("", "quiet", self)
        self.title = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.proof = label("", "", self, wrap=True)
        self.review = ItemReview(theme, self)
        self.position = label("", "", self, wrap=True)
        self.position.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = link("Open the item", self)
        self.open.setToolTip("Evidence, texts and history (Enter)")
        self._heads = [heading(words, theme, "strong", self) for words in ("Proof", "Position")]
        self._body = QWidget()
        self._body.setProperty("surface", "plain")
        self._lay_out()
        self.set_theme(theme)
        self.open.clicked.connect(self.opened)

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 10, 12, 16)
        body.setSpacing(8)
        for widget in (self.name, self.title):
            body.addWidget(widget)
        body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self.review)
        body.addSpacing(6)
        for head, words in zip(self._heads, (self.proof, self.position), strict=True):
            body.addWidget(head)
            body.addWidget(words)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("kind", "plain")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(scroll)

    def set_theme(self, theme: Theme) -> None:
        """Show in another theme from now on."""
        self._body.setStyleSheet(field_sheet(theme))
        self.title.setFont(theme.font("h2"))

    def show_row(self, row: QueueRow, day: date) -> None:
        """Show an item of the queue."""
        self.name.setText(row.item.reference)
        self.title.setText(row.item.title)
        self.proof.setText(proof_words(row.item, day))
        self.position.setText(breakable(row.position) or "No position is written.")
        self.review.show_item(row.item.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
