"""Register columns: what the grids of actions, findings and scrutiny show and what may be edited, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from readiness.domain.actions import ActionLine, FindingLine, say_actions
from readiness.domain.dates import written
from readiness.domain.origins import read_origin
from readiness.domain.vocabulary import ActionField, FindingField, Rating
from ui.models.item_columns import CONTESTED, Paint

Line = ActionLine | FindingLine
Field = ActionField | FindingField
L = TypeVar("L", ActionLine, FindingLine)


@dataclass(frozen=True, slots=True)
class RegisterColumn(Generic[L]):
    """A column: its heading, its text, and the field that editing it sets."""

    key: str
    title: str
    paint: Paint
    text: Callable[[L], str]
    width: int  # px at 12 px text; 0 takes the room that is left
    field: Field | None = None  # None: worked out, not edited
    value: Callable[[L], object] | None = None  # what an editor starts with
    is_right: bool = False
    tip: str = ""
    from_width: int = 0  # a narrower grid leaves it out, at 12 px text
    grows: int = 0  # px more, at most, that it takes of a wide grid


def where(line: Line) -> str:
    """Return where a line belongs, as its first words say it: "RV-C02", "C", or "All"."""
    return line.reference or (line.inspection.short_title if line.inspection is not None else "All")


def full_place(line: Line) -> str:
    """Return where a line belongs in full."""
    item = line.item if isinstance(line, ActionLine) else None
    if item is not None:
        return f"{item.reference} {item.title}"
    if line.area is not None:
        return f"Area {line.area.code}  {line.area.title}"
    return line.inspection.title if line.inspection is not None else "All inspections"


_DELIVERY: RegisterColumn[ActionLine] = RegisterColumn(
    "delivery",
    "Delivery",
    Paint.RATING,
    lambda line: line.delivery.label,
    104,
    tip="Whether it is being done as agreed; its impact is told apart",
)
_STATUS: RegisterColumn[ActionLine] = RegisterColumn(
    "status",
    "Status",
    Paint.STATUS,
    lambda line: line.action.status.label,
    88,
    ActionField.STATUS,
    lambda line: line.action.status,
)
_OWNER: RegisterColumn[ActionLine] = RegisterColumn(
    "owner",
    "Owner",
    Paint.TEXT,
    lambda line: line.action.owner,
    126,
    ActionField.OWNER,
    lambda line: line.action.owner,
    grows=60,
)
_DUE: RegisterColumn[ActionLine] = RegisterColumn(
    "due",
    "Due",
    Paint.DUE,
    lambda line: written(line.action.due) or "–",
    92,
    ActionField.DUE,
    lambda line: line.action.due,
    is_right=True,
)
_LEVEL: RegisterColumn[ActionLine] = RegisterColumn(
    "level",
    "Impact",
    Paint.TEXT,
    lambda line: line.action.impact_level.label,
    80,
    ActionField.IMPACT_LEVEL,
    lambda line: line.action.impact_level,
    tip="How much has changed for children",
)

ACTION_COLUMNS: tuple[RegisterColumn[ActionLine], ...] = (
    RegisterColumn(
        "title", "Action", Paint.NAME, lambda line: line.action.title, 0, ActionField.TITLE,
        lambda line: line.action.title,
    ),
    _DELIVERY,
    _STATUS,
    _OWNER,
    _LEVEL,
    RegisterColumn(
        "source", "Source", Paint.QUIET, lambda line: line.action.source.label, 118, ActionField.SOURCE,
        lambda line: line.action.source, from_width=980, grows=40,
    ),
    _DUE,
)  # fmt: skip
SCRUTINY_COLUMNS: tuple[RegisterColumn[ActionLine], ...] = (
    RegisterColumn(
        "title", "What was promised", Paint.NAME, lambda line: line.action.title, 0, ActionField.TITLE,
        lambda line: line.action.title,
    ),
    _DELIVERY,
    _STATUS,
    RegisterColumn(
        "meeting", "Meeting", Paint.QUIET, lambda line: read_origin(line.action.origin).meeting, 150, from_width=980,
        grows=240,
    ),
    RegisterColumn(
        "held", "Held on", Paint.QUIET, lambda line: written(read_origin(line.action.origin).held), 88, is_right=True
    ),
    RegisterColumn("minute", "Minute", Paint.QUIET, lambda line: read_origin(line.action.origin).minute, 58),
    _OWNER,
    _DUE,
)  # fmt: skip
FINDING_COLUMNS: tuple[RegisterColumn[FindingLine], ...] = (
    RegisterColumn(
        "title", "Finding", Paint.NAME, lambda line: line.finding.title, 0, FindingField.TITLE,
        lambda line: line.finding.title,
    ),
    RegisterColumn(
        "standing", "Standing", Paint.RATING, lambda line: line.rating.label, 104,
        tip="Red while nobody works on it as agreed, blue once its effect is proven",
    ),
    RegisterColumn(
        "status", "Status", Paint.TEXT, lambda line: line.finding.status.label, 100, FindingField.STATUS,
        lambda line: line.finding.status,
    ),
    RegisterColumn(
        "owner", "Owner", Paint.TEXT, lambda line: line.finding.owner, 126, FindingField.OWNER,
        lambda line: line.finding.owner, grows=60,
    ),
    RegisterColumn(
        "actions", "Actions", Paint.QUIET, lambda line: say_actions(line.actions), 130, from_width=900, grows=70
    ),
    RegisterColumn(
        "origin", "From", Paint.QUIET, lambda line: line.finding.origin, 150, FindingField.ORIGIN,
        lambda line: line.finding.origin, from_width=1060, grows=120,
    ),
    RegisterColumn(
        "tested_on", "Tested on", Paint.QUIET, lambda line: written(line.finding.tested_on) or "–", 92,
        FindingField.TESTED_ON, lambda line: line.finding.tested_on, is_right=True,
    ),
)  # fmt: skip


def marks_of(line: Line) -> tuple[str, ...]:
    """Return what stands behind the words of a line."""
    kept = line.action if isinstance(line, ActionLine) else line.finding
    return (CONTESTED,) if kept.conflicts else ()


def rating_of(line: Line) -> Rating:
    """Return the rating whose shape and colour the chip of a line has."""
    return line.delivery.rating if isinstance(line, ActionLine) else line.rating


def chip_word(line: Line) -> str:
    """Return the word on the chip of a line."""
    return line.delivery.label if isinstance(line, ActionLine) else line.rating.label


def spoken(line: Line) -> str:
    """Return a line as a screen reader says it."""
    if isinstance(line, FindingLine):
        finding = line.finding
        parts = [finding.title, *marks_of(line), finding.status.label, line.rating.label, finding.owner, finding.origin]
        return ", ".join([*filter(None, parts), say_actions(line.actions) or "no actions"])
    action = line.action
    due = f"due {written(action.due)}" if action.due else "no date"
    parts = [line.reference, action.title, *marks_of(line), line.delivery.label, action.status.label, action.owner, due]
    return ", ".join([*filter(None, parts), f"impact {action.impact_level.label.lower()}"])
