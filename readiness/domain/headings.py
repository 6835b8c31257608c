"""Headings: whether a list that is about to be sent has the columns that were published. Names of columns, never rows.

Case, space and the kind of apostrophe are forgiven; empty headings after the last one are ignored.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from readiness.domain.schemes import ListSpec

_LONGEST_SHOWN = 120


def check_headings(spec: ListSpec, headings: Sequence[str]) -> tuple[str, ...]:
    """Return what is wrong with the headings of a list, a sentence for each column; () when all is as published.

    Args:
        spec: The list as it is asked for.
        headings: The first row of the list, from left to right.

    Returns:
        What is missing, unknown, doubled and out of order, in this order.
    """
    places = {_folded(column): place for place, column in enumerate(spec.columns)}
    standing: dict[str, list[int]] = defaultdict(list)  # folded heading -> the columns it heads, counted from 1
    for number, heading in enumerate(_without_empty_end(headings), start=1):
        standing[_folded(heading)].append(number)
    known = [places[folded] for folded in standing if folded in places]  # each once, as it stands first
    return (
        *_missing(spec, set(known)),
        *(_unknown(spec, headings[number - 1], number) for number in _others(standing, places)),
        *(
            f"“{spec.columns[places[folded]]}” stands more than once: {_listed(numbers)}. Keep one."
            for folded, numbers in standing.items()
            if folded in places and len(numbers) > 1
        ),
        *_out_of_order(spec, known),
    )


def known_headings(spec: ListSpec, headings: Sequence[str]) -> int:
    """Return how many of some headings are columns of a list."""
    columns = {_folded(column) for column in spec.columns}
    return sum(_folded(heading) in columns for heading in headings)


def _folded(text: str) -> str:
    """Return a heading as it is compared."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).casefold()


def _without_empty_end(headings: Sequence[str]) -> Sequence[str]:
    end = len(headings)
    while end and not headings[end - 1].strip():
        end -= 1
    return headings[:end]


def _missing(spec: ListSpec, known: set[int]) -> list[str]:
    return [
        f"“{column}” is missing: it is column {place} of list {spec.number}."
        for place, column in enumerate(spec.columns, start=1)
        if place - 1 not in known
    ]


def _others(standing: dict[str, list[int]], places: dict[str, int]) -> list[int]:
    return sorted(number for folded, numbers in standing.items() if folded not in places for number in numbers)


def _unknown(spec: ListSpec, heading: str, number: int) -> str:
    text = " ".join(heading.split())
    if not text:
        return f"Column {number} has no heading. Write one of list {spec.number}, or remove the column."
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return f"“{shown}” (column {number}) is no column of list {spec.number}. Correct its name, or remove it."


def _listed(numbers: Sequence[int]) -> str:
    return f"columns {', '.join(str(number) for number in numbers[:-1])} and {numbers[-1]}"


def _out_of_order(spec: ListSpec, known: Sequence[int]) -> list[str]:
    """Name the fewest columns that must move."""
    staying = _longest_rise(known)
    present = sorted(known)
    return [
        f"“{spec.columns[place]}” is out of order: it belongs {_where(spec, present, place)}."
        for place in known
        if place not in staying
    ]


def _where(spec: ListSpec, present: Sequence[int], place: int) -> str:
    before = bisect_left(present, place) - 1
    return f"after “{spec.columns[present[before]]}”" if before >= 0 else "first"


def _longest_rise(known: Sequence[int]) -> set[int]:
    """Return a longest part of distinct numbers that rises as it stands."""
    best: list[tuple[int, ...]] = []  # best[n]: a rise of n + 1 numbers with the smallest end
    for place in known:
        length = bisect_left([rise[-1] for rise in best], place)
        rise = (*(best[length - 1] if length else ()), place)
        best[length : length + 1] = [rise]
    return set(best[-1]) if best else set()
