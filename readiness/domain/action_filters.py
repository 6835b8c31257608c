"""Action filters: which actions and findings somebody wants to see; shared by the grids, sheets and commands."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeVar

from readiness.domain.actions import ActionLine, FindingLine
from readiness.domain.vocabulary import ActionSource, ActionStatus, Delivery, FindingStatus, ImpactLevel, Rating

L = TypeVar("L", ActionLine, FindingLine)


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """What is shown; an empty tuple or text lets everything pass. Fields combine with "and"."""

    text: str = ""
    inspections: tuple[str, ...] = ()  # ids; what belongs to none concerns all
    areas: tuple[str, ...] = ()  # ids
    deliveries: tuple[Delivery, ...] = ()
    statuses: tuple[ActionStatus, ...] = ()
    levels: tuple[ImpactLevel, ...] = ()
    owners: tuple[str, ...] = ()  # "" is nobody
    sources: tuple[ActionSource, ...] = ()
    actions: tuple[str, ...] = ()  # ids, where a page wants exactly these

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything pass."""
        return all(getattr(self, each.name) == each.default for each in fields(self))


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is shown of findings; fields combine with "and"."""

    text: str = ""
    inspections: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    statuses: tuple[FindingStatus, ...] = ()
    ratings: tuple[Rating, ...] = ()
    owners: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything pass."""
        return all(getattr(self, each.name) == each.default for each in fields(self))


def searchable_action(line: ActionLine) -> str:
    """Return the text the filter box looks in, casefolded."""
    action = line.action
    return f"{line.reference}\n{action.title}\n{action.owner}\n{action.service}\n{action.origin}".casefold()


def searchable_finding(line: FindingLine) -> str:
    """Return the text the filter box looks in, casefolded."""
    finding = line.finding
    return f"{line.reference}\n{finding.title}\n{finding.owner}\n{finding.origin}".casefold()


def passes_action(line: ActionLine, chosen: ActionFilter) -> bool:
    """Whether a filter lets an action pass."""
    action = line.action
    return (
        _contains(chosen.text, searchable_action, line)
        and (not chosen.actions or line.id in chosen.actions)
        and (not chosen.inspections or line.inspection is None or line.inspection.id in chosen.inspections)
        and (not chosen.areas or (line.area is not None and line.area.id in chosen.areas))
        and (not chosen.deliveries or line.delivery in chosen.deliveries)
        and (not chosen.statuses or action.status in chosen.statuses)
        and (not chosen.levels or action.impact_level in chosen.levels)
        and (not chosen.owners or action.owner in chosen.owners)
        and (not chosen.sources or action.source in chosen.sources)
    )


def passes_finding(line: FindingLine, chosen: FindingFilter) -> bool:
    """Whether a filter lets a finding pass."""
    finding = line.finding
    return (
        _contains(chosen.text, searchable_finding, line)
        and (not chosen.findings or line.id in chosen.findings)
        and (not chosen.inspections or line.inspection is None or line.inspection.id in chosen.inspections)
        and (not chosen.areas or (line.area is not None and line.area.id in chosen.areas))
        and (not chosen.statuses or finding.status in chosen.statuses)
        and (not chosen.ratings or line.rating in chosen.ratings)
        and (not chosen.owners or finding.owner in chosen.owners)
        and (not chosen.origins or finding.origin in chosen.origins)
    )


def _contains(words: str, searchable: Callable[[L], str], line: L) -> bool:
    if not words.strip():
        return True
    where = searchable(line)
    return all(word in where for word in words.casefold().split())
