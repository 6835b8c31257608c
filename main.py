"""Entry: no arguments open the window on the default workspace; a subcommand works without one."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] != "open":
        from readiness.cli import run

        return run(given)
    path = None
    if given:
        from readiness.cli import parser

        path = parser().parse_args(given).path
    from ui.app import open_window

    return open_window(path)


if __name__ == "__main__":
    sys.exit(main())
