"""Three-way: a text that holds what two people changed, proposed where they changed different lines; never applied.

Source: merge.md, section 6.5.
"""

from difflib import SequenceMatcher

_Edit = tuple[int, int, list[str]]
"""Lines of the text before, from and to, and what stands in their place."""


def clean_merge(before: str, mine: str, theirs: str) -> str | None:
    """Return the text with both changes; None where they touch the same lines, or lines beside each other."""
    if mine == theirs or theirs == before:
        return mine
    if mine == before:
        return theirs
    base = before.split("\n")
    first, second = _edits(base, mine.split("\n")), _edits(base, theirs.split("\n"))
    for start, end, _ in first:
        for other, until, _ in second:
            if start <= until and other <= end:
                return None
    made, place = [], 0
    for start, end, lines in sorted([*first, *second], key=lambda each: each[:2]):
        made += base[place:start] + lines
        place = end
    return "\n".join(made + base[place:])


def _edits(base: list[str], other: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [(i1, i2, other[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
