"""Field look: fields of the detail panel look like text until the mouse or the keyboard is in them."""

from pathlib import Path
from string import Template

from resources import resource
from ui.theme import Theme

_SHEET = Template("""
QComboBox[kind="field"], QLineEdit[kind="field"] {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px;
    min-height: 24px; padding: 0 4px; placeholder-text-color: $text2;
}
QLineEdit[kind="field"] { padding: 0 2px; }
QComboBox[kind="field"]:editable { padding-left: 2px; }
QComboBox[kind="field"]:hover, QLineEdit[kind="field"]:hover { background: $hover; border-color: $border; }
QComboBox[kind="field"]:focus, QComboBox[kind="field"]:on, QLineEdit[kind="field"]:focus {
    background: $surface; border: 2px solid $focus; min-height: 22px; padding: 0 3px;
}
QLineEdit[kind="field"]:focus { padding: 0 1px; }
QComboBox[kind="field"]:editable:focus { padding-left: 1px; }
QLineEdit[kind="field"][wrong="true"] { border: 2px solid $off_track_mark; min-height: 22px; padding: 0 1px; }
QComboBox[kind="field"]::drop-down {
    width: 20px; border: 0; subcontrol-origin: padding; subcontrol-position: right center;
}
QComboBox[kind="field"]::down-arrow { image: none; width: 16px; height: 16px; }
QComboBox[kind="field"]::down-arrow:hover, QComboBox[kind="field"]::down-arrow:focus { image: url($chevron); }
QComboBox[kind="field"][sign="always"]::down-arrow { image: url($chevron); }
QComboBox[kind="field"] QLineEdit { background: transparent; border: 0; min-height: 0; padding: 0; }
""")


def field_sheet(theme: Theme) -> str:
    """Return the sheet for the widget that holds such fields (`kind` = "field")."""
    values = {name: colour.name() for name, colour in theme.colours.items()}
    tone = "dark" if theme.dark else "light"
    return _SHEET.substitute(values, chevron=Path(str(resource("styles", f"chevron-{tone}.svg"))).as_posix())
