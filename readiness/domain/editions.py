"""Editions: the fingerprint of an item's words, and what another edition of a framework means for a checklist.

What is compared and what comes of it are frozen rows; `edition_matching.py` finds out which item is which.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from itertools import count

from readiness.domain.views import ItemDraft
from readiness.domain.vocabulary import ItemStatus, Word


def wording(title: str, guidance: str) -> str:
    """Return the fingerprint of an item's words: 16 hex digits.

    Any other word, case or punctuation gives another; spaces and line breaks alone do not.
    """
    text = f"{' '.join(title.split())}\n{' '.join(guidance.split())}"
    return sha256(unicodedata.normalize("NFC", text).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """The words that an item was judged on, kept while those of another edition wait to be confirmed."""

    title: str
    guidance: str
    edition: str  # whose words these were
    wording: str  # fingerprint of that edition's words: the council may have put its own in their place
    since: str = ""  # the edition that changed them


def pack_words(words: EarlierWords | None) -> str:
    """Return earlier words as the record keeps them; "" for none."""
    if words is None:
        return ""
    values = {name: getattr(words, name) for name in EarlierWords.__dataclass_fields__}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def unpack_words(text: str) -> EarlierWords | None:
    """Return the earlier words that a record keeps; None: none wait, or a newer version wrote them."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return EarlierWords(*(str(found.get(name, "")) for name in EarlierWords.__dataclass_fields__))


def given_way(name: str, taken: Container[str]) -> str:
    """Return the name of something of the council's own, changed where an edition has taken it: "A05-own"."""
    if name not in taken:
        return name
    names = (f"{name}-own{number if number > 1 else ''}" for number in count(1))
    return next(free for free in names if free not in taken)


class Fate(Word):
    """What becomes of an item; in the order in which people ask about them."""

    REWORDED = "reworded", "Reworded"
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    UNCHANGED = "unchanged", "Unchanged"
    OWN = "own", "Your own"


class Whereabouts(Enum):
    """Where an item of the record is."""

    STANDS = "stands"
    PARKED = "parked"  # under Removed: an edition no longer had it
    LEFT_OUT = "left_out"  # under Removed: somebody took it out


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of an inspection as the record holds it."""

    id: str
    area: str | None  # its area's code in the edition in force; "": an area of the council's own; None: it is gone
    item: ItemDraft  # its words and settings as they are
    status: ItemStatus
    wording: str  # fingerprint of its edition's words; "" where none was kept
    earlier: EarlierWords | None = None  # what it was judged on, while newer words wait
    whereabouts: Whereabouts = Whereabouts.STANDS
    is_made: bool = True  # by a framework; False: by the council itself
    was_parked: bool = False  # and brought back by hand: the council keeps it, whatever editions say
    laid_out_as: str = ""  # the reference it was laid out under, where that is known


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One item before and after."""

    fate: Fate
    before: ItemDraft | None  # None: it is new
    after: ItemDraft | None  # None: it goes under Removed
    held: HeldItem | None = None
    area: str | None = None  # code of the edition's area in which it is to stand; None: it stays where it is
    wording: str = ""  # fingerprint of the edition's words
    earlier: EarlierWords | None = None  # words to be kept until the new ones are confirmed
    old: ItemDraft | None = None  # what the edition in force says of it, where that is known
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """An id of the row: that of the item; what is new has none yet, and its reference tells it apart."""
        return self.held.id if self.held is not None else f"+{self.after.reference if self.after else ''}"

    @property
    def reference(self) -> str:
        """The reference by which people will know it."""
        shown = self.after or self.before
        return shown.reference if shown is not None else ""

    @property
    def stays_out(self) -> bool:
        """Whether it stands under Removed, taken out by somebody, and stays there: its words are the same."""
        return self.fate is Fate.UNCHANGED and self.held is not None and self.held.whereabouts is Whereabouts.LEFT_OUT

    @property
    def comes_back(self) -> bool:
        """Whether it stands under Removed and comes back with what it holds."""
        return self.held is not None and self.held.whereabouts is not Whereabouts.STANDS and not self.stays_out


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """What moving to an edition would do: every item of the checklist and of the edition stands in one row.

    Rows are in the edition's order; what it does not have stands behind its neighbour of now.
    """

    title: str  # of the framework to move to
    edition: str
    rows: tuple[EditionRow, ...]
    counts: Counter[Fate] = field(default_factory=Counter)

    def of(self, fate: Fate | None) -> tuple[EditionRow, ...]:
        """Return the rows with a fate; None: all of them."""
        return tuple(row for row in self.rows if fate in (None, row.fate))

    def summary(self) -> str:
        """Return what it comes to as a sentence."""
        unchanged = sum(row.fate is Fate.UNCHANGED and not row.stays_out for row in self.rows)
        standing = unchanged + sum(
            row.fate in (Fate.REWORDED, Fate.REMOVED) and not row.comes_back for row in self.rows
        )
        back = sum(row.fate is Fate.ADDED and row.comes_back for row in self.rows)
        parts = [_kept(unchanged, standing)] if standing else []
        for number, one, many in (
            (self.counts[Fate.REWORDED], "is to be confirmed again", "are to be confirmed again"),
            (self.counts[Fate.ADDED] - back, "is new", "are new"),
            (back, "comes back", "come back"),
            (self.counts[Fate.REMOVED], "is parked", "are parked"),
        ):
            if number:
                parts.append(f"{number:,} {one if number == 1 else many}")
        return f"{', '.join(parts) or 'There is nothing to move'}."


def _kept(count: int, of: int) -> str:
    verb = "keeps its" if count == 1 else "keep their"
    if not count:
        return "The one item does not keep its judgement" if of == 1 else f"None of {of:,} items keeps its judgement"
    if count == of:
        return "The one item keeps its judgement" if of == 1 else f"All {of:,} items keep their judgement"
    return f"{count:,} of {of:,} items {verb} judgement"


def comparison(title: str, edition: str, rows: Sequence[EditionRow]) -> EditionComparison:
    """Return rows as a comparison, counted."""
    return EditionComparison(title, edition, tuple(rows), Counter(row.fate for row in rows))
