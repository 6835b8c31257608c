"""Describing: what people say of a piece of evidence becomes its fields, or a clear refusal. Pure rules: no clock."""

import re
from dataclasses import replace
from datetime import date

from readiness.domain.addresses import checked_address, name_of_address
from readiness.domain.dates import checked_day, read_date, written
from readiness.domain.editing import LINE_LIMIT, TEXT_LIMIT, parse_word, shown
from readiness.domain.errors import BadValue
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.plain_words import is_control
from readiness.domain.vocabulary import Audience, EvidenceField, EvidenceSource, Strength, Word

WORDS: dict[EvidenceField, type[Word]] = {
    EvidenceField.SOURCE: EvidenceSource,
    EvidenceField.STRENGTH: Strength,
    EvidenceField.AUDIENCE: Audience,
}
DAYS = frozenset(
    {
        EvidenceField.DATED,
        EvidenceField.COVERS_FROM,
        EvidenceField.COVERS_TO,
        EvidenceField.RECEIVED,
        EvidenceField.VALID_UNTIL,
    }
)
LONGEST_NAME = 255
"""Characters of a file's name, as most systems have it."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def parse_evidence_field(field: EvidenceField, text: str) -> object:
    """Return the value that text means for a field; None where clearing gives no value. Raises BadValue."""
    if field in WORDS:
        return parse_word(WORDS[field], text, field.label)
    if field in DAYS:
        return read_date(text) if text.strip() else None
    return checked_field(field, text)


def checked_field(field: EvidenceField, value: object) -> object:
    """Return a value as a field can hold it: texts tidied. Raises BadValue with the cure."""
    if field in WORDS:
        if type(value) is not WORDS[field]:
            known = ", ".join(word.label for word in WORDS[field])
            raise BadValue(f"“{shown(value)}” is no {field.label.lower()}. Choose one of: {known}.")
        return value
    if field in DAYS:
        if value is not None and type(value) is not date:
            raise BadValue(f"“{shown(value)}” is not a date. Write {field.label.lower()} as 13 Sep 2021.")
        return checked_day(value) if isinstance(value, date) else None
    if not isinstance(value, str):
        raise BadValue(f"{field.label} is text. Write a few words.")
    text = value.strip() if field is EvidenceField.SHOWS else " ".join(value.split())
    limit = TEXT_LIMIT if field is EvidenceField.SHOWS else LINE_LIMIT
    if len(text) > limit:
        raise BadValue(f"{field.label} is too long: {len(text):,} characters. Shorten it to {limit:,}.")
    if field is EvidenceField.TITLE and not text:
        raise BadValue("Evidence needs a title by which people find it. Write a few words.")
    return text


def checked_evidence(draft: EvidenceDraft) -> EvidenceDraft:
    """Return a draft with its texts tidied. Raises BadValue for what a field cannot hold, and for days out of order."""
    values = {str(field.value): checked_field(field, getattr(draft, str(field.value))) for field in EvidenceField}
    made = replace(draft, **values)  # type: ignore[arg-type]  # `checked_field` keeps the types
    check_days(made)
    return made


def check_days(draft: EvidenceDraft) -> None:
    """Raise BadValue for days that contradict each other."""
    start, end = draft.covers_from, draft.covers_to
    if start is not None and end is not None and end < start:
        raise BadValue(f"It cannot cover from {written(start)} to {written(end)}. Change one of the two days.")
    dated, until = draft.dated, draft.valid_until
    if dated is not None and until is not None and until < dated:
        raise BadValue(
            f"What is dated {written(dated)} cannot be valid until {written(until)}. Change one of the two days."
        )


def check_link_day(day: date | None, dated: date | None) -> None:
    """Raise BadValue for a day on a link that lies before the evidence itself."""
    if day is not None:
        checked_day(day)
        check_days(EvidenceDraft("", dated=dated, valid_until=day))


def checked_attachment(draft: AttachmentDraft) -> AttachmentDraft:
    """Return a file or link as a revision can hold it: with a name. Raises BadValue."""
    if draft.sha256 and not (_SHA256.fullmatch(draft.sha256) and draft.size > 0):
        raise BadValue(f"The copy of “{shown(draft.name)[:60]}” was not taken. Add the file again.")
    url = checked_address(draft.url) if draft.url or not draft.sha256 else ""
    name = "".join("?" if is_control(character) else character for character in draft.name).strip()
    name = name or (name_of_address(url) if url else draft.sha256[:12])
    if len(name) > LONGEST_NAME:
        raise BadValue(f"“{name[:60]}…” has a name of {len(name):,} characters. Shorten it to {LONGEST_NAME}.")
    return AttachmentDraft(name, draft.sha256, draft.size if draft.sha256 else 0, url)


def title_from(name: str) -> str:
    """Return a title to begin with, from a file's name: without its ending, its underscores and its many spaces."""
    stem, dot, ending = name.rpartition(".")
    plain = stem if dot and stem and len(ending) <= 5 and ending.isalnum() else name
    return " ".join(plain.replace("_", " ").split())[:LINE_LIMIT] or name[:LINE_LIMIT]
