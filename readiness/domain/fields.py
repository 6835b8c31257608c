"""Fields: what people call the fields of records, where the field's own name does not say it."""

from collections.abc import Mapping

from readiness.domain.vocabulary import EvidenceField

_BY_KIND: dict[str, dict[str, str]] = {
    "evidence": {str(field.value): field.label for field in EvidenceField},
    "attachment": {"sha256": "Stored copy", "url": "Address"},
    "link": {"deleted": "Evidence", "valid_until": "Evidence counts until"},
}
BOOKKEEPING = frozenset({"evidence_id", "item_id", "revision_id", "number", "size"})
"""Fields that say nothing to people."""


def field_label(kind: str, field: str, others: Mapping[str, str]) -> str:
    """Return what people call a field of a kind of record; `others` are names that hold for every other kind."""
    own = _BY_KIND.get(kind, {}).get(field)
    return own or others.get(field) or field.replace("_", " ").capitalize()
