"""Origins: the one line that says where a commitment was made, "Scrutiny commission, 12 Mar 2021, minute 45"."""

import re
from dataclasses import dataclass
from datetime import date

from readiness.domain.dates import read_date, written
from readiness.domain.errors import BadValue

_MINUTE = re.compile(r"(?:minute|min\.?) (?P<number>[^\s,](?:[^,]*[^\s,])?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """The parts of an origin; what is not there is "" or None."""

    meeting: str = ""
    held: date | None = None
    minute: str = ""  # its number or letter, as the minutes have it


def read_origin(text: str) -> Origin:
    """Return the parts of an origin; the last day and the last minute count, all else is the meeting's name."""
    names: list[str] = []
    held: date | None = None
    minute = ""
    parts = [each.strip() for each in " ".join(text.split()).split(", ")]
    for place, part in reversed(list(enumerate(parts))):
        found = _MINUTE.fullmatch(part)
        day = _day(part) if held is None else None
        if day is not None:
            held = day
        elif found is not None and not minute and (any(parts[:place]) or _has_digit(found["number"])):
            minute = found["number"]
        elif part:
            names.insert(0, part)
    return Origin(", ".join(names), held, minute)


def written_origin(origin: Origin) -> str:
    """Return an origin as one line."""
    meeting, minute = " ".join(origin.meeting.split()), " ".join(origin.minute.replace(",", " ").split())
    return ", ".join(part for part in (meeting, written(origin.held), f"minute {minute}" if minute else "") if part)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except BadValue:
        return None
