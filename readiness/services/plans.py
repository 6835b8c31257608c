"""Plans: the day-by-day plan of an inspection, and the same for an imagined day, for commands and sheets."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from readiness.domain.calendar import WorkingDays
from readiness.domain.errors import BadValue
from readiness.domain.notification import Call, checked_call
from readiness.domain.plan import Plan, PlanDay, PlanGroup, Planner, propose_on_site, visit_of
from readiness.domain.schemes import VisitType
from readiness.domain.views import FrameworkDraft, InspectionRow, ItemRow
from readiness.services.boards import read_board, read_calendar, read_inspection
from readiness.services.schemes import framework_of


def read_plan(session: Session, inspection_id: str, day: date, call: date | None = None, visit: str = "") -> Plan:
    """Return the plan of an inspection. Raises NotFound, and BadValue where no day of a call is known.

    Args:
        session: Where.
        inspection_id: Which.
        day: Today.
        call: Rehearse a call on this day; None: the recorded call, else the planning date.
        visit: The code of the kind of visit to rehearse; "": the recorded one, else the usual one.
    """
    row = read_inspection(session, inspection_id)
    board = read_board(session, day)
    framework = framework_of(session, inspection_id)
    planner = Planner(row, board.items, framework, board.calendar)
    if call is not None:
        return planner.rehearse(call, visit_of(framework, checked_visit(framework, visit or row.visit)))
    plan = planner.plan()
    if plan is None:
        raise BadValue(f"{row.short_title} has no dates yet. Say by when it is to be ready, or rehearse a day.")
    return plan


def proposed_call(
    session: Session, inspection_id: str, day: date, time: str, visit: str, start: date | None, end: date | None
) -> tuple[Call, InspectionRow, VisitType | None, WorkingDays]:
    """Return a call with the days on site that its kind of visit proposes where none were said, and what it is for.

    Raises NotFound and BadValue.
    """
    row, calendar = read_inspection(session, inspection_id), read_calendar(session)
    framework = framework_of(session, inspection_id)
    kind = visit_of(framework, checked_visit(framework, visit))
    if kind is not None and start is None:
        start, proposed = propose_on_site(kind, day, calendar)
        end = end or proposed
    elif kind is not None and start is not None and end is None:
        end = calendar.nth(start, kind.on_site_days)
    return checked_call(Call(day, time, kind.code if kind else "", start, end)), row, kind, calendar


def checked_visit(framework: FrameworkDraft | None, code: str) -> str:
    """Return the code of a kind of visit of a framework; "" for none. Raises BadValue, naming those there are."""
    known = [visit.code for visit in framework.visits] if framework is not None else []
    if not code or code in known:
        return code
    others = f"Choose one of: {', '.join(known)}." if known else "Its framework names none, so leave it out."
    raise BadValue(f"There is no kind of visit “{code}” here. {others}")


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON takes it: dates as ISO text, items by reference."""
    known = plan.milestones
    return {
        "inspection": plan.inspection.id,
        "title": plan.inspection.title,
        "basis": plan.basis.value,
        "call": plan.call.isoformat(),
        "time": plan.inspection.notified_at if plan.basis.value == "called" else "",
        "visit": plan.visit.code if plan.visit else None,
        "on_site_from": _iso(known.on_site_from),
        "on_site_to": _iso(known.on_site_to),
        "events": {
            name.removesuffix("_on"): {
                "day": _iso(getattr(known, name)),
                "expected": any(event.value == name for event in plan.estimated),
            }
            for name in ("selection_on", "draft_report_on", "publication_on")
        },
        "days": [_day(each) for each in plan.days],
        "held_ready": [_group(each) for each in plan.held],
        "before": [_group(each) for each in plan.before],
        "undated": [_group(each) for each in plan.undated],
        "not_ready": _references(plan.not_ready),
        "overloads": [
            {"day": each.day.isoformat(), "owner": each.owner, "items": _references(each.items)}
            for each in plan.overloads
        ],
        "days_off": [{"day": each.day.isoformat(), "why": each.off} for each in plan.off],
        "on_days_off": [_group(each) for each in plan.on_days_off],
    }


def _day(each: PlanDay) -> dict[str, Any]:
    return {
        "day": each.day.isoformat(),
        "working_day": each.number,
        "on_site_day": each.on_site,
        "off": each.off or None,
        "events": [
            {"title": event.title, "verified": event.verified, "expected": event.estimated} for event in each.events
        ],
        "due": [_group(group) for group in each.groups],
    }


def _group(group: PlanGroup) -> dict[str, Any]:
    return {
        "due": _iso(group.due),
        "why": group.why,
        "expected": group.estimated,
        "set_by_hand": group.by_hand,
        "items": _references(group.items),
        "unfinished": _references(group.unfinished),
    }


def _references(items: tuple[ItemRow, ...]) -> list[str]:
    return [item.reference for item in items]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
