"""Tick rows: what can be chosen by ticking, in two lines each: evidence to be linked, items to link it to. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from readiness.domain.evidence import EvidenceRow, UseRow
from readiness.domain.views import Board, ItemRow
from ui.models.evidence_words import counted_pieces, icon_of, strength_words

_MOST_USES, _MOST_LISTED = 3, 12


@dataclass(frozen=True, slots=True)
class TickRow:
    """One thing that can be ticked; what is off is there already."""

    id: str
    title: str
    said: str  # the second line
    icon: str = ""
    spoken: str = ""
    tip: str = ""
    is_off: bool = False


def uses_words(uses: Sequence[UseRow]) -> str:
    """Return where a piece of evidence is used: "used for RV-C02, SC-A01 and 2 more"."""
    if not uses:
        return "not used yet"
    more = len(uses) - _MOST_USES
    said = ", ".join(use.reference for use in uses[:_MOST_USES])
    return f"used for {said}" + (f" and {more} more" if more > 0 else "")


def evidence_choice(row: EvidenceRow, uses: Sequence[UseRow], linked: Collection[str]) -> TickRow:
    """Return a piece of evidence as it can be linked; `linked` are ids of what serves all the items already."""
    is_off = row.id in linked
    off = "linked already · " if is_off else ""
    listed = [f"{use.inspection}: {use.reference} {use.title}" for use in uses[:_MOST_LISTED]]
    return TickRow(
        id=row.id,
        title=row.title,
        said=f"{off}{row.source.label} · strength {row.strength.level} of 4 · {uses_words(uses)}",
        icon=icon_of(row),
        spoken=f"{row.title}, {row.source.label}, {strength_words(row.strength)}, {off}{uses_words(uses)}",
        tip="\n".join(filter(None, (row.title, row.shows[:400], *listed))),
        is_off=is_off,
    )


def item_choices(board: Board, inspection_id: str | None, linked: Collection[str]) -> list[TickRow]:
    """Return the items of an inspection, or of all, as evidence can be linked to them."""
    names = {row.id: row.short_title for row in board.inspections}
    order = {row.id: number for number, row in enumerate(board.inspections)}
    wanted = [item for item in board.items if inspection_id in (None, item.inspection_id)]
    wanted.sort(key=lambda item: order[item.inspection_id])  # the board's order within
    return [_item_choice(item, names[item.inspection_id], item.id in linked) for item in wanted]


def _item_choice(item: ItemRow, inspection: str, is_off: bool) -> TickRow:
    has = counted_pieces(len(item.proof.links)) if item.proof.links else "no evidence yet"
    off = "linked already · " if is_off else ""
    said = f"{off}{inspection} · {item.status.label} · {has}"
    title = f"{item.reference}  {item.title}"
    return TickRow(item.id, title, said, "", f"{title}, {said}", "", is_off)


def matching(rows: Sequence[TickRow], text: str) -> list[TickRow]:
    """Return the rows that have all the words of a text."""
    words = text.casefold().split()
    return [row for row in rows if all(word in f"{row.title} {row.said}".casefold() for word in words)]
