"""Charts of the Summary: native ones, so they follow the figures; each says in words what it shows."""

from typing import Any

from readiness.domain.vocabulary import Rating
from readiness.excel.cells import fixed
from readiness.excel.contents import SUMMARY, percent
from readiness.excel.styles import ACCENT, BORDER, MARKS, QUIET, TEXT
from readiness.excel.summary_layout import LABEL, RATINGS, READINESS, Chart, FigureRow, Layout
from readiness.excel.text import safe

_PAGE, _GAP = 1431, 16
_WIDTH = (_PAGE - _GAP) // 2
_FONT = {"size": 9, "color": QUIET}
_ALT_LIMIT = 1500


def insert_charts(workbook: Any, sheet: Any, layout: Layout) -> None:
    """Draw every chart of the plan."""
    for plan in layout.charts:
        chart = _ratings(workbook, plan) if plan.stacked else _readiness(workbook, plan)
        chart.set_title({"name": plan.title, "name_font": {"size": 12, "bold": True, "color": TEXT}, "overlay": False})
        chart.set_size({"width": _WIDTH, "height": plan.height})
        chart.set_chartarea({"border": {"color": BORDER}})
        placing = {"x_offset": (_WIDTH + _GAP) * plan.right, "description": _words(plan), "object_position": 2}
        sheet.insert_chart(plan.row, 0, chart, placing)


def _bar(workbook: Any, subtype: str) -> Any:
    chart = workbook.add_chart({"type": "bar", "subtype": subtype} if subtype else {"type": "bar"})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": BORDER}, "major_tick_mark": "none"})
    return chart


def _readiness(workbook: Any, plan: Chart) -> Any:
    chart = _bar(workbook, "")
    first, last = plan.rows[0].row, plan.rows[-1].row
    chart.add_series(
        {
            "name": "Readiness",
            "categories": [SUMMARY, first, LABEL, last, LABEL],
            "values": [SUMMARY, first, READINESS, last, READINESS],
            "fill": {"color": ACCENT},
            "gap": 60,
            "data_labels": {
                "value": True,
                "num_format": "0%",
                "font": {"size": 9, "color": TEXT},
                "custom": [_label(row) for row in plan.rows],
            },
        }
    )
    chart.set_x_axis(
        {
            "min": 0,
            "max": 1.08,  # room for the label of a full bar
            "major_unit": 0.25,
            "num_format": "0%",
            "num_font": _FONT,
            "label_position": "high",
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": BORDER, "width": 0.75}},
        }
    )
    chart.set_legend({"none": True})
    return chart


def _label(row: FigureRow) -> dict[str, Any] | None:
    """Where there is no value, the label is that of the cell, "–": a bar would call it 0 %."""
    if row.figures.readiness is not None:
        return None
    return {"value": f"={SUMMARY}!{fixed(row.row, READINESS)}", "font": {"size": 9, "color": TEXT}}


def _ratings(workbook: Any, plan: Chart) -> Any:
    chart = _bar(workbook, "stacked")
    first, last = plan.rows[0].row, plan.rows[-1].row
    heading = first - 1
    for rating, column in RATINGS.items():
        chart.add_series(
            {
                "name": [SUMMARY, heading, column],
                "categories": [SUMMARY, first, LABEL, last, LABEL],
                "values": [SUMMARY, first, column, last, column],
                "fill": {"color": MARKS[rating]},
                "border": {"color": "#FFFFFF", "width": 1},
                "gap": 50,
                "data_labels": {
                    "value": True,
                    "num_format": "0;;",
                    "font": {"size": 9, "bold": True, "color": "#FFFFFF"},
                },
            }
        )
    chart.set_x_axis(
        {
            "num_font": _FONT,
            "label_position": "high",
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": BORDER, "width": 0.75}},
        }
    )
    chart.set_legend({"position": "bottom", "font": {"size": 9, "color": TEXT}})
    return chart


def _words(plan: Chart) -> str:
    """The chart for whoever cannot see it; Excel cuts long ones, the table above has the same figures."""
    said = "; ".join(_say_ratings(row) if plan.stacked else _say_readiness(row) for row in plan.rows)
    text = safe(f"Bar chart, {plan.title.lower()}: {said}.")
    return text if len(text) <= _ALT_LIMIT else f"{text[:_ALT_LIMIT]}…"


def _say_readiness(row: FigureRow) -> str:
    return f"{row.label} {percent(row.figures.readiness)}"


def _say_ratings(row: FigureRow) -> str:
    counts = ", ".join(f"{row.figures.by_rating[rating]} {rating.label.lower()}" for rating in Rating)
    return f"{row.label}: {counts}"
