"""Owners: rules about who does it: names that are missing, written in two ways, or likely gone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readiness.domain.assertions import plain_name
from readiness.domain.checks.ground import Ground
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import Severity

ENOUGH_OWNED = 10
"""From so many owned items on, a name that stands once is remarkable."""
Owned = tuple[str, str, str]
"""Kind and id of a record, and its owner."""


def _idle_areas(ground: Ground) -> Mapping[str, Sequence[ItemRow]]:
    """Return the areas of two items or more in which nobody owns anything."""
    inside: dict[str, list[ItemRow]] = {}
    for item in ground.applicable:
        inside.setdefault(item.area_id, []).append(item)
    return {
        id_: items for id_, items in inside.items() if len(items) > 1 and not any(item.owner.strip() for item in items)
    }


def area_unowned(ground: Ground) -> Iterator[Spot]:
    """Whole areas that nobody owns."""
    for id_, items in _idle_areas(ground).items():
        yield Spot(Place("area", id_, "owner"), f"Nobody owns any of its {len(items):,} items.")


def owner_missing(ground: Ground) -> Iterator[Spot]:
    """Items that nobody owns, in areas where others are owned."""
    idle = _idle_areas(ground)
    for item in ground.applicable:
        if not item.owner.strip() and item.area_id not in idle:
            yield Spot(Place("item", item.id, "owner"), "Nobody owns it.")


def _owned(ground: Ground) -> Iterator[Owned]:
    """Yield what has an owner: items, actions, findings."""
    for item in ground.applicable:
        if item.owner.strip():
            yield "item", item.id, item.owner
    rows = (("action", ground.in_force), ("finding", ground.dossier.findings))
    yield from ((kind, row.id, row.owner) for kind, found in rows for row in found if row.owner.strip())


def _by_name(owned: Iterable[Owned]) -> Mapping[str, Sequence[Owned]]:
    plain: dict[str, str] = {}  # the same few names stand on thousands of items
    found: dict[str, list[Owned]] = {}
    for each in owned:
        owner = each[2]
        if owner not in plain:
            plain[owner] = plain_name(owner)
        found.setdefault(plain[owner], []).append(each)
    return found


def owner_spelt_twice(ground: Ground) -> Iterator[Spot]:
    """Owners whose name is written in more than one way; the way most often written is held to be right."""
    for found in _by_name(_owned(ground)).values():
        ways = Counter(owner for _, _, owner in found)
        if len(ways) == 1:
            continue
        usual = min(ways, key=lambda way: (-ways[way], way != " ".join(way.split()), way))
        for kind, id_, owner in found:
            if owner != usual:
                fix = (FieldFix(kind, id_, "owner", usual, owner),)
                yield Spot(Place(kind, id_, "owner"), f"“{owner}” is written “{usual}” elsewhere.", fix)


def owner_gone(ground: Ground) -> Iterator[Spot]:
    """Owners whom nothing else names: no other item, no person of the workspace, no review."""
    found = _by_name(_owned(ground))
    if sum(kind == "item" for each in found.values() for kind, _, _ in each) < ENOUGH_OWNED:
        return
    dossier = ground.dossier
    known = {plain_name(name) for name in dossier.people}
    known.update(plain_name(review.by) for reviews in dossier.reviews.values() for review in reviews)
    known.update({plain_name(name) for name in {item.claimed_by for item in ground.items}})
    for name, places in found.items():
        if len(places) == 1 and name not in known:
            ((kind, id_, owner),) = places
            what = f"“{owner}” is named nowhere else: a slip, or somebody who has left."
            yield Spot(Place(kind, id_, "owner"), what)


def service_missing(ground: Ground) -> Iterator[Spot]:
    """Items of no service; where all other items of the owner have one and the same, that is it."""
    services: dict[str, set[str]] = {}
    for item in ground.items:
        if item.owner and item.service.strip():
            services.setdefault(item.owner, set()).add(item.service)
    for item in ground.applicable:
        if not item.service.strip():
            usual = services.get(item.owner, set())
            fix = (FieldFix("item", item.id, "service", next(iter(usual)), item.service),) if len(usual) == 1 else ()
            yield Spot(Place("item", item.id, "service"), "No service is named.", fix)


RULES = (
    Rule(
        "area-unowned", "A whole area that nobody owns",
        "Nobody will tell you that nothing is done.",
        Severity.MUST, area_unowned,
    ),
    Rule(
        "owner-missing", "Nobody owns it",
        "What everybody could do, nobody does.",
        Severity.SHOULD, owner_missing,
    ),
    Rule(
        "service-missing", "No service named",
        "It is missing from every figure by service.",
        Severity.SHOULD, service_missing, "Takes the service of the owner’s other items, where they all have the same.",
    ),
    Rule(
        "owner-spelt-twice", "One owner written in two ways",
        "Filters and figures count one person as two.",
        Severity.KNOW, owner_spelt_twice, "Writes the name as it is written most often.",
    ),
    Rule(
        "owner-gone", "An owner whom nothing else names",
        "It may be a slip of the pen, or somebody who has left.",
        Severity.KNOW, owner_gone,
    ),
)  # fmt: skip
