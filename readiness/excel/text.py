"""Text: what a cell can hold. Whatever people wrote stays text, legible and whole, in Excel and in its readers."""

import re
from dataclasses import dataclass

CELL_LIMIT = 32_767
"""What one cell holds, in UTF-16 units: Excel counts those, so a character beyond U+FFFF counts as two."""

OVERFLOW_SHEET = "Overflow"

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_x|x005F_")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c]")  # Word's soft return arrives as \x0b
_ILLEGAL = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CHAINED = re.compile(r"(_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)")
_MARK_ROOM = 80


def safe(text: str) -> str:
    """Return a text as a cell can hold it; nearly every text comes back as it is.

    XML has no place for control characters: they become their visible signs (␀, ␁ …), soft returns become line
    breaks, halves of characters become U+FFFD. Files write `_x0041_` for "A" and escape what only looks like that;
    chains of it, and `x005F_`, which is the escape itself, would not come back whole: a wide underline takes a place.
    """
    if _UNSAFE.search(text) is None:
        return text
    text = _BREAKS.sub("\n", text)
    text = _ILLEGAL.sub("\ufffd", text)
    text = _CONTROL.sub(lambda match: chr(0x2400 + ord(match[0])), text)
    text = text.replace("x005F_", "x005F＿")
    return _CHAINED.sub("\\1＿", text)


def units(text: str) -> int:
    """Return the length of a text as Excel counts it. `text` is safe."""
    return len(text) + sum(character > "\uffff" for character in text) if not text.isascii() else len(text)


def is_long(text: str) -> bool:
    """Whether a safe text is too long for a cell."""
    return len(text) > CELL_LIMIT // 2 and units(text) > CELL_LIMIT


def head(text: str, room: int) -> str:
    """Return as much of the beginning of a safe text as fits in `room` UTF-16 units, no character halved."""
    if units(text) <= room:
        return text
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")


def pieces(text: str) -> list[str]:
    """Cut a safe text into pieces that cells can hold; joined again they are the text."""
    cut = []
    while text:
        piece = head(text, CELL_LIMIT)
        cut.append(piece)
        text = text[len(piece) :]
    return cut


@dataclass(frozen=True, slots=True)
class OverflowText:
    """A text too long for its cell, and where the sheet Overflow gives it whole."""

    reference: str
    field: str
    row: int  # of its first piece, counted from 1
    pieces: tuple[str, ...]


class Overflow:
    """The texts too long for their cells, in the order they were met. The same text of one field is kept once."""

    FIRST_ROW = 4

    def __init__(self) -> None:
        self.texts: list[OverflowText] = []
        self._cuts: dict[tuple[str, str], str] = {}
        self._next_row = self.FIRST_ROW

    def cut(self, text: str, reference: str, field: str) -> str:
        """Keep a safe text whole and return what its cell shows: the beginning and a mark."""
        shown = self._cuts.get((field, text))
        if shown is None:
            kept = OverflowText(safe(reference), field, self._next_row, tuple(pieces(text)))
            self.texts.append(kept)
            self._next_row += len(kept.pieces)
            shown = head(text, CELL_LIMIT - _MARK_ROOM) + mark(kept.row)
            self._cuts[field, text] = shown
        return shown


def mark(row: int) -> str:
    """Return what stands at the end of a text that was cut."""
    return f"… [continues on the sheet {OVERFLOW_SHEET}, row {row}]"
