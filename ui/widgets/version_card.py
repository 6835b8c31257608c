"""Version card: one value of a field in conflict, with who gave it and when, and the button that keeps it."""

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from readiness.domain.conflicts import Version
from readiness.domain.dates import written
from ui.models.diff_text import Mark, word_diff
from ui.theme import Theme
from ui.widgets.diff_look import diff_colours
from ui.widgets.labels import button, heading, label


class VersionCard(QFrame):
    """The text scrolls with the page; long ones are marked against what was before."""

    keep_wanted = Signal(str)  # the change

    def __init__(
        self,
        theme: Theme,
        title: str,
        version: Version | None,
        before: str | None,
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._version = version
        head = QHBoxLayout()
        head.addWidget(heading(title, theme, "strong"))
        head.addStretch(1)
        if number:
            head.addWidget(label(str(number), "quiet"))
        self.body = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setText(_marked(theme, version, before))
        self.setToolTip(version.label if version is not None else "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(3)
        layout.addLayout(head)
        for line in _who(version):
            layout.addWidget(label(line, "quiet", wrap=True))
        layout.addSpacing(8)
        layout.addWidget(self.body, 1)
        layout.addSpacing(8)
        self.keep = button("Keep this one")
        if number and version is not None:
            self.keep.setAccessibleName(f"Keep {title}: {version.shown[:80] or 'empty'}")
            self.keep.setToolTip(f"Keep this one ({number})")
            self.keep.clicked.connect(self._on_keep_clicked)
            layout.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.keep.hide()
            layout.addWidget(label("Where both started", "quiet"))
        self.setAccessibleName(f"{title}: {version.shown if version is not None else 'empty'}")

    def _on_keep_clicked(self) -> None:
        if self._version is not None:
            self.keep_wanted.emit(self._version.change_id)


def _who(version: Version | None) -> list[str]:
    if version is None:
        return ["Nothing was here before"]
    at = datetime.fromisoformat(version.at).astimezone()
    who = f"You, {version.actor}" if version.is_own else version.actor
    when = f"{written(at.date())}, {at:%H:%M}"
    return [who, f"{when} · newest, shown now" if version.is_shown else when]


def _marked(theme: Theme, version: Version | None, before: str | None) -> str:
    colours = diff_colours(theme)
    said = version.shown if version is not None else ""
    if not said:
        return f'<span style="color:{colours.quiet}">Empty</span>'
    if before is None:
        return _lines(said)
    parts = []
    for run in word_diff(before, said):
        text = _lines(run.text)
        if run.mark is Mark.KEPT:
            parts.append(text)
            continue
        removed = run.mark is Mark.REMOVED
        colour, ground = (colours.removed, colours.removed_ground) if removed else (colours.added, colours.added_ground)
        line = "line-through" if removed else "underline"
        parts.append(f'<span style="color:{colour};background:{ground};text-decoration:{line}">{text}</span>')
    return "".join(parts)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
