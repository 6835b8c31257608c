"""Entry: no arguments open the window on the default workspace; a subcommand works without one."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] == "open":
        from ui.app import open_window

        return open_window(given[1:])
    from readiness.cli import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
