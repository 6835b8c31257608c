"""Forecast words: a later day as the Overview tells it. Pure: no Qt, no clock."""

from readiness.domain.dates import written
from readiness.domain.forecast import Forecast, Landmark
from readiness.domain.lapsing import by_owner
from readiness.domain.notification import weekday
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Rating
from ui.models.overview_words import percent, without_year
from ui.models.trend_points import Ahead

INVITATION = "Slide to a later day to see how things will stand if nothing changes."
SHOWN = (Rating.OFF_TRACK, Rating.AT_RISK)
"""The ratings that the forecast counts: what will be worse."""


def day_said(seen: Forecast) -> str:
    """Return the day that is looked at, "Mon 24 May 2021"; today is "Today"."""
    return "Today" if seen.until == seen.day else weekday(seen.until)


def readings(seen: Forecast) -> str:
    """Return how ready each inspection will be: "62 % ready", or "SEN re-visit 58 %, Social Care 35 %"."""
    if len(seen.readings) == 1:
        reading = seen.readings[0].readiness
        return "nothing applies" if reading is None else f"{percent(reading)} ready"
    return ", ".join(f"{each.inspection.short_title} {percent(each.readiness)}" for each in seen.readings)


def now(seen: Forecast, rating: Rating) -> str:
    """Return how many items have a rating today, "9 now"; "" where as many will."""
    count = seen.now.by_rating[rating]
    return "" if count == seen.then.by_rating[rating] else f"{count:,} now"


def falling_due(seen: Forecast) -> str:
    """Return how many items fall due up to then; "" on the day itself."""
    if seen.until == seen.day:
        return ""
    count = len(seen.falling_due)
    return f"{counted(count, 'item')} {'falls' if count == 1 else 'fall'} due by then" if count else "Nothing falls due"


def lapsing(seen: Forecast) -> str:
    """Return of how many items the evidence lapses up to then; "" where of none."""
    count = len(seen.lapsing)
    return f"Evidence of {counted(count, 'item')} lapses" if count else ""


def whose(seen: Forecast) -> str:
    """Return whose evidence lapses, who loses most first: "EHC Plan Manager 3, nobody named 1"."""
    return ", ".join(f"{owner or 'nobody named'} {len(lapses):,}" for owner, lapses in by_owner(seen.lapsing).items())


def told(seen: Forecast) -> tuple[str, ...]:
    """Return the whole forecast in words, line by line: how things will stand, what falls due, what is on the way."""
    ready = readings(seen) if len(seen.readings) == 1 else f"{readings(seen)} ready"
    figures = ", ".join([ready, *(_rated(seen, rating) for rating in SHOWN)])
    if seen.until == seen.day:
        return f"Today: {figures}.", INVITATION
    alone = len(seen.readings) == 1
    stops = [f"{_capital(_what(each, alone))} {written(each.day)}." for each in seen.landmarks]
    off = [f"{counted(len(seen.days_off), 'day')} off on the way."] if seen.days_off else []
    gone = [f"{lapsing(seen)}: {whose(seen)}."] if seen.lapsing else []
    return f"On {weekday(seen.until)}, if nothing changes: {figures}.", f"{falling_due(seen)}.", *gone, *stops, *off


def ahead(seen: Forecast) -> Ahead | None:
    """Return what the chart draws of a later day; None for today: there is nothing to draw."""
    if seen.until == seen.day:
        return None
    alone = len(seen.readings) == 1
    marks = tuple((each.day, f"{_capital(_what(each, alone))} {without_year(each.day)}") for each in seen.landmarks)
    return Ahead(seen.until, tuple(each.readiness for each in seen.readings), marks)


def _rated(seen: Forecast, rating: Rating) -> str:
    was = now(seen, rating)
    return f"{seen.then.by_rating[rating]:,} {rating.label.lower()}{f' ({was})' if was else ''}"


def _what(landmark: Landmark, alone: bool) -> str:
    what = landmark.what[:1].lower() + landmark.what[1:]
    return what if alone else f"{landmark.inspection.short_title} {what}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
