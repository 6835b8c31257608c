"""Children: fresh processes, which say in what time they painted and how much memory they took."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

HERE = Path(__file__).parent
FLOOR = "bare"
FLOOR_WITH_ORM = "bare+orm"
OURS = "ours"


def run(bytecode: Path, *told: str) -> dict[str, float]:
    """Run `child.py` and return its figures: times in ms since before the process was made, sizes in MB.

    Args:
        bytecode: Where compiled modules are kept, as an installed program has them; filled by the first run of a kind.
        told: What to open.
    """
    with TemporaryDirectory() as settings:
        surroundings = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "*=false",
            "PYTHONPATH": str(HERE.parents[1]),
            "XDG_CONFIG_HOME": settings,
            "XDG_DATA_HOME": settings,
            "PYTHONPYCACHEPREFIX": str(bytecode),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        begun = perf_counter_ns()
        done = subprocess.run(
            [sys.executable, str(HERE / "child.py"), *told],
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    said = dict(line.split("=") for line in done.stdout.split())
    return {
        name: int(value) / 1024 if name.endswith("_kb") else (int(value) - begun) / 1e6 for name, value in said.items()
    }
