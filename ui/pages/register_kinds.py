"""Register kinds: what sets the pages of actions, findings and scrutiny apart, as data. A row here is a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.action_filters import ActionFilter, FindingFilter, passes_action, passes_finding
from readiness.domain.actions import ActionLine, FindingLine, Registers
from readiness.domain.vocabulary import (
    ActionField,
    ActionSource,
    ActionStatus,
    Delivery,
    FindingField,
    FindingStatus,
    ImpactLevel,
    Rating,
    Word,
)
from readiness.services import actions, findings
from ui.models.register_columns import (
    ACTION_COLUMNS,
    FINDING_COLUMNS,
    SCRUTINY_COLUMNS,
    Field,
    Line,
    RegisterColumn,
)
from ui.models.register_words import say_action_counts, say_finding_counts, say_scrutiny_counts
from ui.widgets.register_bar import AREAS, Choice, Filter


@dataclass(frozen=True, slots=True)
class Verbs:
    """The use cases that write one kind of record."""

    edit: Callable[..., Any]
    place: Callable[..., Any]
    move: Callable[..., Any]
    remove: Callable[..., Any]
    restore: Callable[..., Any]
    make_edit: Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One page."""

    key: str
    title: str
    record: str  # "action" or "finding"
    noun: str  # as people call one of them here
    columns: tuple[RegisterColumn[Any], ...]
    choices: tuple[Choice, ...]
    empty: Filter
    lines: Callable[[Registers], Sequence[Line]]
    passes: Callable[[Any, Any], bool]
    say: Callable[[Sequence[Line], int], str]
    verbs: Verbs
    status_field: Field
    statuses: tuple[Word, ...]
    nothing: tuple[str, str, str]  # title, line and button where there is none yet
    names: tuple[Field, ...]  # fields whose values are offered again

    @property
    def no_match(self) -> tuple[str, str, str]:
        """What stands where the filters hide all."""
        return f"No {self.noun}s match", f"The filters hide every {self.noun}.", "Clear filters"


def _owner_of_action(line: Line) -> str:
    return line.action.owner if isinstance(line, ActionLine) else ""


def _owner_of_finding(line: Line) -> str:
    return line.finding.owner if isinstance(line, FindingLine) else ""


def _origin_of_finding(line: Line) -> str:
    return line.finding.origin if isinstance(line, FindingLine) else ""


def _of_action(line: Any, chosen: Any) -> bool:
    return passes_action(line, chosen)


def _of_finding(line: Any, chosen: Any) -> bool:
    return passes_finding(line, chosen)


_ACTION_VERBS = Verbs(
    actions.edit_actions,
    actions.place_actions,
    actions.move_actions,
    actions.remove_actions,
    actions.restore_actions,
    ActionEdit,
)
_FINDING_VERBS = Verbs(
    findings.edit_findings,
    findings.place_findings,
    findings.move_findings,
    findings.remove_findings,
    findings.restore_findings,
    FindingEdit,
)
_ACTION_NAMES = (ActionField.OWNER, ActionField.SERVICE, ActionField.ORIGIN)

ACTIONS = Kind(
    key="actions",
    title="Actions",
    record="action",
    noun="action",
    columns=ACTION_COLUMNS,
    choices=(
        Choice("Delivery", "deliveries", tuple(Delivery)),
        Choice("Impact", "levels", tuple(ImpactLevel)),
        Choice("Owner", "owners", read=_owner_of_action, none="Nobody"),
        Choice("Source", "sources", tuple(ActionSource)),
        Choice("Area", AREAS),
    ),
    empty=ActionFilter(),
    lines=lambda registers: registers.actions,
    passes=_of_action,
    say=say_action_counts,
    verbs=_ACTION_VERBS,
    status_field=ActionField.STATUS,
    statuses=tuple(ActionStatus),
    nothing=(
        "No actions yet",
        "An action closes a gap: it has an owner, a day, and what it changed for children.",
        "Add an action",
    ),
    names=_ACTION_NAMES,
)
SCRUTINY = Kind(
    key="scrutiny",
    title="Scrutiny",
    record="action",
    noun="commitment",
    columns=SCRUTINY_COLUMNS,
    choices=(
        Choice("Delivery", "deliveries", tuple(Delivery)),
        Choice("Owner", "owners", read=_owner_of_action, none="Nobody"),
        Choice("Area", AREAS),
    ),
    empty=ActionFilter(),
    lines=lambda registers: registers.scrutiny,
    passes=_of_action,
    say=say_scrutiny_counts,
    verbs=_ACTION_VERBS,
    status_field=ActionField.STATUS,
    statuses=tuple(ActionStatus),
    nothing=(
        "Nothing was promised to a scrutiny commission yet",
        "Note here what members asked for, at which meeting, and by when it will reach them.",
        "Add what was promised",
    ),
    names=_ACTION_NAMES,
)
FINDINGS = Kind(
    key="findings",
    title="Findings",
    record="finding",
    noun="finding",
    columns=FINDING_COLUMNS,
    choices=(
        Choice("Status", "statuses", tuple(FindingStatus)),
        Choice("Standing", "ratings", tuple(each for each in Rating if each is not Rating.NOT_APPLICABLE)),
        Choice("Owner", "owners", read=_owner_of_finding, none="Nobody"),
        Choice("From", "origins", read=_origin_of_finding, none="Not said"),
        Choice("Area", AREAS),
    ),
    empty=FindingFilter(),
    lines=lambda registers: registers.findings,
    passes=_of_finding,
    say=say_finding_counts,
    verbs=_FINDING_VERBS,
    status_field=FindingField.STATUS,
    statuses=tuple(FindingStatus),
    nothing=(
        "No findings yet",
        "Note here what earlier inspections found, so that it can be told what became of each point.",
        "Add a finding",
    ),
    names=(FindingField.OWNER, FindingField.ORIGIN),
)
KINDS = {kind.key: kind for kind in (ACTIONS, FINDINGS, SCRUTINY)}
