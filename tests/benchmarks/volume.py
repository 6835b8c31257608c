"""Volume: a large workspace in seconds, made through the real use cases; the same every time for the same size.

The shipped frameworks' areas, with their items laid out as often as it takes, each time under other references.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from readiness.domain.views import AreaDraft, Board, FrameworkDraft, Identity, InspectionDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.boards import read_board
from readiness.services.inspections import start_inspections
from readiness.services.items import edit_cells
from readiness.services.people import set_identity
from readiness.services.review import set_four_eyes
from readiness.storage.opening import create_workspace
from readiness.storage.workspace import Workspace

DAY = date(2021, 4, 26)
_OWNERS = tuple(f"{role} {place}" for role in ("Head of", "Lead for", "Analyst,") for place in (
    "SEND", "Early Help", "Education", "Health", "Transport", "Short Breaks", "Admissions", "Data",
))  # fmt: skip
_POSITION = "In place since {number} schools joined; known to every team, and the next review is planned for the term."
_IMPACT = "Waiting times fell for {number} terms in a row; families tell the forum that they now know whom to ask."
_GAP = "The figures of {number} localities are missing. The partner has not confirmed the final version yet."
_STATUSES = tuple(ItemStatus)
Cells = dict[str, tuple[ItemEdit, ...]]


def make_volume(folder: Path, items: int) -> None:
    """Make a workspace with so many items in a new folder, worked on by several people over some weeks."""
    made = _Clock()
    workspace = create_workspace(folder, at_risk=True, clock=made, workspace="ab" * 16, laptop="cd" * 8)
    with workspace:
        workspace.run(set_identity, Identity("", _OWNERS[0], "SEND"))
        workspace.run(set_four_eyes, False)  # one step gives every item its status here
        drafts = enlarged(shipped_frameworks()[:2], items)
        ready = (DAY + timedelta(days=4), DAY + timedelta(days=120))
        inspections = tuple(InspectionDraft(each, ready_by=day) for each, day in zip(drafts, ready, strict=True))
        workspace.run(start_inspections, inspections, "Large council")
        _fill(workspace, made)


def _fill(workspace: Workspace, made: "_Clock") -> None:
    chance = random.Random("volume")
    board = workspace.read(read_board, DAY)
    for weeks_ago, label, cells_of in (
        (6, "Name the owners", _owners),
        (4, "Set the status", _statuses),
        (2, "Write the narratives", _narratives),
    ):
        made.now = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC) - timedelta(weeks=weeks_ago)
        workspace.run(edit_cells, cells_of(board, chance), label)


def _owners(board: Board, chance: random.Random) -> Cells:
    return {row.id: (ItemEdit(ItemField.OWNER, chance.choice(_OWNERS)),) for row in board.items}


def _statuses(board: Board, chance: random.Random) -> Cells:
    return {row.id: (ItemEdit(ItemField.STATUS, chance.choice(_STATUSES)),) for row in board.items}


def _narratives(board: Board, chance: random.Random) -> Cells:
    cells: Cells = {}
    for row in board.items[::2]:
        number = chance.randint(2, 90)
        cells[row.id] = (
            ItemEdit(ItemField.POSITION, _POSITION.format(number=number)),
            ItemEdit(ItemField.IMPACT, _IMPACT.format(number=number)),
            ItemEdit(ItemField.IMPACT_LEVEL, chance.choice(tuple(ImpactLevel))),
            ItemEdit(ItemField.GAP, _GAP.format(number=number)),
        )
    return cells


def enlarged(frameworks: Sequence[FrameworkDraft], items: int) -> tuple[FrameworkDraft, ...]:
    """Return frameworks that keep their areas and lay out so many items between them."""
    areas = [(number, area) for number, framework in enumerate(frameworks) for area in framework.areas if area.items]
    share, rest = divmod(items, len(areas))
    grown: list[list[AreaDraft]] = [[] for _ in frameworks]
    for place, (number, area) in enumerate(areas):
        grown[number].append(replace(area, items=_repeated(area.items, share + (place < rest))))
    return tuple(replace(each, areas=tuple(found)) for each, found in zip(frameworks, grown, strict=True))


def _repeated(items: Sequence[ItemDraft], count: int) -> tuple[ItemDraft, ...]:
    repeated = islice(cycle(items), count)
    return tuple(
        each if number < len(items) else replace(each, reference=f"{each.reference}.{number // len(items) + 1}")
        for number, each in enumerate(repeated)
    )


class _Clock:
    """Says the time it is set to, a little later each time."""

    def __init__(self) -> None:
        self.now = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC) - timedelta(weeks=9)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


Builder = Callable[[int], Path]


def builder(folder: Path) -> Builder:
    """Return a function that makes workspaces in a folder, each size once, and says where."""
    made: dict[int, Path] = {}

    def build(items: int) -> Path:
        if items not in made:
            made[items] = folder / f"volume-{items}"
            make_volume(made[items], items)
        return made[items]

    return build
