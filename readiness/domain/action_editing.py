"""Action editing: what somebody typed for a field of an action or a finding becomes its value, or a clear refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from readiness.domain.dates import checked_day, read_date
from readiness.domain.editing import LINE_LIMIT, TEXT_LIMIT, shown
from readiness.domain.errors import BadValue
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.plain_words import shown as shortly
from readiness.domain.vocabulary import (
    ActionField,
    ActionSource,
    ActionStatus,
    FindingField,
    FindingStatus,
    ImpactLevel,
    Word,
)

Field = ActionField | FindingField


@dataclass(frozen=True, slots=True)
class ActionEdit:
    """One field of actions is to become a value: a day, a word of vocabulary.py, or text; None clears a day."""

    field: ActionField
    value: object


@dataclass(frozen=True, slots=True)
class FindingEdit:
    """One field of findings is to become a value, as for actions."""

    field: FindingField
    value: object


WORDS: Mapping[Field, type[Word]] = {
    ActionField.STATUS: ActionStatus,
    ActionField.SOURCE: ActionSource,
    ActionField.IMPACT_LEVEL: ImpactLevel,
    FindingField.STATUS: FindingStatus,
}
DAYS: frozenset[Field] = frozenset({ActionField.DUE, FindingField.DATED, FindingField.TESTED_ON})
LONG_TEXTS: frozenset[Field] = frozenset({ActionField.PRACTICE, ActionField.IMPACT, FindingField.PROOF})
_EMPTY = {
    ActionField.TITLE: "An action needs words that say what is to be done. Write a few.",
    FindingField.TITLE: "A finding needs words that say what was found. Write a few.",
}


def parse_value(field: Field, text: str) -> object:
    """Return the value that text means for a field: a day, a word, or text; None where clearing gives no day.

    Raises:
        BadValue: with the values that the field can take.
    """
    if field in WORDS:
        return _word(field, text)
    if field in DAYS:
        return read_date(shortly(" ".join(text.split()))) if text.strip() else None
    return checked_value(field, text)


def checked_value(field: Field, value: object) -> object:
    """Return a value as the field can hold it, texts tidied. Raises BadValue with the cure."""
    if field in WORDS:
        if type(value) is not WORDS[field]:
            raise BadValue(f"“{shortly(shown(value))}” is no {field.label.lower()}. Choose one of: {_known(field)}.")
        return value
    if field in DAYS:
        if value is not None and type(value) is not date:
            raise BadValue(f"“{shortly(shown(value))}” is not a date. Write {field.label.lower()} as 13 Sep 2021.")
        return checked_day(value) if isinstance(value, date) else None
    if not isinstance(value, str):
        raise BadValue(f"{field.label} is text. Write a few words.")
    text = value if field in LONG_TEXTS else " ".join(value.split())
    limit = TEXT_LIMIT if field in LONG_TEXTS else LINE_LIMIT
    if len(text) > limit:
        raise BadValue(f"{field.label} is too long: {len(text):,} characters. Shorten it to {limit:,}.")
    if not text and field in _EMPTY:
        raise BadValue(_EMPTY[field])
    return text


def checked_action(draft: ActionDraft) -> ActionDraft:
    """Return a draft with its texts tidied. Raises BadValue."""
    values = {str(field.value): checked_value(field, getattr(draft, str(field.value))) for field in ActionField}
    return replace(draft, **values)  # type: ignore[arg-type]  # `checked_value` keeps the types


def checked_finding(draft: FindingDraft) -> FindingDraft:
    """Return a draft with its texts tidied. Raises BadValue."""
    values = {str(field.value): checked_value(field, getattr(draft, str(field.value))) for field in FindingField}
    return replace(draft, **values)  # type: ignore[arg-type]  # `checked_value` keeps the types


def _word(field: Field, text: str) -> Word:
    tidy = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for word in WORDS[field]:
        if tidy in (word.label.casefold().replace("-", " "), str(word.value).replace("_", " ")):
            return word
    raise BadValue(f"“{shortly(text)}” is no {field.label.lower()}. Choose one of: {_known(field)}.")


def _known(field: Field) -> str:
    return ", ".join(word.label for word in WORDS[field])
