"""Benchmarks: `python -m tests.benchmarks [NAME...]`, all without a name. Exit status 1 when a bar is missed.

Every floor is measured in the same run as what is held against it, in turns; figures are medians. Not part of pytest.
"""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from .figures import HEADING, Figure
from .volume import builder

NAMES = ("start", "edit", "grid", "export", "memory", "plan", "checks", "pack", "merge", "window")


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for, or all."""
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {unknown[0]}. Choose of: {', '.join(NAMES)}.")
        return 2
    figures: list[Figure] = []
    print(HEADING)
    with TemporaryDirectory(prefix="readiness-benchmarks-") as folder:
        build = builder(Path(folder))
        for name in asked or NAMES:
            for figure in import_module(f"{__package__}.{name}").measure(build):
                figures.append(figure)
                print(figure, flush=True)
    missed = [figure for figure in figures if not figure.holds]
    print(f"{len(missed)} missed" if missed else "all hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
