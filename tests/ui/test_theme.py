"""The look: its colours can be read, and Qt is given all of them."""

import gc
import re
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from readiness.domain.vocabulary import Rating
from resources import resource
from ui.theme import (
    TOKENS,
    Scheme,
    Theme,
    ThemeSwitch,
    apply_theme,
    make_high_contrast_theme,
    make_theme,
    palette_of,
    retheme,
    style_sheet,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

GROUNDS = ("window", "rail", "surface", "raised", "sunken", "selected", "hover", "accent_soft")
MARK_GROUNDS = ("surface", "window", "selected", "raised")
SHAPES = ("border_strong", "focus", "data")


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def theme(request, qapp) -> Theme:
    return make_theme(request.param, qapp.font())


@pytest.fixture
def clean_app(qapp):
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("words", "ground"), list(product(("text", "text2"), GROUNDS)))
def test_that_words_can_be_read_on_every_ground(theme, words, ground):
    assert contrast(theme.color(words), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("ground", ["surface", "window", "rail", "accent_soft", "raised"])
def test_that_links_can_be_read(theme, ground):
    assert contrast(theme.color("accent_text"), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("ground", ["accent", "accent_hover"])
def test_that_the_primary_button_can_be_read(theme, ground):
    assert contrast(theme.color("on_accent"), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("rating", Rating)
def test_that_words_about_a_rating_can_be_read(theme, rating):
    for ground in (theme.rating_chip(rating), theme.color("surface"), theme.color("selected")):
        assert contrast(theme.rating_text(rating), ground) >= 4.5


@pytest.mark.parametrize("rating", Rating)
def test_that_the_shape_of_a_rating_can_be_seen(theme, rating):
    for ground in (theme.rating_chip(rating), *(theme.color(name) for name in MARK_GROUNDS)):
        assert contrast(theme.rating_mark(rating), ground) >= 3.0


@pytest.mark.parametrize(("shape", "ground"), list(product(SHAPES, ("surface", "window", "selected"))))
def test_that_edges_rings_and_bars_can_be_seen(theme, shape, ground):
    assert contrast(theme.color(shape), theme.color(ground)) >= 3.0


def test_that_the_style_sheet_leaves_no_name_open(theme):
    sheet = style_sheet(theme)
    assert "@" not in sheet.split("*/", 1)[1]
    assert theme.color("accent").name() in sheet


def test_that_every_picture_the_style_sheet_names_is_there(theme):
    names = {path.rsplit("/", 1)[1] for path in re.findall(r"url\(([^)]*)\)", style_sheet(theme))}
    assert names
    assert all(resource("styles", name).is_file() for name in names)


def test_that_the_palette_has_every_role(theme):
    palette = palette_of(theme)
    roles = [role for role in QPalette.ColorRole if role.name not in ("NColorRoles", "NoRole")]
    for role in roles:
        assert palette.isBrushSet(QPalette.ColorGroup.Active, role), role
        assert palette.isBrushSet(QPalette.ColorGroup.Disabled, role), role
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled == theme.color("disabled")


def test_that_a_choice_wins_over_the_system(clean_app):
    assert apply_theme(clean_app, "dark").dark
    assert clean_app.palette().color(QPalette.ColorRole.Window) == QColor(TOKENS["window"][1])
    assert not apply_theme(clean_app, Scheme.LIGHT).dark
    assert clean_app.palette().color(QPalette.ColorRole.Window) == QColor(TOKENS["window"][0])


def test_that_headings_follow_the_size_of_the_system_font(qapp):
    font = qapp.font()
    font.setPixelSize(20)
    theme = make_theme(False, font)
    assert theme.font("h1").pixelSize() == 37
    assert theme.font("h2").pixelSize() == 25
    assert theme.font("base").pixelSize() == 20
    font.setPointSizeF(9.0)
    assert make_theme(False, font).font("h1").pointSizeF() == pytest.approx(9 * 1.83)


def test_that_high_contrast_speaks_in_the_systems_colours(qapp):
    palette = QPalette(QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    palette.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    theme = make_high_contrast_theme(palette, qapp.font())
    own = {colour for pair in TOKENS.values() for colour in pair} - {"#FFFFFF"}
    assert theme.high_contrast
    assert theme.rating_mark(Rating.OFF_TRACK) == QColor("#FFFF00")
    assert not own & {colour.name().upper() for colour in theme.colours.values()}
    assert set(theme.colours) == set(TOKENS)


def test_that_the_switch_announces_a_new_theme_once(clean_app, qtbot):
    switch = ThemeSwitch(clean_app, Scheme.LIGHT)
    heard = []
    switch.changed.connect(heard.append)
    switch.choose(Scheme.LIGHT)
    assert heard == []
    switch.choose(Scheme.DARK)
    assert [theme.dark for theme in heard] == [True]
    assert switch.theme is heard[0]


def test_that_a_system_that_says_nothing_new_changes_nothing(clean_app, qtbot):
    switch = ThemeSwitch(clean_app, Scheme.DARK)
    with qtbot.assertNotEmitted(switch.changed):
        switch._on_system_changed()


def test_that_the_switch_outlives_a_clean_up_of_memory(clean_app, qtbot):
    switch = ThemeSwitch(clean_app, Scheme.DARK)
    for scheme in (Scheme.LIGHT, Scheme.SYSTEM, Scheme.DARK):
        gc.collect()
        switch.choose(scheme)
        switch._on_system_changed()
    assert switch.theme.dark


def test_that_a_system_that_turns_to_high_contrast_is_followed(clean_app, qtbot, monkeypatch):
    switch = ThemeSwitch(clean_app, Scheme.DARK)
    monkeypatch.setattr("ui.theme._wants_high_contrast", lambda: True)
    with qtbot.waitSignal(switch.changed):
        switch._on_system_changed()
    assert switch.theme.high_contrast
    assert "contrast" in style_sheet(switch.theme)


def test_that_a_new_theme_reaches_every_widget_that_paints(qtbot, theme):
    class Painter(QWidget):
        told: Theme | None = None

        def set_theme(self, theme: Theme) -> None:
            self.told = theme

    root = QWidget()
    qtbot.addWidget(root)
    child = Painter(QWidget(root))
    retheme(root, theme)
    assert child.told is theme


def test_that_a_button_does_not_move_when_the_keyboard_comes(clean_app, qtbot):
    apply_theme(clean_app, Scheme.LIGHT)
    button = QPushButton("Export summary")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert button.sizeHint() == before
