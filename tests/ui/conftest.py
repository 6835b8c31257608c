"""What tests of the window share."""

from windows import council, crashes, example, opened

__all__ = ["council", "crashes", "example", "opened"]
