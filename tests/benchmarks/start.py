"""Start: from the start of the process to the first painted window, and to the first page filled with 10,000 items."""

from functools import partial

from . import children
from .figures import Figure, interleaved
from .volume import Builder

ROUNDS = 9
TO_PAINT, TO_FILL = 1.6, 1.5


def measure(build: Builder) -> list[Figure]:
    """The floors: a bare QMainWindow; and the same after importing SQLAlchemy's ORM. Both painted as ours."""
    small, large = str(build(116)), str(build(10_000))
    run = partial(children.run, build(116).parent / "bytecode")
    for told in ((children.FLOOR_WITH_ORM,), (children.OURS, small)):
        run(*told)  # once for the caches of the disk and of Python
    painted, filled, bare, with_orm = interleaved(
        ROUNDS,
        lambda: run(children.OURS, small)["painted"],
        lambda: run(children.OURS, large)["filled"],
        lambda: run(children.FLOOR)["painted"],
        lambda: run(children.FLOOR_WITH_ORM)["painted"],
    )
    return [
        Figure("process start to first painted window", "ms", painted, bare, TO_PAINT),
        Figure("process start to first page filled, 10,000 items", "ms", filled, with_orm, TO_FILL),
    ]
