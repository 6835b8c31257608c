"""Placing: a file gets its name when it is whole, and as soon as no other program holds it.

On Windows a scanner or a cloud program holds a new file for a moment; the errors that say so are the only ones that are
worth another try. Source: merge.md, sections 2.5 and 7.2.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
"""Seconds between tries while another program holds a file: 2.5 in all."""
_HELD = frozenset({5, 32, 33})  # Windows: access denied, in use, locked


def is_held(error: OSError) -> bool:
    """Return whether an error says that another program holds a file now."""
    return getattr(error, "winerror", None) in _HELD


def give_name(
    making: Path,
    target: Path,
    *,
    is_there: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Give a whole file its name. One of that name is replaced.

    Args:
        making: The file under the name it has while it is written.
        target: Its own.
        is_there: Whether what it holds lies under its own name by now; asked after a failure.
        sleep: Waits so many seconds.

    Raises OSError as it came; for one that says that the file is held, after 2.5 seconds of trying.
    """
    for wait in (*WAITS, None):
        try:
            if target.exists():
                os.replace(making, target)  # noqa: PTH105 - beside os.rename
            else:
                os.rename(making, target)  # noqa: PTH104 - where one appeared meanwhile, Windows says so
        except OSError as error:
            if is_there():
                return
            if wait is None or not is_held(error):
                raise
            sleep(wait)
        else:
            return


def why(error: OSError) -> str:
    """Return an error in a few words."""
    return error.strerror or str(error) or "no reason is given"
