"""Dating: rules about the days of evidence: what it is about, and until when it counts."""

from collections.abc import Iterator

from readiness.domain.checks.ground import Ground, named
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.dates import written
from readiness.domain.proof import months_after
from readiness.domain.vocabulary import Severity

OLD_MONTHS = 12
"""A period that ended longer ago tells how things were."""


def out_of_date(ground: Ground) -> Iterator[Spot]:
    """Evidence in use whose last good day has passed."""
    day = ground.day
    for row in ground.evidence:
        past = {link.item_id: link.until for link in row.links if link.until is not None and link.until < day}
        items = [item for item in ground.uses(row.id) if item.id in past] if past else []
        if items:
            until = past[items[0].id]
            what = f"It was good until {written(until)}, and is used for {named(items)}."
            yield Spot(Place("evidence", row.id, "valid_until"), what)


def short_lived(ground: Ground) -> Iterator[Spot]:
    """Evidence that is current today and lapses before inspectors come."""
    for row in ground.evidence:
        untils = {link.item_id: link.until for link in row.links if link.until is not None and link.until >= ground.day}
        if not untils:
            continue
        for item in ground.uses(row.id):
            until, visit = untils.get(item.id), ground.visit(item)
            if until is not None and visit.first is not None and until < visit.first:
                what = f"It is good until {written(until)}; {visit.said}."
                yield Spot(Place("evidence", row.id, "valid_until"), what)
                break


def ahead_of_time(ground: Ground) -> Iterator[Spot]:
    """Evidence dated, or received, on a day that has not come."""
    for row in ground.evidence:
        for field, day, said in (("dated", row.dated, "dated"), ("received", row.received, "received")):
            if day is not None and day > ground.day:
                yield Spot(Place("evidence", row.id, field), f"It is {said} {written(day)}, which has not come yet.")
                break


def old_period(ground: Ground) -> Iterator[Spot]:
    """Evidence in use about a period that ended more than a year ago."""
    for row in ground.evidence:
        end = row.covers_to
        if end is not None and months_after(end, OLD_MONTHS) < ground.day and ground.uses(row.id):
            what = f"The period it covers ended on {written(end)}, over a year ago."
            yield Spot(Place("evidence", row.id, "covers_to"), what)


def period_reversed(ground: Ground) -> Iterator[Spot]:
    """Periods that end before they begin."""
    for row in ground.evidence:
        start, end = row.covers_from, row.covers_to
        if start is not None and end is not None and end < start:
            fix = (
                FieldFix("evidence", row.id, "covers_from", end.isoformat(), start.isoformat()),
                FieldFix("evidence", row.id, "covers_to", start.isoformat(), end.isoformat()),
            )
            what = f"Its period begins on {written(start)} and ends before that, on {written(end)}."
            yield Spot(Place("evidence", row.id, "covers_to"), what, fix)


def never_valid(ground: Ground) -> Iterator[Spot]:
    """Evidence that was no longer valid on the day it is about."""
    for row in ground.evidence:
        if row.valid_until is not None and row.dated is not None and row.valid_until < row.dated:
            what = f"It is valid until {written(row.valid_until)}, before the day it is about, {written(row.dated)}."
            yield Spot(Place("evidence", row.id, "valid_until"), what)


def undated(ground: Ground) -> Iterator[Spot]:
    """Evidence without a day, used for items whose evidence stays current for some months only."""
    for row in ground.evidence:
        if row.dated is not None or row.valid_until is not None:
            continue
        own = {link.item_id for link in row.links if link.valid_until is not None}
        items = [item for item in ground.uses(row.id) if item.currency_months and item.id not in own]
        if items:
            months = items[0].currency_months
            what = f"It has no date, so it never lapses; {named(items)} asks for evidence of the last {months} months."
            yield Spot(Place("evidence", row.id, "dated"), what)


RULES = (
    Rule(
        "out-of-date", "Evidence out of date",
        "It no longer counts for the items that rest on it.",
        Severity.SHOULD, out_of_date,
    ),
    Rule(
        "short-lived", "Evidence that lapses before the inspection",
        "It counts today and will not when inspectors come.",
        Severity.SHOULD, short_lived,
    ),
    Rule(
        "evidence-undated", "No date to count from",
        "The item wants recent evidence, and nobody can tell how old this is.",
        Severity.SHOULD, undated,
    ),
    Rule(
        "ahead-of-time", "Dated after today",
        "A slip, or something that is promised and not there yet.",
        Severity.SHOULD, ahead_of_time,
    ),
    Rule(
        "never-valid", "Valid until a day before it was dated",
        "One of the two dates is wrong, and currency is counted from it.",
        Severity.SHOULD, never_valid,
    ),
    Rule(
        "old-period", "About a period long past",
        "It shows how things were, not how they are.",
        Severity.SHOULD, old_period,
    ),
    Rule(
        "period-reversed", "A period that ends before it begins",
        "The two dates were mixed up.",
        Severity.SHOULD, period_reversed, "Exchanges the two dates.",
    ),
)  # fmt: skip
