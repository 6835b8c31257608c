"""Register words: the count that opens the pages of actions, findings and scrutiny, and the orders. Pure: no Qt."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from readiness.domain.actions import ActionLine, FindingLine, count_actions
from readiness.domain.vocabulary import Delivery, FindingStatus, Rating
from ui.models.overview_words import counted
from ui.models.register_columns import Line, rating_of

BY_DUE, BY_OWNER, WORST_FIRST = "By date", "By owner", "Worst first"
ORDERS = (BY_DUE, BY_OWNER, WORST_FIRST)
"""How the lines can stand beside the order that people gave them."""


def say_action_counts(lines: Sequence[Line], whole: int) -> str:
    """Return how actions stand: "24 actions · 3 overdue · 12 done, 4 of them without impact"."""
    counts = count_actions(line for line in lines if isinstance(line, ActionLine))
    parts = [_shown(counts.total, whole, "action")]
    parts += [
        f"{counts.by_delivery[each]:,} {each.label.lower()}"
        for each in (Delivery.OVERDUE, Delivery.DUE_SOON)
        if counts.by_delivery[each]
    ]
    done = counts.by_delivery[Delivery.DONE]
    if done:
        parts.append(f"{done:,} done" + (f", {counts.unshown:,} of them without impact" if counts.unshown else ""))
    return " · ".join(parts)


def say_scrutiny_counts(lines: Sequence[Line], whole: int) -> str:
    """Return how commitments stand: "5 commitments · 2 open, 1 overdue"."""
    counts = count_actions(line for line in lines if isinstance(line, ActionLine))
    settled = counts.by_delivery[Delivery.DONE] + counts.by_delivery[Delivery.STOPPED]
    overdue = counts.by_delivery[Delivery.OVERDUE]
    said = f"{counts.total - settled:,} open" + (f", {overdue:,} overdue" if overdue else "")
    shown = _shown(counts.total, whole, "commitment")
    return f"{shown} · {said}" if counts.total else shown


def say_finding_counts(lines: Sequence[Line], whole: int) -> str:
    """Return what became of findings: "9 findings · 2 open · 4 acted on · 3 impact proven"."""
    found = Counter(line.finding.status for line in lines if isinstance(line, FindingLine))
    parts = [f"{found[each]:,} {each.label.lower()}" for each in FindingStatus if found[each]]
    return " · ".join([_shown(len(lines), whole, "finding"), *parts])


def _shown(count: int, whole: int, noun: str) -> str:
    return counted(whole, noun) if count == whole else f"{count:,} of {counted(whole, noun)}"


def in_order(lines: Sequence[Line], order: str) -> list[Line]:
    """Return lines in an order; "" leaves them as people put them."""
    keys: dict[str, Callable[[Line], object]] = {
        BY_DUE: lambda line: _day(line) or date.max,
        BY_OWNER: lambda line: (not _owner(line), _owner(line).casefold()),
        WORST_FIRST: lambda line: (list(Rating).index(rating_of(line)), _day(line) or date.max),
    }
    return sorted(lines, key=keys[order]) if order in keys else list(lines)  # type: ignore[arg-type]


def _day(line: Line) -> date | None:
    return line.action.due if isinstance(line, ActionLine) else line.finding.dated


def _owner(line: Line) -> str:
    return line.action.owner if isinstance(line, ActionLine) else line.finding.owner
