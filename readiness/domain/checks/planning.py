"""Planning: rules about what is due when, and about what merging left to be settled."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from readiness.domain.calendar import WorkingDays
from readiness.domain.checks.ground import Ground, alike
from readiness.domain.checks.results import FieldFix, Fix, Place, Rule, Spot
from readiness.domain.dates import YEARS, written
from readiness.domain.due import Anchor, DueRule, parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.views import InspectionRow, ItemRow
from readiness.domain.vocabulary import ItemStatus, Priority, Severity

_AFTERWARDS = frozenset({Anchor.DRAFT_REPORT, Anchor.BEFORE_PUBLICATION, Anchor.PUBLICATION})


def past_due(ground: Ground) -> Iterator[Spot]:
    """Items past their day and still below Checked."""
    for item in ground.applicable:
        if item.due is not None and item.due < ground.day and item.status in BELOW_CHECKED:
            yield Spot(Place("item", item.id, "due"), f"It was due {written(item.due)} and is {_state(item)}.")


def _state(item: ItemRow) -> str:
    label = item.status.label
    return label[:1].lower() + label[1:]


def essential_idle(ground: Ground) -> Iterator[Spot]:
    """Essential items that nobody began, due or asked for within 10 working days."""
    for item in ground.applicable:
        if item.priority is not Priority.ESSENTIAL or item.status is not ItemStatus.NOT_STARTED:
            continue
        call = ground.visit(item).first if item.day_one else None
        wanted = min((day for day in (item.due, call) if day is not None), default=None)
        if wanted is not None and ground.day <= wanted <= ground.soon:
            yield Spot(Place("item", item.id, "status"), f"Essential, wanted by {written(wanted)}, and not started.")


def due_on_day_off(ground: Ground) -> Iterator[Spot]:
    """Days set by hand on which nobody works."""
    for item in ground.applicable:
        due = item.due_override
        if due is not None and item.status in BELOW_CHECKED:
            why = day_off(due, ground.calendar)
            if why:
                fix = moved("item", item.id, "due", due, ground)
                yield Spot(Place("item", item.id, "due"), f"It is due {written(due)}: {why}.", fix)


def day_off(day: date, calendar: WorkingDays) -> str:
    """Return why nobody works on a day; "" on working days, and on days no calendar reaches."""
    return calendar.why_off(day) if day.year in YEARS else ""


def moved(kind: str, id_: str, field: str, day: date, ground: Ground) -> Fix:
    """Return what moves a day off to the working day before it; after it, where that one has passed."""
    before = ground.calendar.last_up_to(day)
    working = before if before >= ground.day else ground.calendar.nth(day, 1)
    return (FieldFix(kind, id_, field, working.isoformat(), day.isoformat()),)


def due_after_visit(ground: Ground) -> Iterator[Spot]:
    """Days set by hand after inspectors have left; before they are announced, after the call is expected."""
    for item in ground.applicable:
        due = item.due_override
        if due is None or item.status not in BELOW_CHECKED:
            continue
        rule = _rule(item.due_rule)
        first, last, said = ground.visit(item)
        held = rule is not None and rule.anchor is Anchor.HELD_READY
        end = last if last is not None else first if held else None
        if end is not None and due > end and not (rule is not None and rule.anchor in _AFTERWARDS):
            yield Spot(Place("item", item.id, "due"), f"It is due {written(due)}; {said if not last else _left(last)}.")


def _left(last: date) -> str:
    return f"inspectors leave on {written(last)}"


@lru_cache(maxsize=1024)
def _rule(text: str) -> DueRule | None:
    try:
        return parse_due_rule(text) if text else None
    except BadValue:
        return None


def undated(ground: Ground) -> Iterator[Spot]:
    """Items that nothing dates."""
    for item in ground.applicable:
        if not item.due_rule and item.due_override is None:
            yield Spot(Place("item", item.id, "due_rule"), "It has neither a due rule nor a date.")


def rule_unread(ground: Ground) -> Iterator[Spot]:
    """Due rules that this version cannot read."""
    for item in ground.applicable:
        if item.due_rule and item.due_override is None and _rule(item.due_rule) is None:
            what = f"Its due rule “{item.due_rule}” dates nothing in this version."
            yield Spot(Place("item", item.id, "due_rule"), what)


def reference_twice(ground: Ground) -> Iterator[Spot]:
    """References that two items of an inspection have, as a merge may leave them."""
    for items in alike((f"{item.inspection_id} {item.reference.casefold()}", item) for item in ground.items):
        for item in items:
            what = f"{len(items):,} items have the reference {item.reference}."
            yield Spot(Place("item", item.id, "reference"), what)


def conflict_open(ground: Ground) -> Iterator[Spot]:
    """Fields that were changed in two places and await a choice."""
    dossier = ground.dossier
    rows: tuple[tuple[str, Iterable[tuple[str, int]]], ...] = (
        ("item", ((row.id, row.conflicts) for row in ground.items)),
        ("evidence", ((row.id, row.conflicts) for row in dossier.evidence)),
        ("action", ((row.id, row.conflicts) for row in dossier.actions)),
        ("finding", ((row.id, row.conflicts) for row in dossier.findings)),
    )
    for kind, found in rows:
        for id_, count in found:
            if count:
                fields = "1 field was" if count == 1 else f"{count:,} fields were"
                yield Spot(Place(kind, id_, ""), f"{fields} changed in two places; choose what stands.")


def inspection_undated(ground: Ground) -> Iterator[Spot]:
    """Inspections that nothing dates, so that none of their items is due."""
    for row in ground.inspections:
        if row.ready_by is None and row.notified_on is None and row.expected_from is None:
            yield Spot(Place("inspection", row.id, "ready_by"), "It has no ready-by date: nothing falls due.")


def days_disordered(ground: Ground) -> Iterator[Spot]:
    """Inspections whose days contradict each other, as a merge may leave them."""
    for row in ground.inspections:
        for (early, said), (late, said_late) in _pairs(row):
            if early is not None and late is not None and late < early:
                what = f"{said_late} on {written(late)} lies before {said} on {written(early)}."
                yield Spot(Place("inspection", row.id, "on_site_from"), what)
                break


Said = tuple[date | None, str]


def _pairs(row: InspectionRow) -> tuple[tuple[Said, Said], ...]:
    call, first = (row.notified_on, "the call"), (row.on_site_from, "the first day on site")
    last, report = (row.on_site_to, "the last day on site"), (row.publication_on, "publication")
    later = ((first[0], "The first day on site"), (last[0], "The last day on site"), (report[0], "Publication"))
    return (call, later[0]), (first, later[1]), (last, later[2])


def ready_on_day_off(ground: Ground) -> Iterator[Spot]:
    """Ready-by dates on which nobody works."""
    for row in ground.inspections:
        day = row.ready_by
        if day is not None and day >= ground.day and row.notified_on is None:
            why = day_off(day, ground.calendar)
            if why:
                fix = moved("inspection", row.id, "ready_by", day, ground)
                yield Spot(Place("inspection", row.id, "ready_by"), f"Ready by {written(day)}: {why}.", fix)


RULES = (
    Rule(
        "conflict-open", "Changed in two places",
        "Until somebody chooses, the newest shows, and it may be the wrong one.",
        Severity.MUST, conflict_open,
    ),
    Rule(
        "reference-twice", "One reference on two items",
        "Evidence, requests and the pack go by the reference; two items of one name are mixed up.",
        Severity.MUST, reference_twice,
    ),
    Rule(
        "past-due", "Past its day",
        "What is late now is missing on the day.",
        Severity.MUST, past_due,
    ),
    Rule(
        "essential-idle", "Essential and not started, close to the call",
        "It is asked for first, and nobody has begun.",
        Severity.MUST, essential_idle,
    ),
    Rule(
        "days-disordered", "Days of an inspection in the wrong order",
        "Due days are counted from them, and come out wrong.",
        Severity.MUST, days_disordered,
    ),
    Rule(
        "undated", "Neither due rule nor date",
        "It never falls due, so nobody is reminded.",
        Severity.SHOULD, undated,
    ),
    Rule(
        "rule-unread", "A due rule that cannot be read",
        "It came from a newer version or by hand, and dates nothing.",
        Severity.SHOULD, rule_unread,
    ),
    Rule(
        "due-after-visit", "Due after it is asked for",
        "Inspectors ask for it before it is to be ready.",
        Severity.SHOULD, due_after_visit,
    ),
    Rule(
        "due-on-day-off", "Due on a day off",
        "Nobody is there to hand it in.",
        Severity.SHOULD, due_on_day_off, "Moves it to the working day before; after it, where that has passed.",
    ),
    Rule(
        "inspection-undated", "An inspection without a date",
        "Nothing falls due, so nothing is late.",
        Severity.SHOULD, inspection_undated,
    ),
    Rule(
        "ready-on-day-off", "Ready by a day off",
        "Everything held ready is due on a day when nobody works.",
        Severity.KNOW, ready_on_day_off, "Moves it to the working day before; after it, where that has passed.",
    ),
)  # fmt: skip
