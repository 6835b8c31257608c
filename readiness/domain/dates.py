"""Dates as people write and read them: 13 Sep 2021. English months whatever the system's language."""

import re
from datetime import date

from readiness.domain.errors import BadValue

YEARS = range(1900, 2901)
"""The years people may write; sums of working days from any of them stay within the calendar."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[/. ](?P<month>\d{1,2})[/. ](?P<year>\d{4})")
_WORDS = re.compile(r"(?P<day>\d{1,2}) ?(?P<month>[A-Za-z]{3,9})\.?,? ?(?P<year>\d{4})")


def written(day: date | None) -> str:
    """Return a date as 13 Sep 2021; "" for None."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day is not None else ""


def read_date(text: str) -> date:
    """Read 13 Sep 2021, 13/9/2021, 13.9.2021 or 2021-09-13. Raises BadValue with the cure."""
    tidy = " ".join(text.split())
    match = _ISO.fullmatch(tidy) or _NUMBERS.fullmatch(tidy) or _WORDS.fullmatch(tidy)
    month = _month(match["month"]) if match else 0
    if match is None or not 1 <= month <= 12:
        raise BadValue(f"“{text}” is not a date. Write it as 13 Sep 2021.")
    try:
        return checked_day(date(int(match["year"]), month, int(match["day"])))
    except ValueError:
        raise BadValue(
            f"{MONTHS[month - 1]} {match['year']} has no day {int(match['day'])}. Write the date as 13 Sep 2021."
        ) from None


def checked_day(day: date) -> date:
    """Return a day that a field can hold, or raise BadValue."""
    if day.year not in YEARS:
        raise BadValue(f"{written(day)} lies beyond the calendar. Write a year between {YEARS[0]} and {YEARS[-1]}.")
    return day


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3].capitalize()
    return MONTHS.index(short) + 1 if short in MONTHS else 0
