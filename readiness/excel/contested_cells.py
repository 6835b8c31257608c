"""Contested cells: where fields stand that may be in conflict, and the note that tells every value of one that is.

Plain data for who asks which fields have a cell; a page is only written to.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from readiness.domain.sharing import ToldValue
from readiness.excel.text import head, safe

ITEM_PLACES: Mapping[str, str] = {
    "reference": "Reference",
    "area_id": "Area",
    "title": "Item",
    "guidance": "What good looks like",
    "kind": "Kind",
    "priority": "Priority",
    "owner": "Owner",
    "service": "Service",
    "due": "Due",
    "due_rule": "Due rule",
    "status": "Status",
    "position": "Position",
    "impact": "Impact",
    "impact_level": "Impact level",
    "gap": "Gap",
    "currency_months": "Stays current",
}
EVIDENCE_PLACES: Mapping[str, str] = {
    "title": "Title",
    "shows": "What it shows",
    "source": "Source",
    "strength": "Strength",
    "dated": "Dated",
    "covers_from": "Covers from",
    "covers_to": "Covers to",
    "received": "Received",
    "valid_until": "Valid until",
    "audience": "Audience",
}
ACTION_PLACES: Mapping[str, str] = {
    "inspection_id": "Inspection",
    "area_id": "Area",
    "item_id": "Item",
    "title": "Action",
    "owner": "Owner",
    "service": "Service",
    "due": "Due",
    "status": "Status",
    "practice": "Change in practice",
    "impact": "Difference for children",
    "impact_level": "Impact level",
    "source": "Source",
    "origin": "Origin",
}
SCRUTINY_PLACES: Mapping[str, str] = {
    "inspection_id": "Inspection",
    "area_id": "Area",
    "item_id": "Item",
    "origin": "Meeting",
    "title": "What was promised",
    "owner": "Owner",
    "due": "Due",
    "status": "Status",
    "impact": "What came of it",
}
FINDING_PLACES: Mapping[str, str] = {
    "inspection_id": "Inspection",
    "area_id": "Area",
    "title": "Finding",
    "status": "Status",
    "origin": "From",
    "dated": "Dated",
    "owner": "Owner",
    "proof": "Proof",
    "tested_on": "Tested on",
}
PLACES: Mapping[str, Mapping[str, str]] = {
    "item": ITEM_PLACES,
    "evidence": EVIDENCE_PLACES,
    "action": ACTION_PLACES,
    "finding": FINDING_PLACES,
}
"""By kind of record, the heading under which each of its fields stands."""
NOTE_HEAD = "In conflict: somebody must choose."
_LONGEST_VALUE, _LEAST_VALUE, _WHO_ROOM = 500, 40, 300
NOTE_LIMIT = 32_000
"""UTF-16 units of a note; Excel takes 32,767."""


def note_of(told: Sequence[ToldValue]) -> str:
    """Return every value of a field in conflict as a note has them."""
    room = room_of(told)
    lines = [f"{safe(each.who)}: {_shortly(safe(each.value), room)}" for each in told]
    return head("\n".join([NOTE_HEAD, *lines]), NOTE_LIMIT)


def room_of(told: Sequence[ToldValue]) -> int:
    """Return how much of each value a note has room for; what goes out was looked through whole before."""
    return max(_LEAST_VALUE, min(_LONGEST_VALUE, NOTE_LIMIT // max(1, len(told)) - _WHO_ROOM))


def note_cell(sheet: Any, row: int, column: int, told: Sequence[ToldValue]) -> None:
    """Give a cell its note, as large as its text."""
    note = note_of(told)
    sheet.write_comment(row, column, note, {"x_scale": 2.5, "y_scale": 1 + note.count("\n") / 3 + len(note) / 300})


def _shortly(value: str, room: int) -> str:
    begun = head(value, room)
    return value if begun == value else f"{begun}…"
