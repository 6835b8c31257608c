"""Saved views: filters with a name as the settings keep them (JSON), and those that are always there. Pure: no Qt."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Protocol

from readiness.domain.filters import DueSpan, ItemFilter
from readiness.domain.vocabulary import ItemStatus, Priority, Rating, Word

VIEWS = "checklist.views"
COLUMNS_SHOWN = "checklist.columns"
WIDTHS = "checklist.widths"
PANEL_OPEN = "checklist.panel"
LAST_VISITS = "checklist.visits"
MOST_VISITS = 20

_WORDS: dict[str, type[Word]] = {
    "statuses": ItemStatus,
    "ratings": Rating,
    "priorities": Priority,
    "due": DueSpan,
}


class Preferences(Protocol):
    """What the page keeps between runs; `ui.settings.Settings` is one."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default."""

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""


def packed(chosen: ItemFilter) -> dict[str, Any]:
    """Return a filter as JSON can hold it: only what is not as usual."""
    made: dict[str, Any] = {}
    for each in fields(chosen):
        value = getattr(chosen, each.name)
        if value == each.default:
            continue
        if isinstance(value, datetime):
            made[each.name] = value.isoformat()
        elif isinstance(value, tuple):
            made[each.name] = [word.value if isinstance(word, Word) else word for word in value]
        else:
            made[each.name] = value
    return made


def unpacked(made: Mapping[str, Any]) -> ItemFilter:
    """Return a filter from JSON; what cannot be read, or comes from a newer version, is left out."""
    values: dict[str, Any] = {}
    for each in fields(ItemFilter):
        value = made.get(each.name)
        if value is None:
            continue
        if each.name in _WORDS and isinstance(value, list):
            values[each.name] = tuple(word for word in _WORDS[each.name] if word.value in value)
        elif each.name == "changed_since":
            moment = _moment(value)
            values[each.name] = moment if moment is not None and moment.tzinfo is not None else None
        elif isinstance(each.default, tuple) and isinstance(value, list):
            values[each.name] = tuple(text for text in value if isinstance(text, str))
        elif isinstance(value, type(each.default)):
            values[each.name] = value
    return ItemFilter(**values)


def built_in(me: tuple[str, ...], changed_since: datetime | None) -> dict[str, ItemFilter]:
    """Return the views that are always there."""
    views = {}
    if me:
        views["My items"] = ItemFilter(mine=me)
    views["Off track or at risk"] = ItemFilter(ratings=(Rating.OFF_TRACK, Rating.AT_RISK))
    views["Late or due soon"] = ItemFilter(due=(DueSpan.LATE, DueSpan.TODAY, DueSpan.SOON))
    views["Counts on day one"] = ItemFilter(day_one=True)
    views["Nobody owns it"] = ItemFilter(owners=("",))
    if changed_since is not None:
        views["Changed since my last visit"] = ItemFilter(changed_since=changed_since)
    return views


def read_views(kept: Preferences) -> dict[str, ItemFilter]:
    """Return the views that people saved, by name."""
    found = kept.get(VIEWS, {})
    if not isinstance(found, dict):
        return {}
    return {str(name): unpacked(made) for name, made in found.items() if isinstance(made, dict)}


def keep_view(kept: Preferences, name: str, chosen: ItemFilter | None) -> None:
    """Save a view under a name, or forget it (None)."""
    views = {each: packed(view) for each, view in read_views(kept).items() if each != name}
    if chosen is not None:
        views[name] = packed(replace(chosen, label=""))
    kept.set(VIEWS, views)


def read_last_visit(kept: Preferences, workspace_id: str) -> datetime | None:
    """Return when the reader was last in a workspace, with its zone; None: never before."""
    moment = _moment(_visits(kept).get(workspace_id))
    return moment if moment is not None and moment.tzinfo is not None else None


def keep_last_visit(kept: Preferences, workspace_id: str, began: datetime) -> None:
    """Keep when a visit began, as the last one; of many workspaces, those visited latest."""
    others = [(id_, at) for id_, at in _visits(kept).items() if id_ != workspace_id]
    kept.set(LAST_VISITS, dict([*others, (workspace_id, began.isoformat())][-MOST_VISITS:]))


def _visits(kept: Preferences) -> dict[str, object]:
    found = kept.get(LAST_VISITS)
    return found if isinstance(found, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
