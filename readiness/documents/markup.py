"""Markup: the text of a page of HTML, without its signs. Nothing of it is run or fetched.

Comments and scripts are read like text, for what hides in them leaves the house too.
"""

import html
import re
from collections.abc import Iterable, Iterator

from readiness.documents.gathering import Gathering
from readiness.domain.passages import LONGEST, Passage, good_cut

_TAG = re.compile(r"<!--|-->|<[!?][^<>]*+>|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<more>[^<>]*+)>")
_SAID = re.compile(
    r"""(?<![A-Za-z-])(?:value|title|alt|content|placeholder)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_INLINE = (
    "a abbr b bdi bdo big cite code dfn em font i ins kbd mark q s samp small span strike strong sub sup time u var wbr"
)
_WITHIN_LINES = frozenset(_INLINE.split())
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDEST = 1_000


class _Page:
    """What was read so far of a page."""

    def __init__(self) -> None:
        self.done: list[Passage] = []
        self._paragraphs, self._tables, self._rows = 0, 0, 0
        self._cells: list[str] | None = None  # of the row that is read; None: none is
        self._is_in_cell = False
        self._size = 0
        self._gathered = Gathering(self._hand_on)

    def add(self, text: str) -> None:
        """Some text."""
        self._gathered.add(_BLANKS.sub(" ", html.unescape(text)))

    def tag(self, name: str, *, ends: bool) -> None:
        """A tag."""
        if name in _WITHIN_LINES:
            return
        if name in ("td", "th"):
            self._finish()
            self._is_in_cell = self._cells is not None and not ends
        elif name == "tr" or (name == "table" and ends):
            self._finish()
            self._finish_row(begins=not ends)
        elif self._is_in_cell:
            self._gathered.add(" ")
        else:
            self._finish()
        if name == "table" and not ends:
            self._tables, self._rows = self._tables + 1, 0

    def finish(self) -> None:
        """The page ends."""
        self._finish()
        self._finish_row(begins=False)

    def _finish(self) -> None:
        text = " ".join(self._gathered.taken().split(" ")).strip(" ")
        if self._is_in_cell and self._cells is not None and len(self._cells) < _WIDEST and self._size < LONGEST:
            self._cells.append(text)
            self._size += len(text)
        elif text:
            self._hand_on(text)
        self._is_in_cell = False

    def _finish_row(self, *, begins: bool) -> None:
        cells = self._cells or ()
        if any(cells):
            self._rows += 1
            place = f"table {max(self._tables, 1):,}, row {self._rows:,}"
            self.done.append(Passage(place, cells=tuple(cells), table=f"table {self._tables}"))
        self._cells, self._size = [] if begins else None, 0

    def _hand_on(self, text: str) -> None:
        self._paragraphs += 1
        self.done.append(Passage(f"paragraph {self._paragraphs:,}", text))


def read_page(texts: Iterable[str]) -> Iterator[Passage]:
    """Yield the paragraphs and rows of a page that comes in pieces."""
    page, held = _Page(), ""
    for text in texts:
        held = _take(page, held + text)
        yield from page.done
        page.done = []
    page.add(held)
    page.finish()
    yield from page.done


def _take(page: _Page, text: str) -> str:
    """Read what is whole, and return the rest: what stands after the last tag."""
    place = 0
    for tag in _TAG.finditer(text):
        if tag.start() > place:
            page.add(text[place : tag.start()])
        if tag["name"]:
            page.tag(tag["name"].casefold(), ends=bool(tag["end"]))
            for said in _SAID.finditer(tag["more"]):
                page.add(f" {said[1] or said[2] or ''} ")
        place = tag.end()
    rest = text[place:]
    while len(rest) > LONGEST:
        end = good_cut(rest[:LONGEST])
        page.add(rest[:end])
        rest = rest[end:]
    return rest
