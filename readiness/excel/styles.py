"""Styles: the look of the sheets, as data. Colours are those of the program's light theme."""

from typing import Any

from readiness.domain.vocabulary import Rating

TEXT, QUIET, FAINT = "#1C1C24", "#575766", "#8E8E9B"
BORDER, STRONG = "#E2E2EA", "#7E7E8D"
ACCENT, HEADING_FILL = "#5A45C9", "#F1F1F5"

CHIPS = {
    Rating.OFF_TRACK: ("#9B1620", "#FCE5E5"),
    Rating.AT_RISK: ("#744600", "#FCEED2"),
    Rating.ON_TRACK: ("#12603A", "#DFF2E7"),
    Rating.COMPLETE: ("#0B4C8C", "#DFEDFB"),
    Rating.NOT_APPLICABLE: ("#50515E", "#ECECF0"),
}
"""Text and fill of each rating."""

MARKS = {
    Rating.OFF_TRACK: "#CE2B37",
    Rating.AT_RISK: "#BF6F00",
    Rating.ON_TRACK: "#1F8A50",
    Rating.COMPLETE: "#1A6FC4",
    Rating.NOT_APPLICABLE: "#767786",
}
"""The stronger colour of each rating, for charts."""

CONTESTED_FILL = "#FBE3B4"
"""Behind a value that is in conflict; a rule above it shows in greyscale too."""

DATE = "d mmm yyyy"
_PERCENT = "0%"
_LINE = {"font_color": TEXT, "valign": "top", "bottom": 1, "bottom_color": BORDER}
_HEADING = {
    "bold": True,
    "font_size": 10,
    "font_color": QUIET,
    "bg_color": HEADING_FILL,
    "bottom": 1,
    "bottom_color": STRONG,
    "valign": "vcenter",
    "text_wrap": True,
}
_TABLE_HEADING = {**_HEADING, "valign": "top", "align": "left", "indent": 1}  # Excel puts its filter button below
_TABLE_RIGHT = {**_TABLE_HEADING, "align": "right", "indent": 0}
_CELL = {**_LINE, "align": "left", "indent": 1}
_RULED = {**_LINE, "valign": "vcenter"}
_TOTAL = {**_RULED, "bold": True, "top": 1, "top_color": STRONG, "bottom_color": STRONG}

_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 20, "font_color": TEXT, "valign": "vcenter"},
    "part": {"bold": True, "font_size": 17, "font_color": TEXT, "valign": "vcenter"},
    "section": {"bold": True, "font_size": 13, "font_color": TEXT, "valign": "vcenter"},
    "lead": {"font_size": 12, "font_color": TEXT},
    "note": {"font_color": QUIET},
    "heading": _HEADING,
    "heading_right": {**_HEADING, "align": "right"},
    "heading_said": {**_HEADING, "align": "left", "indent": 1},
    "table_heading": _TABLE_HEADING,
    "table_heading_right": _TABLE_RIGHT,
    "table_heading_date": {**_TABLE_HEADING, "align": "right"},
    "text": _LINE,
    "wrap": {**_LINE, "text_wrap": True},
    "cell": _CELL,
    "cell_quiet": {**_CELL, "font_color": QUIET},
    "cell_wrap": {**_CELL, "text_wrap": True},
    "cell_wrap_quiet": {**_CELL, "text_wrap": True, "font_color": QUIET},
    "date": {**_LINE, "num_format": DATE, "align": "right", "indent": 1},
    "number": {**_LINE, "num_format": "0", "align": "right"},
    "weight": {**_LINE, "num_format": '0;-0;"–"', "align": "right", "font_color": QUIET},
    "count": {**_LINE, "num_format": "0", "align": "right", "indent": 1},
    "months": {**_LINE, "num_format": '0" months"', "align": "right", "indent": 1, "font_color": QUIET},
    "credit": {**_LINE, "num_format": _PERCENT, "align": "right", "font_color": QUIET},
    "yes_no": {**_LINE, "num_format": '"Yes";-0;"No"', "align": "right"},
    "moment": {**_LINE, "num_format": "d mmm yyyy hh:mm", "align": "left"},
    "day": {**_LINE, "num_format": DATE, "align": "left"},
    "row_label": {**_RULED, "text_wrap": True},
    "row_text": {**_RULED, "text_wrap": True, "align": "left", "indent": 1},
    "row_said": {**_RULED, "align": "left", "indent": 1, "font_color": QUIET},
    "row_percent": {**_RULED, "num_format": _PERCENT, "align": "right", "bold": True},
    "row_percent_2": {**_RULED, "num_format": _PERCENT, "align": "right"},
    "row_count": {**_RULED, "num_format": "0", "align": "right"},
    "row_quiet": {**_RULED, "num_format": "0.##", "align": "right", "font_color": QUIET},
    "row_date": {**_RULED, "num_format": DATE, "align": "right"},
    "total_label": _TOTAL,
    "total_percent": {**_TOTAL, "num_format": _PERCENT, "align": "right"},
    "total_percent_2": {**_TOTAL, "num_format": _PERCENT, "align": "right", "bold": False},
    "total_count": {**_TOTAL, "num_format": "0", "align": "right"},
    "total_quiet": {**_TOTAL, "num_format": "0.##", "align": "right", "font_color": QUIET, "bold": False},
}


class Styles:
    """The formats of one workbook, by name; all are made at once, in a fixed order."""

    def __init__(self, workbook: Any) -> None:
        self._formats = {name: workbook.add_format(properties) for name, properties in _FORMATS.items()}
        self.ratings = {
            rating: workbook.add_format({"font_color": text, "bg_color": fill})
            for rating, (text, fill) in CHIPS.items()
        }
        self.rating_headings = {
            rating: workbook.add_format({**_HEADING, "align": "right", "font_color": text, "bg_color": fill})
            for rating, (text, fill) in CHIPS.items()
        }
        self.rating_table_headings = {
            rating: workbook.add_format(
                {**_TABLE_HEADING, "align": "right", "indent": 0, "font_color": text, "bg_color": fill}
            )
            for rating, (text, fill) in CHIPS.items()
        }
        self.rating_words = {
            rating: workbook.add_format({**_LINE, "bold": True, "font_color": text, "bg_color": fill})
            for rating, (text, fill) in CHIPS.items()
        }
        self._contested = {
            name: workbook.add_format({**_FORMATS[name], "bg_color": CONTESTED_FILL, "top": 1, "top_color": STRONG})
            for name in ("cell", "cell_quiet", "cell_wrap", "cell_wrap_quiet", "date", "months")
        }
        self.faint = workbook.add_format({"font_color": FAINT})
        self.left_out = workbook.add_format({"font_color": CHIPS[Rating.NOT_APPLICABLE][0]})

    def contested(self, name: str) -> Any:
        """Return the same format, shaded: the field is in conflict."""
        return self._contested[name]

    def __getitem__(self, name: str) -> Any:
        return self._formats[name]
