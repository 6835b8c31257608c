"""Fields: what people call the fields of records, where the field's own name does not say it."""

from collections.abc import Mapping

from readiness.domain.vocabulary import ActionField, EvidenceField, FindingField

_BY_KIND: dict[str, dict[str, str]] = {
    "evidence": {str(field.value): field.label for field in EvidenceField},
    "action": {str(field.value): field.label for field in ActionField} | {"item_id": "Item", "finding_id": "Finding"},
    "finding": {str(field.value): field.label for field in FindingField},
    "attachment": {"sha256": "Stored copy", "url": "Address"},
    "link": {"deleted": "Evidence", "valid_until": "Evidence counts until"},
}
BOOKKEEPING = frozenset({"evidence_id", "item_id", "revision_id", "number", "size"})
"""Fields that say nothing to people, unless a kind of record has a name for them."""


def is_unsaid(kind: str, field: str) -> bool:
    """Return whether a field of a kind of record says nothing to people."""
    return field in BOOKKEEPING and field not in _BY_KIND.get(kind, {})


def field_label(kind: str, field: str, others: Mapping[str, str]) -> str:
    """Return what people call a field of a kind of record; `others` are names that hold for every other kind."""
    own = _BY_KIND.get(kind, {}).get(field)
    return own or others.get(field) or field.replace("_", " ").capitalize()
