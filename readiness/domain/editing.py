"""Editing: text that somebody typed, pasted or gave on the command line becomes a field's value, or a clear refusal."""

from datetime import date
from typing import TypeVar

from readiness.domain.dates import read_date, written
from readiness.domain.due import parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import (
    ActionSource,
    ActionStatus,
    Audience,
    EvidenceSource,
    FindingStatus,
    ImpactLevel,
    ItemField,
    ItemStatus,
    Kind,
    Priority,
    ReviewKind,
    Strength,
    Word,
)

LINE_LIMIT = 300
LONGEST_MONTHS = 120
TEXT_LIMIT = 200_000
W = TypeVar("W", bound=Word)
_WORDS: dict[ItemField, type[Word]] = {
    ItemField.STATUS: ItemStatus,
    ItemField.PRIORITY: Priority,
    ItemField.KIND: Kind,
    ItemField.IMPACT_LEVEL: ImpactLevel,
}
_CODED: dict[str, dict[str, type[Word]]] = {
    "evidence": {"source": EvidenceSource, "strength": Strength, "audience": Audience},
    "review": {"kind": ReviewKind},
    "action": {"status": ActionStatus, "source": ActionSource, "impact_level": ImpactLevel},
    "finding": {"status": FindingStatus},
    "pack": {"audience": Audience},
    "item": {str(field.value): words for field, words in _WORDS.items()},
}
"""The fields that hold codes, by kind of record."""
_LABELS: dict[str, dict[str, dict[str, str]]] = {
    kind: {field: {str(word.value): word.label for word in words} for field, words in fields.items()}
    for kind, fields in _CODED.items()
}
"""What people read for each code: a list asks for thousands, and an enum is slow to ask."""
_CURRENCY = str(ItemField.CURRENCY.value)
_SHORT = {"n/a": "not_applicable", "na": "not_applicable", "interview/focus group": "interview"}
LONG_TEXTS = frozenset({ItemField.POSITION, ItemField.IMPACT, ItemField.GAP, ItemField.GUIDANCE})
_WAITS = "reworded"
"""Holds an item's earlier words while the new ones wait; people are told whether any do."""
_MUST_HAVE = frozenset({ItemField.REFERENCE, ItemField.TITLE})


def parse_field(field: ItemField, text: str) -> object:
    """Return the value that text means for a field: a date, a Word, or text; None where clearing gives no value.

    Raises:
        BadValue: with the values that the field can take.
    """
    if field in _WORDS:
        return parse_word(_WORDS[field], text, field.label)
    if field is ItemField.DUE:
        return read_date(text) if text.strip() else None
    if field is ItemField.CURRENCY:
        return _months(text)
    if field is ItemField.DUE_RULE:
        return str(parse_due_rule(text)) if text.strip() else ""
    if field in LONG_TEXTS:
        return checked_text(field, text)
    return checked_text(field, " ".join(text.split()))


def checked_text(field: ItemField, text: str) -> str:
    """Return text that a field can hold, or raise BadValue."""
    limit = TEXT_LIMIT if field in LONG_TEXTS else LINE_LIMIT
    if len(text) > limit:
        raise BadValue(f"{field.label} is too long: {len(text):,} characters. Shorten it to {limit:,}.")
    if field in _MUST_HAVE and not text.strip():
        raise BadValue(f"{field.label} cannot be empty. Write a few words.")
    return text


def parse_word(words: type[W], text: str, what: str) -> W:
    """Return the word that somebody means by its label or its code. Raises BadValue with those there are."""
    tidy = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    tidy = _SHORT.get(tidy, tidy).replace("_", " ")
    for word in words:
        if tidy in (word.label.casefold(), str(word.value).replace("_", " ")):
            return word
    known = ", ".join(word.label for word in words)
    article = "an" if what[:1].lower() in "aeiou" else "a"
    raise BadValue(f"“{text}” is not {article} {what.lower()}. Choose one of: {known}.")


def parse_assignment(text: str) -> ItemEdit:
    """Read `field=value` as the command line takes it. Raises BadValue."""
    name, equals, value = text.partition("=")
    tidy = name.strip().casefold().replace("-", "_").replace(" ", "_")
    field = next((each for each in ItemField if each.value == tidy), None)
    if not equals or field is None:
        known = ", ".join(str(each.value) for each in ItemField)
        raise BadValue(f"“{text}” sets nothing. Write field=value, where field is one of: {known}.")
    return ItemEdit(field, parse_field(field, value))


def shown(value: object) -> str:
    """Return a field's value as people read it; a number is one of months."""
    if isinstance(value, int) and not isinstance(value, bool):
        return months_said(value)
    if isinstance(value, Word):
        return value.label
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)


def shown_code(field: str, code: object, kind: str = "item") -> str:
    """Return a value as the record keeps it in the words people read: codes as labels, ISO dates as dates."""
    if field == _CURRENCY and isinstance(code, int):
        return months_said(code)
    labels = _LABELS.get(kind, {}).get(field)
    if labels is not None and code is not None:
        return labels.get(str(code), str(code))
    if isinstance(code, bool) or field == _WAITS:
        return "Yes" if code else "No"
    if isinstance(code, str) and len(code) == 10 and code[4:5] == "-":
        try:
            return written(date.fromisoformat(code))
        except ValueError:
            return code
    return "" if code is None else str(code)


def months_said(months: int) -> str:
    """Return how long evidence stays current as people read it."""
    return "1 month" if months == 1 else f"{months} months"


def _months(text: str) -> int | None:
    """Read 6, or 6 months; None when nothing stands there."""
    words = text.split()
    if not words:
        return None
    is_number = words[0].isdecimal() and words[1:] in ([], ["month"], ["months"])
    return checked_months(int(words[0]) if is_number and len(words[0]) < 6 else 0)


def checked_months(value: object) -> int:
    """Return a number of months that evidence stays current. Raises BadValue."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_MONTHS:
        raise BadValue(f"Evidence stays current for 1 to {LONGEST_MONTHS} months, or for ever when left empty.")
    return value
