"""Plain text: a browser of rich text that looks like part of the page: no box, no margins, a ring when focused."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser

INSET = 4
"""How far from its left edge its text begins: the ring and a gap."""

_LOOK = """
QTextBrowser { background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0; }
QTextBrowser:focus { border-color: palette(link); padding: 0; }
"""


def make_plain(browser: QTextBrowser) -> None:
    """Take the box off a text browser; its links are told by `anchorClicked` and not followed."""
    browser.setProperty("kind", "plain")
    browser.setStyleSheet(_LOOK)
    browser.setOpenLinks(False)
    browser.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    browser.document().setDocumentMargin(2)
