"""Flowing text: the paragraphs and tables of Word documents and of slides, whose XML calls them by the same names.

Read too is what a page does not show: comments, notes, text that was deleted while changes were tracked, and the values
that a chart keeps of its table.
"""

from readiness.documents.gathering import Gathering
from readiness.domain.passages import LONGEST, Passage

_TEXT = frozenset({"t", "delText"})
_WHOLE = frozenset({"v", "text"})  # a point of a chart, a comment on a slide
_BREAKS = frozenset({"tab", "br", "cr", "ptab", "noBreakHyphen"})
_WIDEST = 1_000
"""Cells in a row; what stands in further ones is read as paragraphs."""

_COPY = "Fallback"  # the same drawing once more, for older programs


class _Table:
    def __init__(self, number: int) -> None:
        self.number, self.rows = number, 0
        self.cells: list[str] = []
        self.cell: list[str] = []
        self.size = 0  # characters of its present row


class FlowReader:
    """Makes a passage of each paragraph and of each row; `part` says what is read ("paragraph", "slide 3")."""

    def __init__(self, part: str, *, numbered: bool) -> None:
        self._part, self._numbered = part, numbered
        self._done: list[Passage] = []
        self._paragraphs: list[Gathering] = []  # a text box in a paragraph has paragraphs of its own
        self._count = 0
        self._tables: list[_Table] = []
        self._met = 0
        self._takes = False
        self._copies = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == _COPY:
            self._copies += 1
        elif name == "p":
            self._paragraphs.append(Gathering(self._overflow))
            self._count += 1
        elif name in _TEXT or name in _WHOLE:
            self._takes = not self._copies
            if name in _WHOLE:
                self._paragraphs.append(Gathering(self._overflow))
        elif name in _BREAKS and self._paragraphs:
            self._paragraphs[-1].add("-" if name == "noBreakHyphen" else " ")
        elif name == "tbl":
            self._met += 1
            self._tables.append(_Table(self._met))
        elif name == "tr" and self._tables:
            self._tables[-1].rows += 1
            self._tables[-1].cells, self._tables[-1].size = [], 0
        elif name == "tc" and self._tables:
            self._tables[-1].cell = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name == _COPY:
            self._copies -= 1
        elif name in _TEXT:
            self._takes = False
        elif (name == "p" or name in _WHOLE) and self._paragraphs:
            self._takes = False
            self._finish(self._paragraphs.pop().taken().strip())
        elif name == "tc" and self._tables:
            if len(self._tables[-1].cells) < _WIDEST:
                self._tables[-1].cells.append(" ".join(self._tables[-1].cell))
        elif name == "tr" and self._tables:
            self._finish_row(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def text(self, data: str) -> None:
        """Some text."""
        if self._takes and self._paragraphs:
            self._paragraphs[-1].add(data)

    def drain(self) -> list[Passage]:
        """Return what is finished."""
        done, self._done = self._done, []
        return done

    def _finish(self, text: str) -> None:
        table = self._tables[-1] if self._tables else None
        if text and table is not None and table.size < LONGEST and len(table.cells) < _WIDEST:
            table.cell.append(text)
            table.size += len(text)
        elif text:
            self._done.append(Passage(self._place(), text))

    def _finish_row(self, table: _Table) -> None:
        if any(table.cells):
            place = f"table {table.number}, row {table.rows}"
            place = place if self._numbered else f"{self._part}, {place}"
            self._done.append(Passage(place, cells=tuple(table.cells), table=f"{self._part} {table.number}"))

    def _overflow(self, text: str) -> None:
        self._done.append(Passage(self._place(), text))

    def _place(self) -> str:
        return f"{self._part} {self._count:,}" if self._numbered else self._part
