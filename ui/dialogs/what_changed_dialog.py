"""What changed dialog: what was signed off beside what stands there now. Shows; changes nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from readiness.domain.dates import written
from readiness.domain.review import ReviewState
from readiness.domain.vocabulary import ReviewKind
from ui.models.changed_html import changed_html, changed_text
from ui.theme import Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.labels import button, heading, label
from ui.widgets.plain_text import INSET, make_plain

WIDTH, HIGHEST, FRAME = 760, 560, 160


class WhatChangedDialog(QDialog):
    """Two columns, as signed and now; Esc and Enter close it."""

    def __init__(self, theme: Theme, title: str, state: ReviewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"What changed of {state.claim.reference} since it was signed off")
        self.title = heading(title, theme, "h2")
        self.title.setWordWrap(True)
        self.signed = label(signed_words(state), "quiet", wrap=True)
        self.text = QTextBrowser()
        make_plain(self.text)
        self.text.setAccessibleName("What changed")
        self.text.setAccessibleDescription(changed_text(state.changes))
        self.text.setHtml(changed_html(state.changes, diff_colours(theme), theme.color("border").name()))
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24 - INSET, 20, 24, 20)
        layout.setSpacing(8)
        for each in (self.title, self.signed):
            each.setContentsMargins(INSET, 0, 0, 0)
            layout.addWidget(each)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot)
        self._fit()
        close.setFocus()

    def _fit(self) -> None:
        """Be as high as the texts are, within reason."""
        document = self.text.document()
        document.setTextWidth(WIDTH - 2 * 24)
        self.resize(WIDTH, min(HIGHEST, FRAME + round(document.size().height())))


def signed_words(state: ReviewState) -> str:
    """Return who signed off and when, with what they said."""
    row = next((row for row in state.reviews if row.kind is ReviewKind.SIGNED_OFF), None)
    if row is None:
        return ""
    said = f": “{row.note}”" if row.note else "."
    return f"Signed off by {row.by} on {written(row.at.astimezone().date())}{said}"
