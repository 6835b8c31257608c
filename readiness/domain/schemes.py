"""Schemes: what a framework says besides its items: judgements, kinds of visit, the timetable, lists asked for.

Facts that no source confirms carry `verified=False`; screens then say HANDBOOK. Source: domain.md, sections 1 and 2.
"""

from dataclasses import dataclass
from enum import Enum

HANDBOOK = "check against the handbook in force"
"""What a screen says beside a fact that is not verified."""


class Event(Enum):
    """What is recorded after the call, each the name of its field in the record; due rules hang on it."""

    SELECTION = "selection_on"
    DRAFT_REPORT = "draft_report_on"
    PUBLICATION = "publication_on"

    @property
    def label(self) -> str:
        """What happened, as people say it."""
        return _LABELS[self]


_LABELS = {
    Event.SELECTION: "Cases selected",
    Event.DRAFT_REPORT: "Draft report received",
    Event.PUBLICATION: "Report published",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that inspectors judge."""

    title: str
    scale: tuple[str, ...]  # grades or outcomes, best first
    areas: tuple[str, ...] = ()  # codes of the areas it rests on; empty: all of them
    verified: bool = False


@dataclass(frozen=True, slots=True)
class VisitType:
    """One kind of visit, and what it proposes when the call comes."""

    code: str  # "standard"
    title: str  # "Standard inspection"
    on_site_from: str  # a due rule counted from the call, "week 2" or "day 11"
    on_site_days: int  # working days on site
    verified: bool = False


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """Something that happens in the course of an inspection."""

    when: str  # a due rule, "day 2"
    title: str
    until: str = ""  # a due rule: it goes on to that day; "": one day
    visits: tuple[str, ...] = ()  # codes of the visits it belongs to; empty: all
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """When an event usually comes; the day is only a planning date until the event is recorded.

    Either `when` holds a due rule counted from the call, or `days_after` the calendar days after the last day on site.
    """

    event: Event
    when: str = ""
    days_after: int = 0
    note: str = ""  # where that comes from, "median of 151 inspections"
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A child-level list that inspectors ask for: a specification to check headings against. Never rows."""

    number: int
    title: str
    period: str  # whom it holds, over which months
    columns: tuple[str, ...]  # as published, in their order
    verified: bool = False
