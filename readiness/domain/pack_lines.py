"""Pack lines: the index of a pack, line by line, as the sheet and the page beside it both tell it."""

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.domain.addresses import is_openable
from readiness.domain.dates import written
from readiness.domain.packing import PackArea, PackFile, PackItem, PackPiece, PackPlan
from readiness.domain.plain_words import shown
from readiness.domain.vocabulary import Currency, ItemStatus

NOTHING = "No evidence in this pack"
PEOPLE = "Interview or focus group: people are met"
NOT_APPLICABLE = "Not applicable"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PackLine:
    """One file or link of one piece of evidence for one item; neither, where there is nothing to open."""

    area: PackArea
    item: PackItem
    piece: PackPiece | None
    file: PackFile | None
    link: str  # an address on the web; "": none
    words: str  # what stands for the file: its name, that of a link, or why there is nothing
    note: str  # what to know of it


def pack_lines(plan: PackPlan) -> Iterator[PackLine]:
    """Yield every line of the index in order; an item without evidence has one too."""
    for area in plan.areas:
        for item in area.items:
            if not item.pieces:
                yield PackLine(area, item, None, None, "", "", without_evidence(item))
            for piece in item.pieces:
                yield from piece_lines(area, item, piece)


def piece_lines(area: PackArea, item: PackItem, piece: PackPiece) -> Iterator[PackLine]:
    """Yield the lines of one piece of evidence."""
    stale = currency_words(piece)
    for file in piece.files:
        yield PackLine(area, item, piece, file, "", shown(file.name, _LONGEST), stale)
    for link in piece.links:
        address = link.url if is_openable(link.url) else ""
        said = "On the web, not in this pack" if address else "A link; no copy is in this pack"
        yield PackLine(
            area, item, piece, None, address, shown(link.name or address or "Link", _LONGEST), _joined(said, stale)
        )
    for gone in piece.missing:
        yield PackLine(
            area, item, piece, None, "", shown(gone.name, _LONGEST), _joined("Missing from this pack", stale)
        )


def without_evidence(item: PackItem) -> str:
    """Return why an item has no evidence in the pack."""
    if item.item.status is ItemStatus.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return NOTHING if item.item.kind.needs_evidence else PEOPLE


def currency_words(piece: PackPiece) -> str:
    """Return whether a piece is out of date, with the last day it was good for; "" when it counts."""
    return f"Out of date: good until {written(piece.until)}" if piece.currency is Currency.OUT_OF_DATE else ""


def about_words(piece: PackPiece) -> str:
    """Return what days a piece of evidence is about: "12 Mar 2021", "1 Sep 2020 to 28 Feb 2021"."""
    row = piece.evidence
    if row.covers_from and row.covers_to:
        return f"{written(row.covers_from)} to {written(row.covers_to)}"
    if row.covers_from:
        return f"from {written(row.covers_from)}"
    if row.covers_to:
        return f"up to {written(row.covers_to)}"
    return written(row.dated)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
