"""Shipped: the frameworks that come with the program."""

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
