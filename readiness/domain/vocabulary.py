"""Vocabulary: every status, kind and grade, as coded words with the label people see.

The code (`.value`) is stored for ever and never changes; the label may be renamed.
"""

from enum import Enum
from typing import Self


class Word(Enum):
    """A coded word: `value` is what is stored, `label` what is shown."""

    label: str
    __hash__ = object.__hash__  # one object a word; Enum's own is slow, and thousands of rows are counted by words

    def __new__(cls, code: str, label: str) -> Self:
        word = object.__new__(cls)
        word._value_ = code
        word.label = label
        return word


class ItemStatus(Word):
    """How far an item has come. Source: design.md, sections 3 and 5."""

    NOT_STARTED = "not_started", "Not started"
    GATHERING = "gathering", "Gathering"
    DRAFTED = "drafted", "Drafted"
    CHECKED = "checked", "Checked"
    SIGNED_OFF = "signed_off", "Signed off"
    NOT_APPLICABLE = "not_applicable", "Not applicable"

    @property
    def credit(self) -> int | None:
        """Percent of the item's weight that it earns, 0 to 100; None: it takes no part."""
        return _CREDIT[self]


class Priority(Word):
    """How much an item weighs."""

    ESSENTIAL = "essential", "Essential"
    IMPORTANT = "important", "Important"
    SUPPORTING = "supporting", "Supporting"

    @property
    def weight(self) -> int:
        """3, 2 or 1."""
        return _WEIGHT[self]


class Kind(Word):
    """What an item is, and so how it is proved."""

    DOCUMENT = "document", "Document"
    DATASET = "dataset", "Dataset"
    INTERVIEW = "interview", "Interview or focus group"
    CASE_SAMPLE = "case_sample", "Case sample"

    @property
    def needs_evidence(self) -> bool:
        """Documents, datasets and case samples do; people who are met do not."""
        return self is not Kind.INTERVIEW


class Rating(Word):
    """What an item's state means on a day; listed worst first."""

    OFF_TRACK = "off_track", "Off track"
    AT_RISK = "at_risk", "At risk"
    ON_TRACK = "on_track", "On track"
    COMPLETE = "complete", "Complete"
    NOT_APPLICABLE = "not_applicable", "Not applicable"

    @property
    def colour(self) -> str:
        """The colour's name, for keys and sheets; it never stands without the label."""
        return _COLOUR[self]


class ImpactLevel(Word):
    """How much has changed for children."""

    NONE_YET = "none_yet", "None yet"
    EARLY = "early", "Early"
    CLEAR = "clear", "Clear"
    SUSTAINED = "sustained", "Sustained"


class ItemField(Word):
    """A field of an item that people edit; the code is its name in the record and on the command line."""

    STATUS = "status", "Status"
    OWNER = "owner", "Owner"
    SERVICE = "service", "Service"
    DUE = "due", "Due"
    PRIORITY = "priority", "Priority"
    POSITION = "position", "Position"
    IMPACT = "impact", "Impact"
    IMPACT_LEVEL = "impact_level", "Impact level"
    GAP = "gap", "Gap"
    REFERENCE = "reference", "Reference"
    TITLE = "title", "Item"
    GUIDANCE = "guidance", "What good looks like"
    KIND = "kind", "Kind"
    DUE_RULE = "due_rule", "Due rule"


_CREDIT: dict[ItemStatus, int | None] = {
    ItemStatus.NOT_STARTED: 0,
    ItemStatus.GATHERING: 25,
    ItemStatus.DRAFTED: 50,
    ItemStatus.CHECKED: 75,
    ItemStatus.SIGNED_OFF: 100,
    ItemStatus.NOT_APPLICABLE: None,
}
_WEIGHT = {Priority.ESSENTIAL: 3, Priority.IMPORTANT: 2, Priority.SUPPORTING: 1}
_COLOUR = {
    Rating.OFF_TRACK: "Red",
    Rating.AT_RISK: "Amber",
    Rating.ON_TRACK: "Green",
    Rating.COMPLETE: "Blue",
    Rating.NOT_APPLICABLE: "Grey",
}

SERVICES = (
    "Education",
    "Social Care & Early Help",
    "SEND",
    "Health (ICB)",
    "Performance & Data",
    "Finance",
    "Corporate",
)
"""The services a council usually names as owners; any other text may be used. Source: checklists.md, section 4."""

_SHORT_SERVICES = {
    "Social Care & Early Help": "Social Care",
    "Health (ICB)": "Health",
    "Health (CCG)": "Health",
    "Performance & Data": "Data",
}


def short_service(service: str) -> str:
    """Return the name of a service as it fits a narrow column."""
    return _SHORT_SERVICES.get(service, service)
