"""Fields: what people call the fields of records, where the field's own name does not say it."""

from collections.abc import Mapping

from readiness.domain.schemes import Event
from readiness.domain.vocabulary import ActionField, EvidenceField, FindingField, ItemField

_BY_KIND: dict[str, dict[str, str]] = {
    "evidence": {str(field.value): field.label for field in EvidenceField},
    "action": {str(field.value): field.label for field in ActionField} | {"item_id": "Item", "finding_id": "Finding"},
    "finding": {str(field.value): field.label for field in FindingField},
    "attachment": {"sha256": "Stored copy", "url": "Address"},
    "event": {"told": "Data code then"},
    "link": {"deleted": "Evidence", "valid_until": "Evidence counts until"},
}
FIELD_NAMES = {str(field.value): field.label for field in ItemField} | {
    "deleted": "Removed",
    "rank": "Place",
    "area_id": "Area",
    "ready_by": "Ready by",
    "expected_from": "Call expected from",
    "notified_on": "Day of the call",
    "notified_at": "Time of the call",
    "visit": "Kind of visit",
    **{event.value: event.label for event in Event},
    "closures": "Closed days",
    "short_title": "Short title",
    "code": "Letter",
    "text": "File",
    "name": "Name",
    "role": "Role",
    "edition": "Edition",
    "pinned": "Pinned to its edition",
    "reworded": "Confirm again",
    "parked": "Not in edition",
    "on_site_from": "On site from",
    "on_site_to": "On site to",
    "four_eyes": "Nobody signs off what they claim themselves",
}
"""Names that hold for every kind of record without one of its own."""
BOOKKEEPING = frozenset({"evidence_id", "item_id", "revision_id", "number", "size"})
"""Fields that say nothing to people, unless a kind of record has a name for them."""


def is_unsaid(kind: str, field: str) -> bool:
    """Return whether a field of a kind of record says nothing to people."""
    return field in BOOKKEEPING and field not in _BY_KIND.get(kind, {})


def field_label(kind: str, field: str, others: Mapping[str, str]) -> str:
    """Return what people call a field of a kind of record; `others` are names that hold for every other kind."""
    own = _BY_KIND.get(kind, {}).get(field)
    return own or others.get(field) or field.replace("_", " ").capitalize()
