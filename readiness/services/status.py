"""Status: the figures of a board as plain data, for `status --json` and whoever reads it."""

from datetime import date
from typing import Any

from readiness.domain.actions import ActionLine, FindingLine, three_questions
from readiness.domain.figures import Figures, inspection_figures
from readiness.domain.views import Board, ItemRow


def status_of(board: Board) -> dict[str, Any]:
    """Return the figures of every inspection: unrounded numbers, None where there is no value."""
    return {
        "workspace": {"id": board.workspace.id, "title": board.workspace.title},
        "on": board.day.isoformat(),
        "inspections": [
            {
                "id": each.inspection.id,
                "title": each.inspection.title,
                "framework": each.inspection.framework,
                "edition": each.inspection.edition,
                "ready_by": each.inspection.ready_by.isoformat() if each.inspection.ready_by else None,
                **_numbers(each.figures),
                "areas": [
                    {"id": area.area.id, "code": area.area.code, "title": area.area.title, **_numbers(area.figures)}
                    for area in each.areas
                ],
                "services": [
                    {"service": service.service, **_numbers(service.figures)} for service in each.services
                ],
            }
            for each in inspection_figures(board)
        ],
    }  # fmt: skip


def _numbers(figures: Figures) -> dict[str, Any]:
    return {
        "readiness": figures.readiness,
        "day_one_readiness": figures.day_one_readiness,
        "items": figures.items,
        "applicable": figures.applicable,
        "by_status": {str(status.value): count for status, count in figures.by_status.items()},
        "by_rating": {str(rating.value): count for rating, count in figures.by_rating.items()},
    }


def item_data(item: ItemRow) -> dict[str, Any]:
    """Return an item of a board as plain data."""
    return {
        "id": item.id,
        "inspection": item.inspection_id,
        "area": item.area_id,
        "reference": item.reference,
        "title": item.title,
        "kind": item.kind.value,
        "owner": item.owner,
        "service": item.service,
        "priority": item.priority.value,
        "status": item.status.value,
        "rating": item.rating.value,
        "impact_level": item.impact_level.value,
        "due": item.due.isoformat() if item.due else None,
        "due_rule": item.due_rule,
        "due_set_by_hand": item.due_override is not None,
        "day_one": item.day_one,
        "confirm_again": item.confirm,
        "changed_at": item.changed_at.isoformat() if item.changed_at else None,
    }


def action_data(line: ActionLine, day: date) -> dict[str, Any]:
    """Return an action as plain data, with the answers to the board's three questions on a day."""
    action, answers = line.action, three_questions(line.action, day)
    return {
        "id": action.id,
        "inspection": line.inspection.id if line.inspection is not None else None,
        "area": line.area.code if line.area is not None else None,
        "item": line.item.reference if line.item is not None else None,
        "finding": action.finding_id or None,
        "title": action.title,
        "owner": action.owner,
        "service": action.service,
        "due": action.due.isoformat() if action.due else None,
        "status": action.status.value,
        "delivery": line.delivery.value,
        "source": action.source.value,
        "origin": action.origin,
        "practice": action.practice,
        "impact": action.impact,
        "impact_level": action.impact_level.value,
        "answers": {"done": answers.done, "impact": answers.impact, "sustained": answers.sustained},
    }


def finding_data(line: FindingLine) -> dict[str, Any]:
    """Return a finding as plain data, with the actions that answer it."""
    finding = line.finding
    return {
        "id": finding.id,
        "inspection": line.inspection.id if line.inspection is not None else None,
        "area": line.area.code if line.area is not None else None,
        "title": finding.title,
        "origin": finding.origin,
        "dated": finding.dated.isoformat() if finding.dated else None,
        "owner": finding.owner,
        "status": finding.status.value,
        "rating": line.rating.value,
        "proof": finding.proof,
        "tested_on": finding.tested_on.isoformat() if finding.tested_on else None,
        "actions": [each.id for each in line.actions],
    }
