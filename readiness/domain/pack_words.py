"""Pack words: what a pack will hold and what stays behind, in sentences, before and after it is made."""

from collections.abc import Iterable

from readiness.domain.packing import LeftWhy, PackPlan
from readiness.domain.plain_words import shown
from readiness.domain.vocabulary import Audience, Currency

_ONLY = {
    Audience.INTERNAL: "internal only",
    Audience.PARTNERS: "for partners only",
    Audience.INSPECTORS: "for inspectors only",
}
_FOR = {
    Audience.INTERNAL: "for the council itself",
    Audience.PARTNERS: "for partners",
    Audience.INSPECTORS: "for inspectors",
    Audience.PUBLIC: "for everybody",
}
_STEP = 1000
_NAMED = 3


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 file", "1,200 files"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def sized(size: float) -> str:
    """Return a size as people read it, "1.3 GB"; a thousand bytes are a kilobyte."""
    if size < _STEP:
        return counted(int(size), "byte")
    for unit in ("KB", "MB", "GB"):
        size /= _STEP
        if size < _STEP - 0.5 or unit == "GB":
            break
    return f"{size:,.1f} {unit}" if size < 9.95 else f"{size:,.0f} {unit}"


def meant_for(audience: Audience) -> str:
    """Return whom a pack is for, "for inspectors"."""
    return _FOR[audience]


def summary(plan: PackPlan) -> str:
    """Return what goes and what stays: "212 files, 1.3 GB; 14 pieces are left out: internal only."."""
    said = f"{counted(len(plan.files), 'file')}, {sized(plan.size)}" if plan.files else "No files"
    narrow = [left.evidence.audience for left in plan.left_out if left.why is LeftWhy.AUDIENCE]
    if not narrow:
        return f"{said}."
    why = ", ".join(_ONLY[audience] for audience in Audience if audience in narrow)
    are = "piece is" if len(narrow) == 1 else "pieces are"
    return f"{said}; {len(narrow):,} {are} left out: {why}."


def warnings(plan: PackPlan) -> tuple[str, ...]:
    """Return what whoever makes the pack should know, a sentence each."""
    pieces = [piece for item in plan.items for piece in item.pieces]
    links = {link.url: link.name or link.url for piece in pieces for link in piece.links}
    stale = {piece.evidence.id: piece.evidence.title for piece in pieces if piece.currency is Currency.OUT_OF_DATE}
    bare = [item.item.reference for item in plan.items if item.wants_evidence]
    empty = [left.evidence.title for left in plan.left_out if left.why is LeftWhy.EMPTY]
    gone = [each.name for each in plan.missing.values()]
    found = (
        (gone, "{files} missing or altered in the store and cannot go: {names}.", ("file is", "files are")),
        (bare, "{files} no evidence in this pack: {names}.", ("item has", "items have")),
        (stale.values(), "{files} out of date and marked so: {names}.", ("piece is", "pieces are")),
        (links.values(), "{files} no stored copy and will be listed only: {names}.", ("link has", "links have")),
        (empty, "{files} neither file nor link: {names}.", ("piece has", "pieces have")),
    )
    return tuple(
        text.format(files=counted(len(names), *nouns), names=_some(names)) for names, text, nouns in found if names
    )


def _some(names: Iterable[str]) -> str:
    each = [shown(name) for name in names]
    more = len(each) - _NAMED
    return ", ".join(each[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
