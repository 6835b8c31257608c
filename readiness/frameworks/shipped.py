"""Shipped: the frameworks that come with the program."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from readiness.domain.errors import BadValue
from readiness.domain.views import FrameworkDraft
from readiness.frameworks.bases import shipped_text
from readiness.frameworks.reader import is_only_a_base, read_framework
from resources import resource

_FIRST = ("send-revisit-2018", "ilacs-2018")
"""The order people meet them in; others follow by id."""


@cache
def shipped_frameworks() -> tuple[FrameworkDraft, ...]:
    """Return the shipped frameworks in the order they are offered; they cannot change while the program runs."""
    files = [file for file in resource("frameworks").iterdir() if file.name.endswith(".toml")]
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    drafts = [read_framework(text, name, shipped_text) for name, text in texts.items() if not is_only_a_base(text)]
    return tuple(sorted(drafts, key=_position))


def newest_editions(day: date) -> tuple[FrameworkDraft, ...]:
    """Return the shipped frameworks that are in force on a day, in the order they are offered."""
    return in_force(shipped_frameworks(), day)


def other_editions(day: date) -> tuple[FrameworkDraft, ...]:
    """Return the shipped frameworks that are not in force on a day: earlier and coming ones."""
    newest = {draft.id for draft in newest_editions(day)}
    return tuple(draft for draft in shipped_frameworks() if draft.id not in newest)


def in_force(frameworks: Sequence[FrameworkDraft], day: date) -> tuple[FrameworkDraft, ...]:
    """Return of each family the newest edition that applies on a day, and what stands alone once it applies.

    An edition that names no first day has always applied.
    """
    newest: dict[tuple[str, str], FrameworkDraft] = {}
    for draft in frameworks:
        if _since(draft) <= day:
            family = (draft.family, "" if draft.family else draft.id)
            newest[family] = max(newest.get(family, draft), draft, key=_since)
    chosen = {draft.id for draft in newest.values()}
    return tuple(draft for draft in frameworks if draft.id in chosen)


def _since(draft: FrameworkDraft) -> date:
    return draft.since or date.min


def find_framework(id_: str | None) -> FrameworkDraft:
    """Return a shipped framework by its id. Raises BadValue, naming the ids there are, when it is none of them."""
    for draft in shipped_frameworks():
        if draft.id == id_:
            return draft
    known = ", ".join(draft.id for draft in shipped_frameworks())
    problem = f"There is no framework “{id_}”." if id_ else "No framework was named."
    raise BadValue(f"{problem} Choose one of these: {known}.")


def _position(draft: FrameworkDraft) -> tuple[int, str]:
    return (_FIRST.index(draft.id) if draft.id in _FIRST else len(_FIRST), draft.id)
