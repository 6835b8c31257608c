"""The painted shapes: each its own, and bars that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette

from readiness.domain.vocabulary import ItemStatus, Priority, Rating
from ui.theme import make_high_contrast_theme, make_theme
from ui.widgets import painting

RECT = QRectF(0, 0, 80, 20)
counts = st.lists(st.integers(min_value=0, max_value=500), min_size=5, max_size=5)


@pytest.fixture
def theme(qapp):
    return make_theme(False, qapp.font())


@pytest.fixture
def contrast(qapp):
    return make_high_contrast_theme(QPalette(), qapp.font())


def drawn(theme, paint, *args) -> bytes:
    image = QImage(80, 20, QImage.Format.Format_ARGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    paint(painter, RECT, *args, theme)
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize("kind", ["theme", "contrast"])
@pytest.mark.parametrize(
    ("paint", "words"),
    [
        (painting.rating_mark, Rating),
        (painting.rating_chip, Rating),
        (painting.status_pie, ItemStatus),
        (painting.priority_bars, Priority),
    ],
)
def test_that_every_word_has_its_own_drawing(request, kind, paint, words):
    theme = request.getfixturevalue(kind)
    drawings = [drawn(theme, paint, word) for word in words]
    assert len(set(drawings)) == len(drawings)


@pytest.mark.parametrize("kind", ["theme", "contrast"])
def test_that_a_bar_shows_how_much_is_done(request, kind):
    theme = request.getfixturevalue(kind)
    assert len({drawn(theme, painting.progress_bar, percent) for percent in (0.0, 25.0, 50.0, 100.0)}) == 4


@given(counts, st.integers(min_value=60, max_value=900))
def test_that_the_parts_of_a_bar_fill_it(numbers, width):
    parts = painting.ratings_bar_parts(width, list(zip(Rating, numbers, strict=True)), 2.0)
    shown = [number for number in numbers if number]
    assert len(parts) == len(shown)
    if shown:
        assert sum(part for _, part in parts) + 2.0 * (len(parts) - 1) == pytest.approx(width)
        assert all(part >= 4 for _, part in parts)


@given(counts)
def test_that_more_items_never_get_the_smaller_part(numbers):
    widths = dict(painting.ratings_bar_parts(400, list(zip(Rating, numbers, strict=True)), 2.0))
    ordered = sorted((number, widths[rating]) for rating, number in zip(Rating, numbers, strict=True) if number)
    assert [width for _, width in ordered] == sorted(width for _, width in ordered)


def test_that_a_long_line_ends_with_an_ellipsis(theme):
    words = "Joint commissioning strategy and action plan"
    short = painting.elided(words, theme, 100)
    assert short.endswith("…")
    assert painting.advance(short, theme) <= 100
    assert painting.elided(words, theme, 1000) == words


def test_that_a_chip_is_no_wider_than_its_words_ask(theme):
    image = QImage(400, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    place = painting.rating_chip(painter, QRectF(0, 0, 400, 20), Rating.OFF_TRACK, theme)
    painter.end()
    assert place.width() == painting.chip_width("Off track", theme)
    assert place.height() == painting.CHIP_HEIGHT


def by_qt(painter, rect, words, align, theme) -> None:
    painter.setFont(theme.font("base"))
    painter.setPen(theme.color("text"))
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, words)


def by_us(painter, rect, words, align, theme) -> None:
    painting.text(painter, rect, words, theme, theme.color("text"), align=align)


@pytest.mark.parametrize("align", [painting.LEFT, painting.RIGHT, painting.CENTRE])
@pytest.mark.parametrize("words", ["Drafted", "Two\nlines", "30 Apr"])
def test_that_a_line_stands_where_qt_would_place_it(theme, align, words):
    """The quick way of painting gives no other picture."""
    assert drawn(theme, by_us, words, align) == drawn(theme, by_qt, words, align)
