"""Ordering: one order made of two, and the ranks that give it while as few of them change as can be. Pure rules."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from readiness.domain.ranks import between, spread


def woven(base: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return `base` with what only `others` has, each behind the nearest id of `base` that stands before it there."""
    known = set(base)
    following: dict[str, list[str]] = {}
    last = ""
    for id_ in others:
        if id_ in known:
            last = id_
        else:
            following.setdefault(last, []).append(id_)
    made = list(following.get("", ()))
    for id_ in base:
        made += [id_, *following.get(id_, ())]
    return made


def reranked(order: Sequence[str], ranks: Mapping[str, str]) -> dict[str, str]:
    """Return ranks for those that need another one so that `order` ascends; the others keep theirs.

    Args:
        order: Ids as they are to stand.
        ranks: Ranks they have; "" or none at all for what is new here.
    """
    kept = _ascending([(id_, ranks[id_]) for id_ in order if ranks.get(id_)])
    made: dict[str, str] = {}
    waiting: list[str] = []
    low = ""
    try:
        for id_ in order:
            if id_ in kept:
                made |= zip(waiting, _between_all(low, ranks[id_], len(waiting)), strict=True)
                waiting, low = [], ranks[id_]
            else:
                waiting.append(id_)
        made |= zip(waiting, _between_all(low, "", len(waiting)), strict=True)
    except (ValueError, KeyError):  # a rank that nothing fits beside, or that another program wrote
        return {id_: rank for id_, rank in zip(order, spread(len(order)), strict=True) if ranks.get(id_) != rank}
    return made


def _between_all(low: str, high: str, count: int) -> list[str]:
    """Return keys in order between two others, halving the room so that they stay short."""
    if count == 0:
        return []
    before = (count - 1) // 2
    middle = between(low, high)
    return [*_between_all(low, middle, before), middle, *_between_all(middle, high, count - 1 - before)]


def _ascending(ranked: Sequence[tuple[str, str]]) -> set[str]:
    """Return the ids of the longest run of ranks that ascends strictly already."""
    tails: list[str] = []  # the lowest rank with which a run of each length ends
    ends: list[int] = []
    before: list[int] = []
    for number, (_, rank) in enumerate(ranked):
        length = bisect_left(tails, rank)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [rank]
        ends[length : length + 1] = [number]
    kept: set[str] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(ranked[place][0])
        place = before[place]
    return kept
