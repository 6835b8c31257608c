"""Entry: no arguments open the window on the default workspace; a subcommand works without one."""

import gc
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] != "open":
        from readiness.cli import run

        return run(given)
    path = None
    if given[1:]:
        path = _path(given[1:])
    gc.disable()  # imports and the first page only make things that stay: looking for rubbish there costs a tenth
    from ui.app import open_window

    return open_window(path)


def _path(given: list[str]) -> Path | None:
    """Return where the workspace is; the parser, which is slow to come, is asked only about anything unusual."""
    if len(given) == 1 and not given[0].startswith("-"):
        return Path(given[0])
    from readiness.cli import parser

    path: Path | None = parser().parse_args(["open", *given]).path
    return path


if __name__ == "__main__":
    sys.exit(main())
