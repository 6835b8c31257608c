"""Verification of the registers, from Evidence to Checks: what each cell must hold, said apart from what wrote it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from readiness.domain.actions import ActionLine, FindingLine, explain_finding, say_actions
from readiness.domain.origins import read_origin
from readiness.domain.proving import CheckLine, EvidenceLine, evidence_lines
from readiness.domain.vocabulary import ActionSource
from readiness.excel.contents import ACTIONS, CHECKS, EVIDENCE, FINDINGS, SCRUTINY, Contents, spoken
from readiness.excel.evidence_sheet import attached
from readiness.excel.text import safe

Tellers = Mapping[str, Callable[[Any], object]]


def register_checks(contents: Contents) -> Iterator[tuple[str, Sequence[Any], Tellers]]:
    """Return, for each sheet, its name, the lines it must hold in their order, and what their cells must say."""
    names = {each.inspection.id: each.name for each in contents.checklists}

    def where(line: ActionLine | FindingLine) -> str:
        return names[line.inspection.id] if line.inspection is not None else "All"

    def everywhere(line: CheckLine) -> str:
        return ", ".join(names[id_] for id_ in line.inspection_ids if id_ in names)

    yield EVIDENCE, evidence_lines(contents.proving.evidence, contents.board), EVIDENCE_CELLS
    found, promised = contents.registers, ActionSource.SCRUTINY
    yield ACTIONS, found.actions, {**ACTION_CELLS, "Inspection": where}
    yield FINDINGS, found.findings, {**FINDING_CELLS, "Inspection": where}
    kept = [line for line in found.actions if line.action.source is promised]
    yield SCRUTINY, kept, {**SCRUTINY_CELLS, "Inspection": where}
    yield CHECKS, contents.proving.checks, {**CHECK_CELLS, "Inspection": everywhere}


def _uses(line: EvidenceLine) -> str:
    parts = []
    for use in line.uses:
        until = use.link.until
        parts.append(safe(use.item.reference) + (f" (until {spoken(until)})" if until else ""))
    return "\n".join(parts)


def _attached(line: EvidenceLine) -> str:
    files = line.evidence.revisions[0].attachments if line.evidence.revisions else ()
    return safe("\n".join(attached(each) for each in files))


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
EVIDENCE_CELLS: dict[str, Callable[[EvidenceLine], object]] = {
    "Currency": lambda line: line.currency.label,
    "Title": lambda line: safe(line.evidence.title),
    "What it shows": lambda line: safe(line.evidence.shows),
    "Source": lambda line: line.evidence.source.label,
    "Strength": lambda line: f"{line.evidence.strength.value} {line.evidence.strength.label}",
    "Dated": lambda line: line.evidence.dated,
    "Covers from": lambda line: line.evidence.covers_from,
    "Covers to": lambda line: line.evidence.covers_to,
    "Received": lambda line: line.evidence.received,
    "Valid until": lambda line: line.evidence.valid_until,
    "Where used": _uses,
    "Audience": lambda line: line.evidence.audience.label,
    "Files and links": _attached,
    "Version": lambda line: line.evidence.revisions[0].number if line.evidence.revisions else None,
}
CHECK_CELLS: dict[str, Callable[[CheckLine], object]] = {
    "Severity": lambda line: line.severity.label,
    "Rule": lambda line: line.rule,
    "Place": lambda line: safe(line.name),
    "Item": lambda line: safe(line.title),
    "What is wrong": lambda line: safe(line.sentence),
    "Owner": lambda line: safe(line.owner),
}
