"""Data that ships with the program: frameworks, icons, styles, help."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*names: str) -> Traversable:
    """Return one shipped file or folder, from a checkout or an installed package alike."""
    return files(__name__).joinpath(*names)
