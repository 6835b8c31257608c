"""Progress line: what a long job does, in words and as a bar, and the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.widgets.labels import button, label

_STEPS = 1000


class ProgressLine(QWidget):
    """Text above a thin bar, Cancel at the right."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.cancel = button("Cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.cancelled)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.words)
        left.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)

    def show_progress(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how far it is; without a total the bar only moves."""
        self.words.setText(words)
        self.bar.setRange(0, _STEPS if total else 0)
        self.bar.setValue(round(_STEPS * min(done, total) / total) if total else 0)
        self.bar.setAccessibleName(words)
