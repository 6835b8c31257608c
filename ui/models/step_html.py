"""Step texts: what a step changed, field by field, as rich text with the changed words marked. Pure: no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from readiness.domain.views import HistoryRow
from ui.models.diff_text import Mark, Run, word_diff

MOST_FIELDS = 100
"""Of a step that touched more, the rest is counted."""


@dataclass(frozen=True, slots=True)
class DiffColours:
    """Colours as "#rrggbb": words removed and added on their ground, and quiet text."""

    removed: str
    removed_ground: str
    added: str
    added_ground: str
    quiet: str


def step_html(rows: Sequence[HistoryRow], colours: DiffColours) -> str:
    """Return the fields of a step: a heading per record, below it each field with its old and new value."""
    parts = []
    for _, group in groupby(rows[:MOST_FIELDS], key=lambda row: row.record_id):
        fields = list(group)
        parts.append(f'<p style="margin:12px 0 4px 0; font-weight:600">{escape(fields[0].record)}</p>')
        parts.extend(_field_html(row, colours) for row in fields)
    left = len(rows) - MOST_FIELDS
    if left > 0:
        parts.append(f'<p style="color:{colours.quiet}">and {left:,} more</p>')
    return "".join(parts)


def step_text(rows: Iterable[HistoryRow]) -> str:
    """Return the same in plain words, for screen readers and for copying."""
    return "\n".join(f"{row.record}, {row.field}: {_or_empty(row.old)} became {_or_empty(row.new)}" for row in rows)


def diff_html(old: str, new: str, colours: DiffColours) -> str:
    """Return a text with the words marked that make another of it; another text altogether begins a line of its own."""
    runs = word_diff(old, new)
    return ("<br>" if _is_replacement(runs) else "").join(_run_html(run, colours) for run in runs)


def runs_html(runs: Iterable[Run], colours: DiffColours) -> str:
    """Return runs of words, those removed and added marked."""
    return "".join(_run_html(run, colours) for run in runs)


def _or_empty(text: str) -> str:
    return text or "empty"


def _field_html(row: HistoryRow, colours: DiffColours) -> str:
    label = f'<span style="color:{colours.quiet}">{escape(row.field)}</span>'
    if not row.old and row.field == row.new:  # a record that was made: "Added"
        return f'<p style="margin:0 0 6px 0">{label}</p>'
    runs = word_diff(row.old, row.new)
    if _is_replacement(runs):
        value = f"{_run_html(runs[0], colours)} → {_run_html(runs[1], colours)}"
    else:
        value = runs_html(runs, colours)
    return f'<p style="margin:0 0 6px 0">{label}<br>{value}</p>'


def _is_replacement(runs: Sequence[Run]) -> bool:
    return [run.mark for run in runs] == [Mark.REMOVED, Mark.ADDED]


def _run_html(run: Run, colours: DiffColours) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.mark is Mark.KEPT:
        return text
    lead = len(run.text) - len(run.text.lstrip(" "))
    if run.mark is Mark.REMOVED:
        ground, colour, line = colours.removed_ground, colours.removed, "line-through"
    else:
        ground, colour, line = colours.added_ground, colours.added, "underline"
    style = f"color:{colour}; background-color:{ground}; text-decoration:{line}"
    return f'{" " * min(lead, 1)}<span style="{style}">{text.lstrip(" ")}</span>'
