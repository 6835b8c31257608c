"""Editing: text that somebody typed, pasted or gave on the command line becomes a field's value, or a clear refusal."""

from datetime import date

from readiness.domain.dates import read_date, written
from readiness.domain.due import parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority, Word

LINE_LIMIT = 300
TEXT_LIMIT = 200_000
_WORDS: dict[ItemField, type[Word]] = {
    ItemField.STATUS: ItemStatus,
    ItemField.PRIORITY: Priority,
    ItemField.KIND: Kind,
    ItemField.IMPACT_LEVEL: ImpactLevel,
}
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
        return _word(field, _WORDS[field], text)
    if field is ItemField.DUE:
        return read_date(text) if text.strip() else None
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


def _word(field: ItemField, words: type[Word], text: str) -> Word:
    tidy = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    tidy = _SHORT.get(tidy, tidy).replace("_", " ")
    for word in words:
        if tidy in (word.label.casefold(), str(word.value).replace("_", " ")):
            return word
    known = ", ".join(word.label for word in words)
    raise BadValue(f"“{text}” is not a {field.label.lower()}. Choose one of: {known}.")


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
    """Return a field's value as people read it."""
    if isinstance(value, Word):
        return value.label
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)


def shown_code(field: str, code: object) -> str:
    """Return a value as the record keeps it in the words people read: codes as labels, ISO dates as dates."""
    words = {str(each.value): kind for each, kind in _WORDS.items()}.get(field)
    if words is not None and code is not None:
        return next((word.label for word in words if word.value == code), str(code))
    if isinstance(code, bool) or field == _WAITS:
        return "Yes" if code else "No"
    if isinstance(code, str) and len(code) == 10 and code[4:5] == "-":
        try:
            return written(date.fromisoformat(code))
        except ValueError:
            return code
    return "" if code is None else str(code)


LONGEST_MONTHS = 120


def checked_months(value: object) -> int:
    """Return a number of months that evidence stays current. Raises BadValue."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_MONTHS:
        raise BadValue(f"Evidence stays current for 1 to {LONGEST_MONTHS} months, or for ever when left empty.")
    return value
