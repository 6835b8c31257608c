"""Why texts: the explanation of a percentage as rich text whose every number is a link to its rows. Pure: no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from readiness.domain.dates import written
from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import ItemStatus, Priority
from ui.models.overview_words import counted, named, percent
from ui.models.why_figures import HeldBack, StatusLine, Sum, WhyFigures, rows_of


@dataclass(slots=True)
class Explanation:
    """The text, and where its links lead: to rows (a filter) or to one item (its id)."""

    html: str = ""
    links: dict[str, ItemFilter | str] = field(default_factory=dict)

    def link(self, words: str, target: ItemFilter | str) -> str:
        """Return words as a link to a target."""
        key = f"open:{len(self.links)}"
        self.links[key] = target
        return f'<a href="{key}">{escape(words)}</a>'


def explanation(why: WhyFigures, quiet: str, line: str) -> Explanation:
    """Return the explanation of one inspection's readiness.

    Args:
        why: The arithmetic.
        quiet: The colour of quiet text, "#rrggbb".
        line: The colour of hairlines.
    """
    made = Explanation()
    made.html = "".join(
        [
            _style(quiet, line),
            _lead(made, why),
            _credits(made, why),
            _day_one(made, why),
            _held_back(made, why),
        ]
    )
    return made


def _style(quiet: str, line: str) -> str:
    return (
        f"<style>td, th {{ padding: 4px 8px; border-bottom: 1px solid {line}; }}"
        f" th {{ color: {quiet}; font-weight: 400; }} p {{ margin: 0 0 8px 0; }}"
        " .h { font-weight: 600; margin-top: 16px; } a { text-decoration: none; }</style>"
    )


def points(value: float) -> str:
    """Return points with no more decimals than they need: 71.75, 12.5, 4."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _lead(made: Explanation, why: WhyFigures) -> str:
    name = named(why.inspection)
    if why.whole.percent is None:
        return f"<p>Nothing in the checklist of {escape(name)} applies yet, so there is no figure.</p>"
    earned = _sum(made, why.whole, rows_of(why.inspection))
    said = (
        "Every item that applies can earn points: 3 when it is Essential, 2 Important, 1 Supporting. Its status says "
        "how much of them it earns: half at most where it needs evidence and none is current. "
        f"{escape(name[:1].upper() + name[1:])} has earned {earned}, which is "
        f"<b>{percent(why.whole.percent)}</b>."
    )
    parts = [f"<p>{said}</p>"]
    if why.not_applicable:
        count = made.link(counted(why.not_applicable, "item"), rows_of(why.inspection, ItemStatus.NOT_APPLICABLE))
        parts.append(f"<p>{count} marked Not applicable {'takes' if why.not_applicable == 1 else 'take'} no part.</p>")
    return "".join(parts)


def _sum(made: Explanation, added: Sum, chosen: ItemFilter) -> str:
    said = f"{points(added.earned)} of {points(added.possible)} points"
    return f"{escape(said)} with {made.link(counted(added.items, 'item'), chosen)}"


def _credits(made: Explanation, why: WhyFigures) -> str:
    if not why.whole.items:
        return ""
    heads = ["Status", "Earns", *(f"{each.label} ({each.weight})" for each in Priority), "Points"]
    rows = [heads, *(_status_cells(made, line) for line in why.lines)]
    totals = [sum(line.counts[n] for line in why.lines) for n in range(len(Priority))]
    cells = [
        made.link(str(total), rows_of(why.inspection, None, priority)) if total else "0"
        for total, priority in zip(totals, Priority, strict=True)
    ]
    rows.append(["<b>All</b>", "", *cells, f"<b>{points(why.whole.earned)} of {points(why.whole.possible)}</b>"])
    return f'<p class="h">The arithmetic</p>{_table(rows, 1)}'


def _status_cells(made: Explanation, line: StatusLine) -> list[str]:
    counts = [made.link(str(count), rows) if count else "–" for count, rows in zip(line.counts, line.rows, strict=True)]
    return [escape(line.label), f"{line.credit}\u00a0%", *counts, f"{points(line.earned)} of {points(line.possible)}"]


def _day_one(made: Explanation, why: WhyFigures) -> str:
    head = '<p class="h">Day one</p>'
    rule = "Day-one readiness is the same sum over what is held ready or due by the third working day after the call"
    if why.day_one.percent is None:
        return f"{head}<p>{rule}. Nothing of that applies yet.</p>"
    chosen = ItemFilter(inspections=(why.inspection.id,), day_one=True)
    said = f"{rule}: {_sum(made, why.day_one, chosen)}, which is <b>{percent(why.day_one.percent)}</b>."
    return f"{head}<p>{said}</p>"


def _held_back(made: Explanation, why: WhyFigures) -> str:
    if not why.held_back:
        return ""
    heads = ["Item", "Status", "Due", "Missing", "Would add"]
    rows = [heads, *(_held_cells(made, held) for held in why.held_back)]
    ids = tuple(held.item.id for held in why.held_back)
    link = made.link(
        f"these {len(ids)} items" if len(ids) > 1 else "this item", ItemFilter(items=ids, label="What holds back most")
    )
    proof = ", with current evidence," if any(held.item.unproven for held in why.held_back) else ""
    said = f"<p>Signing off {link}{proof} would raise the figure most.</p>"
    return f'<p class="h">What holds it back most</p>{said}{_table(rows, 3)}'


def _held_cells(made: Explanation, held: HeldBack) -> list[str]:
    item = held.item
    name = made.link(f"{item.reference} {item.title}", item.id)
    return [name, item.status.label, written(item.due) or "no date", points(held.missing), f"+{held.gain:.1f}"]


def _table(rows: Iterable[Sequence[str]], first_number: int) -> str:
    """Return rows as a table; the first row is its head, numbers stand at the right from a column on."""
    lines = []
    for place, row in enumerate(rows):
        tag = "th" if place == 0 else "td"
        cells = [
            f'<{tag} align="{"right" if number >= first_number else "left"}">{cell}</{tag}>'
            for number, cell in enumerate(row)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellspacing="0" width="100%">{"".join(lines)}</table>'


def labelled(chosen: ItemFilter, label: str) -> ItemFilter:
    """Return a filter that says where it came from."""
    return chosen if chosen.label else replace(chosen, label=label)
