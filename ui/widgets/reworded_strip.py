"""Reworded strip: says that another edition changed an item's words, shows which, and lets people confirm them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from readiness.domain.plain_words import counted
from ui.models.step_html import diff_html
from ui.theme import Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.labels import button, label

if TYPE_CHECKING:
    from readiness.domain.editions import EarlierWords

KEYS = "Ctrl+Shift+W"


class RewordedStrip(QFrame):
    """Hidden unless something waits to be confirmed."""

    confirmed = Signal(str)  # id of the item; "": those that are selected

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._item_id = ""
        self._words: tuple[EarlierWords, str, str] | None = None
        self.setProperty("surface", "soft")
        self.said = label("", "", self, wrap=True)
        self.diff = label("", "", self, wrap=True)
        self.diff.setTextFormat(Qt.TextFormat.RichText)
        self.diff.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.diff.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.button = button("Confirm", "", self)
        self.button.setToolTip(f"What you wrote holds in the new words too ({KEYS})")
        self.button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self.said)
        layout.addWidget(self.diff)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Mark words in another theme from now on."""
        self.theme = theme
        self._fill()

    def show_words(self, item_id: str, earlier: "EarlierWords | None", title: str, guidance: str) -> None:
        """Show how an item's words differ from those it was judged on; None: nothing waits."""
        self._item_id = item_id
        self._words = (earlier, title, guidance) if earlier is not None else None
        self.setVisible(earlier is not None)
        if earlier is not None:
            edition = f"edition “{earlier.since}”" if earlier.since else "another edition"
            self.said.setText(f"The words changed with {edition}. Read them again.")
            self.button.setText("Confirm")
            self.button.setAccessibleName("Confirm new wording")
        self._fill()

    def show_count(self, count: int) -> None:
        """Say how many of several items wait; 0: none of them."""
        self._item_id, self._words = "", None
        self.setVisible(count > 0)
        verb = "waits" if count == 1 else "wait"
        self.said.setText(f"{count:,} of these items {verb} to be read again: another edition changed the words.")
        self.button.setText(f"Confirm {count:,}")
        self.button.setAccessibleName(f"Confirm new wording of {counted(count, 'item')}")
        self._fill()

    def _on_clicked(self) -> None:
        self.confirmed.emit(self._item_id)

    def _fill(self) -> None:
        parts = []
        if self._words is not None:
            earlier, title, guidance = self._words
            colours = diff_colours(self.theme)
            if earlier.title != title:
                parts.append(f"<b>{diff_html(earlier.title, title, colours)}</b>")
            if earlier.guidance != guidance:
                parts.append(diff_html(earlier.guidance, guidance, colours))
        self.diff.setText("".join(f'<p style="margin:0 0 4px 0">{part}</p>' for part in parts))
        self.diff.setVisible(bool(parts))
        self.diff.setAccessibleName(self._spoken())

    def _spoken(self) -> str:
        if self._words is None:
            return ""
        earlier, title, guidance = self._words
        pairs = ((earlier.title, title), (earlier.guidance, guidance))
        return "; ".join(f"{old or 'empty'} became {new or 'empty'}" for old, new in pairs if old != new)
