"""Memory: 10,000 items open with the Checklist shown, against a process that imported PySide6 and SQLAlchemy's ORM."""

from . import children
from .figures import Figure, interleaved
from .volume import Builder

ROUNDS = 3
TIMES_BARE = 1.6


def measure(build: Builder) -> list[Figure]:
    """Both after the window was painted; the floor's window is empty."""
    large = str(build(10_000))
    peak, own, bare_peak, bare_own = interleaved(
        ROUNDS,
        lambda: children.run(children.OURS, large, "checklist")["peak_kb"],
        lambda: children.run(children.OURS, large, "checklist")["own_kb"],
        lambda: children.run(children.FLOOR_WITH_ORM, "size")["peak_kb"],
        lambda: children.run(children.FLOOR_WITH_ORM, "size")["own_kb"],
    )
    return [
        Figure("peak memory, 10,000 items on the Checklist", "MB", peak, bare_peak, TIMES_BARE),
        Figure("memory of its own alone then (USS)", "MB", own, bare_own),
    ]
