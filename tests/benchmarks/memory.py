"""Memory: 10,000 items open with the Checklist shown, against a process that imported PySide6 and SQLAlchemy's ORM."""

from functools import partial

from . import children
from .figures import Figure, interleaved
from .volume import Builder

ROUNDS = 3
TIMES_BARE = 1.6


def measure(build: Builder) -> list[Figure]:
    """Both after the window was painted; the floor's window is empty."""
    large = str(build(10_000))
    run = partial(children.run, build(10_000).parent / "bytecode")
    for told in ((children.FLOOR_WITH_ORM,), (children.OURS, large, "checklist")):
        run(*told)  # compiling takes memory too
    peak, own, bare_peak, bare_own = interleaved(
        ROUNDS,
        lambda: run(children.OURS, large, "checklist")["peak_kb"],
        lambda: run(children.OURS, large, "checklist")["own_kb"],
        lambda: run(children.FLOOR_WITH_ORM, "size")["peak_kb"],
        lambda: run(children.FLOOR_WITH_ORM, "size")["own_kb"],
    )
    return [
        Figure("peak memory, 10,000 items on the Checklist", "MB", peak, bare_peak, TIMES_BARE),
        Figure("memory of its own alone then (USS)", "MB", own, bare_own),
    ]
