"""What tests of the window share."""

from windows import council, example, opened

__all__ = ["council", "example", "opened"]
