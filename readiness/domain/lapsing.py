"""Lapsing: which items lose their last current evidence by a later day, and whose they are. Pure rules: no clock.

Evidence that lapses never becomes current again by itself, so one day per item says it all. Source: design.md, 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ItemStatus

NEVER_PROVEN, FOR_EVER = date.min, date.max


@dataclass(frozen=True, slots=True)
class Lapse:
    """An item that has current evidence today, and will have none."""

    item: ItemRow
    last_day: date  # the last one on which any of its evidence counts

    @property
    def owner(self) -> str:
        """Whose it is; "" when nobody's."""
        return self.item.owner


def proven_until(item: ItemRow) -> date:
    """Return the last day on which an item is proven.

    FOR_EVER where it needs no evidence or has some that never lapses; NEVER_PROVEN where it has none.
    """
    if not item.kind.needs_evidence:
        return FOR_EVER
    links = item.proof.links
    if len(links) < 2:  # as most have it
        return (links[0].until or FOR_EVER) if links else NEVER_PROVEN
    return item.proof.last_good_day or FOR_EVER


def lapses_by(items: Iterable[ItemRow], day: date, until: date) -> tuple[Lapse, ...]:
    """Return the items that are proven on a day and no longer on a later one, the first to lapse first, then by weight.

    Items that do not apply are left out.
    """
    return lapses_of([(item, proven_until(item)) for item in items], day, until)


def lapses_of(proven: Iterable[tuple[ItemRow, date]], day: date, until: date) -> tuple[Lapse, ...]:
    """Return what `lapses_by` returns, of items whose `proven_until` is known."""
    lapses = [
        Lapse(item, last)
        for item, last in proven
        if day <= last < until and item.status is not ItemStatus.NOT_APPLICABLE
    ]
    return tuple(sorted(lapses, key=_first_and_heaviest))


def _first_and_heaviest(lapse: Lapse) -> tuple[date, int, str]:
    return lapse.last_day, -lapse.item.priority.weight, lapse.item.reference


def by_owner(lapses: Sequence[Lapse]) -> dict[str, tuple[Lapse, ...]]:
    """Return lapses by whose they are, who loses most first, nobody's last."""
    found: dict[str, list[Lapse]] = {}
    for lapse in lapses:
        found.setdefault(lapse.owner, []).append(lapse)
    order = sorted(found, key=lambda owner: (not owner, -len(found[owner]), owner.casefold()))
    return {owner: tuple(found[owner]) for owner in order}
