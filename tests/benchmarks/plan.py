"""Plan: rehearsing 1,800 items: one plan over 60 days, and a plan for each of 60 days on which they might ring."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from readiness.domain.plan import Planner
from readiness.frameworks.shipped import find_framework
from readiness.services.boards import read_board
from readiness.storage.opening import open_workspace

from .figures import Figure, timed
from .volume import DAY

ITEMS = 1800
DAYS = 60
ROUNDS = 7
BAR_MS = 200.0


def measure(build: Callable[[int], Path]) -> Iterator[Figure]:
    """Yield how long rehearsals take; all items are put into one inspection, a tenth with dates set by hand."""
    with open_workspace(build(ITEMS), write=False) as workspace:
        board = workspace.read(read_board, DAY)
    row = board.inspections[-1]
    items = tuple(
        replace(item, inspection_id=row.id, due_override=DAY + timedelta(days=n % DAYS) if n % 10 == 0 else None)
        for n, item in enumerate(board.items)
    )
    framework = find_framework("ilacs-2018")

    def one() -> None:
        Planner(row, items, framework, board.calendar).rehearse(DAY)

    def sixty() -> None:
        planner = Planner(row, items, framework, board.calendar)
        for number in range(DAYS):
            planner.rehearse(DAY + timedelta(days=number))

    for calls, act in ((1, one), (DAYS, sixty)):
        act()  # the calendar's years are looked up once
        spent = median(timed(act) for _ in range(ROUNDS))
        yield Figure(f"rehearsing {len(items):,} items, calls: {calls}", "ms", spent, None, BAR_MS)
