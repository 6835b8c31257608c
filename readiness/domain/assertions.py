"""Assertions: which claims do not stand, the assertion gap. Pure rules: no clock. Source: design.md, section 5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from readiness.domain.proof import only_policy
from readiness.domain.scoring import CLAIMED
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus, ReviewKind, Word

if TYPE_CHECKING:
    from readiness.domain.evidence import ReviewRow  # many rows take long to make; the first page needs none of them


class Doubt(Word):
    """Why a claim does not stand; the label is how it is listed."""

    NO_EVIDENCE = "no_evidence", "No current evidence"
    LAPSED = "lapsed", "Sign-off has lapsed"
    ONLY_POLICY = "only_policy", "Only policy as proof"
    SAME_PERSON = "same_person", "Same person claimed and checked"


class Hands(NamedTuple):
    """Whose review of a claim came last, by kind; "" where there was none."""

    submitted: str = ""
    checked: str = ""
    signed: str = ""


NO_HANDS = Hands()


@dataclass(frozen=True, slots=True)
class AssertionGap:
    """The claims, and those that do not stand. An item may stand under several doubts; it is doubted once."""

    claimed: tuple[ItemRow, ...]
    doubted: tuple[ItemRow, ...]  # each once, in the order of the claims
    by_doubt: Mapping[Doubt, tuple[ItemRow, ...]]  # every doubt, also those of nobody

    def within(self, inspection_id: str | None) -> "AssertionGap":
        """Return the gap of one inspection; None: all of it."""
        if inspection_id is None:
            return self
        return AssertionGap(
            _of(self.claimed, inspection_id),
            _of(self.doubted, inspection_id),
            {doubt: _of(items, inspection_id) for doubt, items in self.by_doubt.items()},
        )


def assertion_gap(
    items: Iterable[ItemRow], day: date, hands: Mapping[str, Hands] | None = None, *, four_eyes: bool = True
) -> AssertionGap:
    """Return which claims do not stand.

    Args:
        items: Items as they stand on the board's day.
        day: The board's day.
        hands: Whose reviews came last, by item; None: not looked at, and nobody is held to have checked their own.
        four_eyes: Whether the council wants two people. Where it has decided otherwise, one is no doubt.
    """
    claimed = tuple(item for item in items if item.status in CLAIMED)
    by_doubt: dict[Doubt, list[ItemRow]] = {doubt: [] for doubt in Doubt}
    doubted = []
    for item in claimed:
        found = doubts(item, day, (hands or {}).get(item.id, NO_HANDS), four_eyes=four_eyes and hands is not None)
        for doubt in found:
            by_doubt[doubt].append(item)
        if found:
            doubted.append(item)
    return AssertionGap(claimed, tuple(doubted), {doubt: tuple(rows) for doubt, rows in by_doubt.items()})


def doubts(item: ItemRow, day: date, hands: Hands, *, four_eyes: bool = True) -> tuple[Doubt, ...]:
    """Return why the claim of an item does not stand; none where it stands, or nothing is claimed."""
    if item.status not in CLAIMED:
        return ()
    found = []
    if item.unproven:
        found.append(Doubt.NO_EVIDENCE)
    if item.lapsed:
        found.append(Doubt.LAPSED)
    if item.kind.needs_evidence and only_policy(item.proof.current(day)):
        found.append(Doubt.ONLY_POLICY)
    if four_eyes and is_same_person(item, hands):
        found.append(Doubt.SAME_PERSON)
    return tuple(found)


def is_same_person(item: ItemRow, hands: Hands) -> bool:
    """Whether one person both made a claim and checked it; False where it is not known who did."""
    if item.status is ItemStatus.SIGNED_OFF:
        claimed, checked = item.claimed_by or hands.checked or hands.submitted, hands.signed
    else:
        claimed, checked = hands.submitted, item.claimed_by or hands.checked
    return bool(claimed) and plain_name(claimed) == plain_name(checked)


def hands_of(reviews: "Iterable[ReviewRow]") -> Hands:
    """Return whose review came last, by kind; the reviews of one item, in any order."""
    last: dict[ReviewKind, str] = {}
    for review in sorted(reviews, key=attrgetter("at", "id")):
        last[review.kind] = review.by
    return Hands(
        last.get(ReviewKind.SUBMITTED, ""), last.get(ReviewKind.CHECKED, ""), last.get(ReviewKind.SIGNED_OFF, "")
    )


def plain_name(name: str) -> str:
    """Return a name as it is compared: without regard to case and spaces."""
    return " ".join(name.split()).casefold()


_SAID = {
    Doubt.NO_EVIDENCE: "{} without current evidence",
    Doubt.LAPSED: "{} with a sign-off that has lapsed",
    Doubt.ONLY_POLICY: "{} with nothing but policy as proof",
    Doubt.SAME_PERSON: "{} claimed and checked by the same person",
}


def headline(gap: AssertionGap) -> tuple[str, str]:
    """Return the gap as a sentence: the figure, and what follows it, "7 of 31 claims do not stand" and why."""
    claims, doubted = len(gap.claimed), len(gap.doubted)
    if not claims:
        return "Nothing is claimed yet", ": no item is Checked or Signed off."
    if not doubted:
        return ("The one claim stands" if claims == 1 else f"All {claims:,} claims stand"), "."
    figure = f"{doubted:,} of {claims:,} claim{'' if claims == 1 else 's'} {_verb(doubted)} not stand"
    parts = [_SAID[doubt].format(f"{len(items):,}") for doubt, items in gap.by_doubt.items() if items]
    return figure, f": {', '.join(parts)}."


def _verb(count: int) -> str:
    return "does" if count == 1 else "do"


def _of(items: Sequence[ItemRow], inspection_id: str) -> tuple[ItemRow, ...]:
    return tuple(item for item in items if item.inspection_id == inspection_id)
