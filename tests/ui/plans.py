"""Plans for tests: a framework with kinds of visit, a timetable and expected events, and items that hang on it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import Milestones, due_date, parse_due_rule
from readiness.domain.plan import Planner
from readiness.domain.schemes import Event, Expected, TimetableEntry, VisitType
from readiness.domain.scoring import rating, soon_after
from readiness.domain.views import AreaRow, Board, FrameworkDraft, InspectionRow, ItemRow, WorkspaceRow
from readiness.domain.vocabulary import ImpactLevel, ItemStatus, Kind, Priority

TODAY = date(2021, 4, 26)
READY_BY, CALL = date(2021, 4, 30), date(2021, 5, 4)  # 3 May is a bank holiday
CALENDAR = WorkingDays()
FRAMEWORK = FrameworkDraft(
    "small-2018", "2018", "Small re-visit", "Re-visit", "Two areas.", {}, (),
    visits=(
        VisitType("standard", "Re-visit of four days", "day 10", 4),
        VisitType("short", "Re-visit of two days", "day 10", 2, verified=True),
    ),
    timetable=(
        TimetableEntry("day 1", "The call", verified=True),
        TimetableEntry("day 3", "Set-up meeting"),
        TimetableEntry("on site", "Keep in touch", until="last day"),
        TimetableEntry("draft report + 5", "Comments go back"),
    ),
    expected=(
        Expected(Event.SELECTION, when="day 5", note="usual"),
        Expected(Event.DRAFT_REPORT, days_after=20, note="median of ten"),
        Expected(Event.PUBLICATION, days_after=33, verified=True),
    ),
)  # fmt: skip
ROW = InspectionRow(
    "i1", "small-2018", "Small re-visit", "2018", "Small re-visit", "SEN re-visit", READY_BY, None, None, None, None,
)  # fmt: skip
AREA = AreaRow("a1", "i1", "A", "Plans", ())


def an_item(
    reference: str,
    rule: str = "held ready",
    status: ItemStatus = ItemStatus.NOT_STARTED,
    priority: Priority = Priority.IMPORTANT,
    *,
    owner: str = "Head of SEND",
    by_hand: date | None = None,
    row: InspectionRow = ROW,
    today: date = TODAY,
) -> ItemRow:
    """Return an item as the board of a day has it."""
    milestones = Milestones(
        row.ready_by, row.expected_from, row.notified_on, row.on_site_from, row.on_site_to, row.selection_on,
        row.draft_report_on, row.publication_on,
    )  # fmt: skip
    due = by_hand or due_date(parse_due_rule(rule), milestones, CALENDAR)
    judged = rating(status, priority, due, today, soon_after(today, CALENDAR))
    return ItemRow(
        f"id-{reference}", row.id, AREA.id, reference, f"Title of {reference}", Kind.DOCUMENT, owner, "SEND", priority,
        status, ImpactLevel.NONE_YET, rule, by_hand, due, "", rule in ("held ready", "day 1"), judged, None,
    )  # fmt: skip


RULES = (
    ("A01", "held ready"), ("A02", "held ready"), ("A03", "held ready"), ("B01", "day 1"), ("B02", "day 3"),
    ("B03", "day 3"), ("B04", "day 8"), ("C01", "before on site"), ("C02", "on site"), ("C03", "on site day 2"),
    ("C04", "last day"), ("D01", "selection + 2"), ("D02", "draft report + 5"), ("D03", "publication + 10"),
)  # fmt: skip


def some_items(row: InspectionRow = ROW, today: date = TODAY) -> tuple[ItemRow, ...]:
    """Return one item for each rule; A02 is checked, B03 signed off."""
    done = {"A02": ItemStatus.CHECKED, "B03": ItemStatus.SIGNED_OFF}
    return tuple(
        an_item(reference, rule, done.get(reference, ItemStatus.NOT_STARTED), row=row, today=today)
        for reference, rule in RULES
    )


def many_items(count: int, row: InspectionRow = ROW, today: date = TODAY) -> tuple[ItemRow, ...]:
    """Return so many items, spread over the rules, of eleven owners, in every state."""
    states, priorities = tuple(ItemStatus)[:5], tuple(Priority)
    return tuple(
        an_item(
            f"RV-{chr(65 + number % 9)}{number:04}",
            RULES[number * 7 % len(RULES)][1],
            states[number * 11 % 5],
            priorities[number % 3],
            owner=f"Lead for service {number % 11}",
            row=row,
            today=today,
        )
        for number in range(count)
    )


def called(row: InspectionRow = ROW, **days: date) -> InspectionRow:
    """Return an inspection for which the call has come."""
    return replace(row, **({"notified_on": CALL} | days))


def planner(
    items: Iterable[ItemRow] | None = None,
    row: InspectionRow = ROW,
    framework: FrameworkDraft | None = FRAMEWORK,
    calendar: WorkingDays = CALENDAR,
) -> Planner:
    """Return what plans the inspection."""
    return Planner(row, some_items(row) if items is None else items, framework, calendar)


def board_of(items: Iterable[ItemRow], rows: tuple[InspectionRow, ...] = (ROW,), today: date = TODAY) -> Board:
    """Return a board of some items."""
    areas = tuple(replace(AREA, inspection_id=row.id) for row in rows[:1])
    return Board(
        WorkspaceRow("w", "Council", ""), today, soon_after(today, CALENDAR), rows, areas, tuple(items), 0, CALENDAR
    )
