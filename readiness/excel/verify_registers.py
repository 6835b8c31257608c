"""Verification of Actions, Findings and Scrutiny: what each cell must hold, said apart from what wrote it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from readiness.domain.actions import ActionLine, FindingLine, explain_finding, say_actions
from readiness.domain.origins import read_origin
from readiness.domain.vocabulary import ActionSource
from readiness.excel.contents import ACTIONS, FINDINGS, SCRUTINY, Contents
from readiness.excel.text import safe

Tellers = Mapping[str, Callable[[Any], object]]


def register_checks(contents: Contents) -> Iterator[tuple[str, Sequence[Any], Tellers]]:
    """Return, for each sheet, its name, the lines it must hold in their order, and what their cells must say."""
    names = {each.inspection.id: each.name for each in contents.checklists}

    def where(line: ActionLine | FindingLine) -> str:
        return names[line.inspection.id] if line.inspection is not None else "All"

    found, promised = contents.registers, ActionSource.SCRUTINY
    yield ACTIONS, found.actions, {**ACTION_CELLS, "Inspection": where}
    yield FINDINGS, found.findings, {**FINDING_CELLS, "Inspection": where}
    kept = [line for line in found.actions if line.action.source is promised]
    yield SCRUTINY, kept, {**SCRUTINY_CELLS, "Inspection": where}


def _reference(line: ActionLine) -> str:
    return safe(line.item.reference) if line.item is not None else ""


ACTION_CELLS: dict[str, Callable[[ActionLine], object]] = {
    "Delivery": lambda line: line.delivery.label,
    "Item": _reference,
    "Action": lambda line: safe(line.action.title),
    "Owner": lambda line: safe(line.action.owner),
    "Service": lambda line: safe(line.action.service),
    "Due": lambda line: line.action.due,
    "Status": lambda line: line.action.status.label,
    "Change in practice": lambda line: safe(line.action.practice),
    "Difference for children": lambda line: safe(line.action.impact),
    "Impact level": lambda line: line.action.impact_level.label,
    "Source": lambda line: line.action.source.label,
    "Origin": lambda line: safe(line.action.origin),
}
SCRUTINY_CELLS: dict[str, Callable[[ActionLine], object]] = {
    "Delivery": lambda line: line.delivery.label,
    "Meeting": lambda line: safe(read_origin(line.action.origin).meeting),
    "Held on": lambda line: read_origin(line.action.origin).held,
    "Minute": lambda line: safe(read_origin(line.action.origin).minute),
    "What was promised": lambda line: safe(line.action.title),
    "Owner": lambda line: safe(line.action.owner),
    "Due": lambda line: line.action.due,
    "Status": lambda line: line.action.status.label,
    "What came of it": lambda line: safe(line.action.impact),
    "Item": _reference,
}
FINDING_CELLS: dict[str, Callable[[FindingLine], object]] = {
    "Standing": lambda line: line.rating.label,
    "Status": lambda line: line.finding.status.label,
    "Finding": lambda line: safe(line.finding.title),
    "From": lambda line: safe(line.finding.origin),
    "Dated": lambda line: line.finding.dated,
    "Owner": lambda line: safe(line.finding.owner),
    "What became of it": lambda line: explain_finding(line.finding, line.actions),
    "Actions": lambda line: say_actions(line.actions),
    "Proof": lambda line: safe(line.finding.proof),
    "Tested on": lambda line: line.finding.tested_on,
}
