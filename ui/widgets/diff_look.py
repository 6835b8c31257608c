"""Diff look: the colours in which words that were removed and added are marked."""

from readiness.domain.vocabulary import Rating
from ui.models.step_html import DiffColours
from ui.theme import Theme


def diff_colours(theme: Theme) -> DiffColours:
    """Return the colours of marked words in a theme: the green pair and the red pair of the ratings."""
    return DiffColours(
        removed=theme.rating_text(Rating.OFF_TRACK).name(),
        removed_ground=theme.rating_chip(Rating.OFF_TRACK).name(),
        added=theme.rating_text(Rating.ON_TRACK).name(),
        added_ground=theme.rating_chip(Rating.ON_TRACK).name(),
        quiet=theme.color("text2").name(),
    )
