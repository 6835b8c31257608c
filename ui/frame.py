"""Frame: where the rail, the header, the pages and the two strips stand; it says what there is to say."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.page_stack import PageStack
from ui.theme import Theme
from ui.widgets.foot_strip import FootStrip
from ui.widgets.header import Header
from ui.widgets.notice_strip import NoticeStrip, Severity
from ui.widgets.rail import Rail


class Frame(QWidget):
    """The rail at the left; header, notice, page and foot at its right."""

    def __init__(self, theme: Theme, rail: Rail, header: Header, stack: PageStack) -> None:
        super().__init__()
        self.stack = stack
        self.notice = NoticeStrip(theme)
        self.foot = FootStrip(theme)
        self.foot.cleared.connect(self.settle)
        self.foot.hide()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(header)
        right.addWidget(self.notice)
        right.addWidget(stack, 1)
        right.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addLayout(right, 1)

    def say(self, words: str, undo: bool = False) -> None:
        """Say at the foot of the page what was done."""
        foot: FootStrip = getattr(self.stack.currentWidget(), "foot", self.foot)
        foot.show()
        foot.show_notice(words, undo=undo)

    def warn(self, words: str, way_on: str = "Close") -> None:
        """Say at the head of the page what is wrong, until somebody acts."""
        self.notice.show_notice(words, way_on, Severity.ERROR)

    def note(self, words: str) -> None:
        """Say at the head of the page what is worth knowing, until it is closed; what is wrong comes before it."""
        if not self.notice.words:
            self.notice.show_notice(words, "Close", Severity.WARNING)

    def settle(self) -> None:
        """Show our own foot only while it says something on a page that has none."""
        self.foot.setVisible(bool(self.foot.notice) and not hasattr(self.stack.currentWidget(), "foot"))
