"""Theme: the colours and fonts of the program, and the one place that gives them to Qt.

Source: look.md, sections 1, 3 and 4. Widgets that paint take a `Theme`; the rest is done by palette and style sheet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources import resource

if TYPE_CHECKING:
    from readiness.domain.vocabulary import Rating

H1_FACTOR, H2_FACTOR = 1.83, 1.25


IS_FUSION = "is_fusion"
"""Set on an application that was made with its style: it returns no QStyle, whose many enums take 15 ms to make."""


def make_application(name: str) -> QApplication:
    """Return the application, in the style that the look is drawn on."""
    app = QApplication([name, "-style", "Fusion"])
    app.setProperty(IS_FUSION, True)
    return app


class Scheme(Enum):
    """What somebody chose: follow the system, or always the one."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


TOKENS: Mapping[str, tuple[str, str]] = {  # name: light, dark
    "window": ("#F5F5F8", "#18181D"),
    "rail": ("#ECECF1", "#121216"),
    "surface": ("#FFFFFF", "#202027"),
    "raised": ("#FFFFFF", "#2A2A33"),
    "sunken": ("#F1F1F5", "#1B1B21"),
    "border": ("#E2E2EA", "#34343F"),
    "border_strong": ("#7E7E8D", "#7C7C8C"),
    "text": ("#1C1C24", "#EDEDF2"),
    "text2": ("#575766", "#A9A9B8"),
    "disabled": ("#8E8E9B", "#6F6F7E"),
    "accent": ("#5A45C9", "#6A56DC"),
    "on_accent": ("#FFFFFF", "#FFFFFF"),
    "accent_hover": ("#4B37B5", "#5B47CC"),
    "accent_text": ("#4B37B5", "#B4A8FF"),
    "accent_soft": ("#EBE8FB", "#322C57"),
    "selected": ("#EAE7FA", "#332D55"),
    "hover": ("#F3F2F9", "#27272F"),
    "focus": ("#5A45C9", "#A598FF"),
    "data": ("#5A45C9", "#9485F5"),
    "track": ("#E4E3EC", "#3A3A46"),
    "off_track_text": ("#9B1620", "#FFB0AE"),
    "off_track_chip": ("#FCE5E5", "#4A2226"),
    "off_track_mark": ("#CE2B37", "#F0646B"),
    "at_risk_text": ("#744600", "#F8C77A"),
    "at_risk_chip": ("#FCEED2", "#43310F"),
    "at_risk_mark": ("#BF6F00", "#DE9A2E"),
    "on_track_text": ("#12603A", "#93DDB2"),
    "on_track_chip": ("#DFF2E7", "#16392A"),
    "on_track_mark": ("#1F8A50", "#43B878"),
    "complete_text": ("#0B4C8C", "#A2CDFA"),
    "complete_chip": ("#DFEDFB", "#18344F"),
    "complete_mark": ("#1A6FC4", "#559FE8"),
    "not_applicable_text": ("#50515E", "#C2C2CE"),
    "not_applicable_chip": ("#ECECF0", "#34343F"),
    "not_applicable_mark": ("#767786", "#9A9AA8"),
}

DIALOG_MARGINS = (24, 20, 24, 16)
"""What lies around the contents of every dialog: left, top, right, bottom."""

_ROLE = QPalette.ColorRole
_ROLES: Mapping[QPalette.ColorRole, tuple[str, str]] = {  # role: token, token when disabled
    _ROLE.Window: ("window", "window"),
    _ROLE.WindowText: ("text", "disabled"),
    _ROLE.Base: ("surface", "sunken"),
    _ROLE.AlternateBase: ("window", "sunken"),
    _ROLE.Text: ("text", "disabled"),
    _ROLE.PlaceholderText: ("text2", "disabled"),
    _ROLE.Button: ("raised", "sunken"),
    _ROLE.ButtonText: ("text", "disabled"),
    _ROLE.BrightText: ("on_accent", "disabled"),
    _ROLE.Light: ("surface", "surface"),
    _ROLE.Midlight: ("hover", "hover"),
    _ROLE.Mid: ("border", "border"),
    _ROLE.Dark: ("border_strong", "border"),
    _ROLE.Shadow: ("border_strong", "border"),
    _ROLE.Highlight: ("accent", "track"),
    _ROLE.HighlightedText: ("on_accent", "disabled"),
    _ROLE.Accent: ("accent", "track"),
    _ROLE.Link: ("accent_text", "disabled"),
    _ROLE.LinkVisited: ("accent_text", "disabled"),
    _ROLE.ToolTipBase: ("raised", "raised"),
    _ROLE.ToolTipText: ("text", "text"),
}

_FROM_SYSTEM: Mapping[str, QPalette.ColorRole] = {  # high contrast: what a token becomes; the rest is text or window
    **dict.fromkeys(("text", "text2", "border", "border_strong", "accent_text", "focus", "data"), _ROLE.WindowText),
    **dict.fromkeys(("surface", "sunken"), _ROLE.Base),
    **dict.fromkeys(("accent", "accent_hover"), _ROLE.Highlight),
    "raised": _ROLE.Button,
    "on_accent": _ROLE.HighlightedText,
}


@dataclass(frozen=True, eq=False, slots=True)
class Theme:
    """The colours and fonts in force. Nothing here changes; a switch makes a new one."""

    dark: bool
    high_contrast: bool
    colours: Mapping[str, QColor]
    fonts: Mapping[str, QFont]  # base, strong, h2, h1
    metrics: Mapping[str, QFontMetricsF]

    def color(self, name: str) -> QColor:
        """Return the colour of a token."""
        return self.colours[name]

    def font(self, name: str = "base") -> QFont:
        """Return a font: base, strong (semibold), h2 or h1."""
        return self.fonts[name]

    def metric(self, name: str = "base") -> QFontMetricsF:
        """Return the measures of a font."""
        return self.metrics[name]

    def rating_text(self, rating: "Rating") -> QColor:
        """Return the colour of words about a rating."""
        return self.colours[f"{rating.value}_text"]

    def rating_chip(self, rating: "Rating") -> QColor:
        """Return the ground of a rating's chip."""
        return self.colours[f"{rating.value}_chip"]

    def rating_mark(self, rating: "Rating") -> QColor:
        """Return the colour of a rating's shape and of its part of a bar."""
        return self.colours[f"{rating.value}_mark"]


def make_theme(dark: bool, font: QFont) -> Theme:
    """Return our own light or dark theme over a system font."""
    colours = {name: QColor(pair[dark]) for name, pair in TOKENS.items()}
    fonts = _fonts(font)
    return Theme(dark, False, colours, fonts, {name: QFontMetricsF(each) for name, each in fonts.items()})


def make_high_contrast_theme(palette: QPalette, font: QFont) -> Theme:
    """Return a theme that says everything in the system's own colours; shapes become text colour."""
    text, window = palette.color(_ROLE.WindowText), palette.color(_ROLE.Window)
    colours = {name: text if name.endswith(("_text", "_mark")) else window for name in TOKENS}
    colours.update({name: palette.color(role) for name, role in _FROM_SYSTEM.items()})
    colours["disabled"] = palette.color(QPalette.ColorGroup.Disabled, _ROLE.WindowText)
    fonts = _fonts(font)
    metrics = {name: QFontMetricsF(each) for name, each in fonts.items()}
    return Theme(window.lightness() < text.lightness(), True, colours, fonts, metrics)


def apply_theme(app: QApplication, scheme: Scheme | str = Scheme.SYSTEM) -> Theme:
    """Give the program its look and return it: style, then palette, then one style sheet.

    Cheap before the first window (some ms); about 100 ms with a window built, so only when something changed.
    """
    scheme = Scheme(scheme)
    hints = QGuiApplication.styleHints()
    if scheme is Scheme.SYSTEM:
        hints.unsetColorScheme()
    else:  # also the title bar, where the system can
        hints.setColorScheme(Qt.ColorScheme.Dark if scheme is Scheme.DARK else Qt.ColorScheme.Light)
    if not app.styleSheet() and not app.property(IS_FUSION):  # the first time; later the sheet wraps it
        app.setStyle("Fusion")
    if _wants_high_contrast():
        app.setPalette(QPalette())  # the system's
        theme = make_high_contrast_theme(app.palette(), app.font())
    else:
        theme = make_theme(_wants_dark(scheme), app.font())
        app.setPalette(palette_of(theme))
    sheet = style_sheet(theme)
    if sheet != app.styleSheet():  # Qt would style every widget again, the same way
        app.setStyleSheet(sheet)
    return theme


def palette_of(theme: Theme) -> QPalette:
    """Return the palette of a theme: every role, and the disabled ones apart."""
    palette = QPalette()
    for role, (token, disabled) in _ROLES.items():
        palette.setColor(role, theme.color(token))
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color(disabled))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return the style sheet: the template with colours and image files in the place of its tokens."""
    values = {name: colour.name() for name, colour in theme.colours.items()}
    values["images"] = Path(str(resource("styles"))).as_posix()
    values["tone"] = "dark" if theme.dark else "light"
    values["sign"] = "white" if theme.color("on_accent").lightnessF() > 0.5 else "black"
    template = resource("styles", "window.qss").read_text("utf-8")
    if theme.high_contrast:
        template += resource("styles", "contrast.qss").read_text("utf-8")
    return re.sub(r"@\{?([a-z_0-9]+)\}?", lambda match: values[match[1]], template)


def retheme(root: QWidget, theme: Theme) -> None:
    """Hand a new theme to every widget under one that paints by itself (has `set_theme`)."""
    for widget in (root, *root.findChildren(QWidget)):
        set_theme = getattr(widget, "set_theme", None)
        if set_theme is not None:
            set_theme(theme)


class ThemeSwitch(QObject):
    """Holds the theme in force and follows the system and the choice made in the menu."""

    changed = Signal(object)  # Theme

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._applying = False
        self.scheme = scheme
        self.theme = self._apply()
        self._hints = QGuiApplication.styleHints()
        self._needs = self._hints.accessibility()  # both are held: PySide forgets the second when the first goes
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._needs.contrastPreferenceChanged.connect(self._on_system_changed)

    def choose(self, scheme: Scheme) -> None:
        """Follow the system, or always light, or always dark."""
        if scheme is not self.scheme:
            self.scheme = scheme
            self._refresh()

    def _on_system_changed(self) -> None:
        contrast = _wants_high_contrast()
        changed = contrast or self.theme.high_contrast or _wants_dark(self.scheme) is not self.theme.dark
        if changed and not self._applying:  # our own choice of a scheme echoes, at once or later
            self._refresh()

    def _refresh(self) -> None:
        self.theme = self._apply()
        self.changed.emit(self.theme)

    def _apply(self) -> Theme:
        self._applying = True
        try:
            return apply_theme(self._app, self.scheme)
        finally:
            self._applying = False


def _wants_dark(scheme: Scheme) -> bool:
    if scheme is Scheme.SYSTEM:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return scheme is Scheme.DARK


def _wants_high_contrast() -> bool:
    preference = QGuiApplication.styleHints().accessibility().contrastPreference()
    return preference == Qt.ContrastPreference.HighContrast


def _fonts(base: QFont) -> dict[str, QFont]:
    return {
        "base": QFont(base),
        "strong": _scaled(base, 1.0),
        "h2": _scaled(base, H2_FACTOR),
        "h1": _scaled(base, H1_FACTOR),
    }


def _scaled(base: QFont, factor: float) -> QFont:
    font = QFont(base)
    if base.pixelSize() > 0:
        font.setPixelSize(round(base.pixelSize() * factor))
    else:
        font.setPointSizeF(base.pointSizeF() * factor)
    font.setWeight(QFont.Weight.DemiBold)
    return font
