"""Results: what a quality rule is, what it finds, where that stands, and how it is mended where that is safe."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from readiness.domain.steps import Value
from readiness.domain.vocabulary import Severity

if TYPE_CHECKING:
    from readiness.domain.checks.ground import Ground


class Place(NamedTuple):
    """Where something was found: a field of a record."""

    kind: str  # of record: "item", "evidence", "action", "finding", "inspection", "area"
    id: str
    field: str  # its name in the record; "evidence" for what is linked to an item


class FieldFix(NamedTuple):
    """A field of a record gets a value, as the record keeps both: only where it still holds what the rule saw."""

    kind: str
    id: str
    field: str
    value: Value
    seen: Value


Fix = tuple[FieldFix, ...]
"""What mends a place: all of it, or none."""


class Spot(NamedTuple):
    """One place that a rule found, and a sentence that says what is wrong there."""

    place: Place
    sentence: str
    fix: Fix = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One quality rule: a pure function over a dossier, followed to its links once."""

    code: str  # is stored nowhere, but typed on the command line
    title: str
    why: str  # why it matters, one sentence
    severity: Severity
    find: "Callable[[Ground], Iterable[Spot]]"
    cure: str = ""  # what mending does, one sentence; "": people have to decide


class About(NamedTuple):
    """The record at a place: what people call it, and where it belongs."""

    name: str  # "RV-C02", or the title where there is no reference
    title: str
    owner: str
    inspections: tuple[str, ...]  # ids, in their order; empty: it belongs to none
    area_id: str
    items: tuple[str, ...]  # ids of the items behind it, in their order
    order: int  # by inspection, area and item


class CheckResult(NamedTuple):
    """One place where a rule does not hold."""

    rule: Rule
    kind: str  # kind, id and field: its place
    id: str
    field: str
    about: About
    sentence: str
    fix: Fix

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.kind, self.id, self.field)

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.rule.severity

    def is_of(self, inspection_id: str | None) -> bool:
        """Whether it concerns an inspection; None: any. What belongs to none concerns all."""
        return inspection_id is None or not self.about.inspections or inspection_id in self.about.inspections
