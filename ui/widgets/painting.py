"""Painting: the shapes that delegates and widgets share. Pure functions of a painter, a place and a theme.

Sizes are in device-independent units; shapes are centred in the rectangle they are given. In high contrast the
theme's colours are the system's, and what fills alone would say is also said by an outline.
Source: look.md, sections 1, 3 and 4.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QStaticText, QTransform

from readiness.domain.vocabulary import ItemStatus, Priority, Rating, Strength
from ui.icons import pixmap
from ui.theme import Theme

MARK, PIE, CHIP_HEIGHT, BAR, THIN_BAR, STRENGTH_WIDTH = 10.0, 14.0, 20.0, 8.0, 6.0, 15.0
_CHIP_PADDING, _CHIP_GAP = 8.0, 5.0

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def rating_mark(painter: QPainter, rect: QRectF, rating: Rating, theme: Theme) -> None:
    """Paint the shape of a rating, 10 wide, in the middle of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.fillPath(_mark(rating), theme.rating_mark(rating))
    if rating is Rating.COMPLETE:
        painter.setPen(_pen(_ground(theme, "surface").name(), 1.6))
        painter.drawPolyline(_TICK)
    painter.restore()


def chip_width(word: str, theme: Theme) -> float:
    """Return how wide a chip with a mark and a word is."""
    return 2 * _CHIP_PADDING + MARK + _CHIP_GAP + advance(word, theme, "strong") + 1


def chip(painter: QPainter, rect: QRectF, rating: Rating, word: str, theme: Theme) -> QRectF:
    """Paint a chip at the left of `rect`, in its vertical middle; return where it stands."""
    width = min(chip_width(word, theme), rect.width())
    place = QRectF(rect.left(), round(rect.center().y() - CHIP_HEIGHT / 2), width, CHIP_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(theme.color("text").name(), 1.0) if theme.high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.rating_chip(rating))
    radius = CHIP_HEIGHT / 2
    inset = 0.5 if theme.high_contrast else 0.0
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
    painter.restore()
    mark = QRectF(place.left() + _CHIP_PADDING, place.top(), MARK, CHIP_HEIGHT)
    rating_mark(painter, mark, rating, theme)
    left = mark.right() + _CHIP_GAP
    room = QRectF(left, place.top(), place.right() - left - _CHIP_PADDING + 2, CHIP_HEIGHT)
    text(painter, room, word, theme, theme.rating_text(rating), "strong")
    return place


def rating_chip(painter: QPainter, rect: QRectF, rating: Rating, theme: Theme) -> QRectF:
    """Paint the chip of a rating: its mark and its word; "N/A" for what does not apply."""
    return chip(painter, rect, rating, short_rating(rating), theme)


def short_rating(rating: Rating) -> str:
    """Return the word of a rating as it fits a chip."""
    return "N/A" if rating is Rating.NOT_APPLICABLE else rating.label


def status_pie(painter: QPainter, rect: QRectF, status: ItemStatus, theme: Theme) -> None:
    """Paint how far an item has come: a ring that fills with its credit; a dash where it does not apply."""
    credit = status.credit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    if credit is None:
        painter.fillPath(_mark(Rating.NOT_APPLICABLE), theme.color("text2"))
        painter.restore()
        return
    outer, data = PIE / 2, theme.color("data")
    painter.setPen(_pen((theme.color("border_strong") if credit == 0 else data).name(), 1.5))
    painter.setBrush(data if credit == 100 else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), outer - 0.75, outer - 0.75)
    if credit == 100:
        painter.setPen(_pen(_ground(theme, "surface").name(), 1.6))
        painter.drawPolyline(_TICK)
    elif credit:
        inner = outer - 2.6
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(data)
        painter.drawPie(QRectF(-inner, -inner, 2 * inner, 2 * inner), 90 * 16, -round(360 * 16 * credit / 100))
    painter.restore()


def priority_bars(painter: QPainter, rect: QRectF, priority: Priority, theme: Theme, quiet: bool = False) -> None:
    """Paint three rising bars, as many filled as the priority weighs."""
    filled = theme.color("text2" if quiet else "text")
    left, bottom = round(rect.center().x() - 7), round(rect.center().y() + 5)
    for number, height in enumerate((4, 7, 10)):
        bar = QRectF(left + number * 5, bottom - height, 4, height)
        if number < priority.weight:
            painter.fillRect(bar, filled)
        elif theme.high_contrast:
            painter.fillRect(QRectF(bar.left(), bar.bottom() - 1, 4, 1), filled)
        else:
            painter.fillRect(bar, theme.color("track"))


def strength_bars(painter: QPainter, rect: QRectF, strength: Strength, theme: Theme, quiet: bool = False) -> None:
    """Paint four rising bars, STRENGTH_WIDTH wide in all, as many filled as the strength says."""
    filled = theme.color("text2" if quiet else "text")
    left, bottom = round(rect.center().x() - STRENGTH_WIDTH / 2), round(rect.center().y() + 5)
    for number, height in enumerate((3, 5, 8, 10)):
        bar = QRectF(left + number * 4, bottom - height, 3, height)
        if number < strength.level:
            painter.fillRect(bar, filled)
        elif theme.high_contrast:
            painter.fillRect(QRectF(bar.left(), bar.bottom() - 1, 3, 1), filled)
        else:
            painter.fillRect(bar, theme.color("track"))


def progress_bar(painter: QPainter, rect: QRectF, percent: float, theme: Theme, height: float = BAR) -> None:
    """Paint a track and how much of it is done, across the width of `rect`, in its vertical middle."""
    bar = QRectF(rect.left(), round(rect.center().y() - height / 2), rect.width(), height)
    radius = height / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(bar, radius, radius)
    if percent > 0:
        done = QRectF(bar.left(), bar.top(), max(height, bar.width() * min(percent, 100.0) / 100), height)
        painter.setBrush(theme.color("data"))
        painter.drawRoundedRect(done, radius, radius)
    if theme.high_contrast:
        _outline(painter, bar, radius, theme)
    painter.restore()


def ratings_bar(painter: QPainter, rect: QRectF, counts: Sequence[tuple[Rating, int]], theme: Theme) -> None:
    """Paint a bar divided as the counts are; what is not zero is at least 6 wide. Empty: the track alone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setClipPath(outline)
    painter.fillRect(rect, theme.color("track"))
    gap = 2.0
    left = rect.left()
    for rating, width in ratings_bar_parts(rect.width(), counts, gap):
        part = QRectF(left, rect.top(), width, rect.height())
        painter.fillRect(part, theme.rating_mark(rating))
        left = part.right() + gap
        painter.fillRect(QRectF(part.right(), rect.top(), gap, rect.height()), theme.color("surface"))
    painter.setClipping(False)
    if theme.high_contrast:
        _outline(painter, rect, rect.height() / 2, theme)
    painter.restore()


def ratings_bar_parts(width: float, counts: Sequence[tuple[Rating, int]], gap: float) -> list[tuple[Rating, float]]:
    """Return how wide each part of a ratings bar is; they and the gaps between them fill the width."""
    shown = [(rating, count) for rating, count in counts if count > 0]
    total = sum(count for _, count in shown)
    if not shown:
        return []
    least = min(6.0, width / (2 * len(shown)))
    room = width - gap * (len(shown) - 1) - least * len(shown)
    return [(rating, least + room * count / total) for rating, count in shown]


def tick_box(painter: QPainter, rect: QRectF, ticked: bool, theme: Theme) -> None:
    """Paint a box to tick, 16 wide, in the middle of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(round(rect.center().x()), round(rect.center().y()))
    painter.setPen(_pen(theme.color("accent" if ticked else "border_strong").name(), 1.0))
    painter.setBrush(theme.color("accent" if ticked else "surface"))
    painter.drawRoundedRect(QRectF(-7.5, -7.5, 15, 15), 4, 4)
    if ticked:
        painter.setPen(_pen(theme.color("on_accent").name(), 1.8))
        painter.drawPolyline(_BIG_TICK)
    painter.restore()


def row_ground(
    painter: QPainter, rect: QRectF, theme: Theme, *, selected: bool = False, hovered: bool = False, radius: float = 0.0
) -> None:
    """Paint what lies under a row: nothing, hover or selected; in high contrast, a frame."""
    if not (selected or hovered):
        return
    if theme.high_contrast:
        pen = _pen(theme.color("text").name(), 2.0 if selected else 1.0)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
        return
    colour = theme.color("selected" if selected else "hover")
    if not radius:
        painter.fillRect(rect, colour)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def hairline(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the line that closes a row at its bottom."""
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("border"))


def landing(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the lines above and below a row on which what is dragged would land."""
    for top in (rect.top(), rect.bottom() - 2):
        painter.fillRect(QRectF(rect.left(), top, rect.width(), 2), theme.color("focus"))


def focus_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = 4.0) -> None:
    """Paint the 2 px ring inside `rect` that shows where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(theme.color("focus").name(), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def icon_at(painter: QPainter, rect: QRectF, name: str, colour: QColor, size: int = 16) -> None:
    """Paint an icon in the middle of `rect`, on whole units so that its lines stay sharp."""
    left, top = round(rect.center().x() - size / 2), round(rect.center().y() - size / 2)
    painter.drawPixmap(QPointF(left, top), pixmap(name, colour, size, painter.device().devicePixelRatio()))


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    theme: Theme,
    colour: QColor,
    font: str = "base",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text, in the vertical middle, shortened with an ellipsis where the room ends.

    `align` is LEFT, RIGHT or CENTRE.
    """
    said = elided(words, theme, rect.width(), font)
    painter.setFont(theme.font(font))
    painter.setPen(colour)
    if not said.isprintable():  # a line break or a tab is painted as a space
        painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, said)
        return
    left = rect.left()
    if align is not LEFT:
        spare = rect.width() - advance(said, theme, font)
        left += spare if align is RIGHT else spare / 2
    top = rect.top() + (rect.height() - theme.metric(font).height()) / 2
    painter.drawStaticText(QPointF(left, top), _laid_out(said, theme, font))


@lru_cache(maxsize=4096)
def _laid_out(words: str, theme: Theme, font: str) -> QStaticText:
    """Return a line whose letters are placed: Qt would place them anew whenever it is painted."""
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), theme.font(font))
    return made


def elided(words: str, theme: Theme, width: float, font: str = "base") -> str:
    """Return a line as it fits a width."""
    if advance(words, theme, font) <= width:
        return words
    return _shortened(words, theme, width, font)


@lru_cache(maxsize=4096)
def _shortened(words: str, theme: Theme, width: float, font: str) -> str:
    return theme.metric(font).elidedText(words, Qt.TextElideMode.ElideRight, width)


def wrapped(words: str, theme: Theme, width: float, most: int, font: str = "base") -> list[str]:
    """Return words in so many lines at the most; the last one ends with an ellipsis where there is more."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        count = 1
        while count < len(left) and advance(" ".join(left[: count + 1]), theme, font) <= width:
            count += 1
        lines.append(elided(" ".join(left[:count]), theme, width, font))
        left = left[count:]
    return [*lines, elided(" ".join(left), theme, width, font)] if left else lines


@lru_cache(maxsize=4096)
def advance(words: str, theme: Theme, font: str = "base") -> float:
    """Return how wide a line of text is."""
    return theme.metric(font).horizontalAdvance(words)


def _ground(theme: Theme, token: str) -> QColor:
    return theme.color("window" if theme.high_contrast else token)


def _outline(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    painter.setPen(_pen(theme.color("text").name(), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


@lru_cache(maxsize=128)
def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


_TICK = QPolygonF([QPointF(-2.6, 0.1), QPointF(-0.7, 2.0), QPointF(2.7, -1.8)])
_BIG_TICK = QPolygonF([QPointF(-4.0, 0.2), QPointF(-1.2, 3.0), QPointF(4.2, -2.8)])


def _diamond(path: QPainterPath) -> None:
    path.addPolygon(QPolygonF([QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]))


def _triangle(path: QPainterPath) -> None:
    path.addPolygon(QPolygonF([QPointF(0, -4.6), QPointF(5.2, 4.4), QPointF(-5.2, 4.4)]))


def _circle(path: QPainterPath) -> None:
    path.addEllipse(QPointF(0, 0), 4.5, 4.5)


def _square(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(-5, -5, 10, 10), 2, 2)


def _dash(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(-4.5, -1.25, 9, 2.5), 1.25, 1.25)


_SHAPES: dict[Rating, Callable[[QPainterPath], None]] = {
    Rating.OFF_TRACK: _diamond,
    Rating.AT_RISK: _triangle,
    Rating.ON_TRACK: _circle,
    Rating.COMPLETE: _square,
    Rating.NOT_APPLICABLE: _dash,
}


@cache
def _mark(rating: Rating) -> QPainterPath:
    path = QPainterPath()
    _SHAPES[rating](path)
    path.closeSubpath()
    return path
