"""Moving: where items and areas go when they are moved up or down one place. Pure: no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from readiness.domain.views import AreaRow, Board, ItemRow


@dataclass(frozen=True, slots=True)
class Target:
    """A place for items: before another of an area, or at its end (None)."""

    area_id: str
    before_id: str | None


def item_target(moved: Sequence[ItemRow], seen: Sequence[ItemRow], board: Board, up: bool) -> Target | None:
    """Return where items go; past the first or last of an area they go on into the next one.

    Args:
        moved: The items, in order, of one area.
        seen: The items that can be seen, in order: a move passes one of these, not one that is filtered away.
        board: All of them.
        up: Up or down.

    Returns:
        None where there is no place further.
    """
    area_id = moved[0].area_id
    going = {item.id for item in moved}
    near = [item for item in seen if item.area_id == area_id]
    whole = [item for item in board.items if item.area_id == area_id]
    if up:
        first = next(number for number, item in enumerate(near) if item.id in going)
        if first > 0:
            return Target(area_id, near[first - 1].id)
        area = _neighbour(board, area_id, -1)
        return Target(area.id, None) if area is not None else None
    last = max(number for number, item in enumerate(near) if item.id in going)
    if last + 1 < len(near):
        passed = near[last + 1].id
        after = [item.id for item in whole[[item.id for item in whole].index(passed) + 1 :] if item.id not in going]
        return Target(area_id, after[0] if after else None)
    area = _neighbour(board, area_id, 1)
    if area is None:
        return None
    return Target(area.id, next((item.id for item in board.items if item.area_id == area.id), None))


def area_target(area: AreaRow, board: Board, up: bool) -> tuple[bool, str | None]:
    """Return (whether there is a place, the area to stand before; None: the end)."""
    areas = [each for each in board.areas if each.inspection_id == area.inspection_id]
    place = next(number for number, each in enumerate(areas) if each.id == area.id)
    if up:
        return (True, areas[place - 1].id) if place > 0 else (False, None)
    if place + 1 >= len(areas):
        return False, None
    return True, areas[place + 2].id if place + 2 < len(areas) else None


def _neighbour(board: Board, area_id: str, step: int) -> AreaRow | None:
    area = next(each for each in board.areas if each.id == area_id)
    areas = [each for each in board.areas if each.inspection_id == area.inspection_id]
    place = areas.index(area) + step
    return areas[place] if 0 <= place < len(areas) else None


def next_reference(area: AreaRow, board: Board) -> str:
    """Return a reference for a new item: the last of the area counted on, else made from the area's letter."""
    taken = {item.reference for item in board.items if item.inspection_id == area.inspection_id}
    models = [item.reference for item in board.items if item.area_id == area.id and item.reference[-1:].isdigit()]
    model = models[-1] if models else f"{area.code}00"
    stem = model.rstrip("0123456789")
    width, number = len(model) - len(stem), int(model[len(stem) :])
    while True:
        number += 1
        made = f"{stem}{number:0{width}}"
        if made not in taken:
            return made
