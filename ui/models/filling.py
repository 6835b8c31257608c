"""Filling: the value of the first item's cell as edits of the items below it. Pure: no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from readiness.domain.errors import BadValue
from readiness.domain.plain_words import counted
from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField
from ui.models.item_columns import Column


@dataclass(frozen=True, slots=True)
class Filling:
    """What filling down comes to: edits by item, and the step's name; "" where one field says it best."""

    cells: dict[str, list[ItemEdit]]
    label: str = ""


def filled(chosen: Sequence[ItemRow], column: Column) -> Filling:
    """Return what makes items the same as the first of them in a column. Raises BadValue: there is nothing to fill.

    A day that comes from a rule is filled as its rule; a day set by hand goes with it.
    """
    if len(chosen) < 2:
        raise BadValue("Nothing to fill: no item of this area stands above. Choose several items, or one further down.")
    first, *others = chosen
    values = _values(first, column)
    cells = {
        item.id: edits
        for item in others
        if (edits := [ItemEdit(field, value) for field, value in values.items() if _held(item, field) != value])
    }
    if not cells:
        raise BadValue(f"Nothing to fill: {column.title} is the same there already.")
    is_mixed = len({edit.field for edits in cells.values() for edit in edits}) > 1
    return Filling(cells, f"Set {column.title.lower()} of {_where(cells, others)} as in {first.reference}" * is_mixed)


def _values(first: ItemRow, column: Column) -> dict[ItemField, object]:
    if column.field is None or column.value is None:
        raise BadValue(f"{column.title} cannot be filled down. Choose a cell of another column.")
    if column.field is not ItemField.DUE or first.due_override is not None:
        return {column.field: column.value(first)}
    if not first.due_rule:
        raise BadValue(f"Nothing to fill: {first.reference} has no due date and no rule for one.")
    return {ItemField.DUE: None, ItemField.DUE_RULE: first.due_rule}


def _held(item: ItemRow, field: ItemField) -> object:
    return item.due_override if field is ItemField.DUE else getattr(item, field.value)


def _where(cells: dict[str, list[ItemEdit]], others: Sequence[ItemRow]) -> str:
    if len(cells) > 1:
        return counted(len(cells), "item")
    return next(item.reference for item in others if item.id in cells)
