"""Changed texts: what was signed beside what stands there now, field by field, with the words marked. Pure: no Qt."""

from collections.abc import Sequence
from html import escape

from readiness.domain.dates import written
from readiness.domain.review import EVIDENCE, SignedChange
from ui.models.diff_text import Mark, word_diff
from ui.models.step_html import DiffColours, runs_html

NOT_USED = "not used for this item"


def changed_html(changes: Sequence[SignedChange], colours: DiffColours, line: str) -> str:
    """Return a table of two columns, as signed and now; `line` is the colour of the hairlines."""
    quiet = f"color:{colours.quiet}"
    head = "".join(
        f'<td width="50%" style="padding:0 12px 6px 0; {quiet}">{words}</td>' for words in ("As signed", "Now")
    )
    rows = "".join(_rows(each, colours, line) for each in changes)
    return f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{head}</tr>{rows}</table>'


def _rows(each: SignedChange, colours: DiffColours, line: str) -> str:
    title = f'<span style="font-weight:600">{escape(title_of(each))}</span>'
    said = f'<span style="color:{colours.quiet}">{escape(said_of(each))}</span>'
    old, new = values_of(each)
    runs = word_diff(old, new)
    before = runs_html((run for run in runs if run.mark is not Mark.ADDED), colours)
    after = runs_html((run for run in runs if run.mark is not Mark.REMOVED), colours)
    cells = "".join(
        f'<td width="50%" style="padding:0 12px 12px 0">{words or _empty(colours)}</td>' for words in (before, after)
    )
    return (
        f'<tr><td colspan="2" style="padding:8px 0 4px 0; border-top:1px solid {line}">{title} {said}</td></tr>'
        f'<tr valign="top">{cells}</tr>'
    )


def _empty(colours: DiffColours) -> str:
    return f'<span style="color:{colours.quiet}">empty</span>'


def title_of(each: SignedChange) -> str:
    """Return what a change is of: “Position”, “Evidence: Audit March”."""
    return f"{each.field}: {each.title}" if each.field == EVIDENCE else each.field


def said_of(each: SignedChange) -> str:
    """Return what happened, when and by whom: “revised on 12 Mar 2021 by Head of SEND”."""
    on = f" on {written(each.at.astimezone().date())}" if each.at is not None else ""
    return each.became.label + on + (f" by {each.by}" if each.by else "")


def values_of(each: SignedChange) -> tuple[str, str]:
    """Return what stood there and what stands there; of evidence, its revision."""
    if each.field != EVIDENCE:
        return each.old, each.new
    return each.old or NOT_USED, each.new or NOT_USED


def changed_text(changes: Sequence[SignedChange]) -> str:
    """Return the same in plain words, for screen readers and for copying."""
    lines = []
    for each in changes:
        old, new = values_of(each)
        lines.append(f"{title_of(each)}, {said_of(each)}: “{old or 'empty'}” was signed, now “{new or 'empty'}”")
    return "\n".join(lines)
