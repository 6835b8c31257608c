"""Diff text: which words of a text were removed and which were added. Pure: no Qt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

MOST_WORDS = 1000
"""Longer texts are shown whole, old and new: comparing them would take longer than reading them."""

_PIECES = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")  # a word takes the space before it along: fewer, rarer pieces


class Mark(Enum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate."""

    text: str
    mark: Mark


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that make `old` into `new`; texts with little in common are one removal and one addition."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        return _whole(old, new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return _whole(old, new)
    return tuple(_runs(matcher, before, after))


def _whole(old: str, new: str) -> tuple[Run, ...]:
    if old == new:
        return (Run(old, Mark.KEPT),) if old else ()
    runs = (Run(old, Mark.REMOVED), Run(new, Mark.ADDED))
    return tuple(run for run in runs if run.text)


def _runs(matcher: "SequenceMatcher[str]", before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Run("".join(before[i1:i2]), Mark.KEPT)
            continue
        if i2 > i1:
            yield Run("".join(before[i1:i2]), Mark.REMOVED)
        if j2 > j1:
            yield Run("".join(after[j1:j2]), Mark.ADDED)
