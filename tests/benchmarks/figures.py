"""Figures: what a benchmark measured, the floor it is held against, and whether its bar holds."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians of one run. With a floor the bar is a ratio to it, else an amount; None: told, not judged."""

    name: str
    unit: str
    ours: float
    floor: float | None = None
    bar: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        reached = self.ours if self.ratio is None else self.ratio
        return self.bar is None or reached <= self.bar

    def __str__(self) -> str:
        floor = f"{self.floor:.3g} {self.unit}" if self.floor is not None else "-"
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else "-"
        bar = "-" if self.bar is None else f"{self.bar} x" if self.floor is not None else f"{self.bar:g} {self.unit}"
        judged = "told" if self.bar is None else "holds" if self.holds else "MISSED"
        return f"{self.name:<58} {f'{self.ours:.3g} {self.unit}':>10} {floor:>10} {ratio:>6} {bar:>8}  {judged}"


HEADING = f"{'':<58} {'ours':>10} {'floor':>10} {'ratio':>6} {'bar':>8}"


def timed(act: Callable[[], object]) -> float:
    """Return how long something takes, in ms."""
    before = perf_counter()
    act()
    return (perf_counter() - before) * 1000


def interleaved(rounds: int, *acts: Callable[[], float]) -> list[float]:
    """Measure A B A B ..., so that what disturbs the machine disturbs all alike; return the median of each."""
    found = [[act() for act in acts] for _ in range(rounds)]
    return [median(values) for values in zip(*found, strict=True)]
