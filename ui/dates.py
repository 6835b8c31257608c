"""Dates in fields: read what people type, write it as 13 Sep 2021, and say what is wrong with what is no date."""

from datetime import date

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue


def parse_date(text: str) -> date | None:
    """Return the date that somebody typed (13 Sep 2021, 13/9/2021, 2021-09-13); None: nothing, or not a date."""
    try:
        return read_date(text)
    except BadValue:
        return None


def format_date(day: date | None) -> str:
    """Return a date as 13 Sep 2021, whatever the system's language; "" for None."""
    return written(day)


def date_fault(text: str) -> str:
    """Return the sentence that says why a text is no date and what to write instead; "" for a date and for nothing."""
    if not text.strip():
        return ""
    try:
        read_date(text)
    except BadValue as fault:
        return str(fault)
    return ""
