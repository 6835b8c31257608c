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


class EvidenceSource(Word):
    """Where proof comes from."""

    DATA = "data", "Data"
    AUDIT = "audit", "Audit"
    VOICE = "voice", "Voice"
    PRACTITIONER = "practitioner", "Practitioner"
    PARTNER = "partner", "Partner"
    POLICY = "policy", "Policy"


class Strength(Word):
    """How much a piece of evidence proves. Source: domain.md, 5.3."""

    SAYS = "1", "Says it"
    ACTIVITY = "2", "Shows activity"
    OUTCOME = "3", "Shows outcome"
    CONFIRMED = "4", "Outcome, sustained and confirmed"

    @property
    def level(self) -> int:
        """1 to 4."""
        return int(self.value)


class Audience(Word):
    """Who may see a piece of evidence; listed from the fewest to the most."""

    INTERNAL = "internal", "Internal"
    PARTNERS = "partners", "Partners"
    INSPECTORS = "inspectors", "Inspectors"
    PUBLIC = "public", "Public"


class Currency(Word):
    """Whether evidence counts on a day."""

    CURRENT = "current", "Current"
    DUE_TO_LAPSE = "due_to_lapse", "Due to lapse"
    OUT_OF_DATE = "out_of_date", "Out of date"


class ReviewKind(Word):
    """What somebody did with an item's claim."""

    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    CHECKED = "checked", "Checked"
    SIGNED_OFF = "signed_off", "Signed off"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ActionStatus(Word):
    """How far an action has come; what it changed is told apart."""

    PLANNED = "planned", "Planned"
    IN_HAND = "in_hand", "In hand"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class ActionSource(Word):
    """What an action answers."""

    SELF_ASSESSMENT = "self_assessment", "Self-assessment"
    AUDIT = "audit", "Audit"
    EARLIER_FINDING = "earlier_finding", "Earlier finding"
    SCRUTINY = "scrutiny", "Scrutiny commission"
    MOCK_INSPECTION = "mock_inspection", "Mock inspection"


class FindingStatus(Word):
    """What became of a point of an earlier inspection."""

    OPEN = "open", "Open"
    ACTED_ON = "acted_on", "Acted on"
    PROVEN = "proven", "Impact proven"
    CLOSED = "closed", "Closed"


class Severity(Word):
    """How much a check's finding matters."""

    MUST = "must", "Must be mended"
    SHOULD = "should", "Should be mended"
    KNOW = "know", "To know"


class Delivery(Word):
    """Whether an action is being done as agreed, on a day; what it changed is told apart. Listed worst first."""

    OVERDUE = "overdue", "Overdue"
    DUE_SOON = "due_soon", "Due soon"
    NO_DATE = "no_date", "No date"
    ON_COURSE = "on_course", "On course"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"

    @property
    def rating(self) -> Rating:
        """The rating whose shape and colour it has; the word stands beside it."""
        return _DELIVERY[self]


class Trust(Word):
    """How far what a laptop signed is taken."""

    SELF = "self", "This laptop"
    FORMER = "former", "This database before it was copied"
    PINNED = "pinned", "Confirmed"
    SEEN = "seen", "New, not confirmed"
    REVOKED = "revoked", "Shut out"


class Verdict(Word):
    """What became of a file that a laptop left for others."""

    APPLIED = "applied", "Taken in"
    KNOWN = "known", "Known already"
    PARTIAL = "partial", "Not all of it has arrived"
    DAMAGED = "damaged", "Damaged"
    FOREIGN = "foreign", "Of another team, or no file of this program"
    UNKNOWN_DEVICE = "unknown-device", "From a laptop that has not introduced itself"
    FORGED = "forged", "Not signed by the laptop that it names"
    NO_KEY = "no-key", "Locked with a key that this laptop does not have"
    TOO_NEW = "too-new", "Needs a newer version of the program"
    HELD = "held", "From a laptop that was shut out"
    TOO_LARGE = "too-large", "Larger than such a file can be"

    @property
    def is_final(self) -> bool:
        """Whether the file needs no other look: whatever else is wrong with one, the good bytes may still arrive."""
        return self in (Verdict.APPLIED, Verdict.KNOWN)


FINAL_VERDICTS = frozenset(word.value for word in Verdict if word.is_final)


class ConflictKind(Word):
    """Why somebody must choose."""

    VALUES = "values", "Changed in two places"
    REMOVAL = "removal", "Removed here, edited there"


class EventKind(Word):
    """What happened to the record as a whole; the label is the step's, around the name of a file or laptop."""

    EXPORT = "export", "Export {} to Excel"
    BUNDLE_OUT = "bundle_out", "Hand out the bundle {}"
    BUNDLE_IN = "bundle_in", "Take in the bundle {}"
    PASSPHRASE = "passphrase", "Set a passphrase for joining"
    CONFIRM = "confirm", "Confirm the laptop {}"
    LEAD = "lead", "Let the laptop {} lead"
    SHUT_OUT = "shut_out", "Shut the laptop {} out"
    LET_IN = "let_in", "Let the laptop {} in"


class ActionField(Word):
    """A field of an action that people edit; the code is its name in the record and on the command line."""

    TITLE = "title", "Action"
    STATUS = "status", "Status"
    OWNER = "owner", "Owner"
    SERVICE = "service", "Service"
    DUE = "due", "Due"
    SOURCE = "source", "Source"
    ORIGIN = "origin", "Origin"
    PRACTICE = "practice", "Change in practice"
    IMPACT = "impact", "Difference for children"
    IMPACT_LEVEL = "impact_level", "Impact level"


class FindingField(Word):
    """A field of a finding that people edit; the code is its name in the record and on the command line."""

    TITLE = "title", "Finding"
    STATUS = "status", "Status"
    OWNER = "owner", "Owner"
    ORIGIN = "origin", "From"
    DATED = "dated", "Dated"
    PROOF = "proof", "Proof"
    TESTED_ON = "tested_on", "Tested on"


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
    CURRENCY = "currency_months", "Evidence stays current for"


class EvidenceField(Word):
    """What people say of a piece of evidence; the code is its name in the record."""

    TITLE = "title", "Title"
    SHOWS = "shows", "What it shows"
    SOURCE = "source", "Source"
    STRENGTH = "strength", "Strength"
    AUDIENCE = "audience", "Audience"
    DATED = "dated", "Dated"
    COVERS_FROM = "covers_from", "Covers from"
    COVERS_TO = "covers_to", "Covers to"
    RECEIVED = "received", "Received"
    VALID_UNTIL = "valid_until", "Valid until"


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
_DELIVERY = {
    Delivery.OVERDUE: Rating.OFF_TRACK,
    Delivery.DUE_SOON: Rating.AT_RISK,
    Delivery.NO_DATE: Rating.AT_RISK,
    Delivery.ON_COURSE: Rating.ON_TRACK,
    Delivery.DONE: Rating.COMPLETE,
    Delivery.STOPPED: Rating.NOT_APPLICABLE,
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
