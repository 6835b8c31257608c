"""File names: readable names that every Windows laptop can unpack, and that links can point to. Pure rules.

Lengths are in UTF-16 units, as Windows counts them. What a link would read as a sign of its own (# and %) is spelt
out, so that one name serves the file, the sheet and the page.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 80
"""Of one folder or file; even in the longest characters that is less than 255 bytes, which other systems allow."""

LONGEST_PATH = 180
"""From the pack's root: with the 260 of Windows that leaves 80 for the folder it is unpacked into."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_SIGNS = str.maketrans({"/": "-", "\\": "-", '"': "'", "<": " ", ">": " ", "*": " ", "?": " ", "#": "-"})
_NUMBER_SIGN = re.compile(r"#\s*(?=\d)")
_COLON = re.compile(r"\s*[:|]\s*")
_EDGES = ". \u00a0~"
_LONGEST_ENDING = 12


def units(text: str) -> int:
    """Return the length of a text as Windows counts it."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def same_on_disk(name: str) -> str:
    """Return what two names share that one folder cannot hold both of: capitals and accents written otherwise."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name.upper().casefold())


@lru_cache(maxsize=16_384)  # a pack is planned anew at every tick, with the same names
def safe_name(text: str, otherwise: str = "Untitled", longest: int = LONGEST_NAME, *, keep_ending: bool = False) -> str:
    """Return a name for a folder or a file, as near to what somebody wrote as any system can hold.

    Args:
        text: What somebody called it.
        otherwise: What to call it when nothing of the text can stay.
        longest: How long it may be, 16 or more.
        keep_ending: Whether what follows the last dot is an ending such as ".xlsx", which outlives any cut.
    """
    stem, ending = _split(_tidy(text) or _tidy(otherwise) or "Untitled", keep_ending)
    name = shortened(stem, longest - units(ending)) + ending
    if name.partition(".")[0].rstrip().casefold() in _RESERVED:
        name = shortened(f"_{name}", longest)
    return name


def shortened(name: str, longest: int) -> str:
    """Return as much of a name as fits, no character halved, and ending in none that Windows would drop."""
    if units(name) <= longest:
        return name
    cut = name.encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore")
    while cut and unicodedata.combining(name[len(cut)]):  # an accent would be left to stand alone
        cut = cut[:-1]
    return cut.rstrip(_EDGES)


def _split(name: str, keep_ending: bool) -> tuple[str, str]:
    """Return what may be cut of a tidy name, and its ending, ".xlsx"; "" where it has none to keep."""
    stem, _, last = name.rpartition(".")
    if keep_ending and stem.strip(_EDGES) and last.isalnum() and units(last) < _LONGEST_ENDING:
        return stem.rstrip(_EDGES), f".{last}"
    return name, ""


def _tidy(text: str) -> str:
    plain = text
    if not (text.isascii() and text.isprintable()):  # most names are plain
        plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
        plain = "".join(each if unicodedata.category(each)[0] not in "CZ" else " " for each in plain)
    plain = _COLON.sub(" - ", _NUMBER_SIGN.sub("No ", plain)).translate(_SIGNS).replace("%", " per cent")
    return unicodedata.normalize("NFC", " ".join(plain.split()).strip(_EDGES))


class Folder:
    """The names in one folder, so that no two are alike whatever their capitals."""

    def __init__(self, *taken: str) -> None:
        self._taken = {same_on_disk(name) for name in taken}

    def add(self, name: str, longest: int = LONGEST_NAME, *, keep_ending: bool = False) -> str:
        """Take a safe name and return it, with a number where another has it already."""
        stem, ending = _split(name, keep_ending)
        number, given = 1, name
        while same_on_disk(given) in self._taken:
            number += 1
            mark = f" ({number}){ending}"
            given = shortened(stem, longest - units(mark)) + mark
        self._taken.add(same_on_disk(given))
        return given
