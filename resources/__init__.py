"""Data that ships with the program: frameworks, icons, styles, help."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def resource(*names: str) -> Path:
    """Return one shipped file or folder, from a checkout or an installed package alike."""
    return _FOLDER.joinpath(*names)
